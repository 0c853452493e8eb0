"""Rows and whole publications for tests, made through the product's own verbs wherever a verb exists."""
