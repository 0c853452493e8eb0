"""`manage.py read_quantities`: the amounts in each line of standard input, as one JSON object a line."""

from __future__ import annotations

import json
import os
import sys
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from budgets.quantities.quantity import Quantity
from budgets.quantities.reading import read

# Ends of "a third" have no last digit; these are more than any reader needs.
_DIGITS = Context(prec=28)
_EXACT = Context(prec=80)


class Command(BaseCommand):
    """Read one text a line (UTF-8) and write `{"quantities": [...]}` for each, as it comes; no database is needed."""

    help = (
        "Find the amounts in each line of standard input (UTF-8) and write one JSON object a line: "
        '{"quantities": [{"start", "end", "text", "value", "low", "high", "unit", "currency", "currency_written", '
        '"year", "calendar", "fiscal", "hedge"}]}. Offsets are code points; numbers are decimal strings in base units.'
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the currency of amounts whose text names none."""
        parser.add_argument(
            "--currency", default="THB", help="ISO 4217 code for money without a written currency (default: THB)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read to the end of the input, or until whoever reads our output has enough."""
        try:
            for line in sys.stdin.buffer:
                text = line.decode("utf-8", "replace").rstrip("\r\n")
                answer = {"quantities": [_as_json(each) for each in read(text, currency=options["currency"])]}
                sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
                sys.stdout.buffer.flush()
        except BrokenPipeError:
            # The interpreter flushes once more at exit, which would complain again.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except KeyboardInterrupt:
            raise SystemExit(130) from None


def _as_json(found: Quantity) -> dict[str, Any]:
    return {
        "start": found.start,
        "end": found.end,
        "text": found.text,
        "value": None if found.value is None else _plain(Fraction(found.value)),
        "low": _plain(found.interval.low),
        "high": _plain(found.interval.high),
        "unit": found.unit,
        "currency": found.currency,
        "currency_written": found.currency_written,
        "year": None if found.year is None else str(found.year),
        "calendar": found.calendar,
        "fiscal": found.fiscal,
        "hedge": found.hedge,
    }


def _plain(number: Fraction) -> str:
    exact = _EXACT.divide(Decimal(number.numerator), Decimal(number.denominator))
    if Fraction(exact) != number:
        exact = _DIGITS.plus(exact)
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
