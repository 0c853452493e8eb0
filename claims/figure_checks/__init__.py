"""Checks of assertions: written by people, computed by `budgets.arithmetic`, run again when figures change."""
