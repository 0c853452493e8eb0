"""Passwords of the embedded servers, made once. Another account on this machine reaches 127.0.0.1 as well as we do."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, fields
from pathlib import Path


@dataclass(frozen=True)
class Passwords:
    superuser: str
    owner: str
    app: str
    valkey: str
    secret_key: str


def passwords(file: Path) -> Passwords:
    """Those in the file; a missing one (an older checkout's file) is added."""
    known = json.loads(file.read_text()) if file.exists() else {}
    found = Passwords(**{field.name: known.get(field.name) or secrets.token_hex(24) for field in fields(Passwords)})
    if asdict(found) != known:
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            json.dump(asdict(found), out)
    return found
