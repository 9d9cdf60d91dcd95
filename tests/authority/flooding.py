"""A served process that is besieged, and those who only want an answer meanwhile."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import psutil

from shared.http.issuer import Bearer, Issuer
from shared.http.policy import Role
from shared.settings import ServiceSettings
from tests.authority.flood_clients import BULKS
from tests.authority.flood_process import ADDRESS, Flooding
from tests.authority.wire import Seen, ask, connected, request
from tests.targets.own_process import Serving

REGION: Final = "653101"
OTHERS: Final = 30
PERSONS: Final = 3
HAMMERS: Final = 150
LARGE: Final = 4
CONNECTIONS_MAX: Final = 180
PER_SECOND: Final = 2
LIMITS: Final[Mapping[str, int]] = {
    "connections_max": CONNECTIONS_MAX,
    "requests_per_second_max": PER_SECOND,
    "requests_burst_seconds": 1,
    "address_requests_per_second_max": PER_SECOND,
    "address_requests_burst_seconds": 1,
}
"""Small ones, so that a flood is one on any machine."""


class Besieged(Serving):
    """The service as it is served, with the limits that a story needs."""

    def __init__(self, folder: Path, database_url: str, **limits: int) -> None:
        """Nothing runs before `start`."""
        super().__init__(folder, database_url)
        self._windows = 0
        given = {f"ABACUS_{name.upper()}": str(value) for name, value in limits.items()}
        self._variables: Mapping[str, str] = {**self._variables, **given}
        self._issuer = Issuer.of(ServiceSettings.model_validate({"data_dir": folder / "data"}))

    def token(self, subject: str, region: str = REGION) -> str:
        """Somebody of the bureau, by name."""
        bearer = Bearer(subject=subject, roles=[Role.FB_LEADER], region_code=region)
        return self._issuer.mint(bearer)

    @property
    def processor_seconds(self) -> float:
        """What the process has used of a processor."""
        return sum(psutil.Process(self.pid).cpu_times()[:2])

    def forget_peak(self) -> None:
        """The most memory is the most from now on (proc(5): clear_refs)."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5", encoding="ascii")

    async def window(self, name: str, seen: Seen) -> None:
        """What others are answered for a while, three at a time; nobody asks often."""
        self._windows += 1
        persons = (self._asks(f"{name} {number}", number, seen) for number in range(PERSONS))
        await asyncio.gather(*persons)

    async def _asks(self, name: str, number: int, seen: Seen) -> None:
        """People who ask one after the other, each from where they are."""
        for person in range(OTHERS):
            async with connected(
                self.port, f"127.{self._windows % 250 + 1}.{number}.{person + 1}"
            ) as streams:
                sent = request("GET", "/v1/regions?limit=5", self.token(f"{name} {person}"))
                seen.note(await ask(streams, sent))


def principal(besieged: Besieged, many: int = HAMMERS) -> Flooding:
    """One principal on many connections."""
    sent = request("GET", "/v1/regions?limit=200", besieged.token("flooder"))
    return Flooding("hammer", besieged.port, [(sent,)] * many)


def stranger(besieged: Besieged, many: int = HAMMERS) -> Flooding:
    """One address without a token on many connections."""
    return Flooding("hammer", besieged.port, [(request("GET", "/v1/vocabulary"),)] * many)


def forger(besieged: Besieged, many: int = HAMMERS) -> Flooding:
    """One address on many connections, with a token that somebody else has signed."""
    head, claims, signed = besieged.token("forger").split(".")
    wrong = ".".join((head, claims, signed[::-1]))
    sent = request("GET", "/v1/regions?limit=200", wrong)
    return Flooding("hammer", besieged.port, [(sent,)] * many)


def slow_heads(besieged: Besieged, many: int, address: str = ADDRESS) -> Flooding:
    """Requests that never come to the end of their head."""
    return _slow(besieged, many, "x-slow: ", address)


def slow_bodies(besieged: Besieged, many: int, address: str = ADDRESS) -> Flooding:
    """Requests that never come to the end of their body."""
    return _slow(besieged, many, "\r\n", address)


def _slow(besieged: Besieged, many: int, end: str, address: str) -> Flooding:
    heads = [
        request("POST", "/v1/regions", besieged.token(f"slow {number}"))
        .replace(b"length: 0", b"length: 9000")
        .replace(b"\r\n\r\n", f"\r\n{end}".encode())
        for number in range(many)
    ]
    return Flooding("drip", besieged.port, [(head,) for head in heads], address)


def bulks(besieged: Besieged, many: int = LARGE, kinds: Sequence[str] = BULKS) -> Flooding:
    """Bodies that are far too large or too deep, each from a principal of its own."""
    clients = [
        (_head(kind, besieged.token(f"{kind} {number}")), kind)
        for kind in kinds
        for number in range(many)
    ]
    return Flooding("bulk", besieged.port, clients)


def _head(kind: str, token: str) -> bytes:
    if kind == "upload":
        head = request("POST", "/v1/imports?operation=register_region", token)
        return head.replace(b"application/json", b"application/x-ndjson")
    more = ["transfer-encoding: chunked"] if kind == "chunked" else []
    return request("POST", "/v1/regions", token, b"", *more)
