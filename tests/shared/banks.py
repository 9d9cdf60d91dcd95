"""Two tiny services for the kernel's own tests: jars say what goes in, banks hear and book it.

A word with 13 coins breaks the banks' reaction, one with 99 is refused by their rule, one with
666 breaks the fold of their books. A jar that is opened falls due a day later.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import asyncpg
from sqlmodel import Field

from shared import past
from shared.contracts.public_event import PublicEvent
from shared.eventstore.schema import v1
from shared.manifest import Service
from shared.messages import AnyHeard, AnyRecorded, CalledOff, Deadline, Due, Heard, Look
from shared.projections import Add, Change, Projection
from shared.settings import ServiceSettings
from shared.tables import service_table
from tests.shared.counters import (
    CoinsPut,
    CoinsSeen,
    JarOpened,
    OpenJar,
    PutCoins,
    TakeCoins,
    jar_decider,
    publish,
)

UNREACTABLE, REFUSED, UNFOLDABLE = 13, 99, 666

if TYPE_CHECKING:
    from sqlmodel import SQLModel as Table
else:
    Table = service_table("banks")


class Books(Table, table=True):
    """What was heard of each jar."""

    __tablename__ = "books"

    jar: str = Field(primary_key=True)
    coins: int = 0
    words: int = 0


class Totals(Table, table=True):
    """What the service's own jars took in, folded later."""

    __tablename__ = "totals"

    unit: str = Field(primary_key=True)
    coins: int = 0
    events: int = 0


BOOKS_SQL = """
CREATE TABLE books (jar text PRIMARY KEY, coins int NOT NULL, words int NOT NULL);
CREATE TABLE totals (unit text PRIMARY KEY, coins int NOT NULL, events int NOT NULL);
"""


async def install(url: str) -> None:
    """The kernel's tables and those of the banks, in an empty database."""
    connection = await asyncpg.connect(url)
    try:
        await v1.install(connection)
        await connection.execute(BOOKS_SQL + past.keep("banks"))
    finally:
        await connection.close()


def book(heard: Heard[CoinsSeen]) -> Iterable[Change]:
    """One line per jar."""
    coins = heard.word.coins
    if coins == UNFOLDABLE:
        raise ZeroDivisionError
    return [Add(Books, {"jar": heard.subject}, {"coins": coins, "words": 1})]


def total(recorded: AnyRecorded) -> Iterable[Change]:
    """One line per unit; a jar of 666 coins breaks it."""
    if not isinstance(recorded.event, CoinsPut):
        return []
    if recorded.event.coins == UNFOLDABLE:
        raise ZeroDivisionError
    return [Add(Totals, {"unit": recorded.unit}, {"coins": recorded.event.coins, "events": 1})]


def react(heard: AnyHeard) -> Sequence[object]:
    """Every jar that is heard of is mirrored here."""
    coins = heard.word.coins
    if coins == UNREACTABLE:
        raise LookupError(coins)
    jar_id = heard.subject.removeprefix("jar-")
    if coins == REFUSED:
        return [TakeCoins(jar_id="nobody", coins=coins)]
    return [(OpenJar(jar_id=jar_id), PutCoins(jar_id=jar_id, coins=coins))]


def schedule(recorded: AnyRecorded) -> Sequence[Deadline | CalledOff]:
    """A jar is looked after a day after it was opened, unless coins go in before."""
    key = f"look:{recorded.id}"
    if isinstance(recorded.event, JarOpened):
        due_at = recorded.occurred_at + timedelta(days=1)
        return [Deadline(key=key, kind="look", subject=recorded.id, due_at=due_at)]
    return [CalledOff(key=key)] if isinstance(recorded.event, CoinsPut) else []


def fall_due(due: Due) -> object | None:
    """A jar nobody cared for gets one coin; a bad one is refused, others break."""
    match due.subject:
        case "worse":
            raise LookupError(due.subject)
        case "wrong":
            return PutCoins(jar_id=due.subject, coins=None)  # type: ignore[arg-type]
        case "bad":
            return TakeCoins(jar_id=due.subject, coins=1_000)
        case "looks":
            return Look(queries=(("SELECT 1", ()),), then=lambda found: _as_many(found, "looks"))
        case "loses":
            return Look(queries=(), then=lambda found: _as_many(found[0], "loses"))
        case _:
            return PutCoins(jar_id=due.subject, coins=1)


def _as_many(found: Sequence[object], jar_id: str) -> PutCoins:
    return PutCoins(jar_id=jar_id, coins=len(found) + 1)


def silence(_recorded: AnyRecorded) -> PublicEvent | None:
    """Banks are discreet."""
    return None


totals = Projection(name="totals", tables=(Totals,), project=total, inline=False)
books = Projection(name="books", tables=(Books,), hear=book)
money_books = Projection(name="books", tables=(Books,), hear=book, money=True)


def service(name: str, **more: Any) -> Service:  # noqa: ANN401 - fields of the manifest
    """A manifest with nothing on its HTTP side."""
    return Service(
        name=name,
        title=name,
        settings=ServiceSettings,
        deciders=(jar_decider,),
        commands=(),
        queries=(),
        policy={},
        says=(),
        **more,
    )


jars = service("jars", projections=(totals,), publish=publish, schedule=schedule, fall_due=fall_due)
banks = service("banks", projections=(books,), publish=silence, hears=(CoinsSeen,), react=react)
strict_banks = service(
    "banks", projections=(money_books,), publish=silence, hears=(CoinsSeen,), react=react
)
