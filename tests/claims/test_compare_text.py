"""`manage.py compare_text`: a file or a page against a claim."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from claims.models.claim import Claim
from tests.factories.cast import Cast
from tests.factories.claims import draft_claim

SAYS = "The meter app of the water office reportedly cost 276 million baht in 2023."
OTHERWISE = SAYS.replace("baht", "ringgit").replace("reportedly ", "")


@pytest.fixture
def claim(cast: Cast) -> Claim:
    return draft_claim(by=cast.contributor, slug="meter-app", summary_en=SAYS, summary_th="แอปมิเตอร์")


def run(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    code = 0
    try:
        call_command("compare_text", *arguments, stdout=out)
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    return code, out.getvalue()


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as error:
        call_command("compare_text", *arguments)
    assert error.value.returncode == 2
    return str(error.value)


def test_an_equal_file_is_said_to_be_equal(claim: Claim, tmp_path: Path) -> None:
    path = tmp_path / "copy.txt"
    path.write_text(SAYS.replace("276 million baht", "฿0.276bn"), encoding="utf-8")
    assert run("meter-app", str(path)) == (
        0,
        "No difference found in amounts, units, years, names, titles or hedges.\n",
    )


def test_differences_are_a_line_each_and_the_exit_code(claim: Claim, tmp_path: Path) -> None:
    path = tmp_path / "reprint.txt"
    path.write_text(OTHERWISE, encoding="utf-8")
    code, out = run("meter-app", str(path))
    assert code == 1
    assert out.splitlines() == [
        "Hedge: the claim says “reportedly” of “276 million baht”, the text leaves that out.",
        "Currency: the claim says “276 million baht”, the text says “276 million ringgit”.",
    ]


def test_json_is_one_object_a_line(claim: Claim, tmp_path: Path) -> None:
    path = tmp_path / "reprint.html"
    path.write_text(f"<html><body><article><p>{OTHERWISE}</p></article></body></html>", encoding="utf-8")
    code, out = run("meter-app", str(path), "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [row["kind"] for row in rows] == ["hedge", "unit"]
    assert set(rows[0]) == {"kind", "claimed", "found", "start", "end", "sentence"}
    path.write_text(f"<html><body><p>{SAYS}</p></body></html>", encoding="utf-8")
    assert run("meter-app", str(path), "--json") == (0, "")


def test_what_cannot_be_compared_is_refused_with_a_sentence(claim: Claim, tmp_path: Path) -> None:
    image = tmp_path / "scan.png"
    image.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and nothing more")
    blank = tmp_path / "blank.txt"
    blank.write_text(" \n", encoding="utf-8")
    assert "no claim “other”" in refused("other", str(image))
    assert "No such file" in refused("meter-app", str(tmp_path / "absent.txt"))
    assert "This kind of file is not read." in refused("meter-app", str(image))
    assert "PDF is damaged" in refused("meter-app", str(broken))
    assert "no readable text" in refused("meter-app", str(blank))


def test_a_large_file_is_refused(claim: Claim, tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    assert "larger than 20,971,520 bytes" in refused("meter-app", str(path))


class Site(BaseHTTPRequestHandler):
    """A page that reprints the claim, and a missing one."""

    def do_GET(self) -> None:
        found = self.path == "/reprint"
        body = f"<html><body><article><p>{OTHERWISE}</p></article></body></html>".encode() if found else b"gone"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(settings: Settings) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        settings.OUTBOUND_LOCAL_SITE = f"127.0.0.1:{server.server_port}"
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_page_is_fetched_and_compared(claim: Claim, site: str) -> None:
    code, out = run("meter-app", f"{site}/reprint")
    assert code == 1
    assert "276 million ringgit" in out


def test_a_page_that_cannot_be_had_is_refused_with_a_sentence(claim: Claim, site: str) -> None:
    assert "answered with an error. (404)" in refused("meter-app", f"{site}/absent")
    assert "leads back to this machine" in refused("meter-app", "http://127.0.0.9/reprint")
