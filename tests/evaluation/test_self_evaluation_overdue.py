"""A report has a day: before it the unit is reminded, after it the ladder is told (§3.7a)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.case_messages import ClueKind
from services.evaluation.domain.self_evaluation.commands import (
    NoteSelfEvaluationOverdue,
    RemindOfSelfEvaluation,
)
from services.evaluation.domain.self_evaluation.decider import self_evaluation_decider
from services.evaluation.domain.self_evaluation.events import (
    SelfEvaluationOverdue,
    SelfEvaluationReminded,
)
from services.evaluation.domain.self_evaluation.messages import (
    OpenSelfEvaluation,
    SelfEvaluationOpened,
)
from services.evaluation.domain.self_evaluation.terms import terms_in
from services.evaluation.publishing import publish
from services.evaluation.reactions import fall_due, schedule
from services.evaluation.reactions.clues import clues
from shared.contracts import evaluation as said
from shared.contracts import targets
from shared.messages import CalledOff, Deadline, Due
from shared.testing.projection_spec import recorded
from shared.testing.spec import Given, Spec
from tests.evaluation.living import Living, eventually
from tests.evaluation.story import (
    ADOPTED,
    DEPT,
    ID,
    JUDGING,
    PROJECT,
    REGION,
    RULES,
    UNIT,
    accept,
    audit,
    submit,
    yuan,
)
from tests.evaluation.test_reactions import INDICATOR, PROJECT_YEAR, heard

report = Spec(self_evaluation_decider)
DAY: Final = date(2022, 3, 31)
MORNING: Final = datetime(2022, 4, 1, 2, tzinfo=UTC)
opened = SelfEvaluationOpened(project=PROJECT, due_on=DAY, remind_on=date(2022, 3, 21))
TERM: Final[dict[str, Any]] = {"self_evaluation_id": ID, "by": "abacus", "now": MORNING}
OVERDUE: Final = NoteSelfEvaluationOverdue(**TERM)
REMIND: Final = RemindOfSelfEvaluation(**{**TERM, "now": datetime(2022, 3, 22, 2, tzinfo=UTC)})
late = SelfEvaluationOverdue(whose=PROJECT.whose, due_on=DAY, found_on=date(2022, 4, 1))


def waiting() -> Given:
    return report.given(opened).knowing(*JUDGING)


def test_a_unit_that_has_not_signed_is_reminded_once_and_then_overdue_once() -> None:
    reminded = SelfEvaluationReminded(
        whose=PROJECT.whose, due_on=DAY, reminded_on=date(2022, 3, 22)
    )
    waiting().when(REMIND).then(reminded)
    waiting().after(REMIND).when(REMIND).then_nothing()
    waiting().after(REMIND).when(OVERDUE).then(late)
    waiting().after(REMIND, OVERDUE).when(OVERDUE).then_nothing()


def test_the_clock_is_never_refused_and_its_last_day_belongs_to_the_unit() -> None:
    on_the_day = replace(OVERDUE, now=datetime(2022, 3, 31, 15, tzinfo=UTC))
    waiting().when(on_the_day).then_nothing()
    for signed in (waiting().after(submit()), waiting().after(submit(), audit())):
        signed.when(REMIND).then_nothing()
        signed.when(OVERDUE).then_nothing()
    for command in (REMIND, OVERDUE):
        report.when(command).then_nothing()
        undated = report.given(SelfEvaluationOpened(project=PROJECT))
        undated.when(command).then_nothing()


def test_what_came_late_is_taken_all_the_same() -> None:
    assert waiting().after(OVERDUE).when(submit()).refusal is None


def test_the_days_are_those_of_the_rule_set() -> None:
    text = '{"self_evaluation": {"submit_by": "02-28", "remind_days": 5}}'
    terms = terms_in(text)
    assert (terms.due_on(2021), terms.remind_on(2021)) == (date(2022, 2, 28), date(2022, 2, 23))
    command = OpenSelfEvaluation(project=PROJECT, by="a", now=datetime(2021, 2, 1, tzinfo=UTC))
    known = report.knowing(replace(ADOPTED, text=text), Rules(), Rules())
    (fact,) = known.when(command).facts
    assert (fact.due_on, fact.remind_on) == (  # type: ignore[attr-defined]
        date(2022, 2, 28),
        date(2022, 2, 23),
    )


def test_two_days_are_waited_for_and_called_off_when_it_is_accepted() -> None:
    (one,) = recorded(f"self_evaluation-{ID}", opened)
    reminder, end = schedule(one)
    assert isinstance(reminder, Deadline)
    assert isinstance(end, Deadline)
    assert (reminder.subject, end.subject) == (ID, ID)
    assert end.due_at - reminder.due_at == timedelta(days=10)
    for deadline, kind in ((reminder, RemindOfSelfEvaluation), (end, NoteSelfEvaluationOverdue)):
        due = Due(
            kind=deadline.kind,
            subject=deadline.subject,
            due_at=deadline.due_at,
            now=MORNING,
        )
        assert isinstance(fall_due(due), kind)
    *_, accepted = waiting().after(submit(), audit(), accept()).facts
    (fact,) = recorded(f"self_evaluation-{ID}", accepted)
    assert set(schedule(fact)) == {CalledOff(key=reminder.key), CalledOff(key=end.key)}


def test_it_is_told_and_the_second_of_a_unit_and_year_makes_a_clue() -> None:
    (fact,) = recorded(f"self_evaluation-{ID}", late)
    word = publish(fact)
    assert isinstance(word, said.SelfEvaluationOverdue)
    assert (word.project_code, word.due_on, word.found_on) == ("P1", DAY, date(2022, 4, 1))
    (clue,) = clues(heard(word))
    assert (clue.case_id, clue.kind, clue.decides) == (
        f"CLUE-OVERDUE-{UNIT}-2021",
        ClueKind.OVERDUE_SELF_EVALUATIONS,
        False,
    )


def approved(code: str) -> targets.TargetApproved:
    """A target that binds from December on."""
    return targets.TargetApproved(
        **{**PROJECT_YEAR, "project_code": code},
        project_name="农村公路",
        department_code=DEPT,
        target_version=1,
        budget=yuan(500),
        scheme="A",
        annual_goal="修路",
        indicators=(INDICATOR,),
        approved_on=date(2021, 12, 20),
        rule_set_version=1,
    )


async def test_the_year_ends_and_two_reports_that_are_missing_are_on_the_ladder(
    living_county: Living,
) -> None:
    world = living_county
    place: dict[str, Any] = {"region_code": REGION, "unit_code": UNIT, "department_code": DEPT}
    await world.hear(
        targets.RuleSetAdopted(
            region_code=REGION,
            fiscal_year=2021,
            rule_set_id="r",
            rule_set_version=1,
            legal_basis="财预〔2020〕10号",
            rules=RULES,
        ),
        targets.UnitRegistered(**place, name="交通局", department_name="交通局"),
        *(approved(code) for code in ("P1", "P2")),
    )
    await world.clock.advance_to(datetime(2022, 3, 22, 2, tzinfo=UTC))
    await world.until_it_is("/self-evaluations/P1-2021", reminded_on="2022-03-22")
    await world.clock.advance_to(MORNING)
    for code in ("P1", "P2"):
        shown = await world.until_it_is(f"/self-evaluations/{code}-2021", overdue_on="2022-04-01")
        assert (shown["status"], shown["due_on"]) == ("OPENED", "2022-03-31")

    async def told() -> bool:
        cases = await world.county.read("/cases")
        return [one["case_id"] for one in cases["items"]] == [f"CLUE-OVERDUE-{UNIT}-2021"]

    await eventually(told)
