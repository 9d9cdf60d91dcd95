"""A batch of direct funds: received, allocated, issued, and late or not."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final, assert_never

from services.monitoring.domain.calendar import starts
from services.monitoring.domain.key_fund import commands as ask
from services.monitoring.domain.key_fund import events as fact
from services.monitoring.domain.key_fund import refusals as no
from services.monitoring.domain.key_fund.late import CLOCK, found
from services.monitoring.domain.key_fund.state import Allocation, FundBatch, evolve
from services.monitoring.domain.key_fund.values import FundStep, RecipientKind, batch_key
from services.monitoring.domain.ledger.ledger import reference as ledger_reference
from services.monitoring.domain.ledger.refusals import AmountNotPositive, LedgerNotOpened
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.rules import nearest, references
from services.monitoring.domain.values import region_line
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.money import ZERO, Money
from shared.domain.rules import KeyFundRules
from shared.domain.workdays import business_date

type Facts = Sequence[fact.KeyFundEvent]


def _decide(command: ask.KeyFundCommand, state: FundBatch) -> Facts:
    match command:
        case ask.ReceiveFund():
            return _receive(command, state)
        case ask.CheckFundDeadline():
            return _check(command, state)
        case ask.AllocateFund():
            return _allocate(command, state, _known(state))
        case ask.IssueFund():
            return _issue(command, state, _known(state))
        case _:
            assert_never(command)


def _known(state: FundBatch) -> fact.FundReceived:
    if state.received is None:
        raise no.BatchNotReceived
    return state.received


def _receive(command: ask.ReceiveFund, state: FundBatch) -> Facts:
    rules = command.rules.key_funds if command.rules else KeyFundRules()
    days = rules.pass_on_days[command.kind]
    batch = fact.Batch(
        batch_id=command.batch_id,
        root_id=command.root_id or command.batch_id,
        region_code=command.region_code,
        fiscal_year=command.fiscal_year,
        fund_name=command.fund_name,
        direct_fund_flag=command.direct_fund_flag,
        kind=command.kind,
    )
    if state.received is not None:
        if not command.parent_id:
            _same(command, state.received)
        if not _prevails(command, state.received):
            return []
    return [
        fact.FundReceived(
            batch=batch,
            superior_document_no=command.superior_document_no,
            amount=_positive(command.amount),
            received_on=command.received_on,
            pass_on_by=command.received_on + timedelta(days=days),
            rule_set_version=command.rules.version if command.rules else 0,
            parent_id=command.parent_id,
        )
    ]


def _prevails(command: ask.ReceiveFund, before: fact.FundReceived) -> bool:
    """A split of the superior's batch holds, whatever was entered by hand before it came (D)."""
    flag = before.batch.direct_fund_flag
    entered = (before.parent_id, flag, before.amount, before.received_on)
    said = (command.parent_id, command.direct_fund_flag, command.amount, command.received_on)
    return bool(command.parent_id) and entered != said


def _same(command: ask.ReceiveFund, before: fact.FundReceived) -> None:
    """A document that comes again says what it said; the flag above all."""
    if command.direct_fund_flag is not before.batch.direct_fund_flag:
        flag = before.batch.direct_fund_flag.value
        raise no.FlagLost(f"it is {flag}", pointer="/direct_fund_flag", flag=flag)
    if (command.amount, command.received_on) != (before.amount, before.received_on):
        raise no.BatchReceivedOtherwise(
            amount=str(before.amount), received_on=before.received_on.isoformat()
        )


def _positive(amount: Money) -> Money:
    if amount <= ZERO:
        raise AmountNotPositive(pointer="/amount")
    return amount


def _allocate(command: ask.AllocateFund, state: FundBatch, received: fact.FundReceived) -> Facts:
    batch, amount = received.batch, _positive(command.amount)
    if command.direct_fund_flag not in {None, batch.direct_fund_flag}:
        flag = batch.direct_fund_flag.value
        raise no.FlagLost(f"it is {flag}", pointer="/direct_fund_flag", flag=flag)
    before = state.allocations.get(command.allocation_id)
    if before is not None:
        if before.amount != amount:
            raise no.AllocationReused(amount=str(before.amount))
        return []
    if command.allocated_on < received.received_on:
        raise no.AllocatedBeforeReceived(
            pointer="/allocated_on", received_on=received.received_on.isoformat()
        )
    if state.allocated + amount > received.amount:
        raise no.AllocatedBeyondReceived(
            received=str(received.amount), allocated=str(state.allocated), asked=str(amount)
        )
    return [
        fact.FundAllocated(
            batch=batch,
            allocation_id=command.allocation_id,
            document_no=command.document_no,
            recipient_kind=command.recipient_kind,
            recipient=command.recipient,
            project_code=command.project_code,
            amount=amount,
            allocated_total=state.allocated + amount,
            allocated_on=command.allocated_on,
            passed_to=_passed_to(command, batch),
        )
    ]


