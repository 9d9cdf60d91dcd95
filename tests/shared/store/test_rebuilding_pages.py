"""A rebuild reads on to the end, however much lies in between that it does not listen to."""

from datetime import date

import asyncpg
import pytest

from shared import past, rebuilding
from shared.contracts.envelope import Hearing
from shared.eventstore.schema import v1
from shared.rebuilding import Rebuilding
from tests.shared.banks import BOOKS_SQL, banks, books, jars
from tests.shared.worlds import Memory

PAGE = 2
UNHEARD = 5
HEARD = "INSERT INTO es.heard VALUES ('jars', $1, '', $2, 1, $3, $4)"


async def _silent(_name: str, _folded: int) -> None:
    return None


async def test_pages_of_words_that_were_not_kept_are_not_the_end(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "PAGE", PAGE)
    world = Memory(jars)
    await world.say(7, jar="late")
    [said] = await world.store.read_words(0, 1)
    connection = await asyncpg.connect(database)
    await v1.install(connection)
    await connection.execute(BOOKS_SQL + past.keep("banks"))
    day = date(2021, 3, 1)
    for number in range(1, UNHEARD + 1):
        await connection.execute(HEARD, number, f"thing-{number}", b"", day)
    await connection.execute(HEARD, UNHEARD + 1, "jar-late", said.body, day)
    hearing = Hearing(banks.hears)
    await Rebuilding(connection, banks.aggregates.codec, hearing).rebuild(books, _silent)
    rows = await connection.fetch("SELECT jar, coins FROM books")
    await connection.close()
    assert [tuple(row) for row in rows] == [("jar-late", 7)]
