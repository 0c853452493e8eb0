"""Counts the rows and adds up the amounts of the files here without any code of ours: writes expected.json."""

from __future__ import annotations

import csv
import json
import re
import sys
import zipfile
from collections import defaultdict
from decimal import Context, Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

HERE = Path(__file__).parent
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def rows_of(name: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with (HERE / name).open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def money(text: str) -> Decimal:
    """An amount that is written with commas between thousands and a point."""
    return Decimal(text.replace(",", "") or "0")


def added(rows: list[dict[str, str]], column: str, *by: str) -> dict[str, Any]:
    """Rows and total of a column, in all and for each value of the columns `by`."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        key = " | ".join(row[each] for each in by)
        sums[key] += money(row[column])
        counts[key] += 1
    whole = {"rows": len(rows), "total": str(sum(sums.values(), Decimal(0)))}
    return whole | ({"by": {key: [counts[key], str(sums[key])] for key in sums}} if by else {})


def labour(name: str, encoding: str) -> dict[str, Any]:
    """The bill: by unit and year; the rows whose amount is no whole baht."""
    rows = rows_of(name, encoding)
    broken = [[row["ITEM_ID"], row["FISCAL_YEAR"], row["AMOUNT"]] for row in rows if money(row["AMOUNT"]) % 1]
    return added(rows, "AMOUNT", "BUDGETARY_UNIT", "FISCAL_YEAR") | {"fractions_of_a_baht": broken}


def province(name: str) -> dict[str, Any]:
    """A province: its plans and its tasks."""
    data = json.loads((HERE / name).read_text(encoding="utf-8"), parse_int=Decimal, parse_float=Decimal)
    plans = [plan["total"] for area in data["groupedByArea"] for plan in area["plans"]]
    tasks = [task["total"] for task in data["tasks"]]
    return {
        "stated_total": str(data["total"]),
        "groupedByArea": [len(data["groupedByArea"]), str(sum(area["total"] for area in data["groupedByArea"]))],
        "groupedByArea.plans": [len(plans), str(sum(plans))],
        "groupedByType": [len(data["groupedByType"]), str(sum(kind["total"] for kind in data["groupedByType"]))],
        "tasks": [len(tasks), str(sum(tasks))],
    }


def mexico(name: str) -> dict[str, Any]:
    """The workbook: per column of its rows 11 to 510 how many cells hold a number, their sum as stored, and the sum of
    their numbers to 15 significant digits, which is what a spreadsheet program shows.
    """
    with zipfile.ZipFile(HERE / name) as archive:
        sheet = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    counts: dict[str, int] = defaultdict(int)
    sums: dict[str, Decimal] = defaultdict(Decimal)
    shown: dict[str, Decimal] = defaultdict(Decimal)
    rows = [row for row in sheet.iter(f"{MAIN}row") if int(row.get("r", "0")) > 10]
    for cell in (cell for row in rows for cell in row.iter(f"{MAIN}c")):
        value = cell.find(f"{MAIN}v")
        if cell.get("t") in (None, "n") and value is not None and value.text:
            column = re.sub(r"[0-9]", "", cell.get("r", ""))
            counts[column] += 1
            sums[column] += Decimal(value.text)
            shown[column] += Context(prec=15).plus(Decimal(value.text))
    columns = {column: [counts[column], str(sums[column]), f"{shown[column]:f}"] for column in sorted(counts)}
    return {"rows": len(rows), "columns": columns}


def allocations(name: str) -> dict[str, Any]:
    """The allocations, with and without their rows of totals."""
    rows = rows_of(name)
    totals = [row for row in rows if row["Fund"].startswith("Total")]
    parts = [row for row in rows if not row["Fund"].startswith("Total")]
    return {"all": added(rows, "Amount"), "totals": added(totals, "Amount"), "parts": added(parts, "Amount")}


def absorption(name: str) -> dict[str, Any]:
    """The payments of each column, with and without their rows of totals."""
    rows = rows_of(name)
    parts = [row for row in rows if row["Fund"] != "TOTAL"]
    columns = ("Total Paid", "Advance", "Interim")
    return {
        "all": {column: added(rows, column) for column in columns},
        "parts": {column: added(parts, column) for column in columns},
    }


def main() -> None:
    """Write what the files hold as JSON."""
    found: dict[str, Any] = {
        "labour_clean.csv": labour("labour_clean.csv", "utf-8"),
        "labour_noisy.csv": labour("labour_noisy.csv", "cp874"),
        "albania/data/treasury.csv": added(rows_of("albania/data/treasury.csv"), "Value"),
        "eu_allocations": allocations("eu_allocations/data/Total_EU_Allocations_per_MS_for_2014-2020.csv"),
        "eu_absorption": absorption("eu_absorption/data/2007-2013_Funds_Absoption_Rate.csv"),
        "oakland_FY16-17_adopted.csv": added(rows_of("oakland_FY16-17_adopted.csv"), "amount", "account_type"),
        "mexico_merged_header.xlsx": mexico("mexico_merged_header.xlsx"),
    }
    found |= {path.name: province(path.name) for path in sorted(HERE.glob("pao_*.json"))}
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
