"""Budget files of any country: what they say, cell by cell, and how it becomes figures."""
