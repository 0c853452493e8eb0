"""A receiver of webhooks on loopback, on an address that the policy's seam lets play the internet."""

from __future__ import annotations

import hmac
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PUBLIC = "127.0.0.2"


@dataclass
class Receiver:
    """`status` and `headers` are what it answers, `got` what came: headers and body."""

    url: str = ""
    port: int = 0
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    got: list[tuple[Message, bytes]] = field(default_factory=list)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run one."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            receiver.got.append((self.headers, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(receiver.status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):  # whoever asked has hung up, as it should
                self.wfile.write(receiver.body)

        def log_request(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((PUBLIC, 0), Handler)
    receiver.port = server.server_address[1]
    receiver.url = f"http://{PUBLIC}:{receiver.port}/hook?for=me"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def is_signed(headers: Message, body: bytes, secret: str) -> bool:
    """What a receiver does, from the text of the standard and not from our code."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = b64encode(hmac.new(b64decode(secret.split("_", 1)[1]), signed, "sha256").digest()).decode()
    return f"v1,{expected}" in headers["webhook-signature"].split(" ")
