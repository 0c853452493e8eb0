"""What was claimed, what officials answered, and whether the sources still hold."""
