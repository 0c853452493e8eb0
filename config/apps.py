from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ConfigConfig(AppConfig):
    """Checks and commands of the installation as a whole."""

    name = "config"
    verbose_name = "Installation"

    def ready(self) -> None:
        from config import celery  # noqa: F401 - so that a task sent from any process goes to this broker
        from config.checks import refuse_unsafe_start

        # Neither granian nor Celery stops at a failed check, so this stands in the way of every process.
        refuse_unsafe_start()


class TamroiAdminConfig(AdminConfig):
    default_site = "config.admin_site.TamroiAdminSite"
