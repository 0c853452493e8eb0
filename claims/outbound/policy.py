"""Whether an address may be asked for anything at all. Pure: text in, `Target` out, or `Refused` with a reason.

The shape is judged before anything is parsed by somebody else's parser: two URL parsers that disagree are a hole.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote

import idna

from claims.outbound.networks import Address, Network, closed_because
from claims.outbound.reasons import sentence

MAX_URL = 8_192
PORTS = frozenset({80, 443})
_DEFAULT_PORT = {"http": 80, "https": 443}
_LOCAL_SUFFIXES = ("localhost", "local", "internal", "lan", "home.arpa", "onion", "svc", "localdomain")

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER_LIKE = re.compile(r"[0-9]+|0x[0-9a-f]*")
_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_DOTTED_QUAD = re.compile(rf"(?:{_OCTET}\.){{3}}{_OCTET}")
_PATH_SAFE = "/:@!$&'()*+,;=~-._%"
_HOST_NAME = re.compile(r"[a-z0-9._\-]+")


class Refused(Exception):
    """The policy says no. `code` is stable, `sentence` is for people: `{"en": …, "th": …}`."""

    def __init__(self, code: str, about: str = "") -> None:
        super().__init__(f"{code}: {about}" if about else code)
        self.code = code
        self.about = about

    @property
    def sentence(self) -> dict[str, str]:
        """One clear sentence in each language."""
        return sentence(self.code)


@dataclass(frozen=True, slots=True)
class Policy:
    """What differs between installations. Everything but the defaults is a seam for tests and development."""

    extra_networks: tuple[Network, ...] = ()
    extra_ports: frozenset[int] = frozenset()
    local_site: tuple[str, int] | None = None  # exactly one origin, http, development only


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that may be resolved: every part normalised and judged, `host` ASCII in lower case."""

    url: str
    scheme: str
    host: str
    port: int
    literal: Address | None
    is_local_site: bool = False


def judge_url(url: str, policy: Policy) -> Target:
    """Judge the shape of `url`, and its address when the host is one. Raises `Refused`."""
    _judge_characters(url)
    scheme, authority, rest = _split(url)
    host, port = _host_and_port(authority, scheme)
    if scheme == "http" and policy.local_site == (host, port):
        return Target(_join(scheme, host, port, rest), scheme, host, port, IPv4Address(host), is_local_site=True)
    literal: Address | None
    if host.startswith("["):
        literal = _ipv6(host)
        host = f"[{literal.compressed}]"
    else:
        host, literal = _name_or_ipv4(host)
    if literal is not None:
        judge_address(literal, policy)
    if port not in PORTS and port not in policy.extra_ports:
        raise Refused("port_not_allowed", str(port))
    return Target(_join(scheme, host, port, rest), scheme, host, port, literal)


def judge_address(address: Address, policy: Policy) -> None:
    """Refuse an address that is not on the public internet. Raises `Refused`."""
    if any(address.version == net.version and address in net for net in policy.extra_networks):
        return
    if why := closed_because(address):
        raise Refused(why, str(address))


def judge_endpoint(address: Address, port: int, policy: Policy) -> None:
    """Judge what a socket is about to connect to: the last check, after every parser and resolver. Raises `Refused`."""
    if policy.local_site == (str(address), port):
        return
    if port not in PORTS and port not in policy.extra_ports:
        raise Refused("port_not_allowed", str(port))
    judge_address(address, policy)


def _judge_characters(url: str) -> None:
    if not url:
        raise Refused("empty")
    if len(url) > MAX_URL:
        raise Refused("too_long")
    for char in url:
        if char == "\\":
            raise Refused("backslash")
        kind = unicodedata.category(char)
        if char == " " or kind in ("Zs", "Zl", "Zp"):
            raise Refused("space")
        if kind in ("Cc", "Cf", "Cs", "Co", "Cn"):
            raise Refused("control_character", f"U+{ord(char):04X}")


def _split(url: str) -> tuple[str, str, str]:
    found = _SCHEME.match(url)
    if not found:
        raise Refused("no_scheme")
    scheme = found[1].lower()
    if scheme not in _DEFAULT_PORT:
        raise Refused("scheme_not_allowed", scheme)
    if not url.startswith("//", found.end()):
        raise Refused("no_host")
    after = url[found.end() + 2 :]
    end = min((at for mark in "/?#" if (at := after.find(mark)) >= 0), default=len(after))
    return scheme, after[:end], after[end:].split("#", 1)[0]


def _host_and_port(authority: str, scheme: str) -> tuple[str, int]:
    if not authority:
        raise Refused("no_host")
    if "@" in authority:
        raise Refused("userinfo")
    if "%" in authority:
        raise Refused("percent_in_host")
    if authority.startswith("["):
        host, bracket, tail = authority.partition("]")
        if not bracket:
            raise Refused("bad_ipv6")
        host, colon, port = host + "]", tail[:1], tail[1:]
        if tail and colon != ":":
            raise Refused("bad_port")
    else:
        host, colon, port = authority.partition(":")
    if not host:
        raise Refused("no_host")
    return host, _port(port, scheme) if colon else _DEFAULT_PORT[scheme]


def _port(port: str, scheme: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,4}", port, re.ASCII) or int(port) > 65_535:
        raise Refused("bad_port", port)
    return int(port)


def _ipv6(host: str) -> IPv6Address:
    inside = host[1:-1]
    if not re.fullmatch(r"[0-9A-Fa-f:.]+", inside, re.ASCII):
        raise Refused("bad_ipv6", inside)
    try:
        return IPv6Address(inside)
    except AddressValueError:
        raise Refused("bad_ipv6", inside) from None


def _name_or_ipv4(host: str) -> tuple[str, IPv4Address | None]:
    if unicodedata.normalize("NFKC", host) != host:
        raise Refused("lookalike_host", host)
    name = host.lower()
    if not name.isascii():
        name = _idna(name)
    last = name.removesuffix(".").rpartition(".")[2]
    if _NUMBER_LIKE.fullmatch(last):
        if not _DOTTED_QUAD.fullmatch(name):
            raise Refused("numeric_host", name)
        return name, IPv4Address(name)
    return _name(name.removesuffix(".")), None


def _idna(name: str) -> str:
    try:
        return idna.encode(name.removesuffix("."), strict=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise Refused("bad_idna", name) from None


def _name(name: str) -> str:
    if len(name) > 253 or not _HOST_NAME.fullmatch(name):
        raise Refused("bad_host", name[:80])
    labels = name.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels):
        raise Refused("bad_host", name[:80])
    if any(name == suffix or name.endswith("." + suffix) for suffix in _LOCAL_SUFFIXES):
        raise Refused("local_name", name)
    if len(labels) == 1:
        raise Refused("single_label", name)
    for label in labels:
        if label.startswith("xn--"):
            _judge_punycode(label)
    return name


def _judge_punycode(label: str) -> None:
    """An A-label must be one that IDNA 2008 would have made."""
    try:
        if idna.encode(idna.decode(label)).decode("ascii") == label:
            return
    except (idna.IDNAError, UnicodeError):
        pass
    raise Refused("bad_idna", label)


def _join(scheme: str, host: str, port: int, rest: str) -> str:
    shown = "" if port == _DEFAULT_PORT[scheme] else f":{port}"
    path, mark, query = rest.partition("?")
    # one spelling on the wire: everything outside ASCII and everything unsafe in a request line is percent-coded
    path = quote(path, safe=_PATH_SAFE)
    query = quote(query, safe=_PATH_SAFE + "?|[]{}^`")
    return f"{scheme}://{host}{shown}{path or '/'}{mark}{query}"
