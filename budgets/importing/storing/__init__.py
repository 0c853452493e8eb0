"""Amounts -> figures: staged in the database, compared in sets, stored in one transaction."""
