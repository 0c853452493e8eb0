"""Pure functions from stored documents to what a page shows, in one language at a time."""
