#!/usr/bin/env python
"""Django's command line. In production DJANGO_SETTINGS_MODULE names config.settings.base (the image sets it)."""

import os
import sys

NO_DATABASE = """The database does not answer.
In development `make run` starts it, or: eval "$(.venv/bin/python -m config.local up)"
Elsewhere look at DATABASE_URL."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        if "--traceback" in sys.argv or "connect" not in str(error):
            raise
        sys.exit(f"{str(error).strip()}\n\n{NO_DATABASE}")


if __name__ == "__main__":
    main()
