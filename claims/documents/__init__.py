"""Drafts as the documents they would be published as. Submitting hashes them, publishing freezes them."""
