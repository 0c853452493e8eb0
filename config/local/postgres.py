"""A private PostgreSQL: TCP on 127.0.0.1 only, passwords, the builtin C.UTF-8 locale (with C, pg_trgm ignores Thai)."""

import hashlib
import locale
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from config.local.accounts import RunAs, give, run_as
from config.local.binaries import postgres_programs
from config.local.failure import LocalError
from config.local.passwords import Passwords
from config.local.places import CHECKOUT, Places
from config.local.ports import remembered, server_port
from config.local.processes import is_server, read_pid

ROLES = CHECKOUT / "config" / "database" / "roles.sql"
START_SECONDS = 120
START_TRIES = 5
# The first one this machine has; the last is how macOS says it.
UTF8_LOCALES = ("C.UTF-8", "en_US.UTF-8", "UTF-8")
SETTINGS = """\
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
timezone = 'UTC'
log_timezone = 'UTC'
max_wal_size = 256MB
"""
# For data that is thrown away: a crash of the machine may spoil it.
UNSAFE_AND_FAST = """\
fsync = off
synchronous_commit = off
full_page_writes = off
"""


@dataclass(frozen=True)
class Postgres:
    places: Places
    passwords: Passwords
    fast: bool

    @property
    def folder(self) -> Path:
        return self.places.pgdata

    @property
    def account(self) -> RunAs:
        return run_as(self.folder)

    @property
    def port_file(self) -> Path:
        return self.places.state / "postgres.port"

    def url(self, role: str, password: str, database: str = "tamroi") -> str:
        return f"postgresql://{role}:{password}@127.0.0.1:{remembered(self.port_file)}/{database}"

    def is_running(self) -> bool:
        pid = read_pid(self.folder / "postmaster.pid")
        return is_server(pid, program="postgres", folder=self.folder) and self._accepts()

    def start(self) -> None:
        """Make the cluster if there is none and start it if it is not running. Raises LocalError."""
        if not self.folder.exists():
            self._initialise()
        self._check_version()
        if not self.is_running():
            self._forget_dead_postmaster()
            self._start_server()
        self._create_roles()

    def stop(self) -> None:
        """Fast mode: the default of SIGTERM would wait for every client to leave, for ever."""
        if (self.folder / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.folder), "-m", "fast", "-w", "stop", check=False)

    def _run(self, program: str, *arguments: str, check: bool = True) -> int:
        """Run a program as the servers' account. Raises LocalError when `check` and it fails."""
        account = self.account
        # pg_ctl's child keeps the output open as long as the server lives, so a pipe would never end.
        silent = program == "pg_ctl"
        done = subprocess.run(
            [str(postgres_programs(account) / program), *arguments],
            env=clean_environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL if silent else subprocess.PIPE,
            text=True,
            # A Ctrl-C at the terminal is for us; it would end pg_ctl and leave the server it was starting.
            start_new_session=True,
            **account,
        )
        if check and done.returncode != 0:
            raise LocalError(f"{program} failed: {(done.stderr or '').strip()[-1000:]}")
        return done.returncode

    def _initialise(self) -> None:
        """Build beside and rename, for initdb killed half-way leaves a folder that looks like a cluster."""
        building = self.folder.with_name("postgres.new")
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(mode=0o700)
        account = self.account
        give(building, account)
        secret = building.with_name("superuser.password")
        with open(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(self.passwords.superuser)
        give(secret, account)
        try:
            self._run(
                "initdb",
                *("-D", str(building), "-U", "postgres", "--auth=scram-sha-256", f"--pwfile={secret}"),
                *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                *("--locale=C", f"--lc-ctype={utf8_locale()}", "--no-sync", "--no-instructions"),
            )
        finally:
            secret.unlink()
        (building / "local.conf").write_text(SETTINGS + (UNSAFE_AND_FAST if self.fast else ""))
        give(building / "local.conf", account)
        with open(building / "postgresql.conf", "a") as file:
            file.write("include 'local.conf'\n")
        building.rename(self.folder)

    def _check_version(self) -> None:
        have = (self.folder / "PG_VERSION").read_text().strip()
        if have != "18":
            raise LocalError(f"{self.folder} was made by PostgreSQL {have}, not 18: dump it, or `make reset`.")

    def _forget_dead_postmaster(self) -> None:
        """After a kill -9 the pid file stays, and PostgreSQL refuses to start when its number is anybody's now."""
        file = self.folder / "postmaster.pid"
        if file.exists() and not is_server(read_pid(file), program="postgres", folder=self.folder):
            file.unlink()

    def _start_server(self) -> None:
        log = self.folder / "server.log"
        for _ in range(START_TRIES):
            port = server_port(self.port_file)
            arguments = ("-D", str(self.folder), "-l", str(log), "-w", "-t", str(START_SECONDS), "-o", f"-p {port}")
            if self._run("pg_ctl", *arguments, "start", check=False) == 0:
                return
            time.sleep(1)  # the children of a killed postmaster need a moment to leave
        last = log.read_text(errors="replace")[-1500:] if log.exists() else ""
        raise LocalError(f"PostgreSQL did not start. The end of {log}:\n{last}")

    def _accepts(self) -> bool:
        port = remembered(self.port_file)
        return self._run("pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port), check=False) == 0

    def _create_roles(self) -> None:
        """Once per cluster and version of roles.sql. As ourselves: the servers' account may not read the checkout."""
        done = self.folder.with_name("roles.done")
        wanted = hashlib.sha256(ROLES.read_bytes() + self.passwords.superuser.encode()).hexdigest()
        if done.exists() and done.read_text() == wanted:
            return
        secrets = {
            "PGPASSWORD": self.passwords.superuser,
            "TAMROI_OWNER_PASSWORD": self.passwords.owner,
            "TAMROI_APP_PASSWORD": self.passwords.app,
        }
        address = ("-h", "127.0.0.1", "-p", str(remembered(self.port_file)), "-U", "postgres", "-d", "postgres")
        finished = subprocess.run(
            [str(postgres_programs({}) / "psql"), "-X", "-q", *address, "-f", str(ROLES)],
            env=clean_environment() | secrets,
            capture_output=True,
            text=True,
        )
        if finished.returncode != 0:
            raise LocalError(f"The database roles could not be made: {finished.stderr.strip()[-1000:]}")
        done.write_text(wanted)


def clean_environment() -> dict[str, str]:
    """No PG* variable and no locale of the caller gets through."""
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": "/", "TZ": "UTC"}


def utf8_locale() -> str:
    """A character type that knows Thai letters, whatever the caller's locale is."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in UTF8_LOCALES:
            try:
                locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
            return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    raise LocalError("This machine has no UTF-8 locale, without which Thai text cannot be searched.")
