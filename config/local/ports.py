"""Ports on 127.0.0.1: chosen once, remembered in a file, chosen anew when a stranger took the number meanwhile."""

import secrets
import socket
from pathlib import Path

from config.local.failure import LocalError

FIRST_WEB_PORT = 8000
TRIES = 100
SERVER_PORTS = range(20_000, 32_000)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def any_free() -> int:
    """A free port below those that the system hands to outgoing connections: one of them could take it meanwhile."""
    for _ in range(TRIES):
        port = SERVER_PORTS.start + secrets.randbelow(len(SERVER_PORTS))
        if is_free(port):
            return port
    raise LocalError(f"No port from {SERVER_PORTS.start} to {SERVER_PORTS.stop - 1} was found free.")


def remembered(file: Path) -> int | None:
    """The number in the file; None when there is none that makes sense."""
    try:
        number = int(file.read_text())
    except (OSError, ValueError):
        return None
    return number if 0 < number < 65536 else None


def server_port(file: Path) -> int:
    """The port of a server that is not running: the remembered one while it is free, else a new one."""
    port = remembered(file)
    if port is None or not is_free(port):
        port = any_free()
        file.write_text(str(port))
    return port


def web_port(file: Path, *, wanted: str | None) -> int:
    """`wanted` (the variable PORT) or an error; without it the remembered one, 8000, or the next that is free."""
    if wanted:
        return wanted_port(wanted)
    candidates: list[int] = [remembered(file) or FIRST_WEB_PORT, *range(FIRST_WEB_PORT, FIRST_WEB_PORT + TRIES)]
    for port in candidates:
        if is_free(port):
            file.write_text(str(port))
            return port
    raise LocalError(f"No port from {FIRST_WEB_PORT} to {FIRST_WEB_PORT + TRIES - 1} is free: give one with PORT=….")


def wanted_port(wanted: str) -> int:
    if not wanted.isascii() or not wanted.isdigit() or not 0 < int(wanted) < 65536:
        raise LocalError(f"PORT={wanted} is not a port number (1 to 65535).")
    if not is_free(int(wanted)):
        raise LocalError(f"Port {wanted} is in use or not allowed: give another PORT, or none for the next free one.")
    return int(wanted)


def hold(port: int) -> socket.socket:
    """Keep a port while its server is not listening yet, so that a second checkout started now takes another.

    A bound socket that never listens gets no connection, and SO_REUSEPORT lets our own server bind beside it.
    """
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        holder.bind(("127.0.0.1", port))
    except OSError:
        holder.close()
        raise LocalError(f"Port {port} was taken just now: start again.") from None
    return holder
