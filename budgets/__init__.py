"""Agencies and money. Knows nothing of claims."""
