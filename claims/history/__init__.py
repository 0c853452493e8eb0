"""Who changed which field of what people write, and when: read from what the database's triggers noted."""
