"""A past year in which people doubted: what a unit expected and a reviewer suspected stays."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.monitoring.domain.record import commands as ask
from services.monitoring.domain.sandbox.difference import Compared, difference
from services.monitoring.domain.sandbox.drafting import expect_replayable
from services.monitoring.domain.sandbox.history import Warned
from services.monitoring.domain.values import Level, Likelihood, Reason
from tests.monitoring.past_year import EXPLAINED, PastYear, rules
from tests.monitoring.stories import UNIT, at, on, value

MILD: dict[str, Any] = {
    "red": {"ix": "0.00", "g": "0.00", "gap": "9.00", "idle_days": 3_000},
    "blue": {"ix": "0.00", "g": "0.00", "gap": "8.00"},
}
"""Under these thresholds only people's own words warn."""


async def doubted(likelihood: Likelihood) -> PastYear:
    """Before May the unit filed that it doubts its core indicator."""
    year = PastYear()
    await year.begin(rules(**MILD))
    await year.pay(on(4, 15), 900_000)
    about = {**year.key(), "node": "M05", "region_code": "653101", "by": UNIT}
    values = (replace(value("road", "9.5"), likelihood=likelihood),)
    await year.bureau.done(ask.FileForecast(**about, values=values))
    await year.until(at(5, 20))
    return year


@pytest.mark.parametrize(
    ("likelihood", "warned"),
    [
        (Likelihood.CERTAIN, None),
        (Likelihood.POSSIBLE, (Level.BLUE, Reason.UNCERTAIN)),
        (Likelihood.IMPOSSIBLE, (Level.RED, Reason.TARGET_UNREACHABLE)),
    ],
)
async def test_what_a_unit_expected_of_a_core_indicator_warns_under_every_draft(
    likelihood: Likelihood, warned: tuple[Level, Reason] | None
) -> None:
    year = await doubted(likelihood)
    for held in (rules(**MILD), rules(**MILD, letter_on_blue=False)):
        after = (await year.under(held)).after.get("P1-2021-M05-PRE_ANALYSIS")
        assert (after and (after.level, after.reasons[0])) == warned


@pytest.mark.parametrize("likelihood", list(Likelihood))
async def test_what_a_report_expects_warns_under_a_draft_as_it_did_then(
    likelihood: Likelihood,
) -> None:
    year = await doubted(Likelihood.CERTAIN)
    await year.until(at(6, 2))
    about = {**year.key(), "node": "M05", "region_code": "653101"}
    values = (
        replace(value("road", "9.5", **EXPLAINED), likelihood=likelihood),
        value("trust", completion=Decimal("0.95"), **EXPLAINED),
    )
    await year.bureau.done(ask.SubmitMonitoring(**{**about, "by": UNIT}, values=values))
    await year.bureau.done(ask.ReviewMonitoring(**about))
    await year.warn()
    compared = await year.under(rules(**MILD))
    assert bool(compared.after) is (likelihood is not Likelihood.CERTAIN)
    assert compared.after == compared.before


@pytest.mark.parametrize("suspected", [True, False])
async def test_what_a_reviewer_suspected_is_red_under_every_draft(suspected: bool) -> None:  # noqa: FBT001
    year = PastYear()
    await year.begin(rules(**MILD))
    await year.pay(on(4, 15), 900_000)
    await year.until(at(6, 2))
    await year.report("M05", "9.5", compliance_suspected=suspected)
    compared = await year.under(rules(**MILD, letter_on_blue=False))
    assert compared.project_code == "P1"
    after = compared.after.get("P1-2021-M05-NODE")
    assert (after and after.reasons) == ((Reason.COMPLIANCE,) if suspected else None)
    assert compared.before == compared.after
    assert compared.scores_before == compared.scores_after


def warned(level: Level, reason: Reason = Reason.IDLE) -> Warned:
    return Warned(level=level, reasons=(reason,), letter_needed=True)


def test_only_a_warning_that_is_there_twice_moves_its_level() -> None:
    red, blue = warned(Level.RED), warned(Level.BLUE)
    found = difference(
        [
            Compared(
                project_code="P1",
                before={"a": red, "b": blue, "d": red},
                after={"a": blue, "b": red, "c": blue, "d": red},
                by_people=1,
            ),
            Compared(project_code="P2", before={"e": red}, after={}, by_people=2),
        ]
    )
    assert found.relevelled == {"RED>BLUE": 1, "BLUE>RED": 1}
    assert (found.raised, found.dropped, found.by_people) == (1, 1, 3)
    assert found.reasons_appeared == {"IDLE": 1}
    assert found.reasons_gone == {"IDLE": 1}
    assert [one.project_code for one in found.changed] == ["P1", "P2"]


def test_a_draft_may_give_no_points_at_all_for_a_part_of_the_score() -> None:
    points = {"timeliness": 0, "completeness": 0, "execution": 60, "goal": 40, "correction": 0}
    expect_replayable(rules(score=points))
