"""A letter without a file: named, explained, and helped, whoever heard of it first."""

import asyncio
import os
import sys
from typing import Any

import httpx
import pytest

from services.monitoring.domain.letterfile import FileLetter, LetterFiled
from services.monitoring.domain.tie_out import Figures, Sums, TieOutPublished
from services.monitoring.reactions import fall_due, printing, schedule, unprinted, words
from services.monitoring.reactions.printing import print_letter
from shared.domain.money import ZERO
from shared.http.policy import Role
from shared.messages import CalledOff, Deadline, Due, Look
from shared.testing.projection_spec import recorded
from tests.monitoring.stories import at, on
from tests.monitoring.test_letter_http import file_of, people, sent, warned
from tests.monitoring.test_letter_printing import signed
from tests.monitoring.test_reactions import REGION, UNIT, adopted, approved
from tests.monitoring.world import World, eventually, world

HEALTHY: dict[str, Any] = {"ABACUS_CLOCK": "adjustable"}


async def command(url: str, verb: str) -> tuple[int, str]:
    """A verb of the operator, in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "services.monitoring",
        verb,
        env={**os.environ, **HEALTHY, "MONITORING_DATABASE_URL": url},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, _ = await asyncio.wait_for(process.communicate(), 300)
    return process.returncode or 0, said.decode()


async def parked(told: World, by: dict[str, str]) -> list[dict[str, Any]]:
    """What waits for a person."""
    found: list[dict[str, Any]] = (await told.get("/parked-words", by))["items"]
    return found


async def test_a_letter_that_cannot_be_printed_is_named_explained_and_redriven(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_letter: object) -> bytes:
        raise ValueError("the font FangSong is gone")

    async with world(database, at(6, 9)) as told:
        by = people(told)
        await told.hear(REGION, UNIT, adopted, approved)
        place = await warned(told, by, "RED")
        with monkeypatch.context() as still:
            still.setattr(printing, "print_letter", broken)
            number = await sent(told, by, place)

            async def seen() -> bool:
                return bool(await parked(told, by["leader"]))

            await eventually(seen)
        (word,) = await parked(told, by["leader"])
        assert word["subject"] == f"warning-{place.rpartition('/')[2]}"
        assert "the font FangSong is gone" in word["reason"]
        assert word["remedy"] == "python -m services.monitoring redrive"
        stuck = await file_of(told, number, by["head"])
        assert stuck.status_code == httpx.codes.SERVICE_UNAVAILABLE
        assert stuck.json()["type"].endswith("letter-not-printed")
        assert "FangSong" in stuck.json()["detail"]
        assert "redrive" in stuck.json()["remedy"]
        assert (await file_of(told, number, by["head"], format="docx")).is_success
        await named_by_readiness_and_metrics(told, 1)
        refused = await told.client.get("/v1/parked-words", headers=by["head"])
        assert refused.status_code == httpx.codes.FORBIDDEN
        code, said = await command(database, "parked")
        assert code == 0
        assert "the font FangSong is gone" in said
        assert "python -m services.monitoring redrive" in said
        code, said = await command(database, "redrive")
        assert (code, said.splitlines()) == (0, ["monitoring: 1 words applied", "Nothing waits."])
        assert (await command(database, "redrive")) == (0, "Nothing waits.\n")
        assert await parked(told, by["leader"]) == []
        await named_by_readiness_and_metrics(told, 0)
        printed = await file_of(told, number, by["head"])
        assert printed.content.startswith(b"%PDF")


async def named_by_readiness_and_metrics(told: World, count: int) -> None:
    """Whoever watches sees it."""
    ready = (await told.client.get("/readyz")).json()
    assert ready["parked_words"] == ({"inbox:monitoring": count} if count else {})
    metrics = (await told.client.get("/metrics")).text
    line = 'abacus_parked_words{reader="inbox:monitoring",service="monitoring"} 1.0'
    assert (line in metrics) is bool(count)


@pytest.mark.parametrize("dropped", [False, True])
async def test_a_new_api_beside_an_old_worker_loses_no_letter(
    database: str,
    monkeypatch: pytest.MonkeyPatch,
    *,
    dropped: bool,
) -> None:
    """The old worker passes the word by; it may drop the deadline, too, which it does not know."""
    async with world(database, at(6, 9)) as told:
        by = people(told)
        await told.hear(REGION, UNIT, adopted, approved)
        place = await warned(told, by, "RED")
        with monkeypatch.context() as old:
            old.setattr(words, "file_letter", lambda *_word: [])
            number = await sent(told, by, place)
            if dropped:
                old.setattr(unprinted, "printing_due", lambda _due: None)
                sql = "DELETE FROM es.deadline WHERE kind = 'PRINT_LETTER'"
                await told.store._pool.execute(sql)  # noqa: SLF001 - what the old worker does
        waits = await file_of(told, number, by["head"])
        assert waits.status_code == httpx.codes.SERVICE_UNAVAILABLE
        if dropped:
            await told.later(at(6, 10))
            body = {"region_code": "653101", "until_on": "2021-06-09"}
            treasury = told.tokens.of(Role.FB_TREASURY, region="653101", subject="treasury")
            await told.post("/tie-outs", body, treasury)
        else:
            await told.later(at(6, 9, 6))

        async def filed() -> bool:
            return (await file_of(told, number, by["head"])).is_success

        await eventually(filed)


def test_the_clock_asks_for_the_file_until_it_is_there() -> None:
    letter, waiting = signed()
    (prepared,) = waiting.facts
    (told,) = recorded("letterfile-W1", prepared, at=at(6, 9))
    (due,) = schedule(told)
    assert isinstance(due, Deadline)
    assert (due.due_at - at(6, 9)) == unprinted.PATIENCE
    command_ = fall_due(Due(kind=due.kind, subject=due.subject, due_at=due.due_at, now=at(6, 9, 6)))
    assert isinstance(command_, FileLetter)
    assert (command_.letter_no, command_.press) == (letter.letter_no, print_letter)
    filed = LetterFiled(
        project=prepared.project,
        warning_id="W1",
        letter_no=letter.letter_no,
        sha256="ab" * 32,
        part=1,
        pdf_base64="eA==",
    )
    (told,) = recorded("letterfile-W1", filed, at=at(6, 9))
    off, look = schedule(told)
    assert off == CalledOff(key=due.key)
    assert isinstance(look, Deadline)
    found = fall_due(Due(kind=look.kind, subject=look.subject, due_at=look.due_at, now=at(6, 10)))
    assert isinstance(found, Look)
    assert found.then([[]]) is None
    again = found.then([[("W1", letter.letter_no)]])
    assert isinstance(again, FileLetter)


def test_each_tie_out_looks_for_letters_without_a_file() -> None:
    sums = Sums(paid=ZERO, returned=ZERO)
    event = TieOutPublished(
        region_code="653101",
        from_on=on(6, 8),
        until_on=on(6, 8),
        figures=Figures(ledger=sums, listed=sums, bank=None, breaks_open=0),
        differences=(),
        equal=True,
        scheduled=False,
    )
    (told,) = recorded("tieout-653101-2021-06-08", event, at=at(6, 9))
    kinds = [one.kind for one in schedule(told) if isinstance(one, Deadline)]
    assert kinds == [unprinted.UNPRINTED]
