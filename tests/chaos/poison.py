"""Words that cannot be applied, and the mended banks that can: one kind for each way to fail.

The jars record what went in as ever; what they say of it in public is wrong, or too much for the
banks as they are.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Annotated, ClassVar, Final

from msgspec.structs import replace
from pydantic import BeforeValidator

from shared.bus.jetstream import JetStreamBus
from shared.contracts.public_event import PublicEvent
from shared.eventstore import SaidWord
from shared.messages import AnyHeard, AnyRecorded, Heard
from shared.projections import Add, Change, Projection
from tests.shared.banks import REFUSED, UNFOLDABLE, UNREACTABLE, Books, banks, jars, money_books
from tests.shared.counters import CoinsPut, OpenJar, PutCoins, publish

BAD_SCHEMA: Final = 701
NEW_VERSION: Final = 702
TOO_BIG: Final = 3_000_000_000  # more than a row of the books holds
ROTTEN: Final = 703
SCHEMA_WORD: Final = "seven hundred and one"

PARKED: Final = (BAD_SCHEMA, UNREACTABLE, REFUSED, UNFOLDABLE, TOO_BIG)
"""What must be set aside with everything behind it of its jar."""
STOPPING: Final = (BAD_SCHEMA, UNFOLDABLE, TOO_BIG)
"""What must stop a reader that books money; a reaction is a command, and may be set aside."""


class Spoken(PublicEvent):
    """A word that says its coins in letters, under the name of the one with figures."""

    producer = "jars"

    coins: str

    @classmethod
    def event_type(cls) -> str:
        """The type that the banks listen to."""
        return "jars.CoinsSeen.v1"


class CoinsSeen2(PublicEvent):
    """A version that nobody listens to yet."""

    producer = "jars"
    version: ClassVar[int] = 2

    coins: int


def say_badly(recorded: AnyRecorded) -> PublicEvent | None:
    """What the jars tell, now and then so that nobody understands it."""
    if isinstance(recorded.event, CoinsPut):
        if recorded.event.coins == BAD_SCHEMA:
            return Spoken(region_code="653100", coins=SCHEMA_WORD)
        if recorded.event.coins == NEW_VERSION:
            return CoinsSeen2(region_code="653100", coins=NEW_VERSION)
    return publish(recorded)


def worth(coins: int) -> int | None:
    """What the mended banks book."""
    match coins:
        case _ if coins == NEW_VERSION:
            return None
        case _ if coins == TOO_BIG:
            return 1
        case _:
            return coins


def _read(value: object) -> object:
    return BAD_SCHEMA if value == SCHEMA_WORD else value


class CoinsSeen(PublicEvent):
    """The word as the mended banks read it: in letters too."""

    producer = "jars"

    coins: Annotated[int, BeforeValidator(_read)]


def react_to_all(heard: AnyHeard) -> Sequence[object]:
    """The mended reaction has no rule of its own."""
    jar_id = heard.subject.removeprefix("jar-")
    return [(OpenJar(jar_id=jar_id), PutCoins(jar_id=jar_id, coins=heard.word.coins))]


def book_all(heard: Heard[CoinsSeen]) -> Iterable[Change]:
    """The mended books."""
    coins = worth(heard.word.coins) or 0
    return [Add(Books, {"jar": heard.subject}, {"coins": coins, "words": 1})]


class RottingBus(JetStreamBus):
    """Of one word the hash is wrong, as long as it is so; the next time it is said right."""

    rots: ClassVar[bool] = True

    async def publish(self, producer: str, words: Sequence[SaidWord]) -> int:
        """Say them, one of them badly."""
        mark = f'"coins":{ROTTEN}}}'.encode()
        said = [
            replace(word, leaf_hash=bytes(32)) if self.rots and mark in word.body else word
            for word in words
        ]
        return await super().publish(producer, said)


bad_jars = dataclasses.replace(jars, publish=say_badly)
strict_banks = dataclasses.replace(banks, projections=(money_books,))
mended_books = Projection(name="books", tables=(Books,), hear=book_all)
mended_banks = dataclasses.replace(
    banks, projections=(mended_books,), hears=(CoinsSeen,), react=react_to_all
)
