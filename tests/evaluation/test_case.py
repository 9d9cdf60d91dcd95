"""Stories of accountability: from a clue to an end state. It is recorded, never decided here."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.case import CaseState
from services.evaluation.domain.case_decider import case_decider
from services.evaluation.domain.case_messages import (
    CaseEnded,
    CaseOpened,
    CaseReopened,
    ClueKind,
    ClueRaised,
    FindingNoted,
    InvestigationStarted,
    NoActionRecorded,
    NoteFinding,
    RecordNoAction,
    Rung,
    Violation,
)
from services.evaluation.domain.refusals import AlreadyRecorded, UnitUnknown
from services.evaluation.domain.standing_refusals import (
    CaseClosed,
    CaseNotInvestigated,
    CaseUnknown,
    CaseWithoutEndState,
    LadderGoesUp,
    NothingDoneAndMeasured,
    TransferWithoutRecipient,
)
from services.evaluation.domain.unit import Unit
from shared.testing.spec import Given, Spec
from tests.evaluation.story import BUREAU, KNOWN_UNIT, NOW, REGION, TODAY, UNIT
from tests.evaluation.test_records import CLOSE, INVESTIGATE, OPEN, REOPEN, measure

case = Spec(case_decider)
NOTHING = RecordNoAction(
    case_id="C1",
    authority="地区财政局",
    document_no="监〔2022〕3号",
    decided_on=TODAY,
    reason="口径变化所致",
    by=BUREAU,
    now=NOW,
)
OTHERS = (INVESTIGATE, measure(Rung.TALK), NOTHING, CLOSE, REOPEN)


def finding(source: str = "P1", *, decides: bool = False, unit: str = UNIT) -> NoteFinding:
    return NoteFinding(
        case_id="C1",
        kind=ClueKind.INFLATED_SCORES,
        source=source,
        unit_code=unit,
        region_code=REGION,
        subject="自评结果虚高",
        detail=f"{source}虚高",
        decides=decides,
        by="abacus",
        now=NOW,
    )


def opened() -> Given:
    return case.knowing(KNOWN_UNIT).after(OPEN).knowing()


def looked_into() -> Given:
    return opened().after(INVESTIGATE)


def test_a_case_is_opened_once_about_a_known_unit() -> None:
    story = case.knowing(KNOWN_UNIT).after(OPEN)
    story.when(OPEN).then_nothing()
    story.when(replace(OPEN, clue="举报")).then_refused(AlreadyRecorded)
    case.knowing(Unit()).when(OPEN).then_refused(UnitUnknown)
    for command in OTHERS:
        case.when(command).then_refused(CaseUnknown)


def test_a_case_is_looked_into_before_anything_is_recorded_of_it() -> None:
    opened().when(measure(Rung.REMINDER)).then_refused(CaseNotInvestigated)
    opened().when(NOTHING).then_refused(CaseNotInvestigated)
    opened().when(INVESTIGATE).then(InvestigationStarted(office="财政监督科", started_on=TODAY))
    looked_into().when(INVESTIGATE).then_nothing()


def test_a_case_is_closed_only_with_an_end_state() -> None:
    opened().when(CLOSE).then_refused(CaseWithoutEndState, missing="INVESTIGATION")
    looked_into().when(CLOSE).then_refused(CaseWithoutEndState, missing="END_STATE")
    ended = CaseEnded(outcome="已整改", ended_on=TODAY)
    looked_into().after(measure(Rung.TALK)).when(CLOSE).then(ended)
    looked_into().after(NOTHING).when(CLOSE).then(ended)
    closed = looked_into().after(NOTHING, CLOSE)
    closed.when(CLOSE).then_nothing()
    closed.when(measure(Rung.TALK)).then_refused(CaseClosed)
    closed.when(replace(NOTHING, reason="别的")).then_refused(CaseClosed)
    closed.when(INVESTIGATE).then_refused(CaseClosed)


def test_nothing_done_and_measures_exclude_each_other() -> None:
    looked_into().when(NOTHING).then(
        NoActionRecorded(
            authority="地区财政局",
            document_no="监〔2022〕3号",
            decided_on=TODAY,
            reason="口径变化所致",
        )
    )
    left = looked_into().after(NOTHING)
    left.when(NOTHING).then_nothing()
    left.when(measure(Rung.TALK)).then_refused(NothingDoneAndMeasured)
    looked_into().after(measure(Rung.TALK)).when(NOTHING).then_refused(NothingDoneAndMeasured)


def test_measures_are_recorded_up_the_ladder_with_who_decided_them() -> None:
    (fact,) = looked_into().when(measure(Rung.TALK)).facts
    assert (fact.authority, fact.document_no, fact.unit_code) == (  # type: ignore[attr-defined]
        "地区财政局",
        "通报〔2022〕1号",
        UNIT,
    )
    talked = looked_into().after(measure(Rung.TALK))
    talked.when(measure(Rung.TALK)).then_nothing()
    talked.when(measure(Rung.REMINDER)).then_refused(LadderGoesUp, reached=Rung.TALK)
    assert talked.when(measure(Rung.CIRCULAR)).refusal is None


def test_a_transfer_names_who_takes_the_case_over() -> None:
    transfer = measure(Rung.TRANSFER)
    looked_into().when(transfer).then_refused(TransferWithoutRecipient)
    (fact,) = looked_into().when(replace(transfer, recipient="县纪委监委")).facts
    assert fact.recipient == "县纪委监委"  # type: ignore[attr-defined]


def test_a_reopened_case_needs_a_new_end_state() -> None:
    closed = looked_into().after(measure(Rung.TALK), CLOSE)
    opened().when(REOPEN).then_nothing()
    closed.when(REOPEN).then(CaseReopened(reason="再次发生"))
    again = closed.after(REOPEN)
    again.when(CLOSE).then_refused(CaseWithoutEndState, missing="INVESTIGATION")
    again.after(INVESTIGATE).when(CLOSE).then_refused(CaseWithoutEndState, missing="END_STATE")
    again.after(INVESTIGATE).when(measure(Rung.REMINDER)).then_refused(LadderGoesUp)
    assert again.after(INVESTIGATE, measure(Rung.CIRCULAR), CLOSE).state.outcome == "已整改"


def test_one_inflated_project_is_noted_and_a_second_makes_a_clue() -> None:
    first = case.knowing(KNOWN_UNIT).after(finding("P1"))
    assert [type(fact) for fact in first.facts] == [FindingNoted]
    first.when(finding("P1")).then_nothing()
    _, clue = first.when(finding("P2")).facts
    assert isinstance(clue, ClueRaised)
    assert (clue.clue, clue.unit_code) == ("P1虚高；P2虚高", UNIT)
    assert (clue.region_code, clue.department_code) == (REGION, KNOWN_UNIT.department_code)
    assert (clue.kind, clue.subject, clue.raised_on) == (
        ClueKind.INFLATED_SCORES,
        "自评结果虚高",
        TODAY,
    )
    third = first.after(finding("P2")).when(finding("P3")).facts
    assert [type(fact) for fact in third] == [FindingNoted]  # one clue is enough


def test_a_serious_finding_is_a_clue_at_once_and_a_clue_is_no_case() -> None:
    story = case.knowing(KNOWN_UNIT).after(finding(decides=True))
    assert isinstance(story.facts[-1], ClueRaised)
    for command in OTHERS:
        story.knowing().when(command).then_refused(CaseUnknown)
    (fact,) = story.when(OPEN).facts
    assert isinstance(fact, CaseOpened)
    story.when(replace(OPEN, unit_code="U9")).then_refused(AlreadyRecorded)


def test_a_suspected_violation_names_its_article_and_judges_nothing() -> None:
    suspicion = replace(
        finding("F1", unit=""), kind=ClueKind.FUND_VIOLATION, violation=Violation.HOLDING_BACK
    )
    noted = case.given().after(suspicion)
    assert noted.state.clue is None
    story = noted.after(replace(suspicion, decides=True, violation=None))
    assert story.state.clue.statute == "《财政违法行为处罚处分条例》第六条第三项"
    (fact,) = story.knowing(KNOWN_UNIT).when(OPEN).facts
    assert isinstance(fact, CaseOpened)
    assert (fact.violation, fact.statute) == (Violation.HOLDING_BACK, story.state.clue.statute)


def test_a_case_from_before_the_investigation_was_kept_is_still_read() -> None:
    old = (
        CaseOpened(
            unit_code=UNIT,
            region_code=REGION,
            department_code="D",
            subject="x",
            clue="y",
            opened_on=TODAY,
        ),
        CaseEnded(outcome="已整改"),
    )
    case.given(*old).when(measure(Rung.TALK)).then_refused(CaseClosed)
    assert isinstance(case.given(*old).state, CaseState)


@given(st.lists(st.sampled_from([OPEN, *OTHERS, measure(Rung.CIRCULAR)]), max_size=12))
def test_whatever_is_asked_no_closed_case_is_without_an_end_state(asked: list[object]) -> None:
    story = case.given()
    for command in asked:
        known = (KNOWN_UNIT,) if command is OPEN else ()
        outcome = story.knowing(*known).when(command)
        story = Given(case_decider, (*story.facts, *outcome.facts))
        state = story.state
        assert state.outcome is None or state.has_ended


@pytest.mark.parametrize("rung", [rung for rung in Rung if rung is not Rung.TRANSFER])
def test_every_rung_can_be_the_first(rung: Rung) -> None:
    assert looked_into().when(measure(rung)).refusal is None
