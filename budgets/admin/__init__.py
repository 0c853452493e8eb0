"""Agencies' money in the admin. Agencies themselves are in `claims.admin`: editions are made of them."""

from budgets.admin import figures, imports, mappings, years

__all__ = ["figures", "imports", "mappings", "years"]
