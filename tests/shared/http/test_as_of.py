"""Every query can be asked as of an earlier day; a rebuild makes the past again as it was."""

from datetime import UTC, datetime
from typing import Any

import asyncpg
import pytest

from shared.contracts.envelope import Hearing
from shared.http.policy import Role
from shared.rebuilding import Rebuilding
from tests.shared.http.conftest import Served
from tests.shared.http.jars import service

pytestmark = pytest.mark.real
PAST = "SELECT * FROM past.jar_shelf ORDER BY jar_id, _until"
ROWS = "SELECT * FROM jar_shelf ORDER BY jar_id"


def on(day: int, hour: int = 1) -> datetime:
    """A moment of May 2021, in UTC; from 16 o'clock it is the next day in the office."""
    return datetime(2021, 5, day, hour, tzinfo=UTC)


async def put(jars: Served, name: str, coins: int) -> None:
    """Some coins more."""
    by = {**jars.tokens.of(Role.UNIT_FINANCE, unit="u1"), "if-match": "*"}
    answer = await jars.client.post(f"/v1/jars/{name}/put", json={"coins": coins}, headers=by)
    assert answer.is_success, answer.text


async def asked(jars: Served, path: str, **query: str) -> Any:  # noqa: ANN401 - JSON
    """What a reader is shown, with its headers."""
    by = jars.tokens.of(Role.UNIT_FINANCE, unit="u1")
    return await jars.client.get(f"/v1{path}", params=query, headers=by)


async def lived_through(jars: Served) -> None:
    """Three days: opened, filled twice, and filled again on the last evening and after midnight."""
    jars.wall.shows = on(3)
    await jars.open("a")
    await put(jars, "a", 1)
    jars.wall.shows = on(5)
    await jars.open("b")
    await put(jars, "a", 10)
    await put(jars, "a", 100)
    jars.wall.shows = on(7, 15)
    await put(jars, "a", 1_000)
    jars.wall.shows = on(7, 16)
    await put(jars, "b", 5)


@pytest.mark.parametrize(
    ("day", "coins"),
    [("2021-05-03", 1), ("2021-05-04", 1), ("2021-05-05", 111), ("2021-05-07", 1_111)],
)
async def test_a_thing_is_shown_as_at_the_end_of_the_day(
    real_jars: Served, day: str, coins: int
) -> None:
    await lived_through(real_jars)
    answer = await asked(real_jars, "/jars/a", as_of=day)
    assert answer.json()["coins"] == coins
    assert "immutable" in answer.headers["cache-control"]
    assert "etag" not in answer.headers


async def test_what_did_not_exist_yet_is_missing(real_jars: Served) -> None:
    await lived_through(real_jars)
    assert (await asked(real_jars, "/jars/b", as_of="2021-05-04")).status_code == 404
    assert (await asked(real_jars, "/jars/a", as_of="2021-05-02")).status_code == 404


async def test_lists_are_those_of_the_day_with_their_filters_and_order(real_jars: Served) -> None:
    await lived_through(real_jars)
    early = (await asked(real_jars, "/jars", as_of="2021-05-06")).json()["items"]
    assert [(row["jar_id"], row["coins"]) for row in early] == [("a", 111), ("b", 0)]
    rich = (await asked(real_jars, "/jars", as_of="2021-05-06", at_least="112")).json()["items"]
    assert rich == []


async def test_today_is_what_is_known_now_and_tomorrow_is_refused(real_jars: Served) -> None:
    await lived_through(real_jars)
    today = await asked(real_jars, "/jars/b", as_of="2021-05-08")
    assert today.json()["coins"] == 5
    assert "immutable" not in today.headers.get("cache-control", "")
    tomorrow = await asked(real_jars, "/jars/b", as_of="2021-05-09")
    assert tomorrow.status_code == 422
    assert tomorrow.json()["errors"][0]["pointer"] == "/as_of"


async def test_the_same_question_has_the_same_answer_for_ever(real_jars: Served) -> None:
    await lived_through(real_jars)
    before = (await asked(real_jars, "/jars", as_of="2021-05-07")).content
    real_jars.wall.shows = on(20)
    await put(real_jars, "a", 7)
    await put(real_jars, "b", 7)
    assert (await asked(real_jars, "/jars", as_of="2021-05-07")).content == before


async def test_a_foreign_thing_is_missing_in_the_past_too(real_jars: Served) -> None:
    real_jars.wall.shows = on(3)
    await real_jars.open("theirs", unit="u2")
    real_jars.wall.shows = on(4)
    assert (await asked(real_jars, "/jars/theirs", as_of="2021-05-03")).status_code == 404


async def test_a_rebuild_makes_the_past_again(real_jars: Served) -> None:
    await lived_through(real_jars)
    connection = await asyncpg.connect(real_jars.url)
    before = await connection.fetch(PAST), await connection.fetch(ROWS)
    assert len(before[0]) == 3
    for planted in ("DELETE FROM past.jar_shelf", "UPDATE jar_shelf SET coins = 0"):
        await connection.execute(planted)
    assert (await connection.fetch(PAST), await connection.fetch(ROWS)) != before

    async def silent(_name: str, _folded: int) -> None:
        return None

    rebuilding = Rebuilding(connection, service.aggregates.codec, Hearing(()))
    await rebuilding.rebuild(service.projections[0], silent)
    assert (await connection.fetch(PAST), await connection.fetch(ROWS)) == before
    await connection.close()
    # And it goes on from there.
    await put(real_jars, "a", 1)
    assert (await asked(real_jars, "/jars/a", as_of="2021-05-07")).json()["coins"] == 1_111
    assert (await asked(real_jars, "/jars/a")).json()["coins"] == 1_112
