"""Commands of the budgets application."""
