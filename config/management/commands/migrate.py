"""Django's `migrate`, connected as the owner of the tables; everything else connects as the application's role."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import environ
from django.conf import settings
from django.core.management.commands.migrate import Command as Migrate
from django.db import connection

from config.settings.connections import connection_settings

TAKEN = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


@contextmanager
def connected_as_owner() -> Iterator[None]:
    """Connect by DATABASE_OWNER_URL meanwhile. Without that variable nothing changes."""
    if not settings.DATABASE_OWNER_URL:
        yield
        return
    owner = connection_settings(
        environ.Env.db_url_config(settings.DATABASE_OWNER_URL),
        process="migrate",
        statement_timeout_ms=settings.DATABASE_STATEMENT_TIMEOUT_MS,
    )
    before = {name: connection.settings_dict[name] for name in TAKEN}
    connection.close()
    connection.settings_dict.update({name: owner[name] for name in TAKEN})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        with connected_as_owner():
            super().handle(*args, **options)
