"""Two offices answer for a self-evaluation, its head signs last, every guard holds (§3.7a)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.refusals import (
    IndicatorNotReported,
    ScoreOutOfRange,
    SelfEvaluationNotOpen,
    SelfEvaluationUnknown,
)
from services.evaluation.domain.self_evaluation import refusals as no
from services.evaluation.domain.self_evaluation.desks import Desk, ReturnCode
from services.evaluation.domain.self_evaluation.events import (
    DutyNamed,
    ExecutionConfirmed,
    ReportFilled,
)
from services.evaluation.domain.self_evaluation.messages import SelfEvaluationSubmitted
from services.evaluation.domain.self_evaluation.states import Open, Submitted, Unopened
from services.evaluation.domain.values import Attainment
from shared.domain.refusals import Refusal
from tests.evaluation.self_evaluations import (
    BUSINESS,
    FINANCE,
    PROOF,
    back,
    confirm,
    duty,
    file,
    fill,
    name_duty,
    named,
    report,
    sign,
    signed,
)
from tests.evaluation.story import (
    ADOPTED,
    HEAD,
    INDICATORS,
    JUDGING,
    LOW,
    PAID,
    SLOW,
    TODAY,
    opened,
    reports,
    submit,
    yuan,
)


def test_both_offices_do_their_part_and_the_head_signs_last() -> None:
    story = named()
    (filled,) = story.when(fill()).facts
    assert isinstance(filled, ReportFilled)
    assert (filled.filled_by, filled.person, filled.both_done) == (BUSINESS, "李", False)
    assert filled.evidence[0].covers == tuple(one.indicator_id for one in INDICATORS)
    (confirmed,) = story.after(fill()).when(confirm()).facts
    assert isinstance(confirmed, ExecutionConfirmed)
    assert (confirmed.paid, confirmed.execution_rate) == (yuan(410), Decimal("0.82"))
    assert (confirmed.confirmed_by, confirmed.person, confirmed.both_done) == (FINANCE, "王", True)
    (handed_in,) = story.after(fill(), confirm()).when(sign()).facts
    assert isinstance(handed_in, SelfEvaluationSubmitted)
    assert handed_in.self_score == Decimal("93.89")
    assert (handed_in.filled_by, handed_in.confirmed_by) == (BUSINESS, FINANCE)
    assert (handed_in.submitted_by, handed_in.signed_for) == (HEAD, "张")
    assert (handed_in.prepared_by_business, handed_in.prepared_by_finance) == ("李", "王")
    assert (handed_in.submitted_on, handed_in.reports) == (TODAY, filled.reports)


def test_the_offices_may_come_in_either_order_and_say_it_twice() -> None:
    story = named().after(confirm(), fill())
    story.when(confirm()).then_nothing()
    story.when(fill()).then_nothing()
    assert isinstance(story.after(sign()).state, Submitted)
    story.after(sign()).when(sign()).then_nothing()
    changed = fill(summary="维修公路18公里")
    assert isinstance(story.after(changed).state.form.filled, ReportFilled)


@pytest.mark.parametrize(
    ("done", "lacking"),
    [
        ((), [Desk.BUSINESS, Desk.FINANCE]),
        ((fill(),), [Desk.FINANCE]),
        ((confirm(),), [Desk.BUSINESS]),
    ],
)
def test_the_head_cannot_sign_before_both(done: tuple[object, ...], lacking: list[Desk]) -> None:
    named().after(*done).when(sign()).then_refused(no.SelfEvaluationPartOpen, open=lacking)
    named().after(*done).when(submit()).then_refused(no.SelfEvaluationPartOpen, open=lacking)


def test_where_an_office_has_begun_the_other_is_waited_for() -> None:
    unnamed = report.given(opened).knowing(*JUDGING)
    unnamed.after(fill()).when(sign()).then_refused(no.SelfEvaluationPartOpen)
    assert isinstance(unnamed.after(fill(), confirm(), sign()).state, Submitted)


def test_the_two_offices_are_two_persons() -> None:
    named().after(fill()).when(confirm(by=BUSINESS)).then_refused(
        no.SelfEvaluationOfficesNotSeparate
    )
    named().after(confirm()).when(fill(by=FINANCE)).then_refused(
        no.SelfEvaluationOfficesNotSeparate
    )


@pytest.mark.parametrize("command", [fill(person="赵"), confirm(person="赵"), sign(person="赵")])
def test_who_signs_is_who_is_named(command: object) -> None:
    story = named().after(fill(), confirm())
    story.when(command).then_refused(no.SelfEvaluationSignerNotNamed, person="赵")


def test_the_head_signs_the_lines_of_the_business_office_and_no_others() -> None:
    story = named().after(fill(), confirm())
    other = (replace(reports()[0], value=Decimal(20)), *reports()[1:])
    story.when(sign(reports=other)).then_refused(no.ReportNotConfirmed)
    assert story.when(sign(reports=tuple(reversed(reports())))).refusal is None


def test_money_that_moved_is_confirmed_once_more() -> None:
    story = named().after(fill(), confirm())
    later = story.knowing(replace(PAID, paid=yuan(420)), ADOPTED, Rules(), Rules())
    later.when(sign()).then_refused(no.SelfEvaluationExecutionChanged, paid="4200000.00")
    assert isinstance(later.after(confirm(), sign()).state, Submitted)


def test_without_a_self_score_the_machines_is_signed() -> None:
    (fact,) = named().after(fill(self_score=None), confirm()).when(sign()).facts
    assert isinstance(fact, SelfEvaluationSubmitted)
    assert fact.self_score == Decimal("93.89")
    named().when(fill(self_score=Decimal("100.01"))).then_refused(ScoreOutOfRange)


CAUSELESS = (*reports()[:4], replace(reports()[4], cause=None), *reports()[5:])


def with_cause(**changes: Any) -> Any:  # noqa: ANN401 - lines of a report
    """The lines of V1 with a changed cause of the one that deviates."""
    return (*reports()[:4], replace(reports()[4], cause=replace(LOW, **changes)), *reports()[5:])


@pytest.mark.parametrize(("objective", "subjective"), [(0, 100), (100, 0)])
def test_a_cause_may_be_wholly_ones_own_or_wholly_not(objective: int, subjective: int) -> None:
    shares = {"objective": Decimal(objective), "subjective": Decimal(subjective)}
    assert named().when(fill(reports=with_cause(**shares))).refusal is None


@pytest.mark.parametrize(
    ("lines", "refusal", "pointer"),
    [
        (
            (replace(reports()[0], evidence=()), *reports()[1:]),
            no.SelfEvaluationEvidenceMissing,
            "/reports/0/evidence",
        ),
        (CAUSELESS, no.CauseMissing, "/reports/4/cause"),
        (with_cause(text="目标偏低"), no.CauseTooShort, "/reports/4/cause/text"),
        (with_cause(measure=" "), no.CureMissing, "/reports/4/cause/measure"),
        (with_cause(due_on=None), no.CureMissing, "/reports/4/cause/due_on"),
        (with_cause(owner=""), no.CureMissing, "/reports/4/cause/owner"),
        (with_cause(subjective=Decimal(50)), no.CureMissing, "/reports/4/cause/objective"),
        (with_cause(objective=None), no.CureMissing, "/reports/4/cause/objective"),
        (
            with_cause(objective=Decimal(-1), subjective=Decimal(101)),
            no.CureMissing,
            "/reports/4/cause/objective",
        ),
        (reports()[1:], IndicatorNotReported, "/reports"),
        (
            (replace(reports()[0], value=None), *reports()[1:]),
            IndicatorNotReported,
            "/reports/0/value",
        ),
        ((*reports(), reports()[0]), no.IndicatorReportedTwice, "/reports/7/indicator_id"),
    ],
)
def test_every_guard_of_the_form_names_field_and_rule(
    lines: Any,  # noqa: ANN401 - lines of a report
    refusal: type[Refusal],
    pointer: str,
) -> None:
    refused = named().when(fill(reports=lines)).then_refused(refusal)
    assert refused.pointer == pointer
    unnamed = report.given(opened).knowing(*JUDGING)
    assert unnamed.when(submit(reports=lines)).then_refused(refusal).pointer == pointer


def test_a_quality_that_was_partly_met_needs_a_cause() -> None:
    partly = replace(reports()[6], attainment=Attainment.PARTLY, share=Decimal("0.70"))
    lines = (*reports()[:6], partly)
    refused = named().when(fill(reports=lines)).then_refused(no.CauseMissing, subject="social")
    assert refused.pointer == "/reports/6/cause"
    explained = (*reports()[:6], replace(partly, cause=SLOW))
    assert named().when(fill(reports=explained)).refusal is None


def test_low_execution_is_explained_by_itself() -> None:
    slow = named().knowing(replace(PAID, paid=yuan(300)), ADOPTED, Rules(), Rules())
    refused = slow.when(fill(self_score=None)).then_refused(no.CauseMissing, subject="EXECUTION")
    assert refused.pointer == "/execution_cause"
    assert slow.when(fill(self_score=None, execution_cause=SLOW)).refusal is None


def test_a_file_is_described_once_and_proves_something() -> None:
    named().when(fill(evidence=())).then_refused(no.EvidenceNotDescribed, sha256=PROOF)
    named().when(fill(evidence=(file(), file()))).then_refused(no.EvidenceDescribedTwice)
    other = file("b" * 64)
    named().when(fill(evidence=(file(), other))).then_refused(no.EvidenceProvesNothing)


def test_nothing_is_filled_after_the_signature_or_before_the_target() -> None:
    signed().when(fill(summary="改")).then_nothing()
    lines = tuple(replace(one, cause=SLOW) for one in reports())
    signed().when(fill(reports=lines)).then_refused(SelfEvaluationNotOpen)
    signed().when(confirm()).then_refused(SelfEvaluationNotOpen)
    early = report.given(duty).knowing(*JUDGING)
    for command in (fill(), confirm(), sign()):
        early.when(command).then_refused(SelfEvaluationUnknown)


def test_who_answers_may_be_named_before_the_target_and_after() -> None:
    report.when(name_duty()).then(duty)
    assert report.given(duty).state == Unopened(duty=duty)
    report.given(duty).when(name_duty()).then_nothing()
    report.given(duty, opened).when(name_duty()).then_nothing()
    taken_over = named().after(name_duty("赵"))
    assert taken_over.state.form.duty == DutyNamed(business="赵", finance="王", head="张")
    assert taken_over.when(fill(person="赵")).refusal is None


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        (ReturnCode.EVIDENCE_MISSING, {Desk.FINANCE}),
        (ReturnCode.EXECUTION_DOUBTFUL, {Desk.BUSINESS}),
        (ReturnCode.SIGNATURE_WRONG, {Desk.BUSINESS, Desk.FINANCE}),
    ],
)
def test_a_return_opens_the_part_of_the_office_responsible(
    code: ReturnCode, kept: set[Desk]
) -> None:
    state = signed().after(back(code)).state
    assert isinstance(state, Open)
    parts = {Desk.BUSINESS: state.form.filled, Desk.FINANCE: state.form.confirmed}
    assert {desk for desk, part in parts.items() if part is not None} == kept


def test_a_return_without_a_code_is_the_business_offices() -> None:
    state = signed().after(back()).state
    assert (state.form.filled, state.form.confirmed is not None) == (None, True)
    signed().after(back()).when(sign()).then_refused(
        no.SelfEvaluationPartOpen, open=[Desk.BUSINESS]
    )
