import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from config.local.ports import any_free
from config.probe import is_alive


class OnlyByName(BaseHTTPRequestHandler):
    """Refuses an unknown host, as ALLOWED_HOSTS does."""

    def do_GET(self) -> None:
        known = self.headers["Host"] == "tamroi.example" and self.path == "/healthz"
        self.send_response(200 if known else 400)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name the base class gives it
        pass


@pytest.fixture
def port() -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), OnlyByName) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_it_asks_by_the_name_of_the_site(port: int) -> None:
    assert is_alive(port, host="tamroi.example")
    assert not is_alive(port, host="127.0.0.1")


def test_no_answer_is_not_alive() -> None:
    assert not is_alive(any_free(), host="tamroi.example")
