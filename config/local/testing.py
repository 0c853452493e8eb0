"""Servers for tests: beside those of `make run`, fast, shared by test runs that overlap, stopped by the last one."""

from collections.abc import MutableMapping
from typing import IO

from config.local.locks import became_last, share
from config.local.places import state_folder
from config.local.servers import Servers, servers

# The handle lives as long as the process, and with it our share of the servers.
_shares: list[IO[str]] = []


def test_servers() -> Servers:
    return servers(state_folder() / "test", fast=True)


def provide_servers(environment: MutableMapping[str, str]) -> None:
    """Start them and name them in `environment`, unless it names some already (in a worker of pytest-xdist, ours)."""
    if environment.get("DATABASE_URL") and environment.get("REDIS_URL"):
        return
    ours = test_servers()
    _shares.append(share(ours.state / "users.lock"))
    variables = ours.up()
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        environment[name] = variables[name]


def release_servers() -> None:
    """Stop them if we started or found them and nobody else uses them."""
    while _shares:
        handle = _shares.pop()
        if became_last(handle):
            test_servers().down()
        handle.close()
