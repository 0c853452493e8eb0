"""Where a reprint or a later statement differs from a claim: another currency, scale, year, name, title or hedge."""
