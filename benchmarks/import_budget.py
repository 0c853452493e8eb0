"""What an import of a million rows costs: seconds, and the most memory of this process and of its database backend.

`python -m benchmarks.import_budget [rows]`. Writes a file of its own, tries it, imports it, imports it again, imports
it with changed amounts, and undoes that, on a database of its own.
"""

import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.servers import embedded
from tests.databases import app_url, cloned_database

ROWS, YEARS, AGENCIES = 1_000_000, 4, 300
SPEC = {
    "layout": {"format": "csv"},
    "agency": {"columns": ["unit"]},
    "line": {"columns": ["plan", "category", "item"]},
    "period": {"column": "year", "basis": "fiscal_year"},
    "measures": [
        {"column": "amount", "phase": "approved", "unit": "money", "currency": "THB", "smallest": "1",
         "decimal_mark": "."}
    ],
    "unknown_agency": "create",
    "lang": "th",
}  # fmt: skip


def main() -> None:
    """Print one line per step."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with embedded(), cloned_database("bench") as name, tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = app_url(name)
        import django

        django.setup()
        first, second = Path(folder) / "first.csv", Path(folder) / "second.csv"
        write(first, rows, more=0)
        write(second, rows, more=1)
        print(f"{rows:,} rows, {first.stat().st_size / 1e6:.0f} MB")
        measure(first, second)
        settle()


def settle() -> None:
    """Wait for the autovacuum that a million changed rows call up: a database is not dropped under it."""
    from django.db import connection

    busy = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'autovacuum worker'"
    with connection.cursor() as cursor:
        for _ in range(300):
            cursor.execute(f"SELECT NOT EXISTS ({busy})")
            if cursor.fetchone()[0]:
                return
            time.sleep(1)


def write(path: Path, rows: int, *, more: int) -> None:
    """A file of lines over four years; `more` makes each amount another one."""
    with path.open("w", encoding="utf-8") as file:
        file.write("unit,plan,category,item,year,amount\n")
        for row in range(rows):
            item, year = divmod(row, YEARS)
            file.write(
                f"หน่วยงานที่ {item % AGENCIES},แผนงานที่ {item % 40},งบรายจ่ายประเภทที่ {item % 7},"
                f'รายการที่ {item} ค่าใช้จ่ายในการดำเนินงาน,{2562 + year},"{row * 37 + 1000 + more:,}"\n'
            )


def measure(first: Path, second: Path) -> None:
    """Take the steps in order, each in the state that the one before left."""
    from django.contrib.auth.models import User
    from django.utils import timezone

    from budgets.importing.run import import_budget
    from budgets.importing.undoing import undo_import
    from budgets.models.agency import Jurisdiction
    from budgets.models.budget_import import BudgetImport
    from budgets.models.mapping import ColumnMapping

    now = timezone.now()
    by = User.objects.create(username="importer")
    country = Jurisdiction.objects.create(code="TH", name_en="Thailand", name_th="ประเทศไทย")
    mapping = ColumnMapping.objects.create(
        name="bench", title_en="Bench", title_th="ทดสอบ", jurisdiction=country, spec=SPEC, changed_at=now
    )
    values: dict[str, Any] = {"mapping": mapping, "by": by, "now": now}
    with measured("dry run"):
        import_budget(path=first, dry_run=True, **values)
    with measured("import"):
        import_budget(path=first, **values)
    with measured("same file again"):
        import_budget(path=first, **values)
    with measured("every amount changed"):
        import_budget(path=second, **values)
    with measured("undo"):
        undo_import(budget_import=BudgetImport.objects.latest("pk"), by=by, now=now)


@contextmanager
def measured(step: str) -> Iterator[None]:
    """Print the seconds of a step and the most memory seen while it ran."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = int(cursor.fetchone()[0])
    over = threading.Event()
    most = {"python": 0, "backend": 0}

    def watch() -> None:
        while not over.wait(0.2):
            most["python"] = max(most["python"], resident(os.getpid(), "VmRSS"))
            most["backend"] = max(most["backend"], resident(backend, "RssAnon"))

    watcher = threading.Thread(target=watch)
    used, begin = processor(os.getpid()) + processor(backend), time.perf_counter()
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
    seconds = time.perf_counter() - begin
    worked = processor(os.getpid()) + processor(backend) - used
    memory = f"{most['python'] >> 10:5} MB here  {most['backend'] >> 10:5} MB backend"
    print(f"{seconds:7.1f} s ({worked:.0f} s of processor)  {memory}  {step}", flush=True)


def processor(process: int) -> float:
    """Seconds of processor that a process has used, as Linux tells it."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(process: int, kind: str) -> int:
    """Memory of a process in KiB, as Linux tells it; the backend's own, without the buffers that all share."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith(f"{kind}:"):
            return int(line.split()[1])
    return 0


if __name__ == "__main__":
    main()
