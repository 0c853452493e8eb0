"""A hostile web server on loopback. The policy's seam lets 127.0.0.x play the internet; 127.0.0.66 stays private."""

import asyncio
import gzip
import socket
import ssl
import struct
import subprocess
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path

import brotli

from claims.outbound.client import Client
from claims.outbound.limits import Limits
from claims.outbound.policy import Policy
from claims.outbound.politeness import HostGate
from claims.outbound.resolver import Answer, Lookup

PUBLIC, PRIVATE = "127.0.0.2", "127.0.0.66"
PAGE = b"<html><body><p>Hello from the page.</p></body></html>"
BLOCK = b"<p>a</p>" * (1 << 13)
LIMITS = Limits(header_seconds=0.6, total_seconds=1.5, host_interval_seconds=0.0, host_wait_seconds=1.0)
Behave = Callable[[asyncio.StreamWriter], Awaitable[None]]


def response(
    status: int = 200, body: bytes = PAGE, *, kind: str = "text/html", headers: dict[str, str] | None = None
) -> bytes:
    lines = [f"HTTP/1.1 {status} X", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n" + body


def redirect(to: str, status: int = 302) -> bytes:
    return response(status, b"", headers={"Location": to})


async def silent(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(30)


async def drip_headers(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(300):
        writer.write(b"X-Pad-%d: a\r\n" % number)
        await writer.drain()
        await asyncio.sleep(0.1)


async def drip_body(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 300\r\n\r\n")
    for _ in range(300):
        writer.write(b"a")
        await writer.drain()
        await asyncio.sleep(0.1)


async def endless(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(4_000):
        writer.write(b"%x\r\n%s\r\n" % (len(BLOCK), BLOCK))
        await writer.drain()


async def endless_header(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nX-Big: ")
    for _ in range(64):
        writer.write(b"a" * (1 << 20))
        await writer.drain()


async def oversized(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 268435456\r\n\r\n" + BLOCK)
    await writer.drain()


async def truncated(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n" + PAGE)
    await writer.drain()


async def reset(writer: asyncio.StreamWriter) -> None:
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


async def not_http(writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 smtp ready\r\n")
    await writer.drain()


def bomb(name: str) -> bytes:
    """256 MB from a few hundred kilobytes."""
    if name == "gzip":
        packer = zlib.compressobj(6, zlib.DEFLATED, 31)
        body = b"".join(packer.compress(BLOCK) for _ in range(4_096)) + packer.flush()
    else:
        compressor = brotli.Compressor(quality=3)
        body = b"".join(compressor.process(BLOCK) for _ in range(4_096)) + compressor.finish()
    return response(body=body, headers={"Content-Encoding": name})


@dataclass
class Origin:
    """`routes`: what a path answers, bytes or a behaviour. `heard`: request heads, by address."""

    port: int = 0
    routes: dict[str, bytes | Behave] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    private_hits: int = 0
    live: int = 0
    peak: int = 0
    starts: list[float] = field(default_factory=list)

    def url(self, path: str, host: str = "site.test.example") -> str:
        return f"http://{host}:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if writer.get_extra_info("sockname")[0] == PRIVATE:
            self.private_hits += 1
        self.live += 1
        self.peak = max(self.peak, self.live)
        try:
            while True:
                first = await reader.readexactly(1)
                if first == b"\x16":  # a TLS hello on a plain port
                    writer.write(response(400, b""))
                    return
                head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                self.heard.append(head)
                self.starts.append(asyncio.get_running_loop().time())
                answer = self.routes.get(head.split(" ", 2)[1].partition("?")[0], response(404, b"no"))
                if not isinstance(answer, bytes):
                    await answer(writer)
                    return
                writer.write(answer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        finally:
            self.live -= 1
            writer.close()


@asynccontextmanager
async def running(tls: ssl.SSLContext | None = None) -> AsyncIterator[Origin]:
    origin = Origin()
    server = await asyncio.start_server(origin.serve, [PUBLIC, PRIVATE], 0, ssl=tls)
    # each address got a port of its own: start again on one that both have
    origin.port = server.sockets[0].getsockname()[1]
    server.close()
    server = await asyncio.start_server(origin.serve, [PUBLIC, PRIVATE], origin.port, ssl=tls)
    try:
        yield origin
    finally:
        server.close()


def names(**table: list[str]) -> Lookup:
    """A resolver from a table; each look-up of a name takes the next of its answers, comma-separated addresses."""
    turns = dict.fromkeys(table, -1)

    async def lookup(host: str, port: int, family: socket.AddressFamily) -> list[Answer]:
        name = host.partition(".")[0]
        if name not in table:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        turns[name] += 1
        answers = table[name]
        now = answers[turns[name] % len(answers)]
        return [(socket.AF_INET6 if ":" in address else socket.AF_INET, address) for address in now.split(",")]

    return lookup


def client_for(
    origin: Origin, lookup: Lookup | None = None, *, limits: Limits = LIMITS, gate: HostGate | None = None,
    tls: ssl.SSLContext | None = None,
) -> Client:  # fmt: skip
    seam = Policy(extra_networks=(ip_network("127.0.0.0/26"),), extra_ports=frozenset({origin.port}))
    table = lookup or names(site=[PUBLIC], other=[PUBLIC])
    return Client(policy=seam, limits=limits, user_agent="Tamroi/test", lookup=table, gate=gate, tls=tls)


def zipped(body: bytes, name: str) -> bytes:
    packed = {"gzip": gzip.compress, "br": brotli.compress, "deflate": zlib.compress}[name](body)
    return response(body=packed, headers={"Content-Encoding": name})


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, Path]:
    """A server context with a self-signed certificate for `name`, and the certificate's file."""
    key, cert = folder / f"{name}.key", folder / f"{name}.pem"
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={name} -addext subjectAltName=DNS:{name}"
    files = ["-keyout", str(key), "-out", str(cert)]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context, cert
