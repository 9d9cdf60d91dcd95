"""Direct funds: the flag survives every split, sums hold, and a missed legal day is found."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.monitoring.domain.fund_finding.commands import OpenFundFinding
from services.monitoring.domain.fund_finding.events import FindingKind, FindingLevel
from services.monitoring.domain.key_fund import commands as ask
from services.monitoring.domain.key_fund import events as fact
from services.monitoring.domain.key_fund import refusals as no
from services.monitoring.domain.key_fund.attribution import attributed
from services.monitoring.domain.key_fund.batch import key_fund_decider
from services.monitoring.domain.key_fund.link import quota_link_decider
from services.monitoring.domain.key_fund.values import (
    DirectFundFlag,
    FundKind,
    FundStep,
    RecipientKind,
)
from services.monitoring.domain.ledger.refusals import AmountNotPositive, LedgerNotOpened
from services.monitoring.domain.ledger.state import Ledger, NotOpened
from services.monitoring.domain.rules import Rules
from services.monitoring.publishing import publish
from services.monitoring.reactions import fall_due, react, schedule
from shared.contracts import monitoring as said
from shared.domain.refusals import Refusal
from shared.domain.rules import RuleSet
from shared.messages import Deadline, Due
from shared.testing.projection_spec import recorded
from tests.monitoring.stories import CLERK, PROJECT, RULES, RULES_JSON, Story, at, on, yuan
from tests.monitoring.test_reactions import heard

LEDGER = Ledger(
    project=PROJECT,
    budget=yuan(1000),
    fund_type_code="111",
    direct_fund_flag="01",
    issues={"Q1": yuan(300)},
)
fresh = Story(key_fund_decider)
silent = fresh.knowing(Rules(), Rules(), Rules())


def receive(**more: Any) -> ask.ReceiveFund:  # noqa: ANN401
    usual: dict[str, Any] = {
        "region_code": "653101",
        "fiscal_year": 2021,
        "fund_name": "农业生产发展资金",
        "superior_document_no": "喀财农〔2021〕6号",
        "direct_fund_flag": DirectFundFlag.CENTRAL,
        "kind": FundKind.GENERAL,
        "amount": yuan(1000),
        "received_on": on(3, 10),
        "by": CLERK,
        "now": at(3, 10),
    }
    return ask.ReceiveFund(**{**usual, **more})


BATCH = receive().batch_id


def allocate(**more: Any) -> ask.AllocateFund:  # noqa: ANN401
    usual: dict[str, Any] = {
        "batch_id": BATCH,
        "document_no": "A1",
        "recipient_kind": RecipientKind.UNIT,
        "recipient": "U1",
        "project_code": "P1",
        "amount": yuan(400),
        "allocated_on": on(3, 20),
        "by": CLERK,
        "now": at(3, 20),
    }
    return ask.AllocateFund(**{**usual, **more})


def issue(**more: Any) -> ask.IssueFund:  # noqa: ANN401
    usual: dict[str, Any] = {
        "batch_id": BATCH,
        "allocation_id": allocate().allocation_id,
        "project_code": "P1",
        "fiscal_year": 2021,
        "document_no": "Q1",
        "amount": yuan(300),
        "by": CLERK,
        "now": at(3, 25),
    }
    return ask.IssueFund(**{**usual, **more})


given = silent.after(receive())
allocated = fresh.given(*given.facts).after(allocate())
issuing = fresh.given(*allocated.facts).knowing(LEDGER)


@pytest.mark.parametrize(
    ("kind", "due"), [(FundKind.GENERAL, on(4, 9)), (FundKind.SPECIAL, on(5, 9))]
)
def test_the_legal_term_is_thirty_days_and_sixty_for_special_money(
    kind: FundKind, due: object
) -> None:
    (received,) = silent.when(receive(kind=kind)).facts()
    assert received.pass_on_by == due
    silent.when(receive(kind=kind)).then_names("FundReceived")


def test_the_term_is_the_rule_of_the_region() -> None:
    rules = Rules(region_code="653101", rules=RULES)
    (received,) = fresh.knowing(rules).when(receive()).facts()
    assert received.rule_set_version == RULES.version


def test_a_rule_set_may_state_the_terms_and_leaves_the_others_as_they_are() -> None:
    stated = {"pass_on_days": {"GENERAL": 20}, "industry_share": "0.60"}
    rules = RuleSet.parse({**RULES_JSON, "key_funds": stated}).key_funds
    assert rules.pass_on_days == {"GENERAL": 20, "SPECIAL": 60}
    assert (rules.industry_share, rules.publicity_wd) == (Decimal("0.60"), 5)
    sooner = Rules(region_code="653101", rules=replace(RULES, key_funds=rules))
    (received,) = fresh.knowing(sooner).when(receive()).facts()
    assert received.pass_on_by == on(3, 30)


def test_what_is_allocated_carries_the_flag_and_a_county_gets_a_batch_of_its_own() -> None:
    story = fresh.knowing(Rules()).after(receive(region_code="653100"))
    batch = receive(region_code="653100").batch_id
    to_county = allocate(
        batch_id=batch, recipient_kind=RecipientKind.COUNTY, recipient="653121", project_code=""
    )
    (passed,) = story.when(to_county).facts()
    (told,) = recorded(f"keyfund-{batch}", passed, at=at(3, 20))
    word = publish(told)
    assert isinstance(word, said.FundAllocated)
    (received,) = react(heard(word))
    assert isinstance(received, ask.ReceiveFund)
    assert received.batch_id == passed.passed_to
    assert (received.region_code, received.parent_id, received.root_id) == ("653121", batch, batch)
    assert received.direct_fund_flag is DirectFundFlag.CENTRAL
    (below,) = silent.when(received).facts()
    onward = allocate(batch_id=received.batch_id, recipient="U9", allocated_on=on(4, 1))
    (split,) = fresh.given(below).when(onward).facts()
    assert split.batch.direct_fund_flag is DirectFundFlag.CENTRAL
    assert split.batch.root_id == batch


def test_an_allocation_to_a_unit_is_no_batch_of_anybody() -> None:
    (passed,) = given.when(allocate()).facts()
    (told,) = recorded(f"keyfund-{BATCH}", passed, at=at(3, 20))
    word = publish(told)
    assert word is not None
    assert react(heard(word)) == []


def test_a_split_of_the_superior_prevails_over_what_a_county_entered_itself() -> None:
    entered = silent.after(receive(direct_fund_flag=DirectFundFlag.OTHER))
    split = receive(parent_id="above", root_id="above")
    (prevails,) = entered.when(split).facts()
    assert prevails.batch.direct_fund_flag is DirectFundFlag.CENTRAL
    entered.given(prevails).when(split).then_nothing()


def test_every_part_is_allocated_once() -> None:
    given.when(allocate()).then_names("FundAllocated")
    allocated.when(allocate(document_no="A2", amount=yuan(600))).then_names("FundAllocated")


WRONG: list[tuple[Story, object, type[Refusal]]] = [
    (silent, receive(amount=yuan(0)), AmountNotPositive),
    (given, receive(direct_fund_flag=DirectFundFlag.OTHER), no.FlagLost),
    (given, receive(amount=yuan(999)), no.BatchReceivedOtherwise),
    (silent, allocate(), no.BatchNotReceived),
    (given, allocate(direct_fund_flag=DirectFundFlag.AS_CENTRAL), no.FlagLost),
    (given, allocate(amount=yuan(1001)), no.AllocatedBeyondReceived),
    (allocated, allocate(document_no="A2", amount=yuan(601)), no.AllocatedBeyondReceived),
    (allocated, allocate(amount=yuan(401)), no.AllocationReused),
    (given, allocate(allocated_on=on(3, 9)), no.AllocatedBeforeReceived),
    (
        given,
        allocate(recipient_kind=RecipientKind.COUNTY, recipient="653121", project_code=""),
        no.RecipientMisplaced,
    ),
    (
        given,
        allocate(recipient_kind=RecipientKind.COUNTY, recipient="653101", project_code=""),
        no.RecipientMisplaced,
    ),
    (issuing, issue(allocation_id="?"), no.AllocationUnknown),
    (issuing, issue(amount=yuan(401)), no.IssuedBeyondAllocated),
    (fresh.given(*allocated.facts).knowing(NotOpened()), issue(), LedgerNotOpened),
]


@pytest.mark.parametrize(("story", "command", "refusal"), WRONG)
def test_money_is_not_passed_on_against_the_rules(
    story: Story, command: object, refusal: type[Refusal]
) -> None:
    story.when(command).then_refused(refusal)


def test_issued_money_must_be_quota_of_a_ledger_with_the_same_flag() -> None:
    issuing.when(issue()).then_names("FundIssued")
    other = Ledger(project=PROJECT, budget=yuan(9), fund_type_code="", direct_fund_flag="09")
    story = fresh.given(*allocated.facts)
    story.knowing(other).when(issue()).then_refused(no.FlagOfLedgerDiffers)
    elsewhere = fresh.given(*given.facts).after(allocate(project_code="P2"))
    wrong = issue(allocation_id=allocate(project_code="P2").allocation_id)
    elsewhere.knowing(LEDGER).when(wrong).then_refused(no.IssuedElsewhere)


def test_a_quota_document_counts_as_direct_money_once() -> None:
    issued = issuing.when(issue()).facts()
    (link,) = key_fund_decider.entails(issued[0], issuing.given(*issued).state)
    linking = Story(quota_link_decider).knowing(LEDGER)
    linking.when(link).then_names("QuotaLinked")
    again = ask.LinkQuota(
        project_code="P1",
        fiscal_year=2021,
        batch_id="other",
        allocation_id="other",
        document_no="Q1",
        amount=yuan(1),
        by=CLERK,
        now=at(3, 25),
    )
    linking.after(link).when(again).then_refused(no.QuotaLinkedAlready)
    bare = Ledger(project=PROJECT, budget=yuan(9), fund_type_code="", direct_fund_flag="01")
    Story(quota_link_decider).knowing(bare).when(again).then_refused(no.QuotaNotIssued)
    unopened = Story(quota_link_decider).knowing(NotOpened())
    unopened.when(again).then_refused(LedgerNotOpened)


def check() -> ask.CheckFundDeadline:
    return ask.CheckFundDeadline(batch_id=BATCH, by="monitoring|clock", now=at(4, 10))


def test_the_clock_finds_what_did_not_go_on_by_the_legal_day() -> None:
    (received,) = given.facts
    (told,) = recorded(f"keyfund-{BATCH}", received, at=at(3, 10))
    (deadline,) = schedule(told)
    assert isinstance(deadline, Deadline)
    assert deadline.due_at == at(4, 9, 16)  # the end of the thirtieth day in Shanghai
    due = Due(kind=deadline.kind, subject=deadline.subject, due_at=deadline.due_at, now=at(4, 10))
    assert fall_due(due) == check()
    (missed,) = given.when(check()).facts()
    assert (missed.step, missed.missing) == (FundStep.ALLOCATE, yuan(1000))
    (found,) = key_fund_decider.entails(missed, given.given(missed).state)
    assert isinstance(found, OpenFundFinding)
    assert (found.kind, found.level) == (FindingKind.NOT_ALLOCATED, FindingLevel.RED)
    given.when(check()).then_names("FundDeadlineMissed")


def test_money_that_waits_with_a_unit_is_found_too_and_a_county_answers_for_itself() -> None:
    all_given = allocated.after(allocate(document_no="A2", amount=yuan(600)))
    (missed,) = all_given.when(check()).facts()
    assert (missed.step, missed.missing) == (FundStep.ISSUE, yuan(1000))
    (found,) = key_fund_decider.entails(missed, all_given.given(missed).state)
    assert isinstance(found, OpenFundFinding)
    assert (found.kind, found.level) == (FindingKind.NOT_ISSUED, FindingLevel.YELLOW)
    story = fresh.knowing(Rules()).after(receive(region_code="653100"))
    batch = receive(region_code="653100").batch_id
    to_county = allocate(
        batch_id=batch,
        recipient_kind=RecipientKind.COUNTY,
        recipient="653121",
        project_code="",
        amount=yuan(1000),
    )
    passed = story.after(to_county)
    passed.when(check()).then_nothing()
    wrong = issue(batch_id=batch, allocation_id=to_county.allocation_id)
    passed.knowing(LEDGER).when(wrong).then_refused(no.PassedToCounty)


def test_a_batch_that_is_issued_in_time_is_not_found() -> None:
    story = fresh.knowing(Rules()).after(receive(amount=yuan(300)))
    done = story.after(allocate(amount=yuan(300))).knowing(LEDGER).after(issue())
    assert isinstance(done.facts[-1], fact.FundIssued)
    done.when(check()).then_nothing()
    silent.when(check()).then_nothing()


def test_payments_count_against_the_quota_that_was_issued_first() -> None:
    parts = [yuan(300), yuan(200), yuan(100)]
    assert attributed(yuan(450), parts) == [yuan(300), yuan(150), yuan(0)]
    assert attributed(yuan(900), parts) == parts
    assert attributed(yuan(-1), parts) == [yuan(0), yuan(0), yuan(0)]


def test_the_public_hears_of_a_missed_day_as_a_finding_and_not_twice() -> None:
    (missed,) = given.when(check()).facts()
    (told,) = recorded(f"keyfund-{BATCH}", missed, at=at(4, 10))
    assert publish(told) is None
