"""The page behind a one-time link, where an official answers once and without an account."""
