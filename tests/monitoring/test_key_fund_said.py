"""What the refusals of key funds say: the place of what is wrong, and the values behind it."""

from dataclasses import replace

import pytest

from services.monitoring.domain.beneficiary import refusals as roll_says
from services.monitoring.domain.beneficiary.events import DataRevealed, SubjectErased
from services.monitoring.domain.beneficiary.identity import masked_number
from services.monitoring.domain.beneficiary.looking import reveal_decider, subject_decider
from services.monitoring.domain.beneficiary.state import Roll
from services.monitoring.domain.beneficiary.values import Counting, PayeeKind
from services.monitoring.domain.fund_finding import refusals as finding_says
from services.monitoring.domain.industry import commands as loop
from services.monitoring.domain.industry import refusals as loop_says
from services.monitoring.domain.industry.values import Stage, Statement
from services.monitoring.domain.key_fund import commands as fund
from services.monitoring.domain.key_fund import refusals as no
from services.monitoring.domain.key_fund.link import quota_link_decider
from services.monitoring.domain.key_fund.values import DirectFundFlag, RecipientKind
from services.monitoring.domain.ledger.refusals import AmountNotPositive
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.rules import Rules
from shared.domain.refusals import Refusal
from shared.domain.rules import KeyFundRules
from tests.monitoring import test_key_fund as batch
from tests.monitoring import test_key_fund_finding as finding
from tests.monitoring import test_key_fund_industry as industry
from tests.monitoring import test_key_fund_roll as roll
from tests.monitoring.stories import LEADER, PROJECT, RULES, Story, at, on, yuan

LINK = fund.LinkQuota(
    project_code="P1",
    fiscal_year=2021,
    batch_id="B1",
    allocation_id="A1",
    document_no="Q1",
    amount=yuan(250),
    by=LEADER,
    now=at(3, 25),
)
linking = Story(quota_link_decider).knowing(batch.LEDGER)
OTHER_FLAG = Ledger(project=PROJECT, budget=yuan(9), fund_type_code="", direct_fund_flag="09")
issued = batch.issuing.after(batch.issue())
TO_COUNTY = batch.allocate(
    batch_id=batch.receive(region_code="653100").batch_id,
    recipient_kind=RecipientKind.COUNTY,
    recipient="653121",
    project_code="",
)
passed = (
    batch.fresh.knowing(Rules(), Rules(), Rules())
    .after(batch.receive(region_code="653100"), TO_COUNTY)
    .knowing(batch.LEDGER)
)
elsewhere = batch.fresh.given(*batch.given.facts).after(batch.allocate(project_code="P2"))

