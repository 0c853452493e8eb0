"""Every periodic job, in one place. A job carries no data: the task looks for due rows itself."""

from datetime import timedelta
from typing import TypedDict

from django.conf import settings


class Options(TypedDict):
    expires: float


class Job(TypedDict):
    task: str
    schedule: timedelta
    options: Options


def job(task: str, *, every: int) -> Job:
    """A tick nobody took within one period is dropped: the next one finds the same rows."""
    return {"task": task, "schedule": timedelta(seconds=every), "options": {"expires": float(every)}}


def beat_schedule() -> dict[str, Job]:
    """Job by name. Periods are whole seconds, from the settings."""
    return {
        "re-check due sources": job("claims.tasks.recheck_due", every=settings.RECHECK_TICK_SECONDS),
        "refresh public statuses": job("claims.tasks.refresh_statuses", every=settings.STATUS_TICK_SECONDS),
        "run figure checks again": job("claims.tasks.follow_figures", every=settings.FIGURE_TICK_SECONDS),
        "read waiting budget files": job("claims.tasks.run_imports", every=settings.IMPORT_TICK_SECONDS),
        "write the heartbeat": job("claims.tasks.heartbeat", every=settings.HEARTBEAT_SECONDS),
    }
