"""The pair of embedded servers: up, down, and the variables that lead to them."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from config.local.envfile import write_env_file
from config.local.interrupting import uninterrupted
from config.local.locks import exclusive
from config.local.passwords import passwords
from config.local.places import make_places
from config.local.postgres import Postgres
from config.local.valkey import Valkey


@dataclass(frozen=True)
class Servers:
    state: Path
    postgres: Postgres
    valkey: Valkey

    def variables(self) -> dict[str, str]:
        """What the settings need to reach them."""
        secret = self.postgres.passwords
        return {
            "DATABASE_URL": self.postgres.url("tamroi_app", secret.app),
            "DATABASE_OWNER_URL": self.postgres.url("tamroi_owner", secret.owner),
            "REDIS_URL": self.valkey.url(),
            "SECRET_KEY": secret.secret_key,
            "MEDIA_ROOT": str(self.state / "media"),
        }

    def up(self) -> dict[str, str]:
        """Start what is not running; a second caller at the same moment waits. Raises LocalError."""
        with exclusive(self.state / "servers.lock"), uninterrupted():
            self.valkey.start()
            self.postgres.start()
            variables = self.variables()
            write_env_file(self.state / "env", variables)
        return variables

    def down(self) -> None:
        with exclusive(self.state / "servers.lock"):
            (self.state / "env").unlink(missing_ok=True)
            self.valkey.stop()
            self.postgres.stop()

    def running(self) -> dict[str, bool]:
        return {"PostgreSQL": self.postgres.is_running(), "Valkey": self.valkey.is_running()}

    def reset(self) -> None:
        """Stop them and delete all they wrote."""
        self.down()
        shutil.rmtree(self.postgres.places.data)
        shutil.rmtree(self.state, ignore_errors=True)


def servers(state: Path, *, fast: bool = False) -> Servers:
    """Those whose data lie in `state`. `fast` trades safety of the data for speed (tests). Raises LocalError."""
    places = make_places(state, is_root=os.geteuid() == 0)
    with exclusive(state / "servers.lock"):
        secret = passwords(state / "passwords.json")
    return Servers(state=state, postgres=Postgres(places, secret, fast=fast), valkey=Valkey(places, secret))
