"""What a failing page costs at a host with ever more pages that open: it must not grow with them.

`make bench`, or `python -m benchmarks.host_cost`. Fills a database of its own with sources of one host, of which four
fail (one less than an incident needs), follows the incidents as a batch does in which one of them failed again, and
prints the median as a ratio to the smallest host.
"""

import os
import statistics
import time
from datetime import datetime, timedelta

import psycopg

from benchmarks.servers import embedded
from tests.databases import app_url, cloned_database

SIZES = (100, 1_000, 10_000, 100_000)
FAILING, ROUNDS = 4, 9
HOST = "big.example"
_FILL = """
    INSERT INTO claims_source (url, host, title, title_lang, lang, publisher_en, publisher_th, health, failures, quiet,
        interval_seconds, next_check_at, attempts, last_outcome, last_checked_at, last_final_url, etag, last_modified,
        checks_made, added_at)
    SELECT 'https://' || %(host)s || '/' || n, %(host)s, 't', 'en', 'en', 'p', 'p', %(health)s, 0, 0, 86400, %(at)s, 0,
        %(outcome)s, %(at)s, '', '', '', 1, %(at)s
    FROM generate_series(%(first)s::bigint, %(last)s) n
"""


def main() -> None:
    """Print one line per size."""
    with embedded(), cloned_database("host") as name:
        os.environ["DATABASE_URL"] = app_url(name)
        import django

        django.setup()
        measure(app_url(name))


def measure(url: str) -> None:
    """Let the host grow, and follow its incidents at each size."""
    from django.utils import timezone

    now = timezone.now()
    first = 0.0
    with psycopg.connect(url, autocommit=True) as database:
        fill(database, 1, FAILING, now, "suspect", "timeout")
        done = FAILING
        for size in SIZES:
            fill(database, done + 1, size, now, "ok", "ok")
            done = size
            database.execute("ANALYZE claims_source")
            median = statistics.median(follow_once(now + timedelta(seconds=1)) for _ in range(ROUNDS))
            first = first or median
            print(f"{size:9,} sources of the host: {median * 1000:6.2f} ms, {median / first:5.2f} × the smallest")


def fill(
    database: "psycopg.Connection[tuple[object, ...]]", first: int, last: int, at: datetime, health: str, outcome: str
) -> None:
    """Add sources `first` to `last`."""
    values = {"host": HOST, "first": first, "last": last, "at": at, "health": health, "outcome": outcome}
    database.execute(_FILL, values)


def follow_once(now: datetime) -> float:
    """Seconds that a batch with one failure spends on incidents."""
    from django.db import transaction

    from claims.sources.incidents import follow_incidents
    from claims.vocabulary import Outcome

    begin = time.perf_counter()
    with transaction.atomic():
        if follow_incidents([(HOST, Outcome.TIMEOUT)], now=now):
            raise SystemExit("Four failing sources are no incident.")
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
