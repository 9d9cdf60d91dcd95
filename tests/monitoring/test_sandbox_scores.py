"""A past year's scores under a draft: the points are the draft's, what people judged stays."""

from decimal import Decimal
from typing import Any

import pytest

from services.monitoring.domain.record.events import MonitoringScored
from services.monitoring.domain.sandbox.difference import difference
from services.monitoring.domain.sandbox.drafting import (
    DAYS_MAX,
    ScoreNotWhole,
    TermOutOfRange,
    expect_replayable,
)
from services.monitoring.domain.watch import NoteOverdueLetter
from tests.monitoring.past_year import PastYear, drafted, rules, terms
from tests.monitoring.stories import CLERK, RULES_JSON, at, on

POINTS = {"timeliness": 10, "completeness": 10, "execution": 30, "goal": 40, "correction": 10}


async def reported(**judged: Any) -> PastYear:  # noqa: ANN401 - fields of a review
    """May is reported, with 30 % of the money paid where 41.67 % should be."""
    year = PastYear()
    await year.begin()
    await year.pay(on(4, 15), 900_000)
    await year.until(at(6, 2))
    await year.report("M05", "9.5", **judged)
    return year


async def score(year: PastYear) -> Decimal:
    """What May was scored."""
    scored = [
        one.event
        for one in await year.facts("record-P1-2021-M05")
        if isinstance(one.event, MonitoringScored)
    ]
    return scored[-1].score.total


def under(points: dict[str, int], **more: Any) -> Any:  # noqa: ANN401 - rules are JSON
    """A draft with other points."""
    return rules(score=points, **more)


async def test_under_the_rules_that_held_every_score_stays() -> None:
    year = await reported(completeness=Decimal(8), correction=Decimal("6.5"))
    same = await year.under(rules())
    assert same.scores_before == same.scores_after == {"M05": await score(year)}
    assert same.rescored == ()
    assert difference([same]).empty


async def test_other_points_score_a_node_otherwise_and_warn_nobody_else() -> None:
    year = await reported()
    before = await score(year)
    other = await year.under(under({**POINTS, "execution": 40, "goal": 30}))
    # An execution index of 0.72 weighs 40 of 100 points, not 30; the goal loses what it gains.
    (pair,) = other.rescored
    assert (pair.node, pair.before) == ("M05", before)
    assert pair.after is not None
    assert pair.after < before
    assert other.changed == ()
    found = difference([other])
    assert not found.empty
    assert found.changed == (other,)
    assert (found.raised, found.dropped, found.relevelled) == (0, 0, {})


async def test_the_scores_are_those_that_the_rules_would_have_given_then() -> None:
    """The same year lived under the draft is scored as the replay says."""
    points = {"timeliness": 5, "completeness": 15, "execution": 40, "goal": 25, "correction": 15}
    replayed = await (await reported()).under(under(points))
    lived = PastYear()
    await lived.begin(under(points))
    await lived.pay(on(4, 15), 900_000)
    await lived.until(at(6, 2))
    await lived.report("M05", "9.5")
    assert replayed.scores_after == {"M05": await score(lived)}


async def test_full_marks_stay_full_and_other_points_stay_what_they_were() -> None:
    full, eight = await reported(), await reported(completeness=Decimal(8))
    more = under({**POINTS, "completeness": 20, "goal": 30})
    lost = [
        await score(year) - (await year.under(more)).scores_after["M05"] for year in (full, eight)
    ]
    assert lost[1] - lost[0] == 10
    fewer = under({**POINTS, "completeness": 4, "goal": 46})
    assert (await full.under(fewer)).scores_after == (await eight.under(fewer)).scores_after


async def test_a_late_letter_costs_its_points_again() -> None:
    year = PastYear()
    await year.begin()
    await year.pay(on(4, 15), 900_000)
    for letter in ("W1", "W2"):
        head = {"by": CLERK, "now": year.bureau.clock.now()}
        about: dict[str, Any] = {"project_code": "P1", "fiscal_year": 2021, **head}
        await year.bureau.done(NoteOverdueLetter(**about, warning_id=letter))
    await year.until(at(6, 2))
    await year.report("M05", "9.5")
    assert (await year.under(rules())).rescored == ()
    on_time = await reported()
    assert await score(on_time) - await score(year) == 20
    other = under({**POINTS, "timeliness": 20, "goal": 30})
    late, fine = (await year.under(other)), (await on_time.under(other))
    assert fine.scores_after["M05"] - late.scores_after["M05"] == 20


async def test_a_node_that_the_draft_does_not_have_is_not_scored() -> None:
    gone = await (await reported()).under(rules(nodes=[{"code": "M08", "cut_off": "08-31"}]))
    (pair,) = gone.rescored
    assert (pair.node, pair.after) == ("M05", None)


@pytest.mark.parametrize(
    "points",
    [
        {**POINTS, "goal": 41},
        {**POINTS, "goal": 50, "execution": 20, "timeliness": 15, "completeness": -5, "more": 10},
        {"execution": 60, "goal": 40},
        {"timeliness": 0, "completeness": 0, "execution": 0, "goal": 100, "correction": 0},
        {**POINTS, "goal": 60, "execution": -10, "timeliness": 30},
    ],
)
def test_a_draft_whose_points_are_no_hundred_is_refused_by_their_place(
    points: dict[str, int],
) -> None:
    with pytest.raises(ScoreNotWhole) as caught:
        expect_replayable(under(points))
    assert caught.value.pointer == "/monitoring/score"
    assert RULES_JSON["monitoring"]["score"] == POINTS


@pytest.mark.parametrize("days", [-1, DAYS_MAX + 1, 10**14])
def test_a_term_that_no_calendar_has_is_refused_by_its_place(days: int) -> None:
    with pytest.raises(TermOutOfRange) as caught:
        expect_replayable(terms(SPECIAL=days))
    assert caught.value.pointer == "/key_funds/pass_on_days/SPECIAL"
    idle = drafted()["monitoring"]["red"]
    with pytest.raises(TermOutOfRange) as lying:
        expect_replayable(rules(red={**idle, "idle_days": days}))
    assert lying.value.pointer == "/monitoring/red/idle_days"
    expect_replayable(terms(GENERAL=0, SPECIAL=DAYS_MAX))