type Row = tuple[Story, object, type[Refusal], str | None, dict[str, object]]
FUNDS: list[Row] = [
    (batch.silent, batch.receive(amount=yuan(0)), AmountNotPositive, "/amount", {}),
    (batch.given, batch.receive(direct_fund_flag=DirectFundFlag.OTHER), no.FlagLost,
     "/direct_fund_flag", {"flag": "01"}),
    (batch.given, batch.receive(amount=yuan(999)), no.BatchReceivedOtherwise, None,
     {"amount": "1000.00", "received_on": "2021-03-10"}),
    (batch.given, batch.receive(received_on=on(3, 11)), no.BatchReceivedOtherwise, None,
     {"amount": "1000.00", "received_on": "2021-03-10"}),
    (batch.given, batch.allocate(direct_fund_flag=DirectFundFlag.AS_CENTRAL), no.FlagLost,
     "/direct_fund_flag", {"flag": "01"}),
    (batch.allocated, batch.allocate(amount=yuan(401)), no.AllocationReused, None,
     {"amount": "400.00"}),
    (batch.given, batch.allocate(allocated_on=on(3, 9)), no.AllocatedBeforeReceived,
     "/allocated_on", {"received_on": "2021-03-10"}),
    (batch.allocated, batch.allocate(document_no="A2", amount=yuan(601)),
     no.AllocatedBeyondReceived, None,
     {"received": "1000.00", "allocated": "400.00", "asked": "601.00"}),
    (batch.issuing, batch.issue(allocation_id="?"), no.AllocationUnknown, "/allocation_id", {}),
    (batch.issuing, batch.issue(amount=yuan(0)), AmountNotPositive, "/amount", {}),
    (batch.issuing, batch.issue(amount=yuan(401)), no.IssuedBeyondAllocated, None,
     {"allocated": "400.00", "issued": "0.00"}),
    (issued, batch.issue(document_no="Q2", amount=yuan(101)), no.IssuedBeyondAllocated, None,
     {"allocated": "400.00", "issued": "300.00"}),
    (issued, batch.issue(amount=yuan(299)), no.AllocationReused, None, {"amount": "300.00"}),
    (batch.issuing.knowing(OTHER_FLAG), batch.issue(), no.FlagOfLedgerDiffers, None,
     {"ledger": "09", "batch": "01"}),
    (passed, batch.issue(batch_id=TO_COUNTY.batch_id, allocation_id=TO_COUNTY.allocation_id),
     no.PassedToCounty, None, {"county": "653121"}),
    (elsewhere.knowing(batch.LEDGER),
     batch.issue(allocation_id=batch.allocate(project_code="P2").allocation_id),
     no.IssuedElsewhere, None, {"unit": "U1", "project": "P2"}),
    (linking, replace(LINK, document_no="Q9"), no.QuotaNotIssued, "/document_no",
     {"document_no": "Q9"}),
    (linking.after(LINK), replace(LINK, allocation_id="A2", amount=yuan(51)),
     no.QuotaLinkedAlready, None, {"quota": "300.00", "linked": "250.00"}),
]  # fmt: skip
PEOPLE: list[Row] = [
    (roll.fresh, roll.line(amount=yuan(0)), AmountNotPositive, "/amount", {}),
    (roll.recorded_once, roll.line(amount=yuan(61)), roll_says.LineReused, None,
     {"line_id": "0001"}),
    (roll.fresh, roll.line(place_code="653121100"), roll_says.PlaceElsewhere, "/place_code",
     {"region": "653101"}),
    (roll.fresh, roll.line(payment_id="Z9"), roll_says.PaymentNotBooked, "/payment_id",
     {"payment_id": "Z9"}),
    (roll.recorded_once, roll.line(line_id="0002", amount=yuan(31)),
     roll_says.PaidBeyondPayment, "/amount",
     {"paid": "90.00", "reached": "60.00", "asked": "31.00"}),
    (replace(roll.fresh, consulted=()), roll.publishing, roll_says.NobodyPaid, None,
     {"month": "2021-06"}),
    (roll.many({"653101100": 4}), roll.publishing, roll_says.GroupTooSmall, None,
     {"group_min": KeyFundRules().group_min}),
    (finding.violated, finding.bare, finding_says.RectificationUnproved, "/evidence", {}),
    (finding.violated, finding.normal, finding_says.FindingJudgedOtherwise, None,
     {"judgement": "VIOLATION"}),
]  # fmt: skip
STEPS = industry.steps()


def stated(number: int, **said: object) -> loop.AdvanceIndustryFund:
    """A stage with another statement."""
    one = STEPS[number]
    return replace(one, statement=replace(one.statement, **said))  # type: ignore[arg-type]


