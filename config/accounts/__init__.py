"""The door of the desk: sign-in, second factor, sessions. allauth does the work; what is ours to say is here."""
