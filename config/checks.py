"""What must be true of an installation before it may serve anyone."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as CheckWarning
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections

TEST_SEAMS = (
    "OUTBOUND_EXTRA_PUBLIC_NETWORKS",
    "OUTBOUND_EXTRA_PORTS",
    "OUTBOUND_EXTRA_CA",
    "OUTBOUND_LOCAL_SITE",
)
OLDEST_POSTGRESQL = 180_000


@register(Tags.security)
def no_test_seams(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Through a test seam, a link in a claim could reach the private network."""
    if settings.ENVIRONMENT != "production":
        return []
    return [
        Error(f"{name} is set.", hint="It is for tests and development only: unset it.", id="config.E001")
        for name in TEST_SEAMS
        if getattr(settings, name)
    ]


def refuse_unsafe_start() -> None:
    """Raises ImproperlyConfigured when a test seam is open in production."""
    errors = no_test_seams(None)
    if errors:
        raise ImproperlyConfigured(" ".join(f"{error.msg} {error.hint}" for error in errors))


@register(Tags.database)
def database_is_suitable(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Run by `migrate` and by `check --database default`."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        try:
            found += check_version(alias) or check_trigrams(alias) + check_ownership(alias)
        except DatabaseError as error:
            found.append(Error(f"The database {alias} cannot be asked: {error}", id="config.E002"))
    return found


def ask(alias: str, query: str, *values: Any) -> Any:
    """The first value of the first row; None when there is no row."""
    with connections[alias].cursor() as cursor:
        cursor.execute(query, values)
        row = cursor.fetchone()
    return row[0] if row else None


def check_version(alias: str) -> list[CheckMessage]:
    version = int(ask(alias, "SHOW server_version_num"))
    if version >= OLDEST_POSTGRESQL:
        return []
    return [Error(f"PostgreSQL 18 is needed, this is {version // 10_000}.", id="config.E003")]


def check_trigrams(alias: str) -> list[CheckMessage]:
    """With lc_ctype C, pg_trgm drops every Thai letter without a word. Silent before the first migration."""
    if not ask(alias, "SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'") or ask(
        alias, "SELECT show_trgm('ก') <> '{}'"
    ):
        return []
    return [
        Error(
            "Thai text has no trigrams in this database, so search would find nothing.",
            hint="Create the cluster with --locale-provider=builtin --builtin-locale=C.UTF-8 --lc-ctype=C.UTF-8.",
            id="config.E004",
        )
    ]


def check_ownership(alias: str) -> list[CheckMessage]:
    """An owner can switch off the triggers that keep editions and the ledger as they are."""
    if settings.ENVIRONMENT != "production":
        return []
    # By name and not as current_user: `migrate` asks this as the owner.
    role = urlsplit(settings.DATABASE_URL).username
    if not ask(alias, "SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tableowner = %s LIMIT 1", role):
        return []
    return [
        CheckWarning(
            "The application's database role owns the tables.",
            hint="Give DATABASE_URL the role tamroi_app and DATABASE_OWNER_URL the role tamroi_owner.",
            id="config.W001",
        )
    ]
