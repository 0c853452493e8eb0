"""The embedded test servers for the length of a benchmark."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from config.local.testing import provide_servers, release_servers


@contextmanager
def embedded() -> Iterator[None]:
    """PostgreSQL and Valkey, named in the environment; stopped again unless somebody else uses them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    provide_servers(os.environ)
    try:
        yield
    finally:
        release_servers()
