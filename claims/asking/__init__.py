"""The right of reply: a formal letter to an office, how it is sent, its one-time link, and what comes back."""
