"""The parts of a form: opened and prefilled, two locks, the head's signature, return, review."""

from dataclasses import replace
from typing import Any

import pytest

from services.monitoring.domain.duty import Duties, Duty, HearDuty, duty_decider, nodes_of
from services.monitoring.domain.exemption import NodeExemption, Standing
from services.monitoring.domain.ledger import commands as money
from services.monitoring.domain.ledger.ledger import ledger_decider
from services.monitoring.domain.record import commands as ask
from services.monitoring.domain.record import refusals as no
from services.monitoring.domain.record.judging import (
    Aspect,
    Check,
    Finding,
    Judgement,
    ReturnCode,
)
from services.monitoring.domain.rules import Rules
from services.monitoring.domain.values import Proof
from shared.domain.money import Money
from tests.monitoring.stories import (
    CLERK,
    MONITORING,
    RULES,
    UNIT,
    WATCH,
    Story,
    at,
    on,
    value,
    yuan,
)
from tests.monitoring.test_record import (
    BUDGET,
    GOOD,
    HELD,
    IN_TIME,
    KEY,
    LEDGER,
    about,
    fresh,
    miss,
    record,
    review,
    submit,
)

BUSINESS, FINANCE, DEPARTMENT = "iss|business", "iss|finance", "iss|department"
DUTY = Duty(business="古丽", finance="王芳", head="李强")
NAMED = Duties(region_code="653101", unit_code="U1", by_node={"M05": DUTY})
named = fresh.knowing(WATCH, LEDGER, HELD, Rules(), Rules(), NAMED)

enter = ask.EnterMonitoring(**about(IN_TIME, by=BUSINESS), values=GOOD, summary="进度正常")
confirm = ask.ConfirmExecution(**about(IN_TIME, by=FINANCE), expected_year_end=BUDGET)
sign = ask.SubmitMonitoring(**about(IN_TIME))
opening = ask.OpenCollection(**about(at(5, 17), by="monitoring|clock"))


def test_collection_opens_with_the_money_of_the_ledger() -> None:
    record.when(opening).then_names("CollectionOpened", "ExecutionPrefilled")
    opened, prefilled = record.when(opening).facts()
    assert opened.submit_by == on(6, 7)
    assert prefilled.execution.paid == Money.parse("900000.00")
    record.after(submit()).when(opening).then_nothing()


def test_nobody_is_asked_who_is_excused() -> None:
    stopped = replace(
        WATCH, standing=Standing(kind=NodeExemption.SUSPENDED, since_on=on(5, 1), reason="审计")
    )
    for watch in (replace(WATCH, exempt=True), stopped, replace(WATCH, starts_on=on(6, 1))):
        excused = fresh.knowing(watch, LEDGER, HELD, Rules(), Rules())
        excused.when(opening).then_nothing()
        excused.when(miss).then_nothing()
        excused.when(submit()).then_refused(no.ProjectExemptAtNode)
    last_day = fresh.knowing(replace(WATCH, starts_on=on(5, 31)), LEDGER, HELD, Rules(), Rules())
    last_day.when(opening).then_names("CollectionOpened", "ExecutionPrefilled")


def test_two_offices_and_then_the_head() -> None:
    named.when(enter).then_names("ExecutionPrefilled", "MonitoringEntered")
    entered = named.after(enter)
    entered.when(confirm).then_names("ExecutionConfirmed")
    both = entered.after(confirm)
    both.when(sign).then_names("MonitoringSubmitted")
    (report,) = both.when(sign).facts()
    assert (report.values, report.signed_by) == (GOOD, "李强")
    assert (report.filled_by, report.confirmed_by) == (BUSINESS, FINANCE)
    assert report.expected_year_end == BUDGET


def test_the_offices_may_come_in_either_order_and_the_values_in_any() -> None:
    story = named.after(confirm, replace(enter, values=GOOD[::-1]))
    (report,) = story.when(sign).facts()
    assert report.values == GOOD
    story.when(enter).then_nothing()


def test_the_head_signs_nothing_that_an_office_has_not_confirmed() -> None:
    named.when(sign).then_refused(no.PartNotConfirmed)
    named.when(submit()).then_refused(no.PartNotConfirmed)
    named.after(enter).when(sign).then_refused(no.PartNotConfirmed)
    named.after(confirm).when(sign).then_refused(no.PartNotConfirmed)
    # Where nobody is named, an office that has begun is waited for all the same.
    record.after(enter).when(sign).then_refused(no.PartNotConfirmed)
    record.when(submit()).then_names("MonitoringSubmitted")


def test_the_two_offices_are_two_persons() -> None:
    named.after(enter).when(replace(confirm, by=BUSINESS)).then_refused(no.OfficesNotSeparate)
    named.after(confirm).when(replace(enter, by=FINANCE)).then_refused(no.OfficesNotSeparate)


