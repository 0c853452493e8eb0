"""Texts that come in: received, fetched, split into candidates, compared with what is here, picked or put aside."""
