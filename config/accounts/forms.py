from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """allauth's, with the field names that browsers and Django's own sign-in use."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "autofocus": True}

    def add_prefix(self, field_name: str) -> str:
        """`username` on the page and in what it sends, `login` inside."""
        name: str = super().add_prefix(field_name)
        return "username" if name == "login" else name


class AddPasskeyForm(AddWebAuthnForm):
    """allauth's, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["passwordless"].label = _("Sign in with this passkey alone, without the password")
        self.fields["passwordless"].help_text = _("It then asks for your fingerprint, your face or a PIN.")
