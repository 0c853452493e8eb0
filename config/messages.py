"""Compile locale/*/LC_MESSAGES/*.po with Babel: a bare machine has no msgfmt. Only what is older than its source."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_messages(locale: Path) -> list[Path]:
    """The catalogues that were written. Fuzzy entries are left out: an unsure translation is not shown."""
    written = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
        # Beside and renamed, for a running site may be reading it.
        unfinished = target.with_suffix(".mo.new")
        with unfinished.open("wb") as file:
            write_mo(file, catalog)
        unfinished.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    compile_messages(LOCALE)
