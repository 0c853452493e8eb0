"""The practice site: one page on 127.0.0.1 whose quoted sentence can be edited, to watch the re-check notice.

    python -m config.local.site

Development only. Its address is the single exception to the address policy (`OUTBOUND_LOCAL_SITE`).
"""

import html
import json
import os
import sys
from dataclasses import asdict, dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs

from config.local.places import state_folder

SENTENCE = (
    "She said the SSO's spending has risen significantly over the past four years, "
    "from 4 billion baht in 2020 to 6.61 billion baht in 2023."
)
OTHERS = (
    "The 1506 Hotline is currently allocated 100 million baht.",
    "The SSO set aside 336 million for public relations in the 2024 fiscal year.",
)
LONGEST = 2_000  # characters of the sentence
_MOST_BYTES = 20_000  # of a form

_STYLE = """
body { font: 1.0625rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem }
.note { border: 1px solid #767676; padding: .75rem 1rem }
textarea { width: 100%; box-sizing: border-box; font: inherit }
button { font: inherit; padding: .25rem .75rem; margin: .5rem .5rem .5rem 0 }
"""
_SHELL = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{style}</style></head>
<body>{body}</body></html>
"""
_NOTE = """<aside class="note"><p>This is a practice page on your own machine, for trying the re-check of sources. It is
not the report. <a href="/report">The watched page</a> · <a href="/edit">Edit it</a></p>
<p lang="th">หน้านี้เป็นหน้าทดลองในเครื่องของคุณ ใช้ลองระบบตรวจแหล่งอ้างอิงซ้ำ ไม่ใช่ตัวรายงานข่าว</p></aside>"""


@dataclass(frozen=True)
class Page:
    """What the site shows."""

    sentence: str = SENTENCE
    is_offline: bool = False


def load(file: Path) -> Page:
    """The page as it was left; the original when nothing usable is there."""
    try:
        return Page(**json.loads(file.read_text()))
    except (OSError, ValueError, TypeError):
        return Page()


def save(file: Path, page: Page) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(asdict(page)))


def changed(page: Page, form: dict[str, str]) -> Page:
    """The page after a form: `do` is save, reset, offline or online."""
    match form.get("do"):
        case "save":
            return replace(page, sentence=" ".join(form.get("sentence", "").split())[:LONGEST])
        case "reset":
            return Page()
        case "offline":
            return replace(page, is_offline=True)
        case "online":
            return replace(page, is_offline=False)
        case _:
            return page


def report(page: Page) -> str:
    paragraphs = "".join(f"<p>{html.escape(text)}</p>" for text in (page.sentence, *OTHERS) if text)
    article = f"<main><article><h1>MP raises concern over SSO spending</h1>{paragraphs}</article></main>"
    return _SHELL.format(title="Practice page: SSO spending", style=_STYLE, body=_NOTE + article)


def editor(page: Page) -> str:
    now = "offline: it answers 503" if page.is_offline else "online"
    toggle = ("online", "Put it back online") if page.is_offline else ("offline", "Take it offline")
    body = f"""{_NOTE}<main><h1>Edit the practice page</h1>
<p>Change a word or a number of the sentence and save. Within two ticks the source shows it, and a flag
stands in the admin.</p>
<form method="post" action="/edit"><p><label for="sentence">The quoted sentence</label></p>
<textarea id="sentence" name="sentence" rows="4" maxlength="{LONGEST}">{html.escape(page.sentence)}</textarea>
<p><button name="do" value="save">Save</button><button name="do" value="reset">Reset everything</button></p>
<p>The page is {now}. <button name="do" value="{toggle[0]}">{toggle[1]}</button></p></form></main>"""
    return _SHELL.format(title="Edit the practice page", style=_STYLE, body=body)


class Handler(BaseHTTPRequestHandler):
    """`/report` is watched, `/edit` changes it. Other sites' pages can do neither: Host and Origin must be ours."""

    file: ClassVar[Path]
    port: ClassVar[int]
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        page = load(self.file)
        if not self._is_ours(self.headers.get("Host", "")):
            self._answer(421, "Wrong host.")
        elif self.path in ("/", "/report") and page.is_offline:
            self._answer(503, "Taken offline for practice.")
        elif self.path == "/report":
            self._answer(200, report(page))
        elif self.path == "/":
            self._go("/report")
        elif self.path == "/edit":
            self._answer(200, editor(page))
        else:
            self._answer(404, "Not here.")

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        origin = self.headers.get("Origin", "").removeprefix("http://")
        self.close_connection = True  # what was not read must not be taken for a request
        if self.path != "/edit":
            self._answer(404, "Not here.")
        elif not self._is_ours(self.headers.get("Host", "")) or not self._is_ours(origin):
            self._answer(403, "The form must be sent from its own page.")
        elif not length.isdigit() or int(length) > _MOST_BYTES:
            self._answer(413, "Too long.")
        else:
            fields = parse_qs(self.rfile.read(int(length)).decode("utf-8", "replace"), max_num_fields=10)
            save(self.file, changed(load(self.file), {name: values[-1] for name, values in fields.items()}))
            self._go("/edit")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        return

    def _is_ours(self, host: str) -> bool:
        return host in (f"127.0.0.1:{self.port}", f"localhost:{self.port}")

    def _go(self, path: str) -> None:
        self.send_response(303)
        self.send_header("Location", path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, status: int, text: str) -> None:
        body = text.encode()
        kind = "text/html" if text.startswith("<!doctype") else "text/plain"
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'")
        self.send_header("X-Frame-Options", "DENY")
        self.end_headers()
        self.wfile.write(body)


def make_server(port: int, file: Path) -> ThreadingHTTPServer:
    """A server on 127.0.0.1; port 0 takes a free one."""

    class Bound(Handler):
        pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Bound)
    server.daemon_threads = True
    Bound.file, Bound.port = file, server.server_port
    return server


def main() -> int:
    """Serve until stopped, at `LOCAL_SITE_PORT` or the port in `OUTBOUND_LOCAL_SITE`."""
    wanted = os.environ.get("LOCAL_SITE_PORT") or os.environ.get("OUTBOUND_LOCAL_SITE", "").rpartition(":")[2]
    if not wanted.isascii() or not wanted.isdigit():
        print("Give the practice site a port: LOCAL_SITE_PORT=…", file=sys.stderr)
        return 2
    try:
        with make_server(int(wanted), state_folder() / f"practice-site-{wanted}.json") as server:
            server.serve_forever()
    except KeyboardInterrupt:
        pass
    except OSError as error:
        print(f"The practice site cannot listen on port {wanted}: {error.strerror}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
