"""The whole path of a re-check beside other checkers, in one run: `python -m benchmarks.recheck_rivals FOLDER`.

FOLDER holds an environment for each of them: `linkchecker` (LinkChecker), `changedetection` (changedetection.io) and
`linkcheck` (django-linkcheck), made with `python -m venv FOLDER/linkchecker` and that environment's `pip install`. The
product needs none of them, so they stand outside its environment.

All look at the same 2,000 URLs on 40 hosts 20 ms away; the first visit is not counted. Each has the settings that make
it fastest: no waiting between requests, no robots.txt, as many at once as it gains from. Printed: URLs a second of each
round and how many requests the origin saw of it; the ratio of our rate (the median of the rounds before and after) to
the rival's.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks import rival_django_linkcheck
from benchmarks.processes import idle_share
from benchmarks.recheck_path import Bare, Scene, WholePath, asked, process, scene, two_processes
from config.local.ports import any_free

THREADS = 10  # of LinkChecker; with 64 it is slower
FETCHERS = 32
QUIET = 0.8
AROUND = 3  # rounds of ours before and after each of a rival
PATIENCE_SECONDS = 600.0
Round = Callable[[], float]  # looks at every URL once; returns URLs a second


def all_good(name: str, good: int, at: Scene) -> None:
    """A checker that failed at its work has no speed."""
    if good != len(at.addresses):
        raise SystemExit(f"{name} found {good} of {len(at.addresses)} URLs good.")


def linkchecker(folder: Path, at: Scene) -> Round:
    """A process for each round, because it keeps nothing; its results go to a file."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o777)  # it gives up the rights of root
    settings = f"[checking]\nthreads={THREADS}\nmaxrequestspersecond=100000\nrobotstxt=0\n[output]\nstatus=0\n"
    (place / "settings").write_text(settings)
    program = str(folder / "linkchecker/bin/linkchecker")
    command = [program, "-f", str(place / "settings"), "-r0", "-v", "-o", "none", "--stdin"]

    def once() -> float:
        found = place / "found.csv"
        found.unlink(missing_ok=True)
        begin = time.perf_counter()
        subprocess.run(
            [*command, "-F", f"csv/utf-8/{found}"], input="\n".join(at.addresses), text=True, capture_output=True
        )
        seconds = time.perf_counter() - begin
        all_good("LinkChecker", sum(";200 OK;" in line for line in found.read_text().splitlines()), at)
        return len(at.addresses) / seconds

    return once


def linkcheck(folder: Path, at: Scene) -> Round:
    """A process for each round over the same database; only the checking is timed, not the start."""
    place = tempfile.mkdtemp()
    command = [str(folder / "linkcheck/bin/python"), rival_django_linkcheck.__file__, place]

    def once() -> float:
        done = subprocess.run(command, input="\n".join(at.addresses), text=True, capture_output=True)
        if done.returncode:
            raise SystemExit(done.stderr)
        told = json.loads(done.stdout.splitlines()[-1])
        all_good("django-linkcheck", told["good"], at)
        return len(at.addresses) / float(told["seconds"])

    return once