@pytest.mark.parametrize("command", [enter, confirm])
def test_only_who_is_named_signs_a_part(command: Any) -> None:  # noqa: ANN401
    stranger = replace(command, person="赵敏")
    named.when(stranger).then_refused(no.SignerNotNamed)
    named.after(enter, confirm).when(replace(sign, person="王芳")).then_refused(no.SignerNotNamed)
    record.when(stranger).then_names(
        "ExecutionPrefilled",
        "MonitoringEntered" if command is enter else "ExecutionConfirmed",
    )


def paid_more() -> Any:  # noqa: ANN401
    return (
        Story(ledger_decider)
        .given(*LEDGER_FACTS)
        .after(
            money.SettlePayment(**KEY, payment_id="Z9", amount=yuan(60), settled_on=on(5, 30)),
        )
        .state
    )


LEDGER_FACTS = (
    Story(ledger_decider)
    .after(
        money.OpenLedger(
            project=WATCH.project,
            budget=BUDGET,
            fund_type_code="",
            direct_fund_flag="",
            by=CLERK,
            now=at(2, 1),
        ),
        money.IssueQuota(**KEY, document_no="Q", amount=BUDGET, issued_on=on(2, 1)),
        money.SettlePayment(
            **KEY, payment_id="Z", amount=Money.parse("900000.00"), settled_on=on(4, 15)
        ),
    )
    .facts
)


def test_money_that_moved_is_confirmed_once_more() -> None:
    both = named.after(enter, confirm)
    moved = both.knowing(WATCH, paid_more(), HELD, Rules(), Rules(), NAMED)
    moved.when(sign).then_refused(no.ExecutionChanged)
    moved.when(confirm).then_names("ExecutionPrefilled", "ExecutionConfirmed")
    moved.after(confirm).when(sign).then_names("MonitoringSubmitted")


def test_the_head_changes_no_values() -> None:
    other = submit(value("road", "10"), GOOD[1])
    named.after(enter, confirm).when(other).then_refused(no.ValuesNotConfirmed)
    named.after(enter, confirm).when(submit(*GOOD[::-1])).then_names("MonitoringSubmitted")


def test_the_year_comes_to_at_least_what_was_paid() -> None:
    less = replace(confirm, expected_year_end=Money.parse("899999.99"))
    named.when(less).then_refused(no.YearEndBelowPaid)


def give_back(*codes: ReturnCode) -> ask.ReturnMonitoring:
    return ask.ReturnMonitoring(**about(at(6, 2), by=CLERK), reason="见批注", codes=codes)


@pytest.mark.parametrize(
    ("codes", "open_"),
    [
        ((), {"BUSINESS"}),
        ((ReturnCode.EVIDENCE_DOUBTFUL,), {"BUSINESS"}),
        ((ReturnCode.EXECUTION_DOUBTFUL,), {"FINANCE"}),
        ((ReturnCode.SIGNATURE_WRONG,), set()),
        ((ReturnCode.INCOMPLETE, ReturnCode.EXECUTION_DOUBTFUL), {"BUSINESS", "FINANCE"}),
    ],
)
def test_a_return_opens_the_part_that_has_work_to_do(
    codes: tuple[ReturnCode, ...], open_: set[str]
) -> None:
    back = named.after(enter, confirm, sign).after(give_back(*codes))
    locks = {"BUSINESS": back.state.filled, "FINANCE": back.state.confirmed}
    assert {part for part, lock in locks.items() if lock is None} == open_
    back.when(give_back(*codes)).then_nothing()


def test_what_went_back_is_missed_when_its_new_day_passes() -> None:
    again = replace(miss, now=at(6, 17))
    record.after(submit(), give_back()).when(again).then_names("MonitoringMissed")
    # What was missed once is not missed again.
    record.after(miss, submit(now=at(6, 9)), give_back()).when(again).then_nothing()


def test_the_department_passes_it_on_and_had_no_part_in_it() -> None:
    verify = ask.VerifyMonitoring(**about(at(6, 3), by=DEPARTMENT), opinion="属实")
    record.when(verify).then_refused(no.MonitoringNotSubmitted)
    record.after(submit()).when(verify).then_names("MonitoringVerified")
    record.after(submit()).when(replace(verify, by=UNIT)).then_refused(no.ReviewerSubmittedReport)
    record.after(submit(), verify, review()).when(verify).then_nothing()


@pytest.mark.parametrize("by", [BUSINESS, FINANCE, UNIT])
def test_who_had_a_part_in_a_report_does_not_review_it(by: str) -> None:
    signed = named.after(enter, confirm, sign)
    signed.when(review(by=by)).then_refused(no.ReviewerSubmittedReport)


def judged(*judgements: Judgement, **more: Any) -> ask.ReviewMonitoring:  # noqa: ANN401
    return replace(review(), judgements=judgements, **more)


