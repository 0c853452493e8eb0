"""Django's entry for agencies and budgets."""

from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    """Agencies, fiscal years, budget lines and figures."""

    name = "budgets"
    verbose_name = "Budgets"
