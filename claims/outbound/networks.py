"""Networks no request may reach. `ipaddress.is_global` alone is not enough: it differs between Python versions."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# network -> reason code; the first hit names the reason, so narrower networks come first
_CLOSED_V4 = (
    ("0.0.0.0/8", "this_network"),
    ("10.0.0.0/8", "private_network"),
    ("100.64.0.0/10", "shared_network"),  # carrier NAT, and the metadata service of one cloud
    ("127.0.0.0/8", "loopback"),
    ("168.63.129.16/32", "metadata_service"),
    ("169.254.0.0/16", "link_local"),  # with most clouds' metadata service
    ("172.16.0.0/12", "private_network"),
    ("192.0.0.0/24", "protocol_network"),
    ("192.0.2.0/24", "documentation_network"),
    ("192.88.99.0/24", "transition_network"),  # 6to4 relays
    ("192.168.0.0/16", "private_network"),
    ("198.18.0.0/15", "benchmark_network"),
    ("198.51.100.0/24", "documentation_network"),
    ("203.0.113.0/24", "documentation_network"),
    ("255.255.255.255/32", "broadcast"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved_network"),
)
_CLOSED_V6 = (
    ("::/128", "this_network"),
    ("::1/128", "loopback"),
    ("::/96", "embedded_ipv4"),  # IPv4-compatible
    ("::ffff:0:0/96", "embedded_ipv4"),  # IPv4-mapped
    ("::ffff:0:0:0/96", "embedded_ipv4"),  # IPv4-translated
    ("64:ff9b::/96", "embedded_ipv4"),  # NAT64
    ("64:ff9b:1::/48", "embedded_ipv4"),
    ("100::/64", "discard_network"),
    ("100:0:0:1::/64", "discard_network"),
    ("2001::/32", "transition_network"),  # Teredo
    ("2001:2::/48", "benchmark_network"),
    ("2001:10::/28", "protocol_network"),
    ("2001:20::/28", "protocol_network"),
    ("2001::/23", "protocol_network"),
    ("2001:db8::/32", "documentation_network"),
    ("2002::/16", "transition_network"),  # 6to4
    ("3fff::/20", "documentation_network"),
    ("5f00::/16", "protocol_network"),  # segment routing
    ("fc00::/7", "private_network"),
    ("fe80::/10", "link_local"),
    ("fec0::/10", "private_network"),
    ("ff00::/8", "multicast"),
)
CLOSED: tuple[tuple[Network, str], ...] = tuple((ip_network(net), why) for net, why in _CLOSED_V4 + _CLOSED_V6)
_UNICAST_V6 = IPv6Network("2000::/3")  # all that has been handed out for the public internet


def closed_because(address: Address) -> str | None:
    """The reason code why `address` is not on the public internet, or None when it is."""
    if isinstance(address, IPv6Address) and address.scope_id:
        return "link_local"
    for network, why in CLOSED:
        if address.version == network.version and address in network:
            return why
    if isinstance(address, IPv6Address) and address not in _UNICAST_V6:
        return "reserved_network"
    return None if address.is_global else "reserved_network"
