"""The account the embedded servers run as. PostgreSQL refuses to run as root."""

import os
import pwd
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from config.local.failure import LocalError

UNPRIVILEGED = ("postgres", "nobody")


class RunAs(TypedDict, total=False):
    """Arguments of `subprocess` that lower its rights."""

    user: int
    group: int
    extra_groups: Sequence[int]


def unprivileged(data: Path) -> pwd.struct_passwd:
    """Who owns the data already, else `postgres`, else `nobody`."""
    if data.exists() and (owner := data.stat().st_uid) != 0:
        return pwd.getpwuid(owner)
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise LocalError("Running as root needs an account named postgres or nobody for the database server.")


def run_as(data: Path) -> RunAs:
    """Nothing to lower unless we are root."""
    if os.geteuid() != 0:
        return {}
    account = unprivileged(data)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def give(path: Path, to: RunAs) -> None:
    if "user" in to:
        os.chown(path, to["user"], to["group"])
