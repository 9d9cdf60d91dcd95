"""Where a request comes from: from whoever connects, or from whom a gateway names that is believed.

`X-Forwarded-For` is a list to which every gateway adds whom it heard; anybody can begin one. So it
is read from its end, and only as far as gateways of the settings have written it.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

ADDRESSES_MAX: Final = 20_000
NOBODY: Final = "unknown"
NETWORK_BITS: Final = 64
"""A household or a machine has a whole network of this size (RFC 6177)."""


class Gateways:
    """Whose word is taken for where a request comes from."""

    def __init__(self, named: Sequence[str] = ()) -> None:
        """Addresses, and networks like `10.1.0.0/16`."""
        networks = [ip_network(one, strict=False) for one in named]

        def believes(host: str) -> bool:
            address = _address(host)
            return address is not None and any(address in network for network in networks)

        self.any = bool(networks)
        self.believes = lru_cache(1_024)(believes) if networks else lambda _: False

    def client(self, peer: str, headers: Iterable[tuple[bytes, bytes]]) -> str:
        """From where the request comes that a believed peer has brought with these headers."""
        told = b",".join(text for name, text in headers if name == b"x-forwarded-for")
        found = peer
        while told:
            told, _, last = told.rpartition(b",")
            host = _host(last.strip().decode("latin-1"))
            if host is None:
                break
            found = host
            if not self.believes(host):
                break
        return found


@lru_cache(ADDRESSES_MAX)
def whose(host: str) -> str:
    """The name under which what one client does is counted: IPv4 whole, IPv6 by its network."""
    address = _address(host)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, NETWORK_BITS), strict=False))
    return host if address is None else str(address)


def _address(host: str) -> IPv4Address | IPv6Address | None:
    """An address; one of IPv4 that is written as one of IPv6 is what it was."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def _host(told: str) -> str | None:
    """What a gateway wrote, without the port that some add; nothing where it is no address."""
    if told.startswith("["):
        told = told[1:].partition("]")[0]
    elif told.count(":") == 1:
        told = told.partition(":")[0]
    return told if _address(told) is not None else None
