"""Unpacking with a limit."""

import gzip
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.outbound.decoding import BrokenEncoding, TooLarge, UnknownEncoding, decoder_for

PACKERS = {
    "gzip": gzip.compress,
    "x-gzip": lambda body: gzip.compress(body[: len(body) // 2]) + gzip.compress(body[len(body) // 2 :]),  # two members
    "deflate": zlib.compress,
    "Deflate ": lambda body: zlib.compress(body)[2:-4],  # raw, as some servers send it
    "br": brotli.compress,
    "identity": lambda body: body,
    "": lambda body: body,
}


@given(st.sampled_from(sorted(PACKERS)), st.binary(max_size=5_000), st.integers(1, 100), st.integers(1, 700))
def test_what_was_packed_comes_out_however_it_is_cut(name: str, body: bytes, times: int, step: int) -> None:
    body *= times
    packed = PACKERS[name](body)
    decoder, out = decoder_for(name), b""
    for at in range(0, len(packed), step):
        out += decoder.feed(packed[at : at + step], len(body) - len(out))
    decoder.finish()
    assert out == body


@pytest.mark.parametrize("name", sorted(PACKERS))
def test_one_byte_too_many_stops_it(name: str) -> None:
    body = b"abc" * 100_000
    decoder = decoder_for(name)
    with pytest.raises(TooLarge):
        decoder.feed(PACKERS[name](body), len(body) - 1)


@pytest.mark.parametrize("name", ["gzip", "deflate", "br"])
def test_nonsense_and_missing_ends_are_noticed(name: str) -> None:
    with pytest.raises(BrokenEncoding):
        decoder_for(name).feed(b"\xff" * 100, 1_000)
    cut = decoder_for(name)
    cut.feed(PACKERS[name](bytes(range(256)) * 40)[:-8], 100_000)
    with pytest.raises(BrokenEncoding):
        cut.finish()


@pytest.mark.parametrize("name", ["gzip", "deflate", "br"])
def test_an_empty_body_needs_no_end(name: str) -> None:
    decoder = decoder_for(name)
    assert decoder.feed(b"", 10) == b""
    decoder.finish()


def test_padding_after_the_end_is_ignored() -> None:
    decoder = decoder_for("gzip")
    assert decoder.feed(gzip.compress(b"body") + bytes(20), 100) == b"body"
    decoder.finish()


@pytest.mark.parametrize("name", ["zstd", "compress", "gzip, br"])
def test_codings_we_do_not_read_are_named(name: str) -> None:
    with pytest.raises(UnknownEncoding):
        decoder_for(name)
