"""The child that reads one PDF: bytes on standard input, `{"text", "problem"}` as JSON on standard output."""

from __future__ import annotations

import json
import re
import resource
import sys

MAX_PAGES = 2_000
MAX_CHARACTERS = 3_000_000
_HYPHEN_BREAK = re.compile(r"(?<=[a-z])(?:[\u0002\ufffe\u00ad]|[-\u2010](?=\r?\n))\s*\r?\n?(?=[a-z])")


def read(body: bytes) -> dict[str, str]:
    """Text of all pages, or a reason code. Words cut at a line's end are joined."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        return {"text": "", "problem": "pdf_locked" if "assword" in str(error) else "pdf_damaged"}
    pages: list[str] = []
    size = 0
    for number in range(min(len(document), MAX_PAGES)):
        try:
            page = document[number]
            text = page.get_textpage().get_text_range()
            page.close()
        except pdfium.PdfiumError:
            continue  # one broken page does not hide the others
        size += len(text)
        if size > MAX_CHARACTERS:
            break
        pages.append(text)
    whole = _HYPHEN_BREAK.sub("", "\n".join(pages)).replace("\r\n", "\n").replace("\r", "\n")
    whole = "\n".join(" ".join(line.split()) for line in whole.split("\n") if line.strip())
    return {"text": whole, "problem": "" if whole.strip() else "no_text"}


def main() -> None:
    """Read under the limits given as arguments: bytes of address space, seconds of CPU."""
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    answer = read(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer).encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
