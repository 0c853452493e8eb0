"""What the public read paths cost, as ratios to the same server's /healthz, interleaved in one run.

`make bench`, or `python -m benchmarks.read_paths`. Starts the whole installation with the first case on loopback, on
a database of its own, and stops it again. One keep-alive client per thread, so the client's share is the same for
every path and the ratios understate what the server could do.
"""

import http.client
import statistics
import threading
import time
from contextlib import closing

from benchmarks.servers import embedded
from tests.stack import Stack, running_stack

ROUNDS, SECONDS, CLIENTS = 5, 1.0, 4
FLOOR = "/healthz"
CLAIM = "/en/claims/sso-plus-app/"
UNCHANGED = f"{CLAIM} (304)"
PATHS = (
    FLOOR,
    CLAIM,
    "/th/claims/sso-plus-app/",
    "/en/claims/",
    "/th/dossiers/sso-budget-2025/",
    "/api/v1/claims/sso-plus-app/",
    "/api/v1/claims/sso-plus-app/status/",
    "/api/v1/statuses/",
    "/api/v1/figures/",
)


def main() -> None:
    """Print one line per path: requests a second (median of the rounds) and its share of the floor."""
    with embedded(), running_stack() as stack:
        rates: dict[str, list[float]] = {name: [] for name in (*PATHS, UNCHANGED)}
        for _ in range(ROUNDS):
            for path in PATHS:
                rates[path].append(rate(stack, path))
            # The tag anew each round: a re-check in between makes another version of the page.
            rates[UNCHANGED].append(rate(stack, CLAIM, etag_of(stack, CLAIM)))
    floor = statistics.median(rates[FLOOR])
    print(f"{CLIENTS} clients, {ROUNDS} rounds of {SECONDS:g} s a path; share of {FLOOR} in the same run")
    for name, measured in rates.items():
        median = statistics.median(measured)
        print(f"{median:8.0f} req/s  {median / floor:5.2f}  {name}")


def etag_of(stack: Stack, path: str) -> str:
    """The tag of a page as it stands."""
    with closing(connect(stack)) as client:
        client.request("GET", path)
        answer = client.getresponse()
        answer.read()
        return str(answer.headers["ETag"])


def rate(stack: Stack, path: str, etag: str = "") -> float:
    """Answers a second of all clients together: 200s, or with an `etag` 304s; an error ends the run."""
    headers, wanted = ({"If-None-Match": etag}, 304) if etag else ({}, 200)
    counts: list[int] = []
    faults: list[int] = []
    end = time.perf_counter() + SECONDS

    def ask() -> None:
        count = 0
        with closing(connect(stack)) as client:
            while time.perf_counter() < end:
                client.request("GET", path, headers=headers)
                answer = client.getresponse()
                answer.read()
                if answer.status >= 400:
                    faults.append(answer.status)
                    return
                count += answer.status == wanted
        counts.append(count)

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise SystemExit(f"{path} answered {faults[0]}")
    return sum(counts) / SECONDS


def connect(stack: Stack) -> http.client.HTTPConnection:
    """A client of its own."""
    host, port = stack.url.removeprefix("http://").split(":")
    return http.client.HTTPConnection(host, int(port), timeout=30)


if __name__ == "__main__":
    main()
