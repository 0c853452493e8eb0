"""One POST against servers that do what they should not. Everything is real but the name look-up."""

from __future__ import annotations

import asyncio
import ssl
from ipaddress import ip_network
from pathlib import Path

import pytest

from claims.outbound import posting
from claims.outbound.failures import Failure
from claims.outbound.policy import Policy
from claims.outbound.posting import post
from claims.outbound.resolver import JudgedResolver
from claims.outbound.sockets import judging_socket_factory
from tests.claims.outbound import origin as o
from tests.claims.outbound.origin import LIMITS, PRIVATE, PUBLIC, Behave, Origin, names, response, running

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", PUBLIC, "127.0.0.3", PRIVATE])


async def posted(
    answer: bytes | Behave,
    *,
    at: str = PUBLIC,
    host: str = "site.test.example",
    tls: tuple[ssl.SSLContext, Path] | None = None,
    trusted: bool = False,
) -> tuple[int | Failure, Origin]:
    ours = ssl.create_default_context(cafile=str(tls[1]) if tls and trusted else None)
    async with running(tls[0] if tls else None) as origin:
        origin.routes["/"] = answer
        seam = Policy(extra_networks=(ip_network("127.0.0.0/26"),), extra_ports=frozenset({origin.port}))
        url = origin.url("/", host).replace("http:", "https:" if tls else "http:")
        given = {"webhook-id": "1", "User-Agent": "Tamroi/test"}
        return await post(url, b"{}", given, policy=seam, limits=LIMITS, tls=ours, lookup=names(site=[at])), origin


def reason(answer: int | Failure) -> str:
    assert isinstance(answer, Failure), answer
    return answer.reason


def test_the_status_comes_back_and_the_headers_went_out() -> None:
    status, origin = asyncio.run(posted(response(202, headers={"Set-Cookie": "a=b"})))
    assert status == 202
    assert origin.heard[0].startswith("POST / HTTP/1.1\r\n")
    assert "webhook-id: 1\r\n" in origin.heard[0]
    assert "User-Agent: Tamroi/test\r\n" in origin.heard[0]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(o.silent, "slow_headers"), (o.drip_headers, "slow_headers"), (o.endless_header, "headers_too_large"),
     (o.reset, "connection_broken"), (o.not_http, "answer_malformed")],
)  # fmt: skip
def test_a_hostile_answer_is_a_reason_within_the_deadline(answer: Behave, expected: str) -> None:
    status, _ = asyncio.run(posted(answer))
    assert reason(status) == expected


def test_a_body_that_never_ends_is_not_waited_for() -> None:
    assert asyncio.run(posted(o.drip_body))[0] == 200


def test_a_name_that_leads_to_a_private_address_gets_nothing() -> None:
    status, origin = asyncio.run(posted(response(), at=PRIVATE))
    assert reason(status) == "loopback"
    assert isinstance(status, Failure)
    assert status.permanent
    assert (origin.private_hits, origin.heard) == (0, [])


@pytest.mark.parametrize("layer", ["resolver", "socket_factory"])
def test_each_of_the_two_layers_below_the_url_holds_alone(layer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one is blinded: it judges by a policy that closes nothing."""
    blind = Policy(extra_networks=(ip_network("0.0.0.0/0"),), extra_ports=frozenset(range(1, 65_536)))
    if layer == "resolver":
        monkeypatch.setattr(posting, "judging_socket_factory", lambda _: judging_socket_factory(blind))
    else:
        monkeypatch.setattr(posting, "JudgedResolver", lambda _, lookup: JudgedResolver(blind, lookup))
    status, origin = asyncio.run(posted(response(), at=PRIVATE))
    assert reason(status) == "loopback"
    assert origin.private_hits == 0


def test_the_url_is_judged_like_any_other() -> None:
    """A name and password in an address would go out as a header."""
    status, origin = asyncio.run(posted(response(), host="me:secret@site.test.example"))
    assert reason(status) == "userinfo"
    assert origin.heard == []


def test_a_certificate_must_be_one_that_we_trust(tmp_path: Path) -> None:
    tls = o.certificate(tmp_path, "site.test.example")
    assert asyncio.run(posted(response(), tls=tls, trusted=True))[0] == 200
    status, origin = asyncio.run(posted(response(), tls=tls))
    assert reason(status) == "certificate_invalid"
    assert origin.heard == []
