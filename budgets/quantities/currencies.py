"""Names and signs of currencies before and after a number, in both languages. Pure."""

from __future__ import annotations

import re

from budgets.quantities.folding import each_of, words

BEFORE_SIGNS = {
    "us$": "USD", "hk$": "HKD", "nt$": "TWD", "s$": "SGD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD",
    "nz$": "NZD", "r$": "BRL", "$": "USD", "฿": "THB", "bt": "THB", "bt.": "THB", "baht": "THB", "€": "EUR",
    "£": "GBP", "¥": "JPY", "rm": "MYR", "₹": "INR", "rs": "INR", "rs.": "INR", "₩": "KRW", "₫": "VND", "₱": "PHP",
    "rp": "IDR", "₭": "LAK", "₦": "NGN", "₺": "TRY", "₽": "RUB", "chf": "CHF",
}  # fmt: skip
CODES = each_of(
    "thb usd eur gbp jpy cny rmb myr sgd hkd twd krw inr idr vnd php lak mmk khr aud cad nzd chf sek nok dkk pln czk "
    "huf ron bgn all mxn brl zar aed sar qar ils try rub ngn kes ugx ghs pkr bdt lkr npr"
)
_ODD_CODES = {"rmb": "CNY"}
AFTER_NAMES = {
    "baht": "THB", "บาท": "THB", "บ.": "THB", "฿": "THB",
    "us dollars": "USD", "us dollar": "USD", "u.s. dollars": "USD", "american dollars": "USD", "dollars": "USD",
    "dollar": "USD", "bucks": "USD", "$": "USD", "ดอลลาร์สหรัฐ": "USD", "ดอลลาร์สหรัฐฯ": "USD",
    "ดอลลาร์สหรัฐอเมริกา": "USD", "ดอลลาร์": "USD", "ดอลลาร์ สรอ.": "USD", "ดอลล่าร์": "USD", "เหรียญสหรัฐ": "USD",
    "ดอลล่าร์สหรัฐ": "USD", "ดอลลาร์สหรัฐ ฯ": "USD",
    "เหรียญสหรัฐฯ": "USD", "ดอลลาร์สิงคโปร์": "SGD", "singapore dollars": "SGD", "ดอลลาร์ฮ่องกง": "HKD",
    "hong kong dollars": "HKD", "ดอลลาร์ไต้หวัน": "TWD", "ดอลลาร์ออสเตรเลีย": "AUD", "australian dollars": "AUD",
    "ดอลลาร์แคนาดา": "CAD", "canadian dollars": "CAD", "new zealand dollars": "NZD",
    "euros": "EUR", "euro": "EUR", "ยูโร": "EUR", "€": "EUR", "pounds sterling": "GBP", "pounds": "GBP",
    "pound": "GBP", "ปอนด์": "GBP", "£": "GBP", "ปอนด์สเตอร์ลิง": "GBP", "yen": "JPY", "เยน": "JPY", "yuan": "CNY",
    "หยวน": "CNY",
    "renminbi": "CNY", "ringgit": "MYR", "ริงกิต": "MYR", "ริงกิตมาเลเซีย": "MYR", "won": "KRW", "วอน": "KRW",
    "rupees": "INR", "rupee": "INR", "รูปี": "INR", "rupiah": "IDR", "รูเปียห์": "IDR", "dong": "VND", "ดอง": "VND",
    "pesos": "MXN", "peso": "MXN", "เปโซ": "PHP", "kip": "LAK", "กีบ": "LAK", "kyat": "MMK", "จ๊าด": "MMK",
    "riel": "KHR", "เรียล": "KHR", "riyals": "SAR", "riyal": "SAR", "ริยาล": "SAR", "dirhams": "AED", "เดอร์แฮม": "AED",
    "shekels": "ILS", "เชคเกล": "ILS", "เชเกล": "ILS", "ฟรังก์สวิส": "CHF", "swiss francs": "CHF", "roubles": "RUB",
    "rubles": "RUB", "รูเบิล": "RUB", "kronor": "SEK", "krona": "SEK", "kroner": "NOK", "naira": "NGN",
    "lira": "TRY", "zloty": "PLN", "lek": "ALL", "rand": "ZAR",
    "reais": "BRL", "real": "BRL",
}  # fmt: skip
_PENCE = {"สตางค์": "THB", "satang": "THB"}

_BEFORE = re.compile(
    rf"(?:(?<![a-z])(?P<name>{words(*(sign for sign in BEFORE_SIGNS if sign[0].isalpha()), *CODES)})"
    rf"|(?P<sign>{words(*(sign for sign in BEFORE_SIGNS if not sign[0].isalpha()))}))\s?$"
)
_LATIN = [name for name in AFTER_NAMES if name.isascii() and name[0].isalpha()]
_AFTER = re.compile(
    rf"[\s-]?(?:(?P<latin>{words(*_LATIN, *CODES)})(?![a-z])"
    rf"|(?P<other>{words(*(name for name in AFTER_NAMES if name not in _LATIN))})"
    r"(?!หลวง|โซน|ไทม์|[a-z0-9]))|(?P<flat>\.-)(?![0-9])"
)
_SATANG = re.compile(rf"\s?(?P<digits>[0-9]{{1,2}})\s?(?:{words(*_PENCE)})")
# "5 bn THB 3 million": the sign or code belongs to the number after it.
_PREFIX = re.compile(rf"{words(*(sign for sign in BEFORE_SIGNS if sign != 'baht'), *CODES)}")
_NUMBER_NEXT = re.compile(r"\s?[0-9]")
_SATANG_WORD = re.compile(rf"\s?(?:{words(*_PENCE)})(?![a-z])")
# A dollar sign or a code is short enough for this window.
_WINDOW = 6


def currency_before(text: str, folded: str, pos: int, floor: int) -> tuple[str, int] | None:
    """The currency written directly before `pos` (฿, US$, THB) and where it starts; codes count in capitals only.

    Nothing before `floor` is looked at: it belongs to the number before.
    """
    found = _BEFORE.search(folded, max(0, pos - _WINDOW), pos)
    if not found or found.start() < floor or _is_small_code(text, found, "name"):
        return None
    written = found["name"] or found["sign"]
    return _code(written), found.start()


def currency_after(text: str, folded: str, pos: int) -> tuple[str, int] | None:
    """The currency written directly after `pos` (baht, บาท, ดอลลาร์สหรัฐ, .-) and where it ends."""
    found = _AFTER.match(folded, pos)
    if not found or _is_small_code(text, found, "latin"):
        return None
    written = found["latin"] or found["other"]
    if written and _PREFIX.fullmatch(written) and _NUMBER_NEXT.match(folded, found.end()):
        return None
    return (_code(written) if written else "THB"), found.end()


def in_satang(folded: str, pos: int) -> int | None:
    """Where the word for hundredths directly after `pos` ends."""
    found = _SATANG_WORD.match(folded, pos)
    return found.end() if found else None


def satang_after(folded: str, pos: int) -> tuple[int, int] | None:
    """The hundredths that follow an amount of baht (50 สตางค์) and where they end."""
    found = _SATANG.match(folded, pos)
    return (int(found["digits"]), found.end()) if found else None


def _is_small_code(text: str, found: re.Match[str], group: str) -> bool:
    """Whether letters that are also a word ("all", "try") are no code of a currency."""
    start, end = found.span(group)
    return found[group] in CODES and not text[start:end].isupper()


def _code(written: str) -> str:
    known = BEFORE_SIGNS.get(written) or AFTER_NAMES.get(written) or _ODD_CODES.get(written)
    return known or written.upper()
