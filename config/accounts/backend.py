from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import User


class StaffBackend(AuthenticationBackend):
    """The only door. Asked with every request, so a session ends with the request after its account was closed."""

    def user_can_authenticate(self, user: User) -> bool:
        return bool(super().user_can_authenticate(user) and user.is_staff)
