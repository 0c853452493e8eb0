"""Which process is behind a number. After a kill -9 or a restart of the machine the same number may be a stranger."""

import os
import signal
import subprocess
import time
from pathlib import Path


def command_line(pid: int) -> list[str]:
    """The arguments of a process; empty when there is none (or when it is a zombie)."""
    if Path("/proc").is_dir():
        try:
            raw = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return []
        return [part.decode(errors="replace") for part in raw.split(b"\0") if part]
    shown = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True)
    return shown.stdout.split()


def is_server(pid: int | None, *, program: str, folder: Path) -> bool:
    """Whether `pid` runs `program` on our `folder`."""
    if pid is None:
        return False
    arguments = command_line(pid)
    if not arguments or program not in Path(arguments[0]).name:
        return False
    # `ps` splits a folder with a space, hence the comparison of the joined line.
    return str(folder) in " ".join(arguments[1:])


def read_pid(file: Path) -> int | None:
    """The number on the first line of a pid file."""
    try:
        return int(file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def started_with(variable: str, value: str) -> list[int]:
    """Our processes whose environment holds `variable=value` (Linux only; elsewhere none)."""
    wanted = f"{variable}={value}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            variables = (entry / "environ").read_bytes().split(b"\0")
        except OSError:  # gone meanwhile, or another account's
            continue
        if wanted in variables and int(entry.name) != os.getpid():
            found.append(int(entry.name))
    return found


def wait_until_gone(pid: int, *, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while command_line(pid):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def stop_all(pids: list[int], *, seconds: float) -> None:
    """Ask, wait, then kill."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for pid in pids:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue
        pids = [pid for pid in pids if not wait_until_gone(pid, seconds=seconds)]