def _passed_to(command: ask.AllocateFund, batch: fact.Batch) -> str:
    """The batch of the county that gets it; nobody passes money to itself or upwards."""
    if command.recipient_kind is RecipientKind.UNIT:
        return ""
    below = batch.region_code in region_line(command.recipient)
    if not below or command.recipient == batch.region_code or command.project_code:
        raise no.RecipientMisplaced(pointer="/recipient")
    return batch_key(command.recipient, command.document_no, batch.fund_name)


def _issue(command: ask.IssueFund, state: FundBatch, received: fact.FundReceived) -> Facts:
    allocation = state.allocations.get(command.allocation_id)
    if allocation is None:
        raise no.AllocationUnknown(pointer="/allocation_id")
    if allocation.recipient_kind is RecipientKind.COUNTY:
        raise no.PassedToCounty(county=allocation.recipient)
    amount, ledger = _positive(command.amount), flagged(command.ledger, received.batch)
    if _elsewhere(allocation, ledger, received.batch.region_code):
        raise no.IssuedElsewhere(unit=allocation.recipient, project=allocation.project_code)
    key = f"{command.ledger_id}|{command.document_no}"
    if key in allocation.issued:
        if allocation.issued[key] != amount:
            raise no.AllocationReused(amount=str(allocation.issued[key]))
        return []
    if amount > allocation.unissued:
        raise no.IssuedBeyondAllocated(
            allocated=str(allocation.amount), issued=str(allocation.issued_total)
        )
    return [
        fact.FundIssued(
            batch=received.batch,
            allocation_id=command.allocation_id,
            project=ledger.project,
            document_no=command.document_no,
            amount=amount,
            issued_total=amount + Money.total(a.issued_total for a in state.allocations.values()),
            issued_on=business_date(command.now),
        )
    ]


def flagged(ledger: Ledger | None, batch: fact.Batch) -> Ledger:
    """The ledger of the project, which must carry the flag of the money."""
    if ledger is None:
        raise LedgerNotOpened
    if ledger.direct_fund_flag != batch.direct_fund_flag:
        raise no.FlagOfLedgerDiffers(
            ledger=ledger.direct_fund_flag, batch=batch.direct_fund_flag.value
        )
    return ledger


def _elsewhere(allocation: Allocation, ledger: Ledger, region_code: str) -> bool:
    given = (region_code, allocation.recipient)
    other_unit = given != (ledger.project.region_code, ledger.project.unit_code)
    return other_unit or allocation.project_code not in {"", ledger.project.code}


def _check(command: ask.CheckFundDeadline, state: FundBatch) -> Facts:
    received = state.received
    if received is None:
        return []
    missing = {
        FundStep.ALLOCATE: received.amount - state.allocated,
        FundStep.ISSUE: state.unissued,
    }
    return [
        fact.FundDeadlineMissed(
            batch=received.batch,
            step=step,
            missing=amount,
            pass_on_by=received.pass_on_by,
            missed_on=business_date(command.now),
        )
        for step, amount in missing.items()
        if amount > ZERO and step not in state.missed
    ]


def _entails(event: fact.KeyFundEvent, state: FundBatch) -> Iterable[object]:
    """Issued money is counted against its quota, a missed day is found: both in the same act."""
    match event:
        case fact.FundIssued():
            yield ask.LinkQuota(
                project_code=event.project.code,
                fiscal_year=event.project.fiscal_year,
                batch_id=event.batch.batch_id,
                allocation_id=event.allocation_id,
                document_no=event.document_no,
                amount=event.amount,
                by=CLOCK,
                now=starts(event.issued_on),
            )
        case fact.FundDeadlineMissed() if state.received is not None:
            yield found(event)
        case _:
            return


def _consults(command: ask.KeyFundCommand) -> Sequence[Reference]:
    match command:
        case ask.ReceiveFund(region_code=region, fiscal_year=year):
            return references(region, year)
        case ask.IssueFund(ledger_id=ledger_id):
            return (ledger_reference(ledger_id),)
        case _:
            return ()


def _inform(command: ask.KeyFundCommand, states: Sequence[object]) -> ask.KeyFundCommand:
    match command:
        case ask.ReceiveFund():
            return replace(command, rules=nearest(states))
        case ask.IssueFund():
            (ledger,) = states
            return replace(command, ledger=ledger if isinstance(ledger, Ledger) else None)
        case _:
            return command


def _owner(state: FundBatch) -> Owner | None:
    return Owner(region_code=state.received.batch.region_code) if state.received else None


key_fund_decider: Final[Decider[ask.KeyFundCommand, fact.KeyFundEvent, FundBatch]] = Decider(
    category="keyfund",
    initial=FundBatch(),
    commands=(ask.ReceiveFund, ask.AllocateFund, ask.IssueFund, ask.CheckFundDeadline),
    events={
        "FundReceived": fact.FundReceived,
        "FundAllocated": fact.FundAllocated,
        "FundIssued": fact.FundIssued,
        "FundDeadlineMissed": fact.FundDeadlineMissed,
    },
    decide=_decide,
    evolve=evolve,
    identify=lambda command: command.batch_id,
    owner=_owner,
    consults=_consults,
    inform=_inform,
    entails=_entails,
)
