"""Pages on many addresses of loopback, a latency away: `python -m benchmarks.far_origin PORT HOSTS SECONDS`.

Path `/p/<number>` is an article of about 12 kB with an entity tag; `?fresh` in the path answers it whole each time with
another advertisement beside it, as pages without validators do. `/log` tells, as JSON, what was asked (`Seen`) since
`/log?anew` began a new page of it. Prints "ready" and serves until it is ended.
"""

import asyncio
import itertools
import json
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

QUOTE = "the province recorded 3.2 million cubic metres of treated water and found no missing funds in year {number}"
_WORDS = [
    "water",
    "pipe",
    "council",
    "budget",
    "report",
    "district",
    "pump",
    "season",
    "review",
    "contract",
    "invoice",
    "meter",
    "valve",
    "audit",
]

_advertisements = itertools.count(1)


def quote_of(number: int) -> str:
    """The sentence that page `number` is cited for."""
    return QUOTE.format(number=number)


@cache
def article(number: int) -> str:
    """The text of a page: the same for the same number."""
    paragraphs = []
    for line in range(60):
        words = (_WORDS[(number * 7 + line * 3 + at * at) % len(_WORDS)] for at in range(28))
        paragraphs.append(f"<p>Paragraph {line} of page {number}: {' '.join(words)}.</p>")
    paragraphs.insert(7, f"<p>According to the report, {quote_of(number)}.</p>")
    return "".join(paragraphs)


def page(number: int, advertisement: int) -> bytes:
    """A whole page."""
    return (
        f"<!doctype html><html lang='en'><head><title>Page {number}</title></head><body><nav>Home News</nav>"
        f"<article><h1>Page {number}</h1>{article(number)}</article><aside>Offer {advertisement}</aside></body></html>"
    ).encode()


@dataclass
class Seen:
    """What was asked: requests by path, and of any host the most connections and the shortest pause in seconds."""

    requests: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    most_connections: int = 0
    shortest_pause: float = 3_600.0


class Origin:
    """All hosts, and the log of what they are asked."""

    def __init__(self, latency: float) -> None:
        self._latency = latency
        self._open: dict[str, int] = defaultdict(int)
        self._last: dict[str, float] = {}
        self._seen = Seen()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        self._open[host] += 1
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                method, path, _ = head.split(" ", 2)
                if path.startswith("/log"):
                    writer.write(self._told(anew=path.endswith("?anew")))
                    return
                self._note(host, path)
                await asyncio.sleep(self._latency)
                writer.write(answer(head, method, path))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self._open[host] -= 1
            writer.close()

    def _note(self, host: str, path: str) -> None:
        now, seen = time.monotonic(), self._seen
        seen.requests[path] += 1
        seen.most_connections = max(seen.most_connections, self._open[host])
        seen.shortest_pause = min(seen.shortest_pause, now - self._last.get(host, float("-inf")))
        self._last[host] = now

    def _told(self, *, anew: bool) -> bytes:
        told = vars(self._seen)
        if anew:
            self._seen, self._last = Seen(), {}
        return whole(json.dumps(told).encode(), "application/json")


def answer(head: str, method: str, path: str) -> bytes:
    """The response: 304 to a known entity tag, unless the page is one that is always fresh; 404 beside the pages."""
    if not path.startswith("/p/"):
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    number = int(path.partition("?")[0].removeprefix("/p/"))
    advertisement = next(_advertisements) if path.endswith("?fresh") else 0
    tag = f'"{number}"'
    if not advertisement and f"if-none-match: {tag}" in head.lower():
        return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode()
    named = "" if advertisement else f"ETag: {tag}\r\n"
    answered = whole(page(number, advertisement), "text/html; charset=utf-8", named)
    return answered.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if method == "HEAD" else answered


def whole(body: bytes, kind: str, more: str = "") -> bytes:
    top = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    return top.encode() + body


async def main(port: int, hosts: int, latency: float) -> None:
    addresses = [f"127.0.1.{host + 1}" for host in range(hosts)]
    origin = Origin(latency)
    await asyncio.start_server(origin.serve, addresses, port, backlog=1024)
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
