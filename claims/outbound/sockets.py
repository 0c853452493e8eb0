"""The last check: whatever a URL, a resolver or a library made of a name, no socket opens to a closed address."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import ip_address

from aiohttp.connector import AddrInfoType

from claims.outbound.policy import Policy, Refused, judge_endpoint


def judging_socket_factory(policy: Policy) -> Callable[[AddrInfoType], socket.socket]:
    """A socket factory for the connector. A refusal travels as the cause of an OSError, which the connector expects."""

    def make(info: AddrInfoType) -> socket.socket:
        family, kind, proto, _, where = info
        try:
            judge_endpoint(ip_address(str(where[0]).partition("%")[0]), int(where[1]), policy)
        except Refused as refusal:
            raise PermissionError(13, "address refused") from refusal
        made = socket.socket(family=family, type=kind, proto=proto)
        made.setblocking(False)
        return made

    return make