class ChangeDetection:
    """A server for each round over the same rows, spoken to through its interface; its start is not timed."""

    def __init__(self, folder: Path, at: Scene) -> None:
        self._at = at
        self._place = Path(tempfile.mkdtemp())
        port = any_free()
        self._base = f"http://127.0.0.1:{port}/api/v1/"
        program = str(folder / "changedetection/bin/changedetection.io")
        self._command = [program, "-C", "-d", str(self._place), "-h", "127.0.0.1", "-p", str(port)]
        self._is_known = False

    def once(self) -> float:
        """URLs a second of one round."""
        environment = os.environ | {
            "ALLOW_IANA_RESTRICTED_ADDRESSES": "true",
            "DISABLE_VERSION_CHECK": "true",
            "FETCH_WORKERS": str(FETCHERS),
            "LOGGER_LEVEL": "CRITICAL",
            "MINIMUM_SECONDS_RECHECK_TIME": "0",
        }
        # Given an address, it does not add those of its own, which are on the internet.
        first = () if self._is_known else ("-u", self._at.addresses[0])
        with process(*self._command, *first, environment=environment, quiet=True):
            self._wait_until_up()
            rate = self._timed()
            time.sleep(3)  # what is still at work is stored
        self._is_known = True
        return rate

    def _timed(self) -> float:
        """Over when the origin was asked for every page and nothing waits: the last few may still be at work."""
        started, begin = int(time.time()), time.perf_counter()
        if self._is_known:
            self._ask("watch?recheck_all=1")
        else:
            self._ask("import?dedupe=false", "\n".join(self._at.addresses[1:]))
        while len(asked(self._at)["requests"]) < len(self._at.addresses) or self._ask("systeminfo")["queue_size"]:
            if time.perf_counter() - begin > PATIENCE_SECONDS:
                raise SystemExit("changedetection.io did not end.")
            time.sleep(0.25)
        seconds = time.perf_counter() - begin
        rows = self._ask("watch").values()
        good = sum(row["last_checked"] >= started * self._is_known and not row["last_error"] for row in rows)
        all_good("changedetection.io", good, self._at)
        return len(self._at.addresses) / seconds

    def _wait_until_up(self) -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                self._ask("systeminfo")
            except (OSError, ValueError, KeyError):
                time.sleep(0.5)
            else:
                return
        raise SystemExit("changedetection.io did not start.")

    def _ask(self, path: str, body: str | None = None) -> Any:
        headers = {"x-api-key": self._key(), "Content-Type": "text/plain"}
        data = None if body is None else body.encode()
        with urllib.request.urlopen(urllib.request.Request(self._base + path, data, headers), timeout=60) as answer:
            return json.loads(answer.read())

    def _key(self) -> str:
        stored = json.loads((self._place / "changedetection.json").read_text())
        key: str = stored["settings"]["application"]["api_access_token"]
        return key


def looked(name: str, once: Round, at: Scene) -> float:
    """One round of somebody; its rate. Ends the program when a page was left out."""
    asked(at, anew=True)
    rate = once()
    requests = asked(at)["requests"]
    pages = {urlsplit(url).path for url in at.addresses}
    if left_out := pages - set(requests):
        raise SystemExit(f"{name} left out {len(left_out)} pages.")
    print(f"  {name:<24} {rate:7,.0f} URLs/s, {sum(requests.values()):,} requests", flush=True)
    return rate


def wait_for_quiet(patience: float) -> None:
    """Until the machine does little else for three seconds, or for `patience` seconds; prints what it found."""
    begin, idle = time.monotonic(), 0.0
    while (idle := idle_share(3)) < QUIET and time.monotonic() - begin < patience:
        pass
    print(f"after {time.monotonic() - begin:.0f} s the processors are {idle:.0%} idle", flush=True)


def compare(at: Scene, ours: Round, rivals: dict[str, Round], times: int, patience: float) -> None:
    """A first visit of each, then each rival between rounds of ours: what else the machine does meets all alike."""
    ratios: dict[str, list[float]] = defaultdict(list)
    looked("ours, first visit", ours, at)
    for name, once in rivals.items():
        looked(f"{name}, first", once, at)
    for _ in range(times):
        for name, once in rivals.items():
            wait_for_quiet(patience)
            around = [looked("ours", ours, at) for _ in range(AROUND)]
            rate = looked(name, once, at)
            around += [looked("ours", ours, at) for _ in range(AROUND)]
            ratios[name].append(statistics.median(around) / rate)
            print(f"ours is {ratios[name][-1]:.2f} times {name}", flush=True)
    for name, found in ratios.items():
        print(f"median: {statistics.median(found):.2f} times {name}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--urls", type=int, default=2_000)
    parser.add_argument("--patience", type=float, default=0, help="seconds to wait for a quiet machine before a rival")
    given = parser.parse_args()
    folder = given.folder.absolute()
    with scene(given.urls) as at, two_processes(at.environment) as worker:
        path, sizes = WholePath(worker, len(at.addresses)), list[float]()

        def ours() -> float:
            got = path.round()
            sizes.append(got.rss_mb)
            return got.rate

        rivals: dict[str, Round] = {
            "the bare loop": Bare(at.addresses).rate,
            "LinkChecker": linkchecker(folder, at),
            "changedetection.io": ChangeDetection(folder, at).once,
            "django-linkcheck": linkcheck(folder, at),
        }
        compare(at, ours, rivals, given.rounds, given.patience)
        print(
            f"our largest process over {len(sizes) * len(at.addresses):,} URLs: {sizes[0]:.0f} MB after the first "
            f"visit, then {min(sizes[1:]):.0f} to {max(sizes[1:]):.0f}, {sizes[-1]:.0f} at the end"
        )


if __name__ == "__main__":
    main()
