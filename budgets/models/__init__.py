"""Nouns of public money, a module each. Import them by submodule."""

from budgets.models import agency, budget_import, budget_line, figure, fiscal_year, mapping

__all__ = ["agency", "budget_import", "budget_line", "figure", "fiscal_year", "mapping"]
