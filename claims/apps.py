"""Django's entry for claims."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Claims, evidence, answers, editions."""

    name = "claims"
    verbose_name = "Claims"
