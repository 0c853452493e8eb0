"""Addresses of the public pages, below /en/ and /th/."""

from django.urls import path

from .views import agencies, budgets, claims, corrections, dossiers, home, pages, people

app_name = "web"

urlpatterns = [
    path("", home.home, name="home"),
    path("claims/", claims.index, name="claims"),
    path("claims/<slug:slug>/", claims.detail, name="claim"),
    path("claims/<slug:slug>/editions/<int:number>/", claims.edition, name="edition"),
    path("dossiers/", dossiers.index, name="dossiers"),
    path("dossiers/<slug:slug>/", dossiers.detail, name="dossier"),
    path("people/", people.index, name="people"),
    path("people/<slug:slug>/", people.detail, name="person"),
    path("agencies/", agencies.index, name="agencies"),
    path("agencies/<slug:slug>/", agencies.detail, name="agency"),
    path("budgets/", budgets.index, name="budgets"),
    path("budgets/lines/<slug:slug>/", budgets.line, name="budget-line"),
    path("budgets/<slug:slug>/", budgets.agency, name="budget-agency"),
    path("about/", pages.about, name="about"),
    path("methodology/", pages.methodology, name="methodology"),
    path("corrections/", corrections.index, name="corrections"),
]
