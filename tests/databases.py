"""Databases for tests: one migrated template per state of the migrations, and clones of it.

A clone costs a tenth of a second; migrating costs seconds. Nothing is ever flushed: the triggers that guard editions
and the ledger would refuse it. A clone is dropped instead.
"""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from config.local.locks import exclusive
from config.local.places import CHECKOUT, state_folder

PACKAGES = ("ledger", "budgets", "claims", "config")
# What decides the content of a migrated database: migrations and their SQL, and the words and models they import.
DECISIVE = ("migrations/*.py", "**/*.sql", "models.py", "models/*.py", "vocabulary.py")
TEMPLATE = "tamroi_template_"
CLONE = "tamroi_test_"


def owner_url(database: str) -> str:
    return with_database(os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"], database)


def app_url(database: str) -> str:
    return with_database(os.environ["DATABASE_URL"], database)


def with_database(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def fingerprint() -> str:
    found = [file for package in PACKAGES for pattern in DECISIVE for file in (CHECKOUT / package).glob(pattern)]
    files = sorted(set(found))
    files.append(CHECKOUT / "requirements" / "base.txt")
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(CHECKOUT)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def stale(name: str, *, template: str) -> bool:
    """A template of other migrations, or a clone whose test run is over (killed, or it would have dropped it)."""
    if name.startswith(TEMPLATE):
        return name != template
    return not is_alive(int(name.removeprefix(CLONE).split("_")[0]))


def names(server: "psycopg.Connection[tuple[str]]") -> list[str]:
    found = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, 'tamroi_t')")
    return [row[0] for row in found if row[0].startswith((TEMPLATE, CLONE))]


def drop(server: "psycopg.Connection[tuple[str]]", name: str) -> None:
    # The owner may not end the connections of the application's role; that role may end its own.
    with psycopg.connect(app_url("postgres"), autocommit=True) as application:
        application.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = %s AND usename = current_user",
            [name],
        )
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    for _ in range(40):
        try:
            server.execute(statement)
        except psycopg.errors.InsufficientPrivilege:  # autovacuum is at work in it, and not ours to end
            time.sleep(0.25)
        else:
            return
    server.execute(statement)


def make_template(server: "psycopg.Connection[tuple[str]]", name: str) -> None:
    """Migrated in a process of its own, under another name until it is complete."""
    unfinished = f"{CLONE}{os.getpid()}_unfinished"
    drop(server, unfinished)
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
    environment = os.environ | {
        "DATABASE_URL": app_url(unfinished),
        "DATABASE_OWNER_URL": owner_url(unfinished),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=CHECKOUT, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"The migrations fail:\n{done.stdout}{done.stderr}")
    server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name)))


@contextmanager
def cloned_database(label: str) -> Iterator[str]:
    """A freshly migrated database of one's own; its name. `label` tells clones of one test process apart."""
    name = f"{CLONE}{os.getpid()}_{label}"
    template = TEMPLATE + fingerprint()
    with psycopg.connect(owner_url("postgres"), autocommit=True) as server:
        with exclusive(state_folder() / "test" / "template.lock"):
            known = names(server)
            for other in known:
                if stale(other, template=template):
                    drop(server, other)
            if template not in known:
                make_template(server, template)
            drop(server, name)
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, template))))
        try:
            yield name
        finally:
            drop(server, name)
