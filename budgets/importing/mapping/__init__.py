"""What the columns of a file mean: saved mappings, and rows -> amounts."""
