"""Where a request comes from, and that nobody can say so for themselves."""

import pytest
from pydantic import ValidationError

from shared.http.addresses import Gateways, whose
from shared.settings import ServiceSettings

GATEWAYS = Gateways(("172.31.240.0/24", "10.0.0.7", "fd00::/8"))
GATEWAY = "172.31.240.9"


def told(*lines: str) -> list[tuple[bytes, bytes]]:
    """The headers that a gateway or a liar sends."""
    return [(b"accept", b"*/*"), *((b"x-forwarded-for", line.encode()) for line in lines)]


@pytest.mark.parametrize(
    ("peer", "believed"),
    [(GATEWAY, True), ("10.0.0.7", True), ("fd00::9", True), ("::ffff:10.0.0.7", True),
     ("10.0.0.8", False), ("203.0.113.7", False), ("unknown", False), ("", False)],
)  # fmt: skip
def test_a_gateway_is_an_address_or_lies_in_a_network(peer: str, *, believed: bool) -> None:
    assert GATEWAYS.believes(peer) is believed
    assert Gateways().believes(peer) is False


@pytest.mark.parametrize(
    ("lines", "client"),
    [
        (["203.0.113.7"], "203.0.113.7"),
        (["203.0.113.7:4711"], "203.0.113.7"),
        (["[2001:db8::1]:4711"], "2001:db8::1"),
        (["2001:db8::1"], "2001:db8::1"),
        # What the client itself said stands before what the gateway heard.
        (["198.51.100.1, 203.0.113.7"], "203.0.113.7"),
        (["198.51.100.1", "203.0.113.7"], "203.0.113.7"),
        # Two gateways one after the other.
        (["198.51.100.1, 203.0.113.7, 10.0.0.7"], "203.0.113.7"),
        # What no gateway would write leads no further than to who wrote it.
        (["203.0.113.7, who knows"], GATEWAY),
        (["203.0.113.7, who knows, 10.0.0.7"], "10.0.0.7"),
        ([""], GATEWAY),
        ([], GATEWAY),
    ],
)
def test_a_gateway_says_whom_it_heard(lines: list[str], client: str) -> None:
    assert GATEWAYS.client(GATEWAY, told(*lines)) == client


def test_ipv4_counts_whole_and_ipv6_by_its_network() -> None:
    assert whose("203.0.113.7") != whose("203.0.113.8")
    assert whose("2001:db8:0:1::1") == whose("2001:db8:0:1:ffff::2") == "2001:db8:0:1::/64"
    assert whose("2001:db8:0:1::1") != whose("2001:db8:0:2::1")
    assert whose("::ffff:203.0.113.7") == whose("203.0.113.7")
    assert whose("fe80::1%eth0") == "fe80::/64"
    assert whose("testclient") == "testclient"


def test_gateways_come_with_commas_between_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ServiceSettings().gateways == ()
    monkeypatch.setenv("ABACUS_GATEWAYS", "172.31.240.0/24, 10.0.0.7")
    assert ServiceSettings().gateways == ("172.31.240.0/24", "10.0.0.7")


def test_a_gateway_that_is_no_address_is_refused_at_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ABACUS_GATEWAYS", "gateway.example")
    with pytest.raises(ValidationError, match=r"gateway\.example"):
        ServiceSettings()
