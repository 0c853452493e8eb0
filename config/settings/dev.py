"""Development on one's own machine: plain HTTP, short ticks and the demo accounts. Never on a network."""

import os

from config.local.envfile import read_env_file
from config.local.places import state_folder

# What `make run` or `python -m config.local up` started; a variable that is already set wins.
for _name, _value in read_env_file(state_folder() / "env").items():
    os.environ.setdefault(_name, _value)
# Commands that need no server run without one; the others say that it does not answer (manage.py).
os.environ.setdefault("DATABASE_URL", "postgresql://tamroi_app@127.0.0.1:1/tamroi")
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:1/0")
os.environ.setdefault("PUBLIC_ORIGIN", "http://127.0.0.1:" + os.environ.get("PORT", "8000"))
os.environ.setdefault("SECRET_KEY", "development only: the state folder of `make run` holds a better one")
os.environ.setdefault("MEDIA_ROOT", str(state_folder() / "media"))
os.environ.setdefault("RECHECK_TICK_SECONDS", "5")
os.environ.setdefault("STATUS_TICK_SECONDS", "5")
os.environ.setdefault("FIGURE_TICK_SECONDS", "2")
os.environ.setdefault("IMPORT_TICK_SECONDS", "2")
os.environ.setdefault("HEARTBEAT_SECONDS", "5")
os.environ.setdefault("OUTBOUND_CONFIRM_SECONDS", "0")
os.environ.setdefault("LOG_LEVEL", "WARNING")

from config.logs import logging_settings  # noqa: E402 - base reads the variables set above
from config.settings.base import *  # noqa: E402
from config.settings.plain_http import *  # noqa: E402

ENVIRONMENT = "development"
DEBUG = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
AUTH_PASSWORD_VALIDATORS = []  # the demo accounts have guessable passwords, on purpose
LOGGING = logging_settings(LOG_LEVEL, formatter="plain")
