"""No request ever reaches a closed address, however it is spelled."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from claims.outbound.networks import CLOSED, closed_because
from claims.outbound.policy import Policy, Refused, judge_address, judge_endpoint, judge_url
from claims.outbound.reasons import known, sentence
from tests.claims.outbound.spellings import ALLOWED, REFUSED

PUBLIC = Policy()
DEVELOPMENT = Policy(local_site=("127.0.0.1", 8123))


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert sum(map(len, REFUSED.values())) >= 220


@pytest.mark.parametrize(("code", "url"), [(code, url) for code, urls in REFUSED.items() for url in urls])
def test_a_closed_or_crooked_address_is_refused_with_its_reason(code: str, url: str) -> None:
    with pytest.raises(Refused) as refused:
        judge_url(url, PUBLIC)
    assert refused.value.code == code


@pytest.mark.parametrize(("url", "asked"), ALLOWED.items())
def test_an_honest_address_is_allowed_in_one_spelling(url: str, asked: str) -> None:
    target = judge_url(url, PUBLIC)
    assert target.url == asked
    assert judge_url(asked, PUBLIC) == target, "judging the result again changes nothing"


@pytest.mark.parametrize("code", REFUSED)
def test_every_reason_has_a_sentence_in_both_languages(code: str) -> None:
    assert known(code)
    words = sentence(f"{code}: about something")
    assert words["en"].endswith(".")
    assert words["th"]
    assert not words["th"].isascii()


def test_a_refusal_explains_itself() -> None:
    with pytest.raises(Refused, match="loopback") as refused:
        judge_url("http://127.0.0.1/", PUBLIC)
    assert refused.value.sentence["en"] == "The address leads back to this machine."


def test_the_development_site_is_exactly_one_origin() -> None:
    assert judge_url("http://127.0.0.1:8123/report", DEVELOPMENT).is_local_site
    for url in (
        "http://127.0.0.1:8124/report", "https://127.0.0.1:8123/report", "http://127.0.0.2:8123/", "http://localhost:8123/",
        "http://127.0.0.1/", "http://[::1]:8123/", "http://x@127.0.0.1:8123/", "http://127.1:8123/",
    ):  # fmt: skip
        with pytest.raises(Refused):
            judge_url(url, DEVELOPMENT)
    judge_endpoint(ip_address("127.0.0.1"), 8123, DEVELOPMENT)
    with pytest.raises(Refused):
        judge_endpoint(ip_address("127.0.0.1"), 80, DEVELOPMENT)


def test_the_seam_opens_a_network_and_a_port_and_nothing_else() -> None:
    seam = Policy(extra_networks=(ip_network("127.0.0.0/26"),), extra_ports=frozenset({18080}))
    assert judge_url("http://127.0.0.2:18080/", seam).port == 18080
    for url in (
        "http://127.0.0.66:18080/",
        "http://127.0.0.2:18081/",
        "http://10.0.0.1:18080/",
        "http://localhost:18080/",
    ):
        with pytest.raises(Refused):
            judge_url(url, seam)


@given(st.ip_addresses(v=4))
def test_what_python_calls_private_is_closed(address: IPv4Address | IPv6Address) -> None:
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert closed_because(address)


@given(st.sampled_from(CLOSED), st.data())
def test_every_address_of_a_closed_network_is_closed(entry: tuple[object, str], data: st.DataObject) -> None:
    network = ip_network(str(entry[0]))
    offset = data.draw(st.integers(0, network.num_addresses - 1))
    with pytest.raises(Refused):
        judge_address(network[offset], PUBLIC)


@given(st.text(alphabet="htps:/\\.@[]%?#0123456789xabcfel-_ \t\u3002\uff0e\u0e01", max_size=40).map("http://".__add__))
def test_whatever_is_allowed_reads_alike_to_three_parsers(url: str) -> None:
    try:
        target = judge_url(url, PUBLIC)
    except Refused:
        return
    host = target.host.strip("[]")
    assert urlsplit(target.url).hostname == host
    assert URL(target.url, encoded=True).raw_host == host
    assert target.url.isascii()
    assert not set(target.url) & set(" \\\t\r\n")


@given(st.integers(0, 2**32 - 1))
def test_no_short_or_foreign_spelling_of_any_ipv4_address_passes(number: int) -> None:
    a, b, c, d = IPv4Address(number).packed
    dotted = f"{a}.{b}.{c}.{d}"
    short = (str(number), hex(number), f"0{number:o}", f"{a}.{number & 0xFFFFFF}", f"{a}.{b}.{number & 0xFFFF}")
    mixed = (f"0x{a:x}.{b}.{c}.{d}", f"0{a:o}.{b}.{c}.{d}", f"{a}.{b}.{c}.0x{d:x}", f"{dotted}.")
    hidden = (f"[::ffff:{dotted}]", f"[64:ff9b::{dotted}]", f"[2002:{a:02x}{b:02x}:{c:02x}{d:02x}::]", f"[::{dotted}]")
    for spelling in (*short, *mixed, *hidden):
        with pytest.raises(Refused):
            judge_url(f"http://{spelling}/", PUBLIC)
