"""`python -m config.local COMMAND`: the embedded PostgreSQL and Valkey of this checkout.

    up      start them and print the variables:  eval "$(.venv/bin/python -m config.local up)"
    env     print the variables
    status  say what is running (exit status 1 when something is not)
    down    stop them
    reset   stop them and delete their data, after asking
    exec    run a command with them: python -m config.local exec -- .venv/bin/python manage.py migrate
    run     everything for development: servers, migrations, the first case, web, worker, beat

--test means the servers of the tests. TAMROI_STATE names the folder of the data (default: .state in the checkout).
"""

import argparse
import os
import subprocess
import sys

from config.local.envfile import as_exports
from config.local.failure import LocalError
from config.local.places import state_folder
from config.local.servers import Servers, servers
from config.local.testing import provide_servers, release_servers, test_servers

COMMANDS = ("up", "env", "status", "down", "reset", "exec", "run")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m config.local", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--test", action="store_true")
    parser.add_argument("--yes", action="store_true", help="do not ask before a reset")
    parser.add_argument("argv", nargs="*", metavar="-- PROGRAM ARGUMENT", help="for exec")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "exec":
            return with_servers(chosen.argv)
        if chosen.command == "run":
            from config.local.run import run

            return run()
        ours = test_servers() if chosen.test else servers(state_folder())
        return act(chosen.command, ours, sure=chosen.yes)
    except LocalError as error:
        print(error, file=sys.stderr)
        return 1


def with_servers(argv: list[str]) -> int:
    """Run a program with the servers of the tests, stopped afterwards unless somebody else uses them."""
    environment = dict(os.environ)
    provide_servers(environment)
    try:
        return subprocess.run(argv, env=environment).returncode
    finally:
        release_servers()


def act(command: str, ours: Servers, *, sure: bool) -> int:
    match command:
        case "up":
            print(as_exports(ours.up()), end="")
        case "env":
            print(as_exports(ours.variables()), end="")
        case "status":
            running = ours.running()
            for name, is_running in running.items():
                print(f"{name}: {'running' if is_running else 'stopped'}")
            return 0 if all(running.values()) else 1
        case "down":
            ours.down()
        case "reset":
            if not sure and input(f"Delete all data in {ours.state}? Type yes: ") != "yes":
                print("Nothing was deleted.")
                return 1
            ours.reset()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
