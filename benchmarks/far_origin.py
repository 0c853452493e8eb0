"""Pages on many addresses of loopback, a latency away: `python -m benchmarks.far_origin PORT HOSTS SECONDS`.

Path `/p/<number>` is an article of about 12 kB with an entity tag; `?fresh` in the path answers it whole each time with
another advertisement beside it, as pages without validators do. Prints "ready" and serves until it is ended.
"""

import asyncio
import itertools
import sys
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


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, latency: float) -> None:
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path = head.split(" ", 2)[1]
            number = int(path.partition("?")[0].rpartition("/")[2])
            await asyncio.sleep(latency)
            writer.write(answer(head, number, next(_advertisements) if path.endswith("?fresh") else 0))
            await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


def answer(head: str, number: int, advertisement: int) -> bytes:
    """The response: 304 to a known entity tag, unless the page is one that is always fresh."""
    tag = f'"{number}"'
    if not advertisement and f"if-none-match: {tag}" in head.lower():
        return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode()
    body = page(number, advertisement)
    named = "" if advertisement else f"ETag: {tag}\r\n"
    top = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{named}Content-Length: {len(body)}\r\n\r\n"
    return top.encode() + body


async def main(port: int, hosts: int, latency: float) -> None:
    addresses = [f"127.0.1.{host + 1}" for host in range(hosts)]
    await asyncio.start_server(lambda r, w: serve(r, w, latency), addresses, port, backlog=1024)
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
