"""What the public gets: editions, their items, and the living status of each claim."""
