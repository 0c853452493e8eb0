from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect


class SignInView(LoginView):
    """The one door of the desk. In development the page says which accounts there are."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"demo_accounts": demo_accounts(), "ended": "ended" in self.request.GET}


class RemoveKeyView(RemoveWebAuthnView):
    """allauth's, which would remove the only second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.object):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return HttpResponseRedirect(self.get_success_url())
        response: HttpResponse = super().form_valid(form)
        return response


def demo_accounts() -> list[tuple[str, str]]:
    """(name, password) of the demo accounts; none outside development."""
    if not settings.DEBUG or settings.ENVIRONMENT != "development":
        return []
    from claims.review.transitions import Role
    from claims.seeding.demo import password_of

    return [(role.value, password_of(role)) for role in Role]


sign_in = SignInView.as_view()
remove_key = RemoveKeyView.as_view()
