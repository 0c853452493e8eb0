"""What the re-check makes of a folder of labelled hostile pages, through the product's own commands.

`python -m benchmarks.recheck_lab FOLDER [--python PYTHON]`. FOLDER holds `origin.py` (serves the cases on loopback and
writes truth.json, hosts.json, ca.pem), `score.py`, and a `sitecustomize.py` that resolves the names of the cases;
PYTHON is an interpreter with what origin.py imports. The product knows nothing of the folder.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.processes import children, memory
from benchmarks.servers import embedded
from config.local.places import CHECKOUT
from tests.databases import app_url, cloned_database, owner_url

ORIGIN = "http://127.0.0.2:18080"
PUBLIC = "127.0.0.2/31 127.0.0.4/30 127.0.0.8/29 127.0.0.16/28 127.0.0.32/27 127.0.0.64/31 127.0.1.0/24"
PORTS = (*range(18080, 18083), 18097, *range(18443, 18447))
Case = dict[str, Any]


@dataclass
class Ran:
    """One command: seconds, most memory of its processes in MB, what it printed."""

    seconds: float
    rss_mb: float
    out: str


@dataclass
class Lab:
    """The origin, and an installation of the product that looks at it."""

    folder: Path
    out: Path
    environment: dict[str, str]
    truth: dict[str, Any] = field(default_factory=dict)

    def manage(self, *arguments: str, stdin: str = "") -> Ran:
        """`manage.py …`, watched while it runs."""
        begin, peak = time.monotonic(), 0
        command = [sys.executable, "manage.py", *arguments]
        source = self.out / "stdin"
        source.write_text(stdin)
        with (self.out / "stdout").open("w+") as said, source.open() as given:
            child = subprocess.Popen(command, cwd=CHECKOUT, env=self.environment, stdin=given, stdout=said)
            while child.poll() is None:
                peak = max(peak, memory_of(child.pid))
                time.sleep(0.02)
            said.seek(0)
            text = said.read()
        if child.returncode:
            raise SystemExit(f"manage.py {' '.join(arguments)} failed")
        return Ran(time.monotonic() - begin, peak / (1 << 20), text)

    def watch(self, cases: list[Case]) -> None:
        lines = [json.dumps({"id": c["id"], "url": c["url"], "quote": c["quote"]}) for c in cases]
        self.manage("watch_sources", "-", stdin="\n".join(lines))

    def found(self) -> dict[str, dict[str, Any]]:
        lines = self.manage("export_checks").out.splitlines()
        return {line["id"]: line for line in map(json.loads, lines)}


def memory_of(pid: int) -> int:
    """Resident bytes of a process and its children."""
    return sum(map(memory, (pid, *children(pid))))


def ask(path: str) -> bytes:
    with urllib.request.urlopen(ORIGIN + path, timeout=10) as answer:
        body: bytes = answer.read()
    return body


def warm(case: Case) -> None:
    """Have the origin build what it builds at the first request (a bomb takes it seconds); the beginning is enough."""
    if "bomb" in case["id"]:
        with urllib.request.urlopen(ORIGIN + "/c/" + case["id"], timeout=60) as answer:
            answer.read(1)


@contextmanager
def lab(folder: Path, python: str) -> Iterator[Lab]:
    """Servers, a database, and the origin until the block ends."""
    with tempfile.TemporaryDirectory() as place, embedded(), cloned_database("lab") as database:
        out = Path(place)
        command = [python, str(folder / "origin.py"), "--out", place, "--bulk", "1"]
        environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
        origin = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        try:
            assert origin.stdout is not None
            if "ready" not in origin.stdout.readline():
                raise SystemExit("The origin did not start.")
            truth = json.loads((out / "truth.json").read_text())
            yield Lab(folder, out, installation(folder, out, database), truth)
        finally:
            origin.terminate()
            origin.wait()


def installation(folder: Path, out: Path, database: str) -> dict[str, str]:
    return environment_of(database, out) | {
        "OUTBOUND_EXTRA_PUBLIC_NETWORKS": PUBLIC.replace(" ", ","),
        "OUTBOUND_EXTRA_PORTS": ",".join(map(str, PORTS)),
        "OUTBOUND_EXTRA_CA": str(out / "ca.pem"),
        "OUTBOUND_TOTAL_SECONDS": "8",
        "OUTBOUND_CONFIRM_SECONDS": "0",
        "OUTBOUND_HOST_INTERVAL_MS": "0",
        "PYTHONPATH": str(folder),
        "PYTHONDONTWRITEBYTECODE": "1",
        "RECHECK_HOSTS": str(out / "hosts.json"),
    }


def environment_of(database: str, out: Path) -> dict[str, str]:
    """Settings of an installation of its own."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": app_url(database),
        "DATABASE_OWNER_URL": owner_url(database),
        "MEDIA_ROOT": str(out / "media"),
        "LOG_LEVEL": "WARNING",
    }


