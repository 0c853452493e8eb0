"""Reads the numbers of a text in either language into one form, simply: enough for our own sentences."""

import re
from collections import Counter
from decimal import Decimal

EN_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
TH_MONTHS = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
SCALES = {"billion": 10**9, "million": 10**6, "ล้าน": 10**6}
WORDS = {"two billion": "2 billion"}
# A number of the Buddhist era stands for a year; no amount of ours lies there.
BUDDHIST_YEARS = range(2500, 2600)


def numbers_in(text: str) -> Counter[str]:
    """Count what a text says in digits: amounts with their scale, years of the Christian era, months."""
    for word, digits in WORDS.items():
        text = text.replace(word, digits)
    found: Counter[str] = Counter()
    for months in (EN_MONTHS, TH_MONTHS):
        for number, month in enumerate(months, 1):
            found[f"month {number}"] += len(re.findall(rf"{month}(?![a-z])", text))
    for match in re.finditer(r"(\d[\d,]*(?:\.\d+)?)(?:\s?(billion|million|ล้าน))?", text):
        value = Decimal(match[1].rstrip(",").replace(",", "")) * SCALES.get(match[2] or "", 1)
        if value in BUDDHIST_YEARS:
            value -= 543
        found[f"{value.normalize():f}"] += 1
    return +found
