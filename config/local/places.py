"""Where things lie on this machine."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from config.local.failure import LocalError

CHECKOUT = Path(__file__).resolve().parent.parent.parent
SHARED = Path("/var/tmp")


def state_folder() -> Path:
    """`TAMROI_STATE`, or `.state` in the checkout: all that the embedded servers write."""
    return Path(os.environ.get("TAMROI_STATE") or CHECKOUT / ".state").absolute()


@dataclass(frozen=True)
class Places:
    """The folders of one pair of embedded servers.

    `state` holds what we write (lock, ports, passwords, env), `data` what the servers write. They differ only for root
    with a state folder below one that is closed to others (such as /root), where the servers' account could not go.
    """

    state: Path
    data: Path

    @property
    def pgdata(self) -> Path:
        return self.data / "postgres"

    @property
    def valkey(self) -> Path:
        return self.data / "valkey"


def open_to_others(folder: Path) -> bool:
    """Whether any account may pass through every existing parent."""
    return all(parent.stat().st_mode & 0o001 for parent in folder.parents if parent.exists())


def make_places(state: Path, *, is_root: bool) -> Places:
    """Create the folders. Raises LocalError when the one in the shared /var/tmp is somebody else's."""
    state.mkdir(parents=True, exist_ok=True)
    if not is_root or open_to_others(state / "any"):
        return Places(state=state, data=state)
    data = SHARED / f"tamroi-{hashlib.sha256(str(state).encode()).hexdigest()[:12]}"
    data.mkdir(exist_ok=True)
    if data.is_symlink() or data.stat().st_uid != os.geteuid():
        raise LocalError(f"{data} belongs to another account: remove it, or name another TAMROI_STATE.")
    data.chmod(0o711)
    return Places(state=state, data=data)
