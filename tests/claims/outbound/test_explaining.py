"""`manage.py explain_url`: the policy and the resolver of a check, without a connection."""

import asyncio
import io
import json
import socket
import sys
from typing import Any

import pytest
from django.core.management import call_command

from claims.outbound import resolver
from claims.outbound.explaining import AT_ONCE, Explained, Explainer
from claims.outbound.policy import Policy
from claims.outbound.resolver import Answer, Lookup
from tests.claims.outbound.origin import names
from tests.claims.outbound.spellings import ALLOWED, REFUSED

PUBLIC = "93.184.216.34"


def explain(*urls: str | None, lookup: Lookup | None = None, seconds: float = 2.0) -> list[Explained]:
    async def main() -> list[Explained]:
        explainer = Explainer(Policy(), seconds=seconds, lookup=lookup or names(site=[PUBLIC]))
        return [explained async for explained in explainer.explain(urls)]

    return asyncio.run(main())


def test_an_allowed_name_comes_with_the_addresses_that_would_be_asked() -> None:
    both = names(site=[f"{PUBLIC},2606:4700::1111,{PUBLIC}"])
    [explained] = explain("https://site.example.org/x", lookup=both)
    assert explained == Explained("https://site.example.org/x", True, None, (PUBLIC, "2606:4700::1111"))
    [literal] = explain("http://8.8.8.8/", lookup=names())
    assert literal.addresses == ("8.8.8.8",)


@pytest.mark.parametrize(("code", "url"), [(code, urls[0]) for code, urls in REFUSED.items()])
def test_a_refused_shape_is_not_even_looked_up(code: str, url: str) -> None:
    asked: list[str] = []

    async def lookup(host: str, port: int, family: socket.AddressFamily) -> list[Answer]:
        asked.append(host)
        return [(socket.AF_INET, PUBLIC)]

    assert explain(url, lookup=lookup) == [Explained(url, False, code)]
    assert asked == []


@pytest.mark.parametrize(
    ("addresses", "reason"),
    [
        ("10.0.0.1", "private_network"), (f"{PUBLIC},169.254.169.254", "link_local"), ("::1", "loopback"),
        (f"{PUBLIC},::ffff:10.0.0.1", "embedded_ipv4"), ("fe80::1%eth0", "link_local"),
        ("100.100.100.200", "shared_network"),
    ],
)  # fmt: skip
def test_one_closed_address_refuses_the_name(addresses: str, reason: str) -> None:
    [explained] = explain("http://site.example.org/", lookup=names(site=[addresses]))
    assert (explained.allowed, explained.reason, explained.addresses) == (False, reason, ())


def test_a_name_without_an_answer_is_not_allowed_either() -> None:
    async def lookup(host: str, port: int, family: socket.AddressFamily) -> list[Answer]:
        if host.startswith("slow"):
            await asyncio.sleep(5)
        if host.startswith("broken"):
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure")
        return []

    urls = [f"http://{name}.example.org/" for name in ("slow", "broken", "empty")]
    found = explain(*urls, lookup=lookup, seconds=0.05)
    assert [each.reason for each in found] == ["name_unanswered", "name_unanswered", "name_without_address"]
    assert explain("http://nowhere.example.org/")[0].reason == "name_unknown"


def test_many_are_explained_in_order_with_few_look_ups_at_once() -> None:
    live = peak = 0

    async def lookup(host: str, port: int, family: socket.AddressFamily) -> list[Answer]:
        nonlocal live, peak
        live += 1
        peak = max(peak, live)
        await asyncio.sleep(0.001 * (hash(host) % 5))
        live -= 1
        return [(socket.AF_INET, PUBLIC)]

    urls = [f"http://n{number}.example.org/" for number in range(300)]
    assert [each.url for each in explain(*urls, lookup=lookup)] == urls
    assert 2 <= peak <= AT_ONCE


def test_the_command_reads_lines_and_writes_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    async def lookup(host: str, port: int, family: socket.AddressFamily) -> list[Answer]:
        return [(socket.AF_INET, PUBLIC)]

    monkeypatch.setattr(resolver, "_system_lookup", lookup)
    lines = [
        b"http://example.org/\r\n", b"\n", b" http://example.org/\n", "http://ข่าว.example/\n".encode(), b"http://\xff.org/\n",
        b"http://example.org/" + b"a" * (2 << 20) + b"\n", b"http://127.1/",
    ]  # fmt: skip
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"".join(lines))))
    out = io.StringIO()
    call_command("explain_url", stdout=out)
    told: list[dict[str, Any]] = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["reason"] for line in told] == [
        None, "empty", "space", None, "control_character", "too_long", "numeric_host",
    ]  # fmt: skip
    assert told[0] == {"url": "http://example.org/", "allowed": True, "reason": None, "addresses": [PUBLIC]}
    assert told[3]["url"] == "http://ข่าว.example/"


def test_what_the_table_allows_is_allowed_here() -> None:
    found = explain(*ALLOWED, lookup=anywhere)
    assert {each.reason for each in found} <= {None, "port_not_allowed"}
    assert all(each.addresses for each in found if each.allowed)


async def anywhere(host: str, port: int, family: socket.AddressFamily) -> list[Answer]:
    return [(socket.AF_INET, PUBLIC)]
