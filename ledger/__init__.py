"""Append-only public history. Knows no other app."""
