"""Addresses below /api/."""

from __future__ import annotations

from django.urls import path, re_path

from claims.api.views import budgets, claims, docs, dossiers, index, items, schema, statuses, subjects

app_name = "api"
urlpatterns = [
    path("docs/", docs.documentation, name="docs"),
    path("v1/", index.Index.as_view(), name="index"),
    path("v1/claims/", claims.Claims.as_view(), name="claims"),
    path("v1/claims/<slug:slug>/", claims.Claim.as_view(), name="claim"),
    path("v1/claims/<slug:slug>/status/", claims.Status.as_view(), name="status"),
    path("v1/statuses/", statuses.Statuses.as_view(), name="statuses"),
    path("v1/dossiers/", dossiers.Dossiers.as_view(), name="dossiers"),
    path("v1/dossiers/<slug:slug>/", dossiers.Dossier.as_view(), name="dossier"),
    path("v1/responses/", items.Responses.as_view(), name="responses"),
    path("v1/evidence/", items.Evidence.as_view(), name="evidence"),
    path("v1/figures/", items.Figures.as_view(), name="figures"),
    path("v1/people/", subjects.People.as_view(), name="people"),
    path("v1/people/<slug:slug>/", subjects.Person.as_view(), name="person"),
    path("v1/agencies/", subjects.Agencies.as_view(), name="agencies"),
    path("v1/agencies/<slug:slug>/", subjects.Agency.as_view(), name="agency"),
    path("v1/budget-lines/", budgets.BudgetLines.as_view(), name="budget-lines"),
    path("v1/budget-lines/<slug:slug>/", budgets.BudgetLineDetail.as_view(), name="budget-line"),
    path("v1/schema/", schema.Schema.as_view(), name="schema"),
    re_path(r"^(?P<rest>[\s\S]*)$", index.Nowhere.as_view(), name="nowhere"),  # `.` alone stops at a line break
]
