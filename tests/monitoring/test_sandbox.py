"""A past year under a draft: empty under the rules that held, and told by project otherwise."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.monitoring.domain.round_report import Judged, Seen, round_report
from services.monitoring.domain.round_words import RoundClosed
from services.monitoring.domain.sandbox.difference import Compared, Difference, compare, difference
from services.monitoring.domain.values import Level, Reason
from shared.domain.draft_rules import read_draft
from shared.domain.rule_node import RuleSetUnreadable
from tests.monitoring.past_year import PastYear, drafted, rules
from tests.monitoring.stories import RULES_JSON, at, on, yuan

RED = {"ix": "0.60", "g": "0.60", "gap": "0.30", "idle_days": 60}


async def lived() -> PastYear:
    """May is reported and blue, August nobody reported; money lay three times."""
    year = PastYear()
    await year.begin()
    await year.pay(on(4, 15), 900_000)
    await year.until(at(4, 20))
    await year.dismiss("P1-2021-DAILY-20210201")
    await year.until(at(6, 2))
    await year.report("M05", "9.5")
    await year.until(at(6, 20))
    await year.dismiss("P1-2021-DAILY-20210415")
    await year.pay(on(7, 5), 300_000)
    await year.pay(on(8, 20), 1_000)
    await year.until(at(12, 31))
    return year


def changes(compared: Compared) -> dict[str, tuple[Any, Any]]:
    """Each changed warning with its levels."""
    return {
        pair.warning_id.removeprefix("P1-2021-"): (
            pair.before and pair.before.level.value,
            pair.after and pair.after.level.value,
        )
        for pair in compared.changed
    }


def told(compared: Compared) -> Difference:
    """As a sandbox tells it."""
    return difference([compared])


async def test_the_year_as_it_was_raised_these_warnings() -> None:
    before = (await lived()).under(rules())
    warned = {key.removeprefix("P1-2021-"): one for key, one in (await before).before.items()}
    assert {key: one.level.value for key, one in warned.items()} == {
        "M05-NODE": "BLUE",
        "DAILY-20210415": "RED",
        "M08-PRE_ANALYSIS": "BLUE",
        "M08-NODE": "RED",
        "DAILY-20210201": "RED",
        "DAILY-20210820": "RED",
    }
    assert warned["M08-NODE"].reasons[0] is Reason.NOT_REPORTED


async def test_under_the_rules_that_held_nothing_is_otherwise() -> None:
    found = told(await (await lived()).under(rules()))
    assert found.empty
    assert (found.compared, found.raised, found.dropped, found.relevelled) == (1, 0, 0, {})
    assert found.levels_before == found.levels_after == {"BLUE": 2, "RED": 4}


async def test_another_threshold_raises_drops_and_moves_levels() -> None:
    year = await lived()
    # In May 30 % of 41.67 % were paid: an index of 0.72, with a gap of 0.23 to the goals.
    stricter = await year.under(rules(red={**RED, "ix": "0.75"}, blue=_blue(ix="0.80")))
    assert changes(stricter)["M05-NODE"] == ("BLUE", "RED")
    milder = await year.under(rules(blue=_blue(ix="0.60", gap="0.29")))
    assert changes(milder) == {
        "M05-NODE": ("BLUE", None),
        "M08-PRE_ANALYSIS": ("BLUE", None),
        "M08-NODE": ("RED", "RED"),  # silence is red, but no longer slow as well
    }
    found = told(milder)
    assert (found.dropped, found.reasons_gone) == (2, {"EXECUTION_BEHIND": 3, "MISMATCH_MINOR": 1})
    assert found.levels_after == {"BLUE": 0, "RED": 4}


def _blue(**more: str) -> dict[str, str]:
    return {"ix": "0.80", "g": "0.80", "gap": "0.10", **more}


async def test_a_letter_less_for_blue_is_told_as_another_ground() -> None:
    found = told(await (await lived()).under(rules(letter_on_blue=False)))
    assert (found.letters_before, found.letters_after) == (6, 4)
    assert (found.raised, found.dropped, found.relevelled) == (0, 0, {})
    assert not found.empty


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        # 1 February to 15 April are 73 days, until 5 July 81, until 20 August 46.
        (70, {}),
        (75, {"DAILY-20210201": ("RED", None)}),
        (90, {"DAILY-20210201": ("RED", None), "DAILY-20210415": ("RED", None)}),
        (45, {"DAILY-20210705": (None, "RED")}),
    ],
)
async def test_money_lies_by_the_days_of_the_draft(
    days: int, expected: dict[str, tuple[Any, Any]]
) -> None:
    year = await lived()
    compared = await year.under(rules(red={**RED, "idle_days": days}))
    daily = {key: pair for key, pair in changes(compared).items() if "DAILY" in key}
    assert daily == expected


async def test_a_draft_that_never_looks_finds_no_lying_money() -> None:
    compared = await (await lived()).under(rules(idle_check="NEVER"))
    daily = {key for key in changes(compared) if "DAILY" in key}
    assert daily == {f"DAILY-2021{day}" for day in ("0201", "0415", "0820")}


async def test_a_node_that_the_draft_does_not_have_warns_nobody() -> None:
    nodes = [{"code": "M08", "cut_off": "08-31"}]
    compared = await (await lived()).under(rules(nodes=nodes))
    assert changes(compared) == {"M05-NODE": ("BLUE", None)}


async def test_a_forecast_goes_by_history_where_the_draft_lets_it() -> None:
    year = await lived()
    history = await year.history()
    report = round_report(
        [
            Seen(
                project_code=f"X{number}",
                department_code="D1",
                reported=True,
                judged=Judged(level=Level.NORMAL, reasons=(), budget=yuan(100), paid=yuan(90)),
            )
            for number in range(3)
        ]
    )
    closed = RoundClosed(
        region_code="653101",
        fiscal_year=2020,
        node="M08",
        cut_off_on=on(8, 31).replace(year=2020),
        reviewed=3,
        missed=0,
        report=report,
        closed_on=on(9, 30).replace(year=2020),
    )
    knowing = replace(history, earlier={"M08": [closed]})
    few = compare(knowing, rules(history_cases_min=4))
    assert changes(few) == {}
    enough = compare(knowing, rules(history_cases_min=3))
    assert changes(enough) == {"M08-PRE_ANALYSIS": ("BLUE", None)}


async def test_a_look_that_came_late_is_taken_as_late_again() -> None:
    year = PastYear()
    await year.begin()
    # Nobody worked from 1 February on; when the look of 2 April came, the money had moved.
    await year.bureau.clock.advance_to(at(4, 15))
    await year.book(on(4, 15), 900_000)
    await year.until(at(12, 31))
    compared = await year.under(rules())
    assert changes(compared) == {}
    assert "P1-2021-DAILY-20210201" not in compared.before


async def test_what_was_warned_for_silence_is_not_warned_again_for_a_late_report() -> None:
    year = PastYear()
    await year.begin()
    await year.pay(on(4, 15), 900_000)
    await year.until(at(6, 9))
    await year.report("M05", "9.5")
    compared = await year.under(rules())
    assert compared.before["P1-2021-M05-NODE"].reasons[0] is Reason.NOT_REPORTED
    assert changes(compared) == {}


@settings(max_examples=12, deadline=None)
@given(
    data=st.data(),
    days=st.integers(20, 120),
    every=st.sampled_from(["DAY", "WEEK"]),
)
async def test_no_year_differs_from_itself(data: st.DataObject, days: int, every: str) -> None:
    held = rules(red={**RED, "idle_days": days}, idle_check=every)
    year = PastYear()
    await year.begin(held)
    day = on(2, 10)
    for gap in data.draw(st.lists(st.integers(1, 140), max_size=4)):
        day += timedelta(days=gap)
        if day.year == 2021:
            await year.pay(day, data.draw(st.sampled_from([1_000, 750_000])))
    await year.until(at(12, 31))
    assert changes(await year.under(held)) == {}


def test_a_draft_that_cannot_be_read_names_its_place() -> None:
    broken = drafted(red={**RED, "ix": "much"})
    with pytest.raises(RuleSetUnreadable) as caught:
        read_draft(broken)
    assert caught.value.pointer == "/monitoring/red/ix"
    assert RULES_JSON["monitoring"]["red"]["ix"] == "0.60"
