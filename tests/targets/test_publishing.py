"""Every private fact has its word or its silence, and every public word has a fact behind it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal
from uuid import uuid4

import msgspec
import pytest

from services.targets.domain.duties import EVERY_STEP
from services.targets.domain.events.project import ProjectSelfEvaluated
from services.targets.domain.events.responsibility import ResponsibilityTransferred
from services.targets.domain.events.target import TargetAdjusted, TargetApproved
from services.targets.domain.library import LIBRARY
from services.targets.domain.library_entry import Entry
from services.targets.main import service
from services.targets.publishing import publish
from services.targets.reactions import react
from shared.contracts import evaluation, monitoring
from shared.contracts import targets as said
from shared.domain.grades import Grade
from shared.domain.money import Money
from shared.messages import Heard
from shared.testing.projection_spec import recorded
from shared.testing.spec import Spec
from tests.targets import assessments as a
from tests.targets import coming as c
from tests.targets import stories as s
from tests.targets.duties import OTHERS, transfer
from tests.targets.sessions import concluded
from tests.targets.test_adjustment import adjusting, agree_to_money, approve, refuse
from tests.targets.test_project import resume, running, suspend, terminate
from tests.targets.test_registers import a_class
from tests.targets.test_registers import publish as publish_library

if TYPE_CHECKING:
    from services.targets.domain.values import Indicator

APPROVED = s.approved().facts[-1]
STORIES: dict[str, tuple[object, ...]] = {
    "region-653101": s.a_region.facts,
    f"unit-{s.UNIT_CODE}": s.a_unit.facts,
    "rule_set-653101-2021": s.some_rules.facts,
    "library-KS_CORE": Spec(LIBRARY).given().after(a_class("1", "a"), publish_library).facts,
    "project-P1": s.a_project.facts,
    "project-P2": running.after(suspend, resume, terminate).facts,
    "responsibility-P1-2021": s.a_matrix.after(transfer).facts,
    "ex_ante-P1-2021": a.reviewed(a.scored("s1", "91.20"), a.scored("s2", "93.00"))
    .after(a.conclude_report)
    .facts,
    "target-P1-2021": adjusting.after(approve, agree_to_money).facts,
    "target-P1-2022": adjusting.after(refuse).facts,
    "budget_request-u-2022": tuple(c.requests(c.request_budget, c.approve_request)),
    "budget_request-u-2023": tuple(c.requests(c.request_budget, c.approve_request, c.LATE_CAP)),
    "joint_review-HS2021.01": concluded().facts,
}


def words() -> Iterator[said.TargetsEvent]:
    """What is said in all the stories."""
    for stream, facts in STORIES.items():
        for fact in recorded(stream, *facts):
            word = publish(fact)
            if word is not None:
                assert isinstance(word, said.TargetsEvent)
                yield word


def test_every_promised_word_is_said_and_no_other() -> None:
    assert {type(word) for word in words()} == set(service.says)


def test_every_word_survives_the_wire() -> None:
    for word in words():
        assert type(word).model_validate_json(word.model_dump_json()) == word


def test_the_approved_target_tells_all_that_monitoring_needs() -> None:
    word = publish(recorded("target-P1-2021", APPROVED)[0])
    assert isinstance(word, said.TargetApproved)
    assert (word.region_code, word.project_code, word.unit_code) == ("653101", "P1", s.UNIT_CODE)
    assert (str(word.budget), word.scheme, word.target_version) == ("7400000.00", "A", 1)
    assert sum(i.weight for i in word.indicators) == 90
    assert "drafted_by" not in word.model_dump_json()


def test_the_rules_are_published_exactly_as_adopted() -> None:
    word = publish(recorded("rule_set-653101-2021", s.some_rules.facts[-1])[0])
    assert isinstance(word, said.RuleSetAdopted)
    assert word.rules == json.loads(json.dumps(s.RULES))
    assert word.provenance == {"": {"source_tag": "D", "legal_basis": "喀财绩〔2021〕1号"}}


def test_a_grant_tells_what_was_cut() -> None:
    word = publish(recorded("budget_request-u-2022", STORIES["budget_request-u-2022"][-1])[0])
    assert isinstance(word, said.BudgetRequestDecided)
    assert (word.cut, word.reasons) == (Money(0), ("AS_REQUESTED",))


def test_a_breach_tells_by_how_much_and_why() -> None:
    word = publish(recorded("budget_request-u-2023", STORIES["budget_request-u-2023"][-1])[0])
    assert isinstance(word, said.ConstraintBreached)
    assert (word.grade, word.cap, word.excess) == (
        "GOOD",
        s.yuan("20_000_000"),
        s.yuan("3_000_000"),
    )


def test_who_answers_is_told_and_told_again_when_others_take_over() -> None:
    told = [word for word in words() if isinstance(word, said.ResponsibilityAssigned)]
    assert [word.head for word in told] == [s.PERSONS.head, OTHERS.head]
    assert told[0].steps == tuple(step.value for step in EVERY_STEP)
    assert (told[1].project_code, told[1].unit_code) == (s.CODE, s.UNIT_CODE)
    latest = s.a_matrix.after(transfer).facts[-1]
    assert isinstance(latest, ResponsibilityTransferred)
    earlier = replace(latest, project_code="")
    assert publish(recorded("responsibility-P1-2021", earlier)[0]) is None


def test_a_project_that_stops_says_so_with_its_day() -> None:
    stopped = next(word for word in words() if isinstance(word, said.ProjectSuspended))
    assert (stopped.region_code, stopped.suspended_on) == ("653101", date(2021, 3, 1))


def test_what_was_said_in_a_joint_review_stays_in_the_house() -> None:
    facts = recorded("joint_review-HS2021.01", *STORIES["joint_review-HS2021.01"])
    assert [publish(fact) for fact in facts] == [None] * len(facts)


def test_an_approval_of_ten_indicators_stays_small() -> None:
    assert isinstance(APPROVED, TargetApproved)
    ten: tuple[Indicator, ...] = tuple(
        replace(APPROVED.indicators[0], indicator_id=f"I{n}", name="完成校舍维修改造学校数量")
        for n in range(10)
    )
    event = replace(APPROVED, indicators=ten, annual_goal="改善一万二千名学生的就学条件。" * 8)
    assert len(msgspec.json.encode(event)) <= 3_600


def heard(word: object) -> Heard[said.TargetsEvent]:
    return Heard(
        word=word,  # type: ignore[arg-type]
        event_id=uuid4(),
        producer="evaluation",
        number=1,
        subject="u",
        version=1,
        said_at=datetime(2021, 3, 1, tzinfo=UTC),
        effective_at=datetime(2021, 3, 1, tzinfo=UTC),
        correlation_id="c",
    )


def test_what_is_heard_becomes_a_command() -> None:
    linkage = evaluation.BudgetLinkageDecided(
        region_code="653101",
        unit_code=s.UNIT_CODE,
        basis_fiscal_year=2020,
        budget_year=2022,
        grade="GOOD",
        previous_budget=s.yuan("20_000_000"),
        cap=s.yuan("20_000_000"),
        rule_set_version=1,
    )
    [record] = react(heard(linkage))
    expected = c.cap(Grade.GOOD, s.yuan("20_000_000"))
    assert record == replace(expected, now=datetime(2021, 3, 1, tzinfo=UTC))
    cut = evaluation.BudgetCutConfirmed(
        region_code="653101",
        cut_id="C1",
        project_code="P1",
        basis_project_code="P0",
        unit_code=s.UNIT_CODE,
        basis_fiscal_year=2020,
        budget_year=2022,
        grade="POOR",
        requested=s.yuan("23_000_000"),
        amount=s.yuan("3_000_000"),
        confirmed_on=s.NOW.date(),
    )
    [record] = react(heard(cut))
    assert type(record).__name__ == "RecordCut"
    proposed = monitoring.AdjustmentProposed(
        region_code="653101",
        project_code="P1",
        fiscal_year=2021,
        unit_code=s.UNIT_CODE,
        adjustment_id="A1",
        kind="REDUCTION",
        change=-s.yuan("3_700_000"),
        budget=s.yuan("3_700_000"),
        reason="部分学校撤并",
        proposed_by="m",
        proposed_on=s.NOW.date(),
    )
    [record] = react(heard(proposed))
    assert s.approved().knowing(*s.governed).when(record).facts


def test_an_accepted_self_evaluation_is_recorded_with_its_project() -> None:
    accepted = evaluation.SelfEvaluationAccepted(
        region_code="653101",
        project_code="P1",
        fiscal_year=2021,
        unit_code=s.UNIT_CODE,
        department_code=s.DEPARTMENT,
        self_score=Decimal(95),
        machine_score=Decimal(93),
        final_score=Decimal(93),
        grade="EXCELLENT",
        execution_rate=Decimal("0.82"),
        accepted_on=date(2022, 3, 1),
        rule_set_version=1,
    )
    [record] = react(heard(accepted))
    [fact] = s.a_project.when(record).facts
    assert fact == ProjectSelfEvaluated(
        project_code="P1", fiscal_year=2021, accepted_on=date(2022, 3, 1)
    )


@pytest.mark.parametrize(("outcome", "undoes"), [("FAILED_EXECUTION", ["A1"]), ("REFUSED", [])])
def test_only_an_adjustment_whose_money_could_not_follow_is_undone(
    outcome: Literal["FAILED_EXECUTION", "REFUSED"], undoes: list[str]
) -> None:
    compensated = monitoring.AdjustmentCompensated(
        region_code="653101",
        project_code="P1",
        fiscal_year=2021,
        unit_code=s.UNIT_CODE,
        adjustment_id="A1",
        kind="REDUCTION",
        outcome=outcome,
        reason="资金未能执行",
    )
    changed = adjusting.after(approve, agree_to_money)
    facts = [fact for ask in react(heard(compensated)) for fact in changed.when(ask).facts]
    assert [fact.undoes for fact in facts if isinstance(fact, TargetAdjusted)] == undoes
    assert len(facts) == len(undoes)


@pytest.mark.parametrize("word", service.hears)
def test_every_word_it_listens_for_has_an_answer(word: type[object]) -> None:
    assert word.__name__ in {
        "BudgetLinkageDecided", "BudgetCutConfirmed", "AdjustmentProposed",
        "AdjustmentCompensated", "SelfEvaluationAccepted", "SuspensionEnded",
    }  # fmt: skip
    assert Entry(code="1", name="x").unit == ""
