"""Tests: production's rules over plain HTTP. Under pytest, embedded servers stand in for a missing DATABASE_URL."""

import os

from config.local.places import state_folder
from config.local.testing import provide_servers

if "PYTEST_VERSION" in os.environ:
    provide_servers(os.environ)
os.environ.setdefault("DATABASE_URL", "postgresql://tamroi_app@127.0.0.1:1/tamroi")
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:1/0")
os.environ.setdefault("PUBLIC_ORIGIN", "http://127.0.0.1:8000")
os.environ.setdefault("SECRET_KEY", "tests only")
os.environ.setdefault("MEDIA_ROOT", str(state_folder() / "test" / "media"))
os.environ.setdefault("LOG_LEVEL", "WARNING")
# Workers of pytest-xdist share one Valkey.
os.environ.setdefault("CACHE_PREFIX", "test-" + os.environ.get("PYTEST_XDIST_WORKER", "main"))

from config.logs import logging_settings
from config.settings.base import *
from config.settings.plain_http import *

ENVIRONMENT = "test"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
AUTH_PASSWORD_VALIDATORS = []
API_REQUESTS_PER_MINUTE = 0
# Hashing for real would cost a tenth of a second per signed-in test.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGGING = logging_settings(LOG_LEVEL, formatter="plain")
INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
# Widens varchars and makes a column unique in which no row has a value yet: older code can live with both.
MIGRATION_LINTER_OPTIONS = {"ignore_name": ["0004_imported_lines"]}
