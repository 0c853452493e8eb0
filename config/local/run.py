"""`make run`: the embedded servers, migrations, the first case, and every process of the site, until Ctrl-C."""

import http.client
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import FrameType

from config.local.failure import LocalError
from config.local.interrupting import STOPPING
from config.local.locks import take_or_none
from config.local.places import CHECKOUT, state_folder
from config.local.ports import hold, is_free, remembered, server_port, web_port
from config.local.processes import started_with, stop_all
from config.local.servers import Servers, servers
from config.local.supervisor import Supervisor

MARK = "TAMROI_RUN"
ROLES = ("contributor", "reviewer", "editor", "auditor", "operations")
PATIENCE_SECONDS = 60
ROUNDS = 3


def run() -> int:
    """Returns the exit status. Raises LocalError when the machine does not allow it."""
    state = state_folder()
    state.mkdir(parents=True, exist_ok=True)
    lock = take_or_none(state / "run.lock")
    if lock is None:
        raise LocalError(f"It is running already: http://127.0.0.1:{remembered(state / 'running.port')}/")
    with closing(lock):
        end_killed_run(state)
        for number in STOPPING:
            signal.signal(number, leave)
        port = web_port(state / "web.port", wanted=os.environ.get("PORT"))
        (state / "running.port").write_text(str(port))
        with closing(hold(port)):
            return run_on(port, state)


def end_killed_run(state: Path) -> None:
    """Stop what a run that was killed left behind: it holds the port, and would take this run's work."""
    end_processes(state)
    port = remembered(state / "running.port")
    end = time.monotonic() + 5
    # honcho's own children have no mark, hold the port as well, and end just after what they watched: also when all
    # that has the mark is gone already.
    while port and not is_free(port) and time.monotonic() < end:
        time.sleep(0.05)


def end_processes(state: Path) -> None:
    """Stop all that carry the mark of a run on this folder, also those that they start while they are being stopped."""
    for _ in range(ROUNDS):
        found = started_with(MARK, str(state))
        if not found:
            return
        stop_all(found, seconds=5)


def leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def run_on(port: int, state: Path) -> int:
    embedded = None if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL") else servers(state)
    try:
        environment = variables(port, state, embedded)
        prepare(environment)
        return supervise(port, state, environment)
    finally:
        # A second Ctrl-C must not leave half of it running.
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
        # None is left after an ordinary end, but the terminal may have been closed.
        end_processes(state)
        if embedded:
            embedded.down()


def variables(port: int, state: Path, embedded: Servers | None) -> dict[str, str]:
    found = dict(os.environ)
    found |= {
        MARK: str(state),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
        # In a container one is often root, and Celery's page of advice on that is for production.
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser",
    }
    found.setdefault("PUBLIC_ORIGIN", f"http://127.0.0.1:{port}")
    found.setdefault("OUTBOUND_LOCAL_SITE", f"127.0.0.1:{server_port(state / 'site.port')}")
    if embedded:
        found |= embedded.up()
    return found


def prepare(environment: Mapping[str, str]) -> None:
    if subprocess.run([sys.executable, "manage.py", "prepare"], cwd=CHECKOUT, env=environment).returncode != 0:
        raise LocalError("The database could not be prepared; what went wrong is written above.")


def processes(port: int, state: Path) -> dict[str, list[str]]:
    celery = ["celery", "--quiet", "-A", "config.celery"]
    return {
        "web": ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
                "--blocking-threads", "8", "--log-level", "error", "config.wsgi:application"],
        "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING"],
        "beat": [*celery, "beat", "--loglevel", "WARNING", "--schedule", str(state / "beat"), "--pidfile", ""],
        "site": ["config.local.site"],
    }  # fmt: skip


def supervise(port: int, state: Path, environment: Mapping[str, str]) -> int:
    supervisor = Supervisor(when_started=lambda: announce(port, site=environment["OUTBOUND_LOCAL_SITE"]))
    for name, arguments in processes(port, state).items():
        # Whoever waits, waits for the first page: the others start behind the web.
        politely = [] if name == "web" else ["nice", "-n", "5"]
        command = "exec " + shlex.join([*politely, sys.executable, "-m", *arguments])
        supervisor.add_process(name, command, env=environment, cwd=str(CHECKOUT))
    supervisor.loop()
    status: int = supervisor.returncode or 0
    # Ctrl-C is how one ends it, not a failure.
    return 0 if status in (128 + signal.SIGINT, 128 + signal.SIGTERM) else status


def announce(port: int, *, site: str) -> None:
    """Print the addresses as soon as the site answers."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not answers(port):
        if time.monotonic() > end:
            return
        time.sleep(0.1)
    print(greeting(port, site=site), flush=True)


def answers(port: int) -> bool:
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=2)) as connection:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
    except OSError:
        return False


def greeting(port: int, *, site: str) -> str:
    origin = f"http://127.0.0.1:{port}"
    accounts = "\n".join(f"      {role:<12} {role}-demo" for role in ROLES)
    return f"""
  Tamroi is running.

    Read      {origin}/
    API       {origin}/api/docs/
    Edit      {origin}/admin/
    Try       http://{site}/   a source whose text you can change, and watch the flag arrive

    Demo accounts (development only: never on a machine others reach)
      account      password
{accounts}

  Ctrl-C stops everything. The data stay.
"""
