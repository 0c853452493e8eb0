"""The child that reads one large page: UTF-8 on standard input, the parts of a document as JSON on standard output."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path


def main() -> None:
    """Read under the limits given as arguments: bytes of address space, seconds of CPU."""
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from claims.sources.extract.html import from_html

    page = from_html(sys.stdin.buffer.read().decode("utf-8", "replace"))
    answer = {
        "title": page.title,
        "main": page.main,
        "visible": page.visible,
        "problem": page.problem,
        "has_script_shell": page.has_script_shell,
    }
    sys.stdout.buffer.write(json.dumps(answer).encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
