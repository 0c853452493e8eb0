"""The web process: `granian --interface wsgi config.wsgi:application`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
# Before the settings are loaded: they give the web process shorter timeouts.
os.environ["PROCESS_KIND"] = "web"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
