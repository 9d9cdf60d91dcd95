"""What is known of a project's money: quota, freezes, contracts, red warnings, days of checks."""

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.funds.funds import Funds, funds_decider
from services.evaluation.domain.funds.messages import (
    Check,
    ChecksPlanned,
    CommittedNoted,
    FreezeNoted,
    NoteClaim,
    NoteCommitted,
    NoteFreeze,
    NoteQuota,
    NoteRed,
    QuotaNoted,
)
from services.evaluation.domain.values import RecoveryReason
from shared.domain.money import ZERO, Money
from shared.testing.spec import Given, Spec
from tests.evaluation.story import ADOPTED, NOW, REGION, RULES, yuan

moneys = Spec(funds_decider)
NO = Rules()
WHERE: Final[dict[str, Any]] = {
    "project_code": "P1",
    "fiscal_year": 2022,
    "by": "abacus",
    "now": NOW,
}
ISSUED: Final = NoteQuota(**WHERE, version=1, region_code=REGION, issued=yuan(500))
AMENDED: Final = NoteQuota(**WHERE, version=2, region_code=REGION, quota=yuan(450))
HELD: Final = NoteFreeze(**WHERE, version=3, freeze_id="A1", amount=yuan(40))
OWED: Final = NoteCommitted(**WHERE, version=4, change=yuan(150))
DRAWN: Final = NoteCommitted(**WHERE, version=5, change=-yuan(60))
RED: Final = NoteRed(**WHERE, warning_id="W1", over=False)
CLAIMED: Final = NoteClaim(project_code="P1", fiscal_year=2022, recovery_id="R1", amount=yuan(10))
LIFE: Final = (
    ISSUED,
    AMENDED,
    HELD,
    OWED,
    DRAWN,
    RED,
    CLAIMED,
    replace(CLAIMED, amount=ZERO),
    replace(RED, over=True),
)


def issued(rules: Rules = ADOPTED) -> Given:
    return moneys.knowing(rules, NO, NO).after(ISSUED)


def test_the_ledger_is_followed_word_by_word() -> None:
    state = issued().after(AMENDED, HELD, OWED, DRAWN).state
    assert (state.quota, state.frozen, state.committed) == (yuan(450), yuan(40), yuan(90))
    adjusted = NoteQuota(**WHERE, version=6, region_code=REGION, quota=yuan(410), freed="A1")
    state = issued().after(AMENDED, HELD, adjusted).state
    assert (state.quota, state.frozen) == (yuan(410), ZERO)
    let_go = issued().after(HELD, NoteFreeze(**WHERE, version=7, freeze_id="A1", amount=None))
    assert let_go.state.frozen == ZERO


def test_what_is_heard_again_or_late_counts_once() -> None:
    story = issued().after(AMENDED, HELD, OWED)
    for command in (AMENDED, HELD, OWED):
        story.when(command).then_nothing()
    story.when(replace(ISSUED, version=4)).then_nothing()


@given(st.lists(st.sampled_from([AMENDED, HELD, OWED, DRAWN]), max_size=12))
def test_repetition_never_changes_what_the_ledger_came_to(again: list[object]) -> None:
    story = issued().after(AMENDED, HELD, OWED, DRAWN)
    assert story.after(*again).state == story.state


def test_the_first_quota_plans_the_days_of_the_rule_set() -> None:
    noted, planned = issued().facts
    assert noted == QuotaNoted(version=1, quota=yuan(500))
    assert planned == ChecksPlanned(
        checks=(
            Check(reason=RecoveryReason.RED_NOT_CURED, on=date(2022, 8, 31)),
            Check(reason=RecoveryReason.LOW_EXECUTION, on=date(2022, 9, 30)),
            Check(reason=RecoveryReason.UNSPENT_WITHOUT_CONTRACT, on=date(2022, 10, 31)),
            Check(reason=RecoveryReason.SURPLUS, on=date(2023, 12, 31)),
        ),
        rule_set_version=1,
    )
    more = replace(ISSUED, version=2)
    assert [type(fact) for fact in issued().when(more).facts] == [QuotaNoted]


def test_days_that_are_over_are_not_planned() -> None:
    late = replace(ISSUED, fiscal_year=2021)
    _, planned = moneys.knowing(ADOPTED, NO, NO).when(late).facts
    reasons = [one.reason for one in planned.checks]  # type: ignore[attr-defined]
    assert reasons == [RecoveryReason.SURPLUS]


@pytest.mark.parametrize("by_clock", [True, False])
def test_a_rule_set_may_leave_it_to_people(by_clock: bool) -> None:  # noqa: FBT001 - a column
    text = json.dumps({**RULES, "recovery": {**RULES["recovery"], "by_clock": by_clock}})
    facts = issued(replace(ADOPTED, text=text, version=2)).facts
    assert bool(facts[1].checks) is by_clock  # type: ignore[attr-defined]


def test_without_rules_nothing_is_planned_and_the_quota_counts() -> None:
    assert [type(fact) for fact in issued(NO).facts] == [QuotaNoted]
    planned = moneys.given(*issued(NO).facts).knowing(ADOPTED, NO, NO)
    assert len(planned.when(replace(ISSUED, version=2)).facts) == 2


def test_a_check_is_planned_until_its_day_is_over() -> None:
    for now, first in (("2022-08-31T15:59", "08-31"), ("2022-08-31T16:00", "09-30")):
        moment = datetime.fromisoformat(f"{now}:00+00:00")  # 16:00 is midnight in China
        story = moneys.knowing(ADOPTED, NO, NO)
        _, planned = story.when(replace(ISSUED, now=moment)).facts
        assert isinstance(planned, ChecksPlanned)
        assert planned.checks[0].on == date.fromisoformat(f"2022-{first}")


def test_a_red_warning_stands_until_it_is_cured() -> None:
    assert issued().after(RED).state.red == {"W1"}
    issued().after(RED).when(RED).then_nothing()
    assert not issued().after(RED, replace(RED, over=True)).state.red
    issued().when(replace(RED, over=True)).then_nothing()


def test_claims_of_others_are_known_and_ones_own_is_not_counted() -> None:
    other = replace(CLAIMED, recovery_id="R2", amount=yuan(7))
    state: Funds = issued().after(CLAIMED, other).state
    assert state.claimed_by_others("R1") == yuan(7)
    assert state.claimed_by_others("R9") == yuan(17)
    assert issued().after(CLAIMED, replace(CLAIMED, amount=ZERO)).state.claims == {}
    issued().after(CLAIMED).when(CLAIMED).then_nothing()
    issued().when(replace(CLAIMED, amount=ZERO)).then_nothing()


def test_contracts_never_owe_less_than_nothing() -> None:
    (fact,) = issued().when(DRAWN).facts
    assert fact == CommittedNoted(version=5, committed=Money(0))
    (held,) = issued().when(HELD).facts
    assert held == FreezeNoted(version=3, freeze_id="A1", amount=yuan(40))
