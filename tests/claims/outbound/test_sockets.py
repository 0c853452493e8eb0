"""The last check stands alone: no socket opens to a closed address, whatever let the address through before."""

import asyncio
from ipaddress import ip_network

import aiohttp
import pytest

from claims.outbound.policy import Policy, Refused
from claims.outbound.sockets import judging_socket_factory
from tests.claims.outbound.origin import PAGE, PRIVATE, PUBLIC, Origin, client_for, response, running

pytestmark = pytest.mark.allow_hosts([PUBLIC, PRIVATE])


async def through_the_clients_session(origin: Origin, host: str) -> bytes:
    """A literal address needs no resolver, and the session knows nothing of the URL policy."""
    async with client_for(origin) as client:
        assert client._session is not None
        async with client._session.get(f"http://{host}:{origin.port}/") as answer:
            return await answer.read()


async def ask(host: str) -> tuple[bytes | BaseException, list[str]]:
    async with running() as origin:
        origin.routes["/"] = response()
        try:
            return await through_the_clients_session(origin, host), origin.heard
        except aiohttp.ClientConnectorError as error:
            return error.os_error, origin.heard


def test_a_closed_address_is_refused_at_the_socket_when_resolver_and_url_policy_are_passed_by() -> None:
    refused, heard = asyncio.run(ask(PRIVATE))
    assert isinstance(refused, PermissionError)
    assert isinstance(refused.__cause__, Refused)
    assert heard == []


def test_an_open_address_is_reached_the_same_way() -> None:
    body, heard = asyncio.run(ask(PUBLIC))
    assert body == PAGE
    assert len(heard) == 1


def test_without_a_seam_every_local_address_and_every_other_port_is_closed() -> None:
    make = judging_socket_factory(Policy())
    for address, port in (("127.0.0.1", 80), ("10.0.0.1", 443), ("169.254.169.254", 80), ("93.184.215.14", 6379)):
        with pytest.raises(PermissionError):
            make((2, 1, 6, "", (address, port)))
    seam = judging_socket_factory(Policy(extra_networks=(ip_network("10.0.0.0/8"),)))
    seam((2, 1, 6, "", ("10.0.0.1", 443))).close()
