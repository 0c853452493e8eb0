"""The format of a dossier folder as typed, frozen entries, a module per file. Pure."""
