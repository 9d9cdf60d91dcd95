"""The decision table row by row: on the limit, and just beside it; what is listed is enough."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.api.decisions import decision_of
from services.monitoring.api.explaining import Explanation
from services.monitoring.domain.decision_table import Limits, Measured, level_of, rows
from services.monitoring.domain.rating import Situation, idle_days, rate_situation
from services.monitoring.domain.values import Execution, Level, Likelihood, Reason
from services.monitoring.projections.showing import shown
from shared.domain.money import ZERO, Money
from shared.domain.rules import RuleSet
from tests.monitoring.stories import MONITORING, RULES_JSON, on, yuan
from tests.monitoring.test_rating import done, money

LIMITS = Limits.of(MONITORING)
CALM: dict[str, Any] = {"execution_index": Decimal(1), "goal_rate": Decimal(1), "gap": Decimal(0)}


def hit(**found: Any) -> set[Reason]:  # noqa: ANN401
    return {row.reason for row in rows(Measured(**{**CALM, **found}), LIMITS) if row.hit}


D = Decimal
ROWS: list[tuple[Reason, dict[str, Any], dict[str, Any]]] = [
    (Reason.COMPLIANCE, {"compliance_suspected": True}, {"compliance_suspected": False}),
    (Reason.NOT_REPORTED, {"not_reported": True}, {"not_reported": False}),
    (
        Reason.TARGET_UNREACHABLE,
        {"likelihoods": (Likelihood.IMPOSSIBLE,)},
        {"likelihoods": (Likelihood.POSSIBLE,)},
    ),
    (Reason.EXECUTION_SLOW, {"execution_index": D("0.5999")}, {"execution_index": D("0.6000")}),
    (Reason.GOAL_SLOW, {"goal_rate": D("0.5999")}, {"goal_rate": D("0.6000")}),
    (Reason.MISMATCH, {"gap": D("0.3000")}, {"gap": D("0.2999")}),
    (Reason.MISMATCH, {"gap": D("-0.3000")}, {"gap": D("-0.2999")}),
    (Reason.IDLE, {"idle_days": 60}, {"idle_days": 59}),
    (Reason.EXECUTION_BEHIND, {"execution_index": D("0.6000")}, {"execution_index": D("0.5999")}),
    (Reason.EXECUTION_BEHIND, {"execution_index": D("0.7999")}, {"execution_index": D("0.8000")}),
    (Reason.GOAL_BEHIND, {"goal_rate": D("0.6000")}, {"goal_rate": D("0.5999")}),
    (Reason.GOAL_BEHIND, {"goal_rate": D("0.7999")}, {"goal_rate": D("0.8000")}),
    (Reason.MISMATCH_MINOR, {"gap": D("0.1001")}, {"gap": D("0.1000")}),
    (Reason.MISMATCH_MINOR, {"gap": D("0.2999")}, {"gap": D("0.3000")}),
    (Reason.MISMATCH_MINOR, {"gap": D("-0.1001")}, {"gap": D("-0.1000")}),
    (
        Reason.UNCERTAIN,
        {"likelihoods": (Likelihood.POSSIBLE,)},
        {"likelihoods": (Likelihood.CERTAIN,)},
    ),
]


@pytest.mark.parametrize(("reason", "inside", "outside"), ROWS)
def test_every_row_is_hit_on_its_limit_and_not_beside_it(
    reason: Reason, inside: dict[str, Any], outside: dict[str, Any]
) -> None:
    assert reason in hit(**inside)
    assert reason not in hit(**outside)


def test_the_table_has_its_eleven_rows_in_order_seven_of_them_red() -> None:
    table = rows(Measured(**CALM), LIMITS)
    assert [row.reason for row in table] == list(Reason)
    assert [row.number for row in table] == list(range(1, 12))
    assert [row.level for row in table] == [Level.RED] * 7 + [Level.BLUE] * 4
    assert not any(row.hit for row in table)


def test_the_first_match_and_all_matches_are_kept() -> None:
    august = Situation(node="M08", execution=money("0.30", idle=100), due=done("0.90"))
    rating = rate_situation(august, MONITORING)
    assert rating.first is Reason.EXECUTION_SLOW
    assert rating.reasons == (Reason.EXECUTION_SLOW, Reason.MISMATCH, Reason.IDLE)
    assert rating.limits == LIMITS


ALTERNATIVE = {"04": "0.25", "06": "0.40", "08": "0.60", "10": "0.80"}


def test_reference_progress_comes_from_a_table_where_the_rules_have_one() -> None:
    other = {**RULES_JSON["monitoring"], "t_ref": ALTERNATIVE}
    rules = RuleSet.parse({**RULES_JSON, "monitoring": other}, 2).monitoring
    august = Situation(node="M08", execution=money("0.36"), due=())
    rating = rate_situation(august, rules)
    assert (rating.t_ref, rating.execution_index) == (D("0.6000"), D("0.6000"))
    assert rating.reasons == (Reason.EXECUTION_BEHIND,)
    assert rate_situation(august, MONITORING).reasons == (Reason.EXECUTION_SLOW,)
    # A month the table does not name stays linear.
    assert rules.reference_progress["M05"] == D(5) / 12


def lying(**changes: Any) -> Execution:  # noqa: ANN401
    plain = Execution(
        as_of_on=on(8, 31),
        budget=yuan(100),
        quota=yuan(100),
        paid=yuan(10),
        available=yuan(90),
        last_movement_on=on(5, 1),
    )
    return replace(plain, **changes)


def test_money_lies_from_the_later_of_quota_payment_and_beginning() -> None:
    assert idle_days(lying()) == 122
    assert idle_days(lying(starts_on=on(1, 1))) == 122
    assert idle_days(lying(starts_on=on(8, 1))) == 30


@pytest.mark.parametrize(
    "nothing",
    [
        {"quota": ZERO},
        {"available": ZERO},
        {"available": Money(-1)},
        {"last_movement_on": None},
        {"starts_on": on(9, 1)},
    ],
)
def test_what_cannot_be_paid_yet_does_not_lie(nothing: dict[str, Any]) -> None:
    assert idle_days(lying(**nothing)) is None
    rating = rate_situation(Situation(node="M08", execution=lying(**nothing)), MONITORING)
    assert Reason.IDLE not in rating.reasons


def explained(rating: object) -> Explanation:
    return Explanation(
        step="SCORE",
        event_id="e",
        rule_set_version=3,
        legal_basis="财预〔2019〕136号",
        explanation={"rating": shown(rating)},
    )


rates = st.integers(0, 12_000).map(lambda n: D(n) / 10_000)


@given(rates, st.none() | rates.map(lambda r: min(r, D(1))), st.integers(0, 200), st.booleans())
def test_recomputing_from_what_is_listed_gives_the_same_level(
    paid: Decimal,
    goal: Decimal | None,
    idle: int,
    suspected: bool,  # noqa: FBT001
) -> None:
    rating = rate_situation(
        Situation(
            node="M08",
            execution=money(str(paid), idle=idle),
            due=() if goal is None else done(str(goal)),
            compliance_suspected=suspected,
        ),
        MONITORING,
    )
    told = decision_of(explained(rating), [])
    found = [Reason(row.reason) for row in told.rows if row.hit]
    assert level_of(found).value == told.level == rating.level
    assert [reason.value for reason in found] == told.reasons
    assert told.first == (told.reasons[0] if told.reasons else None)


def test_an_older_rating_is_told_without_rows() -> None:
    rating = rate_situation(Situation(node="M08", execution=money("0.30")), MONITORING)
    older = replace(rating, measured=None, limits=None, first=None)
    told = decision_of(explained(older), [])
    assert (told.rows, told.level) == ([], "RED")
    assert msgspec.json.encode(told.model_dump())


def test_the_values_of_the_rows_are_those_of_the_rating() -> None:
    rating = rate_situation(
        Situation(node="M08", execution=money("0.30", idle=100), due=done("0.90")), MONITORING
    )
    by_reason = {row.reason: row for row in decision_of(explained(rating), []).rows}
    slow = by_reason["EXECUTION_SLOW"]
    assert (slow.value, slow.limit, slow.hit) == ("0.4500", "0.60", True)
    assert (by_reason["IDLE"].value, by_reason["IDLE"].limit) == ("100", "60")
    assert by_reason["MISMATCH_MINOR"].limit == "0.10..0.30"
