"""One key, one effect, one answer: two to ten requests at once, changed ones among them, a restart.

Bare sockets to one process as it is served, over a real database (`reliability` P3). How many
intentions: `P3_INTENTIONS`; a run of twenty thousand is `P3_INTENTIONS=20000`.
"""

import asyncio
import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

import asyncpg
import pytest

from shared.testing.servers import Postgres, fresh_database, migrated
from tests.authority.flooding import Besieged
from tests.authority.wire import Answer, Streams, ask, connected, request

INTENTIONS: Final = int(os.environ.get("P3_INTENTIONS", "120"))
AT_ONCE: Final = (2, 10)
CHANGED_SHARE: Final = 0.3
AFTER_RESTART_MAX: Final = 500
CREATED, CONFLICT, ANOTHER = 201, 409, 422
REGION: Final = "653100"
PLACE: Final = "/v1/regions"


@dataclass(frozen=True, slots=True)
class Served:
    """The process, and where its facts are."""

    process: Besieged
    url: str

    @property
    def token(self) -> str:
        """Of the same person, and fresh: many intentions take longer than a token lives."""
        return self.process.token("leader", REGION)

    def sent(self, number: int, *, changed: bool = False) -> bytes:
        """An intention as bytes; changed, it says something else under the same key."""
        name = f"村{number}" + ("（改）" if changed else "")
        body = {"region_code": code(number), "name": name, "parent_code": REGION}
        key = f"idempotency-key: intention-{number:08d}"
        return request("POST", PLACE, self.token, json.dumps(body).encode(), key)


@dataclass(frozen=True, slots=True)
class Told:
    """What an intention was answered, and whether the changed request was the one that counted."""

    status: int
    body: bytes
    changed: bool


def code(number: int) -> str:
    """The code of a village."""
    return f"{REGION}{number:06d}"


@pytest.fixture
def served(postgres: Postgres, tmp_path: Path) -> Iterator[Served]:
    """The targets, where one may ask as often as one likes."""
    with (
        fresh_database(postgres, migrated(postgres, "targets")) as url,
        Besieged(tmp_path, url, requests_per_second_max=0) as process,
    ):
        yield Served(process, url)


async def test_the_same_key_has_one_effect_and_one_answer(served: Served) -> None:
    chance, seen = Random(3), Counter[int]()  # noqa: S311 - nobody guesses it
    async with AsyncExitStack() as stack:
        lines = [
            await stack.enter_async_context(connected(served.process.port))
            for _ in range(AT_ONCE[1])
        ]
        await _region(served, lines[0])
        told = [
            await _asked_at_once(served, lines, number, chance, seen)
            for number in range(INTENTIONS)
        ]
    await _expect_one_effect_each(served.url, told)
    served.process.stop()
    served.process.start()
    async with connected(served.process.port) as line:
        for number in chance.sample(range(INTENTIONS), min(INTENTIONS, AFTER_RESTART_MAX)):
            await _expect_same(served, line, number, told[number])
    await _expect_one_effect_each(served.url, told)
    print(f"\n{sum(seen.values())} requests: {dict(seen)}")  # noqa: T201 - for `pytest -s`
    assert seen[CREATED] > INTENTIONS
    assert seen[ANOTHER] > 0


async def _region(served: Served, line: Streams) -> None:
    body = {"region_code": REGION, "name": "喀什地区"}
    answer = await ask(line, request("POST", PLACE, served.token, json.dumps(body).encode()))
    assert answer.status == CREATED, answer.body


async def _asked_at_once(
    served: Served, lines: Sequence[Streams], number: int, chance: Random, seen: Counter[int]
) -> Told:
    """Some at the same time, one of them changed now and then; then once more each."""
    times = chance.randint(*AT_ONCE)
    odd = chance.randrange(times) if chance.random() < CHANGED_SHARE else None
    answers = await asyncio.gather(
        *(ask(lines[n], served.sent(number, changed=n == odd)) for n in range(times))
    )
    seen.update(one.status for one in answers)
    done = {n for n, one in enumerate(answers) if one.status == CREATED}
    assert {one.status for one in answers} <= {CREATED, CONFLICT, ANOTHER}, _shown(answers)
    assert len({answers[n].body for n in done}) <= 1, _shown(answers)
    # One intention won: nobody was told of success with what another one said.
    changed = done == {odd} and odd is not None
    assert changed or odd not in done, _shown(answers)
    again = await ask(lines[0], served.sent(number, changed=changed))
    assert again.status == CREATED, again.body
    assert all(answers[n].body == again.body for n in done), _shown([*answers, again])
    told = Told(again.status, again.body, changed)
    await _expect_same(served, lines[0], number, told)
    return told


async def _expect_same(served: Served, line: Streams, number: int, told: Told) -> None:
    again = await ask(line, served.sent(number, changed=told.changed))
    assert (again.status, again.body) == (told.status, told.body)
    other = await ask(line, served.sent(number, changed=not told.changed))
    assert other.status == ANOTHER, other.body
    assert b"key-reused-for-another" in other.body


async def _expect_one_effect_each(url: str, told: Sequence[Told]) -> None:
    connection = await asyncpg.connect(url)
    rows = await connection.fetch(
        "SELECT stream, count(*) AS times, max(convert_from(body, 'UTF8')) AS said "
        "FROM es.event WHERE starts_with(stream, $1) AND stream <> $1 GROUP BY stream",
        f"region-{REGION}",
    )
    await connection.close()
    assert {row["times"] for row in rows} == {1}
    said = {row["stream"].removeprefix("region-"): "改" in row["said"] for row in rows}
    assert said == {code(number): one.changed for number, one in enumerate(told)}


def _shown(answers: Sequence[Answer]) -> object:
    return [(one.status, one.body[:200]) for one in answers]
