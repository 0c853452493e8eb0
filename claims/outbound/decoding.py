"""Content decoding that stops at a limit: a few kilobytes may unpack to gigabytes."""

from __future__ import annotations

import zlib
from typing import Any, Protocol

import brotli

_STEP = 1 << 16  # output asked for at a time
_GZIP = b"\x1f\x8b"


class TooLarge(Exception):
    """More came out than allowed."""


class BrokenEncoding(Exception):
    """The stream is not what its label says."""


class UnknownEncoding(Exception):
    """A Content-Encoding we did not ask for and do not read."""


class Decoder(Protocol):
    """Feed bytes from the wire, get decoded bytes; `finish` raises `BrokenEncoding` on a stream without its end."""

    def feed(self, data: bytes, room: int) -> bytes: ...
    def finish(self) -> None: ...


def decoder_for(encoding: str) -> Decoder:
    """A decoder for one Content-Encoding header; several codings in a row are refused (`UnknownEncoding`)."""
    match encoding.strip().lower():
        case "" | "identity":
            return _Plain()
        case "gzip" | "x-gzip":
            return _Zlib(zlib.MAX_WBITS | 16)
        case "deflate":
            return _Deflate()
        case "br":
            return _Brotli()
        case _:
            raise UnknownEncoding(encoding[:40])


class _Plain:
    def feed(self, data: bytes, room: int) -> bytes:
        if len(data) > room:
            raise TooLarge
        return data

    def finish(self) -> None:
        return


class _Zlib:
    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._unpack: Any = zlib.decompressobj(wbits)
        self._started = False
        self._after = b""  # what followed the end, as long as it may be another member

    def feed(self, data: bytes, room: int) -> bytes:
        self._started = self._started or bool(data)
        out = bytearray()
        while data:
            if self._unpack.eof and not (data := self._next_member(data)):
                break
            try:
                out += self._unpack.decompress(data, min(_STEP, room - len(out) + 1))
            except zlib.error as error:
                raise BrokenEncoding(str(error)) from None
            if len(out) > room:
                raise TooLarge
            data = self._unpack.unused_data if self._unpack.eof else self._unpack.unconsumed_tail
        return bytes(out)

    def finish(self) -> None:
        if self._started and not self._unpack.eof:
            raise BrokenEncoding("the stream has no end")

    def _next_member(self, data: bytes) -> bytes:
        """The beginning of another gzip member; empty for padding, which every browser ignores, or too few bytes."""
        self._after = (self._after + data) if len(self._after) < len(_GZIP) else self._after
        if self._wbits < 0 or not self._after.startswith(_GZIP):
            return b""
        data, self._after = self._after, b""
        self._unpack = zlib.decompressobj(self._wbits)
        return data


class _Deflate:
    """Servers send both zlib and raw deflate under this name: the first byte tells."""

    def __init__(self) -> None:
        self._inner: _Zlib | None = None

    def feed(self, data: bytes, room: int) -> bytes:
        if not data:
            return b""
        if self._inner is None:
            self._inner = _Zlib(zlib.MAX_WBITS if data[0] & 0x0F == 8 else -zlib.MAX_WBITS)
        return self._inner.feed(data, room)

    def finish(self) -> None:
        if self._inner:
            self._inner.finish()


class _Brotli:
    def __init__(self) -> None:
        self._unpack = brotli.Decompressor()
        self._started = False

    def feed(self, data: bytes, room: int) -> bytes:
        self._started = self._started or bool(data)
        out = bytearray()
        try:
            piece = self._unpack.process(data, output_buffer_limit=_STEP)
            while piece:  # it keeps what is above the limit, and says nothing of it
                out += piece
                if len(out) > room:
                    raise TooLarge
                piece = self._unpack.process(b"", output_buffer_limit=_STEP)
        except brotli.error as error:
            raise BrokenEncoding(str(error)) from None
        return bytes(out)

    def finish(self) -> None:
        if self._started and not self._unpack.is_finished():
            raise BrokenEncoding("the stream has no end")
