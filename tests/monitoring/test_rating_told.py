"""A rating tells everything it was made from, and a row of the table everything it looked at.

Whoever appeals against a warning has nothing else to go by.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.monitoring.domain.decision_table import Limits, Measured, rows
from services.monitoring.domain.rating import (
    Completion,
    Findings,
    Rating,
    Score,
    Situation,
    completion_of,
    goal_rate,
    idle_days,
    milestone_of,
    rate,
    rate_situation,
    score_of,
)
from services.monitoring.domain.values import Execution, Level, Likelihood, Reason
from shared.domain.money import ZERO, Money
from tests.monitoring.stories import MONITORING, ROAD, TRUST, on, value, yuan
from tests.monitoring.test_rating import done, judged, money

D = Decimal
LIMITS = Limits.of(MONITORING)


def test_the_whole_table_of_one_situation() -> None:
    found = Measured(
        execution_index=D("0.5000"),
        goal_rate=D("0.7000"),
        gap=D("0.2000"),
        idle_days=75,
        likelihoods=(Likelihood.POSSIBLE, Likelihood.IMPOSSIBLE),
        compliance_suspected=True,
    )
    told = [
        (row.reason.value, row.condition, row.value, row.limit, row.hit)
        for row in rows(found, LIMITS)
    ]
    expected = "IMPOSSIBLE,POSSIBLE"
    assert told == [
        ("COMPLIANCE", "compliance_suspected", "true", "true", True),
        ("NOT_REPORTED", "not_reported", "false", "true", False),
        ("TARGET_UNREACHABLE", "likelihood", expected, "IMPOSSIBLE", True),
        ("EXECUTION_SLOW", "ix < limit", "0.5000", "0.60", True),
        ("GOAL_SLOW", "g < limit", "0.7000", "0.60", False),
        ("MISMATCH", "|gap| >= limit", "0.2000", "0.30", False),
        ("IDLE", "days without a payment >= limit", "75", "60", True),
        ("EXECUTION_BEHIND", "from <= ix < below", "0.5000", "0.60..0.80", False),
        ("GOAL_BEHIND", "from <= g < below", "0.7000", "0.60..0.80", True),
        ("MISMATCH_MINOR", "above < |gap| < below", "0.2000", "0.10..0.30", True),
        ("UNCERTAIN", "likelihood", expected, "POSSIBLE", True),
    ]
    silent = rows(replace(found, not_reported=True), LIMITS)[1]
    assert (silent.value, silent.hit) == ("true", True)
    unknown = rows(Measured(execution_index=D("1E+1")), LIMITS)
    assert [row.value for row in unknown] == [
        "false", "false", "", "10", "", "", "", "10", "", "", "",
    ]  # fmt: skip


def test_a_rating_keeps_what_it_was_made_from() -> None:
    situation = Situation(
        node="M08",
        execution=money("0.30", idle=100),
        due=done("0.90"),
        likelihoods=frozenset({Likelihood.POSSIBLE, Likelihood.CERTAIN}),
        compliance_suspected=True,
        not_reported=True,
    )
    assert rate_situation(situation, MONITORING) == Rating(
        level=Level.RED,
        reasons=(
            Reason.COMPLIANCE,
            Reason.NOT_REPORTED,
            Reason.EXECUTION_SLOW,
            Reason.MISMATCH,
            Reason.IDLE,
            Reason.UNCERTAIN,
        ),
        t_ref=D("0.6667"),
        execution_rate=D("0.3000"),
        execution_index=D("0.4500"),
        goal_rate=D("0.9000"),
        gap=D("0.4500"),
        idle_days=100,
        completions=done("0.90"),
        first=Reason.COMPLIANCE,
        measured=Measured(
            execution_index=D("0.4500"),
            goal_rate=D("0.9000"),
            gap=D("0.4500"),
            idle_days=100,
            likelihoods=(Likelihood.CERTAIN, Likelihood.POSSIBLE),
            compliance_suspected=True,
            not_reported=True,
        ),
        limits=LIMITS,
    )


def test_ahead_of_the_year_the_gap_is_counted_from_one() -> None:
    assert judged("0.90", "0.95").gap == D("-0.0500")
    assert judged("0.90", None).gap is None
    assert judged("0.90", None).first is None


@pytest.mark.parametrize(
    ("number", "told"), [("0.00005", "0.0001"), ("0.00015", "0.0002"), ("0.12344999", "0.1234")]
)
def test_a_rate_is_rounded_half_up_to_four_digits(number: str, told: str) -> None:
    assert rate(D(number)) == D(told)


def test_how_far_an_indicator_has_come_is_told_with_what_was_due() -> None:
    told = completion_of(ROAD, value("road", "12"), "M08", MONITORING)
    assert told == Completion(
        indicator_id="road",
        weight=D(50),
        milestone=D(24) * MONITORING.reference_progress["M08"],
        actual=D(12),
        completion=D("0.7500"),
    )
    # Where nothing was counted, the share that was told counts, from nothing to all of it.
    for share, counted in (("0.6", "0.6000"), ("1.2", "1.0000"), ("-0.1", "0.0000"), (None, "0")):
        told_share = value("road", completion=None if share is None else D(share))
        assert completion_of(ROAD, told_share, "M08", MONITORING).completion == D(counted)
    judged_only = completion_of(TRUST, value("trust", completion=D("0.5")), "M08", MONITORING)
    assert (judged_only.milestone, judged_only.completion) == (None, D("0.5000"))
    with_number = completion_of(TRUST, value("trust", "3", completion=D("0.5")), "M08", MONITORING)
    assert (with_number.actual, with_number.completion) == (D(3), D("0.5000"))


def test_the_last_stated_milestone_that_has_passed_is_due() -> None:
    stated = replace(ROAD, milestones={"M05": D(5), "M08": D(15)})
    assert milestone_of(stated, "M05", MONITORING) == 5
    assert milestone_of(stated, "M08", MONITORING) == 15
    early = replace(ROAD, milestones={"M05": D(5)})
    assert milestone_of(early, "M08", MONITORING) == 5
    late = replace(ROAD, milestones={"M08": D(15)})
    assert milestone_of(late, "M05", MONITORING) == 24 * MONITORING.reference_progress["M05"]


def test_a_goal_rate_is_weighted() -> None:
    (half,) = done("0.5")
    whole = replace(half, weight=D(10), completion=D(1))
    assert goal_rate([half, whole]) == D("0.5500")
    assert goal_rate([]) is None
    assert goal_rate([replace(half, weight=D(0))]) is None


def test_a_score_is_told_with_its_parts() -> None:
    rating = judged("0.30", "0.90", "M08", idle=100)
    found = Findings(on_time=False, completeness=D(7), correction=D(4), overdue_letters=2)
    assert score_of(rating, found, MONITORING) == Score(
        total=D("40.50"),
        timeliness=D(0),
        completeness=D(7),
        execution=D("13.50"),
        goal=D("36.00"),
        correction=D(4),
        deducted=D(20),
    )
    without = score_of(replace(rating, goal_rate=None), found, MONITORING)
    assert (without.goal, without.total) == (None, D("20.83"))
    nothing = score_of(rating, replace(found, overdue_letters=9), MONITORING)
    assert nothing.total == 0


def standing(**changes: Any) -> Execution:  # noqa: ANN401 - the fields of it
    fields: dict[str, Any] = {
        "as_of_on": on(8, 31),
        "budget": yuan(100),
        "quota": Money(1),
        "paid": ZERO,
        "available": Money(1),
        "last_movement_on": on(8, 1),
        **changes,
    }
    return Execution(**fields)


@pytest.mark.parametrize(
    ("execution", "days"),
    [
        (standing(), 30),
        (standing(quota=ZERO), None),
        (standing(available=ZERO), None),
        (standing(last_movement_on=None), None),
        (standing(starts_on=on(9, 1)), None),
        (standing(starts_on=on(8, 31)), 0),
        (standing(starts_on=on(8, 11)), 20),
        (standing(starts_on=on(7, 1)), 30),
    ],
)
def test_money_lies_idle_from_the_last_of_its_days(execution: Execution, days: int | None) -> None:
    assert idle_days(execution) == days
