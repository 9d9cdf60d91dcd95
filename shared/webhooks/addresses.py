"""Where a webhook may go: an address outside, checked after its name was resolved.

A name is resolved once; every address it has must be permitted, and the one that is connected to
is one of those. A name that resolves differently the next moment gains nothing (`reliability`
API7, S9). `public` is the rule: https on its own port. `private` is for a network that is closed
as a whole, and for tests: http and inner addresses, but never link-local ones, where machines
keep their own credentials.
"""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final, Literal
from urllib.parse import urlsplit

from shared.domain.refusals import Invalid

URL_CHARACTERS_MAX: Final = 2_000
_PORTS: Final = {"https": 443, "http": 80}
_PRINTED: Final = re.compile(r"[\x21-\x7e]+")
_HOST: Final = re.compile(r"[A-Za-z0-9.-]+|[0-9A-Fa-f:.]+")
_TRANSLATED: Final = (  # what carries an IPv4 address that we would not see
    IPv6Network("::ffff:0:0/96"),
    IPv6Network("::/96"),
    IPv6Network("64:ff9b::/96"),
    IPv6Network("64:ff9b:1::/48"),
    IPv6Network("2002::/16"),
    IPv6Network("2001::/32"),
)

type Network = Literal["public", "private"]
type Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
type Address = IPv4Address | IPv6Address


class WebhookUrlRefused(Invalid):
    """A webhook goes to an https address outside, without a name or a password in it."""

    title_zh = "回调地址须为外部 https 地址，且不得含用户名或密码"


class AddressRefused(Exception):
    """The name leads to an address that webhooks do not go to; nothing was connected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A checked URL in its parts."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """What the `Host` header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(url: str, network: Network) -> Target:
    """The parts of a URL that may be subscribed with; raises what is wrong with it."""
    if len(url) > URL_CHARACTERS_MAX or _PRINTED.fullmatch(url) is None:
        raise _refused("it is too long or has characters that a URL cannot have")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _refused("it cannot be read") from None
    scheme, host = parts.scheme.lower(), parts.hostname or ""
    if scheme not in ({"https"} if network == "public" else _PORTS):
        raise _refused("it is not https")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise _refused("it carries a name or a password")
    if parts.fragment or _HOST.fullmatch(host) is None:
        raise _refused("its host is no name and no address")
    if network == "public" and port not in {None, _PORTS["https"]}:
        raise _refused("its port is not 443")
    path = parts.path or "/"
    query = f"?{parts.query}" if parts.query else ""
    target = Target(scheme=scheme, host=host, port=port or _PORTS[scheme], path=f"{path}{query}")
    literal = _literal(host)
    if literal is None and "[" in parts.netloc:
        raise _refused("its host is no name and no address")
    if literal is not None and not permitted(literal, network):
        raise _refused("its address is an inner one")
    return target


def _refused(why: str) -> WebhookUrlRefused:
    return WebhookUrlRefused(
        f"The URL is refused: {why}.",
        pointer="/url",
        remedy="Give an https URL of a host that is reachable from outside, on port 443.",
    )


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def permitted(address: Address, network: Network) -> bool:
    """Whether a webhook may be connected to this address."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return permitted(address.ipv4_mapped, network)
        if address != _LOOPBACK_6 and any(address in net for net in _TRANSLATED):
            return False
        if network == "public" and address not in _GLOBAL_6:
            return False
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        return False
    if network == "private":
        return not (isinstance(address, IPv4Address) and address == _BROADCAST)
    return address.is_global


_LOOPBACK_6: Final = IPv6Address("::1")
_GLOBAL_6: Final = IPv6Network("2000::/3")  # the only space that is given out
_BROADCAST: Final = IPv4Address("255.255.255.255")


async def checked_address(target: Target, network: Network, resolve: Resolve) -> str:
    """One address of a target, after every address it has was found to be permitted."""
    found = await resolve(target.host, target.port)
    addresses = [ip_address(one.partition("%")[0]) for one in found]
    if not addresses:
        raise AddressRefused(f"{target.host} has no address")
    for address in addresses:
        if not permitted(address, network):
            raise AddressRefused(f"{target.host} leads to an inner address")
    return str(addresses[0])


async def resolved(host: str, port: int) -> Sequence[str]:
    """Every address a name has, as the machine resolves it."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]
