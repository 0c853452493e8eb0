"""Celery's workers as a command meets them: whether they answer, or some of one's own while it runs."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from celery import current_app
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

_PING_SECONDS, _START_SECONDS, _STOP_SECONDS = 1.0, 60, 30.0


class NoWorkers(Exception):
    """The broker or the workers do not answer; carries one sentence."""


def answering() -> int:
    """How many workers answer. Raises `NoWorkers` when the broker does not."""
    try:
        with current_app.connection_for_write(connect_timeout=2, transport_options={"max_retries": 1}) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=5)
            return len(current_app.control.ping(timeout=_PING_SECONDS, connection=broker))
    except (OperationalError, RedisError, OSError) as error:
        raise NoWorkers("The broker does not answer: look at REDIS_URL.") from error


@contextmanager
def hired(processes: int) -> Iterator[None]:
    """A Celery worker of our own with so many processes, ready, until the block ends. Raises `NoWorkers`."""
    command = ["celery", "--quiet", "-A", "config.celery", "worker", "--concurrency", str(processes)]
    worker = subprocess.Popen(
        [sys.executable, "-m", *command, "--loglevel", "WARNING", "--hostname", f"recheck-{processes}@%h"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # an interrupt is ours to pass on, once
    )
    try:
        for _ in range(_START_SECONDS):
            if worker.poll() is not None:
                raise NoWorkers("The worker that was started for this run ended at once; its message stands above.")
            if answering():
                break
        else:
            raise NoWorkers("The worker that was started for this run does not answer.")
        yield
    finally:
        worker.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            worker.wait(_STOP_SECONDS)
        if worker.poll() is None:
            worker.kill()
            worker.wait()
