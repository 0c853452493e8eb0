"""Small pieces of sentences in two languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from budgets.arithmetic.operands import Amount, Words


def both(english: str, thai: str) -> Words:
    """One text in both languages."""
    return {"en": english, "th": thai}


def quoted(amount: Amount) -> Words:
    """What a figure is called, in quotation marks; those inside become single ones."""
    return {lang: f"“{text.replace('“', '‘').replace('”', '’')}”" for lang, text in amount.label.items()}


def filled(template: Words, *parts: Words) -> Words:
    """A template of each language with the parts of that language put in."""
    return {lang: template[lang].format(*(part[lang] for part in parts)) for lang in ("en", "th")}


def listed(parts: Sequence[Words]) -> Words:
    """ "a, b and c"; "ก ข และค"."""
    return {
        "en": _joined([part["en"] for part in parts], ", ", " and "),
        "th": _joined([part["th"] for part in parts], " ", " และ"),
    }


def chained(clauses: Sequence[Words]) -> Words:
    """Clauses after one another: by semicolon in English, by และ in Thai."""
    return both("; ".join(each["en"] for each in clauses), " และ".join(each["th"] for each in clauses))


def unlike(words: Iterable[Words]) -> list[Words]:
    """Each text once, in the order in which it first stands."""
    return list({each["en"]: each for each in words}.values())


def _joined(texts: Sequence[str], comma: str, last: str) -> str:
    if len(texts) < 2:
        return "".join(texts)
    # Thai sets no space between และ and a Thai word, but one before a quotation mark or another script.
    is_thai = "\u0e00" <= texts[-1][:1] <= "\u0e7f"
    gap = "" if is_thai or last.endswith(" ") else " "
    return f"{comma.join(texts[:-1])}{last}{gap}{texts[-1]}"
