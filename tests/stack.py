"""The whole installation, as real processes, on a database of its own: what a reader, an editor and a source meet."""

import http.client
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from config.local.passwords import passwords
from config.local.places import CHECKOUT, make_places, state_folder
from config.local.ports import any_free
from config.local.valkey import Valkey
from tests.databases import app_url, cloned_database, owner_url

READY_SECONDS = 90.0
STOP_SECONDS = 15.0
_numbers = itertools.count()


class Program:
    """One process of the installation, in a process group of its own. Its output goes to a file."""

    def __init__(self, arguments: list[str], *, environment: dict[str, str], log: Path) -> None:
        self.arguments = arguments
        self.environment = environment
        self.log = log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        if self._process is None:
            raise RuntimeError(f"{self.arguments[0]} is not running")
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *self.arguments],
                cwd=CHECKOUT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def kill(self) -> None:
        """kill -9 to it and all its children."""
        self._signal(signal.SIGKILL)
        if self._process:
            self._process.wait(STOP_SECONDS)

    def stop(self) -> None:
        """Ask; after a while, kill."""
        if not self.is_running or self._process is None:
            return
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_SECONDS)
        self.kill()

    def said(self) -> str:
        """The end of its output."""
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""

    def _signal(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)


@dataclass(frozen=True)
class Stack:
    """`url` and `local_site_url` are origins without a slash at the end."""

    url: str
    local_site_url: str
    database_url: str
    valkey: Valkey
    environment: dict[str, str]
    programs: dict[str, Program]

    @property
    def redis_url(self) -> str:
        return self.valkey.url()

    @property
    def worker(self) -> Program:
        return self.programs["worker"]

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """`manage.py …` in this installation. With `check`, a failure is an error that shows its output."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=CHECKOUT, env=self.environment, capture_output=True, text=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        if check and done.returncode != 0:
            raise AssertionError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")
        return done

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of a page."""
        return get(self.url, path)

    def wait_until_ready(self) -> None:
        """Until /readyz has no complaint, which takes a beat that went through broker, worker and database."""
        end = time.monotonic() + READY_SECONDS
        last = "no answer"
        while time.monotonic() < end:
            dead = [name for name, program in self.programs.items() if not program.is_running]
            if dead:
                raise AssertionError(f"{dead[0]} ended: {self.programs[dead[0]].said()}")
            try:
                status, last = self.get("/readyz")
            except OSError:
                status = 0
            if status == 200:
                return
            time.sleep(0.1)
        said = {name: program.said() for name, program in self.programs.items()}
        raise AssertionError(f"Not ready after {READY_SECONDS:.0f} s: {last} {json.dumps(said, indent=1)}")


def get(origin: str, path: str) -> tuple[int, str]:
    host, port = origin.removeprefix("http://").split(":")
    with closing(http.client.HTTPConnection(host, int(port), timeout=30)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def commands(port: int, folder: Path) -> dict[str, list[str]]:
    celery = ["celery", "--quiet", "-A", "config.celery"]
    return {
        "web": ["granian", "--interface", "wsgi", "--port", str(port), "--blocking-threads", "4",
                "config.wsgi:application"],
        "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"],
        "beat": [*celery, "beat", "--loglevel", "INFO", "--schedule", str(folder / "beat"), "--pidfile", ""],
        "site": ["config.local.site"],
    }  # fmt: skip


@contextmanager
def own_valkey(state: Path) -> Iterator[Valkey]:
    places = make_places(state, is_root=os.geteuid() == 0)
    valkey = Valkey(places, passwords(state / "passwords.json"))
    try:
        valkey.start()
        yield valkey
    finally:
        valkey.stop()
        shutil.rmtree(places.data, ignore_errors=True)
        shutil.rmtree(state, ignore_errors=True)


@contextmanager
def running_stack() -> Iterator[Stack]:
    """The first case, published by the demo accounts, on free ports; ticks are a second apart."""
    label = f"stack{next(_numbers)}"  # one process may run a shared one and one of a test's own
    state = state_folder() / "test" / f"{label}-{os.getpid()}"
    with cloned_database(label) as database, own_valkey(state) as valkey:
        port, site = any_free(), any_free()
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": app_url(database),
            "DATABASE_OWNER_URL": owner_url(database),
            "REDIS_URL": valkey.url(),
            "PUBLIC_ORIGIN": f"http://127.0.0.1:{port}",
            "MEDIA_ROOT": str(state / "media"),
            "OUTBOUND_LOCAL_SITE": f"127.0.0.1:{site}",
            "OUTBOUND_CONFIRM_SECONDS": "0",
            "RECHECK_TICK_SECONDS": "1",
            "RECHECK_LEASE_SECONDS": "10",
            "STATUS_TICK_SECONDS": "1",
            "HEARTBEAT_SECONDS": "1",
            "PYTHONUNBUFFERED": "1",
            "PYTHONWARNINGS": "default",
        }
        environment.pop("PYTEST_VERSION", None)
        programs = {
            name: Program(arguments, environment=environment, log=state / f"{name}.log")
            for name, arguments in commands(port, state).items()
        }
        stack = Stack(
            url=f"http://127.0.0.1:{port}",
            local_site_url=f"http://127.0.0.1:{site}",
            database_url=environment["DATABASE_URL"],
            valkey=valkey,
            environment=environment,
            programs=programs,
        )
        stack.run("load_demo")
        try:
            for program in programs.values():
                program.start()
            stack.wait_until_ready()
            yield stack
        finally:
            for program in reversed(programs.values()):
                program.stop()
