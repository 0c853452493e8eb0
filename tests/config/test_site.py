"""The practice site: what it shows, what it lets itself be changed by, and by whom."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

import pytest

from claims.seeding.demo import PRACTICE_PATH, PRACTICE_QUOTES
from claims.sources.extract.html import from_html
from claims.sources.quote import Quote, find_quote
from claims.vocabulary import QuoteState
from config.local.site import LONGEST, SENTENCE, Page, changed, load, main, make_server, report


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ThreadingHTTPServer]:
    server = make_server(0, tmp_path / "page.json")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def ask(
    site: ThreadingHTTPServer, method: str, path: str, *, body: str = "", **headers: str
) -> tuple[int, str, dict[str, str]]:
    with closing(http.client.HTTPConnection("127.0.0.1", site.server_port, timeout=10)) as connection:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), {name.lower(): value for name, value in answer.getheaders()}


def post(site: ThreadingHTTPServer, **form: str) -> int:
    origin = f"http://127.0.0.1:{site.server_port}"
    return ask(site, "POST", "/edit", body=urlencode(form), Origin=origin)[0]


def test_the_page_holds_the_quotes_that_the_demo_cites_and_says_what_it_is(site: ThreadingHTTPServer) -> None:
    status, body, headers = ask(site, "GET", PRACTICE_PATH)
    assert status == 200
    assert "practice page on your own machine" in body
    assert "not the report" in " ".join(body.split())
    assert headers["cache-control"] == "no-store"
    document = from_html(body)
    for quote, _ in PRACTICE_QUOTES:
        assert find_quote(Quote(quote), document.folded).state is QuoteState.INTACT


def test_the_sentence_can_be_changed_and_reset(site: ThreadingHTTPServer) -> None:
    assert post(site, do="save", sentence="Now  it <says>\nthis.") == 303
    assert "Now it &lt;says&gt; this." in ask(site, "GET", "/report")[1]
    assert "Now it &lt;says&gt; this." in ask(site, "GET", "/edit")[1]
    assert post(site, do="reset") == 303
    assert "6.61 billion baht" in ask(site, "GET", "/report")[1]


def test_the_page_can_be_taken_offline_while_the_editor_stays(site: ThreadingHTTPServer) -> None:
    post(site, do="offline")
    assert ask(site, "GET", "/report")[0] == 503
    status, body, _ = ask(site, "GET", "/edit")
    assert status == 200
    assert "Put it back online" in body
    post(site, do="online")
    assert ask(site, "GET", "/report")[0] == 200


def test_what_was_changed_outlives_the_process(site: ThreadingHTTPServer, tmp_path: Path) -> None:
    post(site, do="save", sentence="Kept.")
    assert load(tmp_path / "page.json") == Page("Kept.")


@pytest.mark.parametrize("text", ["", "not json", '{"other": 1}', "[]"])
def test_a_spoilt_file_is_the_original_page(tmp_path: Path, text: str) -> None:
    (tmp_path / "page.json").write_text(text)
    assert load(tmp_path / "page.json") == Page()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {},
        {"Origin": "http://127.0.0.1:{port}", "Host": "evil.example:{port}"},
    ],
)
def test_another_page_cannot_change_it(site: ThreadingHTTPServer, headers: dict[str, str]) -> None:
    filled = {name: value.format(port=site.server_port) for name, value in headers.items()}
    assert ask(site, "POST", "/edit", body="do=offline", **filled)[0] == 403
    assert ask(site, "GET", "/report")[0] == 200


def test_a_foreign_host_name_is_not_answered(site: ThreadingHTTPServer) -> None:
    assert ask(site, "GET", "/report", Host="rebound.example")[0] == 421


def test_other_paths_and_too_long_forms(site: ThreadingHTTPServer) -> None:
    origin = f"http://127.0.0.1:{site.server_port}"
    assert ask(site, "GET", "/other")[0] == 404
    assert ask(site, "GET", "/")[2]["location"] == "/report"
    assert ask(site, "POST", "/other", Origin=origin)[0] == 404
    assert ask(site, "POST", "/edit", body="x" * 20_001, Origin=origin)[0] == 413
    assert changed(Page(), {"do": "save", "sentence": "x" * 9_999}).sentence == "x" * LONGEST
    assert changed(Page("a"), {"do": "anything"}) == Page("a")


def test_an_empty_sentence_leaves_no_empty_paragraph() -> None:
    assert "<p></p>" not in report(Page(""))
    assert SENTENCE.split(",")[0].replace("'", "&#x27;") in report(Page())


def test_it_explains_why_it_cannot_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], site: ThreadingHTTPServer
) -> None:
    monkeypatch.setenv("LOCAL_SITE_PORT", "")
    monkeypatch.setenv("OUTBOUND_LOCAL_SITE", "")
    assert main() == 2
    assert "LOCAL_SITE_PORT" in capsys.readouterr().err
    monkeypatch.setenv("OUTBOUND_LOCAL_SITE", f"127.0.0.1:{site.server_port}")
    assert main() == 1
    assert "cannot listen" in capsys.readouterr().err
