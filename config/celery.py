"""The Celery application: `celery -A config.celery worker`, `celery -A config.celery beat`.

The broker is a doorbell. What is due is a row in PostgreSQL (docs/architecture.md), so a lost message costs one tick.
"""

import os

from celery import Celery

from config.schedule import beat_schedule

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")

app = Celery("tamroi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = beat_schedule()
app.autodiscover_tasks()
