"""The stage: four services over HTTP, a token for whoever acts, and the clock of the play."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

import httpx
import msgspec

from shared.http.issuer import Bearer, Issuer
from shared.http.policy import Role
from shared.http.position import Position

SERVICES: Final = ("targets", "monitoring", "evaluation", "disclosure")
SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
TOKEN_SECONDS: Final = 900
TOKEN_RENEW_SECONDS: Final = 600
IMPORT_ROWS_MAX: Final = 10_000
IMPORT_BYTES_MAX: Final = 16 * 1024 * 1024
WAIT_SECONDS: Final = 25
SILENT: Final = " without a word"
A_LIST: Final = {
    "targets": "/v1/regions?limit=1",
    "monitoring": "/v1/warnings?limit=1",
    "evaluation": "/v1/recoveries?limit=1",
    "disclosure": "/v1/disclosures?region=000000&fiscal_year=2000&limit=1",
}

type Row = Mapping[str, object]


class PlayFailed(Exception):
    """A service answered something the play does not expect; the message shows what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who acts: a role in a region, for all its units or a department's."""

    role: Role
    region_code: str
    name: str = ""
    unit_code: str | None = "*"
    department_code: str | None = None

    @property
    def subject(self) -> str:
        """One subject per person, so that four eyes are four."""
        return f"{self.role.value.lower()}-{self.region_code}{self.name and '-' + self.name}"


def line(body: Mapping[str, object], **path: object) -> Row:
    """One line of an import: path parameters and body."""
    return {"path": {name: str(value) for name, value in path.items()}, "body": body}


@dataclass(slots=True)
class Stage:
    """Everything the play can touch: HTTP and nothing else."""

    urls: Mapping[str, str]
    issuer: Issuer
    client: httpx.AsyncClient
    observer: Person
    rows_sent: int = 0
    positions: dict[str, dict[str, str]] = field(default_factory=dict)
    """The last thing written to a service, by the region whose people wrote it."""
    _tokens: dict[Person, tuple[str, datetime]] = field(default_factory=dict)
    _confirmed: set[tuple[str, str]] = field(default_factory=set)
    """Who has been asked for which position and knew it: what was heard stays heard."""

    @classmethod
    def over(cls, urls: Mapping[str, str], issuer: Issuer, region_code: str) -> Self:
        """A stage over running services; somebody of the region looks on."""
        limits = httpx.Limits(max_connections=16)
        observer = Person(role=Role.FB_PERFORMANCE, region_code=region_code)
        # Nothing is gained by packing what stays on one machine.
        plain = {"Accept-Encoding": "identity"}
        client = httpx.AsyncClient(timeout=300, limits=limits, headers=plain)
        return cls(urls, issuer, client, observer)

    async def set_clock(self, day: date, hour: int = 9) -> None:
        """Move business time of every service forward to an hour of a day in Shanghai."""
        now = datetime.combine(day, time(hour), SHANGHAI).astimezone(UTC)
        leader = Person(role=Role.SYS_ADMIN, region_code="000000", unit_code=None)
        told = {"now": now.isoformat()}
        await asyncio.gather(*(self.post(one, "/v1/clock", leader, told) for one in SERVICES))

    async def post(
        self, service: str, path: str, person: Person, body: object, **headers: str
    ) -> httpx.Response:
        """One command; anything but success ends the play."""
        response = await self.client.post(
            f"{self.urls[service]}{path}", json=body, headers=self.headers(person) | headers
        )
        return self._checked(service, response, person.region_code)

    async def get(self, service: str, path: str, person: Person | None = None) -> Any:  # noqa: ANN401 - JSON
        """One query, as new as the last thing anyone wrote to a service it depends on."""
        headers = self.headers(person) if person else {}
        response = await self.client.get(f"{self.urls[service]}{path}", headers=headers)
        return self._checked(service, response).json()

    async def pages(
        self, service: str, path: str, person: Person | None = None
    ) -> AsyncIterator[dict[str, Any]]:
        """Every item of a list, page after page."""
        url: str | None = f"{self.urls[service]}{path}"
        while url is not None:
            headers = self.headers(person) if person else {}
            response = self._checked(service, await self.client.get(url, headers=headers))
            for item in response.json()["items"]:
                yield item
            following = response.links.get("next", {}).get("url")
            url = str(response.url.join(following)) if following else None

    async def imported(
        self, service: str, operation: str, person: Person, rows: Sequence[Row]
    ) -> None:
        """Many commands of one operation, each chunk as one transaction."""
        for chunk in _chunks(rows):
            response = await self.client.post(
                f"{self.urls[service]}/v1/imports",
                params={"operation": operation, "accept": "true"},
                content=chunk,
                headers=self.headers(person) | {"Content-Type": "application/x-ndjson"},
            )
            self._checked(service, response, person.region_code)
        self.rows_sent += len(rows)

    async def heard(self, hearer: str, *speakers: str, region_code: str | None = None) -> None:
        """Wait until a service has heard what was last written to the others (or to itself).

        With a region: what its people wrote, whatever others are still writing.
        """
        said = [
            position
            for speaker in speakers
            for region, position in self.positions.get(speaker, {}).items()
            if region_code in (None, region.removesuffix(SILENT))
            and (hearer, position) not in self._confirmed
        ]
        for position in said:
            waiting = {"Abacus-At-Least": position, "Prefer": f"wait={WAIT_SECONDS}"}
            response = await self._list(hearer, waiting)
            while response.status_code == httpx.codes.SERVICE_UNAVAILABLE:
                response = await self._list(hearer, waiting)
            self._checked(hearer, response)
            self._confirmed.add((hearer, position))

    async def _list(self, service: str, headers: dict[str, str]) -> httpx.Response:
        return await self.client.get(
            f"{self.urls[service]}{A_LIST[service]}",
            headers=self.headers(self.observer) | headers,
        )

    def headers(self, person: Person) -> dict[str, str]:
        """A bearer token for somebody, minted anew before it expires."""
        now = datetime.now(UTC)
        known = self._tokens.get(person)
        if known is None or known[1] < now:
            bearer = Bearer(
                subject=person.subject,
                roles=[person.role],
                region_code=person.region_code,
                unit_code=person.unit_code,
                department_code=person.department_code,
            )
            known = (
                self.issuer.mint(bearer, seconds=TOKEN_SECONDS),
                now + timedelta(seconds=TOKEN_RENEW_SECONDS),
            )
            self._tokens[person] = known
        return {"Authorization": f"Bearer {known[0]}"}

    def _checked(
        self, service: str, response: httpx.Response, region_code: str = ""
    ) -> httpx.Response:
        if response.is_error:
            asked = f"{response.request.method} {response.request.url}"
            message = f"{service}: {asked} answered {response.status_code}: {response.text[:2000]}"
            raise PlayFailed(message)
        position = response.headers.get("Abacus-Position")
        if position is not None:
            # Others hear words alone: what was written without one does not hide the last word.
            silent = SILENT if Position.read(position).said == 0 else ""
            self.positions.setdefault(service, {})[f"{region_code}{silent}"] = position
        return response


def _chunks(rows: Sequence[Row]) -> Iterable[bytes]:
    chunk: list[bytes] = []
    size = 0
    for row in rows:
        text = msgspec.json.encode(row)
        if len(chunk) == IMPORT_ROWS_MAX or size + len(text) > IMPORT_BYTES_MAX:
            yield b"\n".join(chunk)
            chunk, size = [], 0
        chunk.append(text)
        size += len(text) + 1
    if chunk:
        yield b"\n".join(chunk)
