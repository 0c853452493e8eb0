"""CSV for readers: streamed, with both languages in its first line, and harmless when a spreadsheet opens it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpRequest, StreamingHttpResponse

from budgets.texts import harmless

BOM = "\ufeff"


class _Echo:
    """A file that keeps nothing: the writer gets each line back."""

    def write(self, line: str) -> str:
        return line


def lines(heads: Sequence[tuple[str, str]], rows: Iterable[Sequence[str]], numbers: frozenset[int]) -> Iterator[str]:
    """The file line by line. Cells in the columns `numbers` are plain decimal numbers and are left as they are."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow([f"{english} / {thai}" for english, thai in heads])
    for row in rows:
        yield writer.writerow([cell if place in numbers else harmless(cell) for place, cell in enumerate(row)])


def spreadsheet(
    name: str, heads: Sequence[tuple[str, str]], rows: Iterable[Sequence[str]], numbers: Iterable[int] = ()
) -> StreamingHttpResponse:
    """A download called `name`.csv, which must be ASCII; made while it is read, so its length is not known."""
    response = StreamingHttpResponse(lines(heads, rows, frozenset(numbers)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.headers["Cache-Control"] = "public, max-age=30, must-revalidate"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def wants_csv(request: HttpRequest) -> bool:
    """Whether the address asks for what the page shows as CSV."""
    return request.GET.get("format") == "csv"
