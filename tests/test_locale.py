"""Every sentence of the interface has a Thai translation, and none that is gone lingers in the catalogue."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "th" / "LC_MESSAGES" / "django.po"
PACKAGES = ("claims", "budgets", "ledger", "config")
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def source_messages() -> Catalog:
    """Every msgid of the templates and of the Python code, with the file it comes from."""
    found = Catalog()
    for path in sorted((ROOT / "templates").rglob("*.html")):
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        # Babel tokenizes it as Python, whose indentation a template does not keep.
        _collect(found, path, "\n".join(line.lstrip() for line in code.splitlines()))
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            _collect(found, path, path.read_text(encoding="utf-8"))
    return found


def _collect(found: Catalog, path: Path, code: str) -> None:
    for line, message, _, context in extract("python", BytesIO(code.encode()), KEYWORDS):
        found.add(message, locations=[(str(path.relative_to(ROOT)), line)], context=context)


@pytest.fixture(scope="module")
def thai() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="th")


@pytest.fixture(scope="module")
def source() -> Catalog:
    return source_messages()


def keys(catalog: Catalog) -> set[tuple[object, object]]:
    return {(_first(message.id), message.context) for message in catalog if message.id}


def _first(text: object) -> object:
    return text[0] if isinstance(text, tuple) else text


def test_every_sentence_is_in_the_thai_catalogue(source: Catalog, thai: Catalog) -> None:
    assert keys(source) - keys(thai) == set()


def test_no_sentence_of_the_catalogue_has_left_the_code(source: Catalog, thai: Catalog) -> None:
    assert keys(thai) - keys(source) == set()


def test_every_translation_is_written_and_none_is_guessed(thai: Catalog) -> None:
    assert [message.id for message in thai if message.id and (not _texts(message)[0] or message.fuzzy)] == []


def test_every_placeholder_survives_translation(thai: Catalog) -> None:
    broken = [message.id for message in thai if message.id and len(message.check(thai)) > 0]
    assert broken == []


def test_thai_texts_keep_the_house_style(thai: Catalog) -> None:
    """labels.md: these words accuse, impute or judge, and are not used in our own voice."""
    banned = re.compile("รับปาก|เบี่ยงประเด็น|แฉ|ซัด|อ้างว่า|ยอมรับว่า|สูญเปล่า|ไม่โปร่งใส|ตัดสิน|ส\\.ส\\.|ส\\.ว\\.|(?<!ข้อ)เท็จ")
    found = [str(text) for message in thai for text in _texts(message) if banned.search(str(text))]
    assert found == []


def _texts(message: Message) -> tuple[object, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)