def examine(place: Lab) -> dict[str, Any]:
    """Record the evidence in phase 0, look again in phase 1, then at each hostile case alone."""
    cases = place.truth["cases"]
    calm = [case for case in cases if not case["hostile"]]
    ask("/__phase?0")
    place.watch([case for case in calm if case["expect"] != "refused"])
    place.manage("recheck_sources", "--all")
    ask("/__phase?1")
    ask("/__stats")
    place.watch(calm)
    place.manage("recheck_sources", "--all")
    idle = place.manage("recheck_sources", "--host", "nobody.example")
    worst: dict[str, Ran] = {}
    for case in cases:
        if case["hostile"]:
            warm(case)
            place.watch([case])
            worst[case["id"]] = place.manage("recheck_sources")
    stats = json.loads(ask("/__stats"))
    return {"found": place.found(), "idle": idle, "worst": worst, "canary": stats["canary"]}


def report(place: Lab, seen: dict[str, Any]) -> None:
    """Print the headline numbers and whatever was judged otherwise than labelled."""
    sys.path.insert(0, str(place.folder))
    from score import score  # type: ignore[import-not-found] # of the folder given

    found = seen["found"]
    result = score(place.truth, {key: line["outcome"] for key, line in found.items()})
    idle, worst = seen["idle"], seen["worst"]
    slowest = max(worst, key=lambda key: worst[key].seconds)
    largest = max(worst, key=lambda key: worst[key].rss_mb)
    print(f"{result['cases']} cases: accuracy {result['accuracy']:.1%}, macro-F1 {result['macro_f1']:.3f}")
    print(f"alert recall {result['alert_recall']:.1%}, false alarms {result['false_alarm_rate']:.1%}")
    print(f"lost quotes unseen {result['lost_quotes_unseen']}, false dead {result['false_dead']}")
    print(f"canary hits {len(seen['canary'])} {seen['canary'] or ''}")
    print("hostile cases, seconds without the start:")
    print("  " + ", ".join(f"{key} {max(ran.seconds - idle.seconds, 0):.1f}" for key, ran in worst.items()))
    print(f"slowest hostile case {slowest}: {worst[slowest].seconds:.1f} s, of which {idle.seconds:.1f} s start")
    print(f"most memory {largest}: {worst[largest].rss_mb - idle.rss_mb:.0f} MB above idle ({idle.rss_mb:.0f} MB)")
    for line in mistakes(place.truth["cases"], found):
        print(line)


def mistakes(cases: list[Case], found: dict[str, dict[str, Any]]) -> list[str]:
    """A line for each case whose outcome or alert is not the labelled one."""
    lines = []
    for case in cases:
        got = found.get(case["id"], {"outcome": None, "alert": None, "quote_state": None})
        is_right = got["outcome"] in (case["expect"], *case["accept"])
        if not is_right or got["alert"] != case["alert"]:
            wanted = f"{case['expect']}{' or ' + ', '.join(case['accept']) if case['accept'] else ''}"
            lines.append(
                f"  {case['id']}: {got['outcome']} (quote {got['quote_state']}, alert {got['alert']}),"
                f" labelled {wanted} (alert {case['alert']})"
            )
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--python", default=sys.executable)
    given = parser.parse_args()
    with lab(given.folder.resolve(), given.python) as place:
        report(place, examine(place))


if __name__ == "__main__":
    main()