def test_all_three_aspects_are_judged() -> None:
    said = Judgement(aspect=Aspect.COMPLIANCE, in_order=False, text="发票抬头有误")
    reviewed, _ = record.after(submit()).when(judged(said, opinion="同意")).facts()
    found = {one.aspect: one for one in reviewed.judgements}
    assert set(found) == set(Aspect)
    assert found[Aspect.COMPLIANCE] == said
    assert found[Aspect.TIMELINESS].in_order
    assert not found[Aspect.EFFECTIVENESS].in_order  # it is blue
    late, _ = record.after(miss, submit(now=at(6, 10))).when(review()).facts()
    assert not next(one for one in late.judgements if one.aspect is Aspect.TIMELINESS).in_order


def test_a_judgement_is_explained_and_contradicts_nothing() -> None:
    story = record.after(submit())
    unsaid = Judgement(aspect=Aspect.TIMELINESS, in_order=False, text=" ")
    story.when(judged(unsaid)).then_refused(no.JudgementUnexplained)
    clean = Judgement(aspect=Aspect.COMPLIANCE, in_order=True, text="")
    story.when(judged(clean, compliance_suspected=True)).then_refused(no.AspectContradicted)
    on_time = Judgement(aspect=Aspect.TIMELINESS, in_order=True, text="")
    late = record.after(miss, submit(now=at(6, 10)))
    late.when(judged(on_time)).then_refused(no.AspectContradicted)


def test_a_key_project_is_looked_at_in_depth() -> None:
    key = replace(RULES, monitoring=replace(MONITORING, key_project=BUDGET))
    held = Rules(region_code="653101", rules=key)
    story = fresh.knowing(WATCH, LEDGER, held, Rules(), Rules()).after(submit())
    story.when(review()).then_refused(no.LookInDepthMissing)
    found = tuple(Finding(check=check, in_order=True, text="") for check in Check)
    story.when(judged(in_depth=found[1:])).then_refused(no.LookInDepthMissing)
    story.when(judged(in_depth=found)).then_names("MonitoringReviewed", "MonitoringScored")
    bad = (replace(found[0], in_order=False), *found[1:])
    story.when(judged(in_depth=bad)).then_refused(no.JudgementUnexplained)
    smaller = replace(RULES, monitoring=replace(MONITORING, key_project=BUDGET + Money(1)))
    below = Rules(region_code="653101", rules=smaller)
    story = fresh.knowing(WATCH, LEDGER, below, Rules(), Rules()).after(submit())
    story.when(review()).then_names("MonitoringReviewed", "MonitoringScored")


def test_a_named_file_proves_a_value_as_well() -> None:
    proof = Proof(sha256="cd34", kind="施工日志", name="五月")
    road = value("road", "9.5", evidence=(), proofs=(proof,))
    assert road.proven_by == ("cd34",)
    record.when(submit(road, GOOD[1])).then_names("MonitoringSubmitted")


def test_who_answers_is_heard_for_the_steps_of_monitoring() -> None:
    assert nodes_of(("TARGET", "MONITOR_M05", "SELF_EVAL", "MONITOR_M08")) == ("M05", "M08")
    hear = HearDuty(
        project_code="P1",
        fiscal_year=2021,
        region_code="653101",
        unit_code="U1",
        nodes=("M05", "M08"),
        duty=DUTY,
        by=CLERK,
        now=at(1, 1),
    )
    told = Story(duty_decider)
    (heard,) = told.when(hear).facts()
    assert (heard.region_code, heard.unit_code, heard.nodes) == ("653101", "U1", ("M05", "M08"))
    other = replace(hear, nodes=("M08",), duty=replace(DUTY, head="赵敏"))
    after = told.after(hear, other)
    assert {node: duty.head for node, duty in after.state.by_node.items()} == {
        "M05": "李强",
        "M08": "赵敏",
    }
    after.when(other).then_nothing()


@pytest.mark.parametrize("part", [enter, confirm])
def test_who_was_written_over_has_had_a_hand_in_it_all_the_same(part: Any) -> None:  # noqa: ANN401
    first = replace(part, by=CLERK)
    (one, other) = (first, confirm) if part is enter else (enter, first)
    overwritten = named.after(one, other, part, sign)
    check = ask.VerifyMonitoring(**about(at(6, 8), by=CLERK))
    overwritten.when(check).then_refused(no.ReviewerSubmittedReport)
    overwritten.when(review(by=CLERK)).then_refused(no.ReviewerSubmittedReport)
    overwritten.when(review(by="iss|colleague")).then_names(
        "MonitoringReviewed", "MonitoringScored"
    )


def test_a_return_does_not_wash_hands() -> None:
    give_back = ask.ReturnMonitoring(**about(at(6, 2), by="iss|colleague"), reason="佐证不清")
    again = named.after(
        replace(enter, by=CLERK), confirm, sign, give_back, replace(enter, values=GOOD[::-1]),
        confirm, sign,
    )  # fmt: skip
    again.when(review(by=CLERK)).then_refused(no.ReviewerSubmittedReport)
