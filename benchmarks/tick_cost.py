"""What a tick of the re-check costs with ever more sources that are not due: it must not grow with them.

`make bench`, or `python -m benchmarks.tick_cost`. Fills a database of its own with sources that are due in a month,
leases the same hundred due ones again and again, and prints the median as a ratio to the smallest table.
"""

import os
import statistics
import time
from datetime import datetime, timedelta

import psycopg

from benchmarks.servers import embedded
from tests.databases import app_url, cloned_database

SIZES = (1_000, 10_000, 100_000, 1_000_000)
DUE, ROUNDS = 100, 15
_FILL = """
    INSERT INTO claims_source (url, host, title, title_lang, lang, publisher_en, publisher_th, health, failures, quiet,
        interval_seconds, next_check_at, attempts, last_outcome, last_final_url, etag, last_modified, checks_made,
        added_at)
    SELECT 'https://host' || n %% 5000 || '.example/' || n, 'host' || n %% 5000 || '.example', 't', 'en', 'en', 'p',
        'p', 'ok', 0, 0, 86400, %(at)s, 0, 'ok', '', '', '', 1, now()
    FROM generate_series(%(first)s::bigint, %(last)s) n
"""


def main() -> None:
    """Print one line per size."""
    with embedded(), cloned_database("tick") as name:
        os.environ["DATABASE_URL"] = app_url(name)
        import django

        django.setup()
        measure(app_url(name))


def measure(url: str) -> None:
    """Grow the table step by step and lease at each size."""
    from django.utils import timezone

    now = timezone.now()
    first = 0.0
    with psycopg.connect(url, autocommit=True) as database:
        fill(database, 1, DUE, now - timedelta(days=1))
        done = DUE
        for size in SIZES:
            fill(database, done + 1, DUE + size, now + timedelta(days=30))
            done = DUE + size
            database.execute("ANALYZE claims_source")
            median = statistics.median(lease_once(database, now) for _ in range(ROUNDS))
            first = first or median
            print(f"{size:9,} sources not due: {median * 1000:6.2f} ms a tick, {median / first:4.2f} × the smallest")


def fill(database: "psycopg.Connection[tuple[object, ...]]", first: int, last: int, at: datetime) -> None:
    """Add sources `first` to `last` that are due at `at`."""
    database.execute(_FILL, {"first": first, "last": last, "at": at})


def lease_once(database: "psycopg.Connection[tuple[object, ...]]", now: datetime) -> float:
    """Lease what is due and take the seconds; then make it due again."""
    from claims.sources.due import lease

    begin = time.perf_counter()
    batches = lease(now=now, limit=2_000, lease_for=timedelta(minutes=5))
    seconds = time.perf_counter() - begin
    leased = [source for batch in batches for source in batch.ids]
    if len(leased) != DUE:
        raise SystemExit(f"{len(leased)} leased instead of {DUE}")
    database.execute(
        "UPDATE claims_source SET lease_token = NULL, lease_until = NULL, next_check_at = %s WHERE id = ANY(%s)",
        [now - timedelta(days=1), leased],
    )
    return seconds


if __name__ == "__main__":
    main()