LOOP: list[Row] = [
    (industry.fresh, replace(industry.plan, planned=replace(industry.PLANNED, amount=yuan(0))),
     AmountNotPositive, "/amount", {}),
    (industry.after(2), stated(1, conditions_met=False), loop_says.StagePassedOtherwise, None,
     {"stage": "REVIEW"}),
    (industry.after(0), STEPS[1], loop_says.StageNotReached, None, {"next": "APPLICATION"}),
    (industry.after(8), STEPS[8], loop_says.LoopEnded, None, {"outcome": "ACHIEVED"}),
    (industry.after(0),
     replace(STEPS[0], applied=replace(industry.APPLIED, amount=yuan(101))),
     loop_says.BeyondEarlierStage, "/amount", {"limit": "100.00"}),
    (industry.after(0), replace(STEPS[0], applied=None), loop_says.StatementIncomplete,
     "/amount", {}),
    (industry.after(2), stated(2, starts_on=None), loop_says.StatementIncomplete, "/ends_on", {}),
    (industry.after(2), stated(2, ends_on=None), loop_says.StatementIncomplete, "/ends_on", {}),
    (industry.after(2), stated(2, ends_on=on(3, 14)), loop_says.NoticeTooShort, "/ends_on",
     {"earliest": "2021-03-15"}),
    (industry.after(3), replace(STEPS[3], now=at(3, 15)), loop_says.NoticeStillUp, None,
     {"ends_on": "2021-03-15"}),
    (industry.after(3), stated(3, amount=yuan(91)), loop_says.BeyondEarlierStage, "/amount",
     {"limit": "90.00"}),
    (industry.after(4), stated(4, amount=yuan(81)), loop_says.BeyondEarlierStage, "/amount",
     {"limit": "80.00"}),
    (industry.after(4), stated(4, payment_id="Z9"), loop_says.EnterprisePaymentUnknown,
     "/payment_id", {}),
    (industry.after(8, met=False), stated(8, amount=yuan(81)), loop_says.BeyondEarlierStage,
     "/amount", {"limit": "80.00"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("story", "command", "refusal", "pointer", "details"), [*FUNDS, *PEOPLE, *LOOP]
)
def test_a_refusal_names_its_place_and_its_values(
    story: Story,
    command: object,
    refusal: type[Refusal],
    pointer: str | None,
    details: dict[str, object],
) -> None:
    story.when(command).then_explains(refusal, pointer, **details)


def test_a_notice_is_up_as_long_as_the_rules_of_the_region_say() -> None:
    longer = replace(RULES, key_funds=KeyFundRules(publicity_wd=7))
    story = industry.after(2).knowing(Rules(region_code="653101", rules=longer))
    earliest = {"earliest": "2021-03-17"}
    story.when(STEPS[2]).then_explains(loop_says.NoticeTooShort, "/ends_on", **earliest)
    story.when(stated(2, ends_on=on(3, 17))).then_names("IndustryFundAdvanced")


def test_a_loop_waits_for_its_last_stage_in_the_end() -> None:
    assert industry.after(9, met=False).state.next_stage is Stage.RECOVERY
    assert industry.after(8, met=False).state.next_stage is Stage.RECOVERY
    assert industry.after(0).state.next_stage is Stage.APPLICATION
    assert industry.after(1).state.passed == {Stage.APPLICATION: Statement(amount=yuan(90))}


def test_a_finding_says_who_did_what_and_when() -> None:
    opened, judged, shown = finding.rectified.facts
    (closed,) = finding.rectified.when(finding.close).facts()
    assert (opened.opened_by, opened.opened_on) == (finding.opening.by, on(6, 1))
    assert (judged.judged_by, judged.judged_on, judged.opinion) == (LEADER, on(6, 2), "违规")
    assert (shown.rectified_by, shown.rectified_on) == (finding.rectify.by, on(6, 9))
    assert (shown.result, shown.evidence) == ("已退回", ("ab",))
    assert (closed.closed_by, closed.closed_on) == (LEADER, on(6, 12))
    assert (closed.level, closed.judgement) == (finding.opening.level, judged.judgement)
    assert closed.concern == judged.concern == shown.concern == opened.concern


def test_a_month_is_told_by_households_persons_and_enterprises() -> None:
    kinds = [
        (PayeeKind.PERSON, Counting.HOUSEHOLD, 4),
        (PayeeKind.PERSON, Counting.HOUSEHOLD, 3),
        (PayeeKind.PERSON, Counting.PERSON, 1),
        (PayeeKind.ENTERPRISE, Counting.PERSON, 0),
        (PayeeKind.ENTERPRISE, Counting.PERSON, 0),
    ]
    story = roll.fresh
    for number, (kind, counting, persons) in enumerate(kinds):
        one = roll.line(
            line_id=f"{number:04}",
            payee_kind=kind,
            counting=counting,
            persons=persons,
            amount=yuan(10),
            sealed=roll.sealed(f"payee{number}"),
        )
        story = story.after(one)
    twice = roll.line(payment_id="Z2", amount=yuan(5), sealed=roll.sealed("payee0"))
    story = replace(story.after(twice), consulted=())
    (fact,) = story.when(roll.publishing).facts()
    (place,) = fact.places
    assert (place.payees, place.households, place.persons) == (5, 2, 8)
    assert (place.enterprises, place.amount) == (2, yuan(55))


def test_a_look_and_an_erased_key_say_who_why_and_when() -> None:
    seen, gone = roll.look(), roll.erase()
    Story(reveal_decider).knowing(roll.KNOWN).when(seen).then(
        DataRevealed(
            project_code="P1",
            fiscal_year=2021,
            region_code="653101",
            payment_id="Z1",
            line_id="0001",
            sealed=roll.sealed(),
            purpose=seen.purpose,
            reason="核实",
            revealed_by=seen.by,
            revealed_at=at(6, 20),
        )
    )
    Story(subject_decider).knowing(roll.KNOWN).when(gone).then(
        SubjectErased(
            subject="zhang",
            key_id="zhang-k1",
            region_code="653101",
            reason="保存期满",
            erased_by=gone.by,
            erased_on=on(6, 20),
        )
    )


def test_the_key_of_a_line_nobody_recorded_is_not_destroyed() -> None:
    Story(subject_decider).knowing(Roll()).when(roll.erase()).then_refused(roll_says.LineUnknown)
    unheard = Story(subject_decider).knowing(Ledger(
        project=PROJECT, budget=yuan(1), fund_type_code="", direct_fund_flag=""
    ))  # fmt: skip
    unheard.when(roll.erase()).then_refused(roll_says.LineUnknown)


@pytest.mark.parametrize(
    ("number", "shown"),
    [("1234567890", "**********"), ("12345678901", "123456*8901"), ("", "")],
)
def test_a_number_too_short_to_be_hidden_is_not_shown(number: str, shown: str) -> None:
    assert masked_number(number) == shown
