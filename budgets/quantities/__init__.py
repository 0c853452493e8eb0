"""Amounts read from text and written back as text. Pure."""
