"""The public API: read-only JSON of editions, their parts and the living statuses."""
