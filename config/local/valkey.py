"""A private Valkey: broker (database 0) and cache (database 1). It keeps nothing: what is due is in PostgreSQL."""

import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from config.local.accounts import RunAs, give, run_as
from config.local.binaries import valkey_program
from config.local.failure import LocalError
from config.local.passwords import Passwords
from config.local.places import Places
from config.local.ports import remembered, server_port
from config.local.processes import is_server, read_pid, wait_until_gone

START_SECONDS = 15.0


@dataclass(frozen=True)
class Valkey:
    places: Places
    passwords: Passwords

    @property
    def folder(self) -> Path:
        return self.places.valkey

    @property
    def pid_file(self) -> Path:
        return self.folder / "valkey.pid"

    @property
    def port_file(self) -> Path:
        return self.places.state / "valkey.port"

    def url(self, database: int = 0) -> str:
        return f"redis://:{self.passwords.valkey}@127.0.0.1:{remembered(self.port_file)}/{database}"

    def is_running(self) -> bool:
        pid = read_pid(self.pid_file)
        return is_server(pid, program="valkey-server", folder=self.folder) and answers(self.port_file, self.passwords)

    def start(self) -> None:
        """Start it if it is not running. Raises LocalError."""
        if self.is_running():
            return
        self.stop()
        self.folder.mkdir(exist_ok=True)
        self.pid_file.unlink(missing_ok=True)
        account = run_as(self.folder)
        give(self.folder, account)
        self.folder.chmod(0o700)
        configuration = self.folder / "valkey.conf"
        with open(os.open(configuration, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(self._configuration(server_port(self.port_file)))
        give(configuration, account)
        self._spawn(configuration, account)

    def stop(self) -> None:
        pid = read_pid(self.pid_file)
        if pid is None or not is_server(pid, program="valkey-server", folder=self.folder):
            return
        for number, seconds in ((signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                return
            if wait_until_gone(pid, seconds=seconds):
                return

    def _configuration(self, port: int) -> str:
        return "\n".join(
            [
                f"port {port}",
                "bind 127.0.0.1",
                f"requirepass {self.passwords.valkey}",
                f'dir "{self.folder}"',
                f'pidfile "{self.pid_file}"',
                f'logfile "{self.folder / "server.log"}"',
                'save ""',
                "appendonly no",
                "maxmemory-policy noeviction",
                "databases 64",
                # Else the server renames itself, and we could not tell it from a stranger's.
                "set-proc-title no",
                "daemonize no",
                "",
            ]
        )

    def _spawn(self, configuration: Path, account: RunAs) -> None:
        """In a session of its own, so that Ctrl-C at the terminal reaches us and not the server."""
        with open(self.folder / "start.log", "wb") as log:
            server = subprocess.Popen(
                [str(valkey_program(account)), str(configuration)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
                start_new_session=True,
                **account,
            )
        end = time.monotonic() + START_SECONDS
        while server.poll() is None and time.monotonic() < end:
            if self.is_running():
                # It outlives us; without this, Popen's destructor warns about a child nobody waited for.
                server.returncode = 0
                return
            time.sleep(0.02)
        server.kill()
        server.wait()
        said = (self.folder / "start.log").read_text(errors="replace")[-1000:]
        raise LocalError(f"Valkey did not start (see {self.folder}): {said}")


def answers(port_file: Path, passwords: Passwords) -> bool:
    port = remembered(port_file)
    if port is None:
        return False
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(f"AUTH {passwords.valkey}\r\nPING\r\n".encode())
            said = b""
            while b"+PONG" not in said:
                part = connection.recv(256)
                if not part or b"-" in part[:1]:
                    return False
                said += part
            return True
    except OSError:
        return False
