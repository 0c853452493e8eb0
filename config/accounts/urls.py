"""The pages of allauth that this installation has, below /admin/. No sign-up, no e-mail address, no reset by mail."""

from allauth.account import views
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config.accounts.views import remove_key

urlpatterns: list[URLPattern | URLResolver] = [
    # In front of Django's own, which know no second factor and count no failures: one door, not two.
    path("login/", admin.site.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("password_change/", views.password_change, name="account_change_password"),
    path("account/password/", views.password_set, name="account_set_password"),
    path("account/closed/", views.account_inactive, name="account_inactive"),
    path("account/confirm/", views.reauthenticate, name="account_reauthenticate"),
    path("account/second-factor/webauthn/keys/<int:pk>/remove/", remove_key, name="mfa_remove_webauthn"),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
]
