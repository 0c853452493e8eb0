"""One script per number in docs/performance.md. Every number is a ratio within one run."""
