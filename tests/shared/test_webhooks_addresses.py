"""Webhooks cannot reach inside: by no spelling of an address, by no change of mind of a name."""

import asyncio
from collections.abc import Sequence

import pytest

from shared.webhooks.addresses import (
    AddressRefused,
    Network,
    WebhookUrlRefused,
    checked_address,
    resolved,
    target_of,
)
from shared.webhooks.sending import PLAIN, post
from tests.shared.receiving import receiver

OUTSIDE = "93.184.216.34"
INNER = """
127.0.0.1 127.0.0.53 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1
100.127.255.254 169.254.169.254 169.254.0.1 172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1
192.168.0.1 192.168.255.255 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255
240.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254
::127.0.0.1 ::10.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 2002:7f00:1::
2002:a00:1:: 2001:0:1::1 2001:db8::1 fc00::1 fd00::1 fdff:ffff::1 fe80::1 fe80::1%eth0 fec0::1
ff02::1 ff0e::1 100::1
""".split()  # noqa: SIM905
SPELLED = """
http://hooks.example.cn/ ftp://hooks.example.cn/ file:///etc/passwd gopher://hooks.example.cn/
//hooks.example.cn/ hooks.example.cn https:///x https://:443/ https://user@hooks.example.cn/
https://user:secret@hooks.example.cn/ https://hooks.example.cn@127.0.0.1/
https://hooks.example.cn:80/ https://hooks.example.cn:22/ https://hooks.example.cn:8443/
https://hooks.example.cn:0/ https://hooks.example.cn:99999/ https://hooks.example.cn:x/
https://hooks.example.cn/#fragment https://例子.cn/ https://hooks.example.cn\\@127.0.0.1/
https://hooks_example.cn/ https://[::1 https://[v1.x]/ https://hooks%2eexample.cn/
javascript:alert(1) data:text/plain,x https://127.0.0.1/ https://10.0.0.1/ https://[::1]/
https://[fe80::1]/ https://[::ffff:127.0.0.1]/ https://[fd00::1]/
https://169.254.169.254/latest/ https://192.168.1.1/ https://[2002:7f00:1::]/ https://0.0.0.0/
https://255.255.255.255/ https://[ff02::1]/ https://100.64.0.1/ https://[64:ff9b::7f00:1]/
""".split()  # noqa: SIM905
WHITE = ["https://hooks.example.cn/a b", "https://hooks.example.cn/\r\nX: y", "https://a\tb.cn/"]
# What the machine's own resolver makes of these, it must find out itself.
NUMBERED = ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0x7f.1", "localhost"]


def says(*addresses: str) -> "Resolver":
    """A resolver that always answers the same."""
    return Resolver([addresses])


class Resolver:
    """A resolver that changes its mind: one answer after the other, the last one stays."""

    def __init__(self, answers: Sequence[Sequence[str]]) -> None:
        """Answer these."""
        self.answers = list(answers)
        self.asked = 0

    async def __call__(self, _host: str, _port: int) -> Sequence[str]:
        """Answer."""
        self.asked += 1
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.mark.parametrize("address", INNER)
async def test_a_name_that_leads_inside_is_refused(address: str) -> None:
    target = target_of("https://hooks.example.cn/abacus", "public")
    for resolver in (says(address), says(OUTSIDE, address), says(address, OUTSIDE)):
        with pytest.raises(AddressRefused):
            await checked_address(target, "public", resolver)


@pytest.mark.parametrize("url", SPELLED + WHITE)
def test_a_url_that_is_no_https_url_of_a_host_outside_is_refused(url: str) -> None:
    with pytest.raises(WebhookUrlRefused) as refused:
        target_of(url, "public")
    assert refused.value.pointer == "/url"
    assert refused.value.remedy


@pytest.mark.parametrize("host", NUMBERED)
async def test_an_address_in_disguise_is_seen_through_once_resolved(host: str) -> None:
    target = target_of(f"https://{host}/", "public")
    with pytest.raises(AddressRefused):
        await checked_address(target, "public", resolved)


@pytest.mark.parametrize("address", [OUTSIDE, "2606:2800:220:1:248:1893:25c8:1946", "8.8.8.8"])
async def test_outside_is_reached_by_one_look_at_the_name(address: str) -> None:
    resolver = says(address)
    target = target_of("https://hooks.example.cn/abacus?x=1", "public")
    assert await checked_address(target, "public", resolver) == address
    assert (target.path, target.authority) == ("/abacus?x=1", "hooks.example.cn")
    assert resolver.asked == 1


@pytest.mark.parametrize("address", ["169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "::"])  # noqa: S104
async def test_in_a_closed_network_too_nobody_reaches_where_machines_keep_credentials(
    address: str,
) -> None:
    target = target_of("http://metadata.local/", "private")
    with pytest.raises(AddressRefused):
        await checked_address(target, "private", says(address))


@pytest.mark.parametrize("network", ["public", "private"])
async def test_a_name_without_address_is_refused(network: Network) -> None:
    target = target_of("https://nowhere.example.cn/", network)
    with pytest.raises(AddressRefused):
        await checked_address(target, network, says())


async def test_a_name_that_changes_its_mind_gains_nothing() -> None:
    """First outside, a moment later inside: the checked address is the one that is connected to."""
    async with receiver() as sentinel:
        resolver = Resolver([["127.0.0.1"], ["10.0.0.1"]])
        target = target_of(f"http://hooks.example.cn:{sentinel.port}/x", "private")
        address = await checked_address(target, "private", resolver)
        answered = await post(target, address, {}, b"{}", terms=PLAIN)
        assert (answered.status, resolver.asked, sentinel.connections) == (204, 1, 1)
        assert sentinel.got[0].headers["host"] == f"hooks.example.cn:{sentinel.port}"


async def test_a_refused_address_sees_no_connection() -> None:
    async with receiver() as sentinel:
        target = target_of("https://hooks.example.cn/", "public")
        for address in INNER:
            with pytest.raises(AddressRefused):
                await checked_address(target, "public", says(address))
        await asyncio.sleep(0)
        assert sentinel.connections == 0
