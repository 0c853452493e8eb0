from datetime import timedelta

from django.conf import settings

from config.celery import app
from config.schedule import beat_schedule


def test_every_job_is_a_task_that_exists() -> None:
    app.loader.import_default_modules()
    assert {job["task"] for job in beat_schedule().values()} <= set(app.tasks)


def test_beat_runs_exactly_the_schedule() -> None:
    assert set(app.conf.beat_schedule) == set(beat_schedule())


def test_a_tick_nobody_took_is_dropped_when_the_next_one_comes() -> None:
    for job in beat_schedule().values():
        assert timedelta(seconds=job["options"]["expires"]) == job["schedule"]


def test_the_heartbeat_comes_several_times_before_it_counts_as_missing() -> None:
    assert settings.HEARTBEAT_SECONDS * 3 <= settings.HEARTBEAT_MAX_AGE_SECONDS


def test_a_task_that_may_outlast_the_visibility_timeout_leaves_the_queue_before_it_begins() -> None:
    """Else the broker hands it out a second time while it runs."""
    app.loader.import_default_modules()
    timeout = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    for task in app.tasks.values():
        limit = task.time_limit or settings.CELERY_TASK_TIME_LIMIT
        assert limit < timeout / 2 or task.acks_late is False, task.name
