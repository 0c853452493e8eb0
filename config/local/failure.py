class LocalError(Exception):
    """Something on this machine is not as needed; the message is one sentence for the person at the terminal."""
