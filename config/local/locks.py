import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def exclusive(file: Path) -> Iterator[None]:
    """One process at a time. The kernel lets go when the process ends, however it ends."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(file, "a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def share(file: Path) -> IO[str]:
    """Say "I use it", together with others, until the handle is closed."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = open(file, "a")  # noqa: SIM115 - closing it is how the caller lets go
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def became_last(handle: IO[str]) -> bool:
    """Whether nobody else shares it; then it is ours alone until the handle is closed."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def take_or_none(file: Path) -> IO[str] | None:
    """The lock of a process that runs at most once, or None while another runs. Not inherited by forked children."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = open(file, "a")  # noqa: SIM115 - closing it is how the caller lets go
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        return None
    return handle
