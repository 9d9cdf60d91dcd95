"""Who asks for what: a story of an adjustment, and payers and holders who know nothing of it.

Nobody believes a lost answer: it is asked again under the same key, of another process, until
there is one.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final, cast

from services.monitoring.domain.ledger.commands import FreezeQuota, SettlePayment
from shared.asking import Answer, Ask
from shared.domain.refusals import Refusal
from shared.eventstore import VersionConflict
from tests.adjustments.saga import NOW, PROJECTS, Story
from tests.simulation.county import County, Premises
from tests.targets.stories import yuan

if TYPE_CHECKING:
    from tests.crashing.saga import World

AGAIN_SECONDS: Final = 0.2
PATIENCE_SECONDS: Final = 240.0
UNKNOWN: Final = (ConnectionError, TimeoutError, VersionConflict)
SMALL: Final = yuan("1")


class NeverAnswered(Exception):
    """Somebody asked again and again, and was neither answered nor refused."""


@dataclass(slots=True)
class Asker:
    """One service as one person reaches it during one act."""

    premises: Premises
    act: str
    asked: int = 0

    async def ask(self, *commands: object, by: str, now: datetime) -> Answer:
        """Until it is answered; a refusal is raised."""
        self.asked += 1
        key = f"{self.act}/{self.premises.service.name}/{self.asked}"
        ask = Ask(
            commands=commands,
            actor=by,
            unit="",
            now=now,
            correlation_id=key,
            causation_id=key,
            key=key,
            fingerprint=sha256(repr(commands).encode()).digest(),
        )
        chance = self.premises.trouble.chance
        while True:
            try:
                if self.premises.trouble.strikes("asked twice at once", 0.1):
                    return await self._twice(ask)
                return await self.premises.ask(ask)
            except UNKNOWN:
                await asyncio.sleep(chance.uniform(0, AGAIN_SECONDS))

    async def _twice(self, ask: Ask) -> Answer:
        """Two impatient clicks: whichever is answered is the answer of both."""
        both = await asyncio.gather(
            self.premises.ask(ask), self.premises.ask(ask), return_exceptions=True
        )
        answered = [one for one in both if isinstance(one, Answer)]
        for other in both:
            if isinstance(other, BaseException) and not isinstance(other, (*UNKNOWN, Refusal)):
                raise other
        assert len({(one.stream, one.version) for one in answered}) <= 1, both
        if answered:
            return answered[0]
        raise next(one for one in both if isinstance(one, BaseException))


@dataclass(slots=True)
class People:
    """Everybody who wants something, and what they were told."""

    county: County
    story: Story
    settled: dict[str, list[str]] = field(default_factory=lambda: {code: [] for code in PROJECTS})
    held: dict[str, list[str]] = field(default_factory=lambda: {code: [] for code in PROJECTS})
    refused: int = 0

    async def live(self) -> None:
        """Until each has been answered."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as group:
                group.create_task(self._tell())
                for number in range(3):
                    group.create_task(self._pay(number))
                group.create_task(self._hold())
        except TimeoutError:
            raise NeverAnswered from None

    async def _tell(self) -> None:
        """Act after act; what cannot be done yet is tried again later."""
        chance = self.county.trouble.chance
        for number, act in enumerate(self.story.acts):
            await asyncio.sleep(chance.uniform(0, 1.5))
            while True:
                asker = _Everyone(self.county, f"act {number}")
                try:
                    await act(cast("World", asker))
                except Refusal:
                    await asyncio.sleep(chance.uniform(0, 2 * AGAIN_SECONDS))
                else:
                    break

    async def _pay(self, payer: int) -> None:
        chance = self.county.trouble.chance
        for number in range(3):
            await asyncio.sleep(chance.uniform(0, 1))
            code, key = chance.choice(PROJECTS), f"pay-{payer}-{number}"
            command = SettlePayment(
                project_code=code,
                fiscal_year=2021,
                payment_id=key,
                amount=SMALL,
                settled_on=NOW.date(),
                by="treasury",
                now=NOW,
            )
            if await self._asked(key, command):
                self.settled[code].append(key)

    async def _hold(self) -> None:
        """Holds with a last day, which the clock lets go."""
        chance = self.county.trouble.chance
        for number in range(2):
            await asyncio.sleep(chance.uniform(0, 2))
            code, key = chance.choice(PROJECTS), f"hold-{number}"
            command = FreezeQuota(
                project_code=code,
                fiscal_year=2021,
                freeze_id=key,
                amount=SMALL,
                reason="核查",
                until_on=NOW.date() + timedelta(days=chance.randint(0, 20)),
                by="budget",
                now=NOW,
            )
            if await self._asked(key, command):
                self.held[code].append(key)

    async def _asked(self, key: str, command: object) -> bool:
        try:
            asker = Asker(self.county.premises["monitoring"], key)
            await asker.ask(command, by="budget", now=NOW)
        except Refusal:
            self.refused += 1
            return False
        return True


class _Everyone:
    """Both services for one attempt at one act: what was answered before is answered again."""

    def __init__(self, county: County, act: str) -> None:
        self.targets = Asker(county.premises["targets"], act)
        self.monitoring = Asker(county.premises["monitoring"], act)


def told(stories: Sequence[Story], number: int) -> Story:
    """Whose turn it is."""
    return stories[number % len(stories)]
