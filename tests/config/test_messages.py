import gettext
import os
from pathlib import Path

from config.messages import compile_messages

CATALOG = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: th\\n"

msgid "Claims"
msgstr "ข้อกล่าวอ้าง"

#, fuzzy
msgid "Sources"
msgstr "ไม่แน่ใจ"
"""


def catalog(folder: Path) -> Path:
    source = folder / "th" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOG)
    return source


def test_a_catalogue_is_compiled_without_unsure_entries(tmp_path: Path) -> None:
    target = catalog(tmp_path).with_suffix(".mo")
    assert compile_messages(tmp_path) == [target]
    with target.open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.gettext("Claims") == "ข้อกล่าวอ้าง"
    assert words.gettext("Sources") == "Sources"


def test_only_what_changed_is_compiled_again(tmp_path: Path) -> None:
    source = catalog(tmp_path)
    compile_messages(tmp_path)
    assert compile_messages(tmp_path) == []
    later = source.stat().st_mtime + 10
    os.utime(source, (later, later))
    assert compile_messages(tmp_path) == [source.with_suffix(".mo")]


def test_no_catalogue_at_all_is_fine(tmp_path: Path) -> None:
    assert compile_messages(tmp_path / "absent") == []
