"""Reading a body within bounds: on the wire, after decompression, by kind."""

from __future__ import annotations

import aiohttp

from claims.outbound.decoding import decoder_for
from claims.outbound.limits import Limits
from claims.outbound.magic import SNIFF, Kind, kind_of


class BodyTooLarge(Exception):
    """More bytes than this kind of file may have."""


async def read_body(answer: aiohttp.ClientResponse, limits: Limits, *, is_error: bool) -> tuple[Kind, bytes, int]:
    """(kind, decoded body, bytes on the wire). The body of an error is cut short; an unread kind is not downloaded.

    Raises `BodyTooLarge`, the errors of `decoding`, or those of aiohttp.
    """
    named = answer.headers.get("Content-Type", "")
    declared = _declared(answer)
    if declared > limits.pdf_wire_bytes and not is_error:
        raise BodyTooLarge(f"{declared} bytes declared")
    decoder = decoder_for(answer.headers.get("Content-Encoding", ""))
    kind: Kind | None = None
    body, wire = bytearray(), 0
    wire_room, room = limits.pdf_wire_bytes, limits.page_bytes
    async for piece in answer.content.iter_any():
        wire += len(piece)
        if is_error and wire > limits.error_bytes:
            return kind or kind_of(bytes(body[:SNIFF]), named), bytes(body), wire
        if wire > wire_room:
            raise BodyTooLarge(f"{wire} bytes on the wire")
        body += decoder.feed(piece, room - len(body))
        if kind is None and len(body) >= SNIFF:
            kind = kind_of(bytes(body[:SNIFF]), named)
            wire_room, room = _rooms(kind, limits)
            if kind is Kind.UNREAD and not is_error:
                return kind, b"", wire
            if max(declared, wire) > wire_room:
                raise BodyTooLarge(f"{max(declared, wire)} bytes")
    decoder.finish()
    kind = kind or kind_of(bytes(body[:SNIFF]), named)
    return kind, b"" if kind is Kind.UNREAD else bytes(body), wire


def _rooms(kind: Kind, limits: Limits) -> tuple[int, int]:
    if kind is Kind.PDF:
        return limits.pdf_wire_bytes, limits.pdf_wire_bytes
    return limits.page_wire_bytes, limits.page_bytes


def _declared(answer: aiohttp.ClientResponse) -> int:
    text = answer.headers.get("Content-Length", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
