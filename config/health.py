"""Two questions of whoever watches the installation: is the process there, and can it serve readers?"""

from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from redis import Redis, RedisError

from claims.models.heartbeat import Heartbeat

BROKER_SECONDS = 2


@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is looked at, so that a database outage restarts no web process."""
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200, or 503 with a sentence per thing that is wrong: `{"status": …, "reasons": {thing: sentence}}`."""
    reasons = database_reasons() | broker_reasons()
    if reasons:
        return JsonResponse({"status": "unavailable", "reasons": reasons}, status=503)
    return JsonResponse({"status": "ok"})


def database_reasons() -> dict[str, str]:
    try:
        pending = migrations_on_disk() - set(MigrationRecorder(connection).applied_migrations())
        if pending:
            return {"migrations": f"{len(pending)} not applied, such as {'.'.join(min(pending))}."}
        return heartbeat_reasons()
    except DatabaseError:
        # The text of the error names hosts and roles, and anybody may read this page.
        return {"database": "It does not answer."}


@cache
def migrations_on_disk() -> frozenset[tuple[str, str]]:
    """(application, name) of each; read once, for the files of a running process do not change."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def heartbeat_reasons() -> dict[str, str]:
    """The beat is written by a task, so it proves beat, broker, worker and database at once."""
    last = Heartbeat.objects.order_by("-at").values_list("at", flat=True).first()
    if last is None:
        return {"heartbeat": "No task has run yet."}
    age = (timezone.now() - last).total_seconds()
    if age <= settings.HEARTBEAT_MAX_AGE_SECONDS:
        return {}
    return {"heartbeat": f"The last task ran {age:.0f} seconds ago."}


def broker_reasons() -> dict[str, str]:
    try:
        with Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=BROKER_SECONDS, socket_timeout=BROKER_SECONDS
        ) as broker:
            broker.ping()
    except RedisError:
        return {"broker": "Valkey does not answer."}
    return {}
