"""Accounts: deactivated, never deleted, for their decisions stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest

if TYPE_CHECKING:
    _Accounts = UserAdmin[User]
else:
    _Accounts = UserAdmin

admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(_Accounts):
    """Django's own page without a way to delete."""

    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: decisions name their authors for good."""
        return False
