"""The roll of a project and year: who got which part of its payments, and who got one twice."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, assert_never

from services.monitoring.domain.beneficiary import commands as ask
from services.monitoring.domain.beneficiary import events as fact
from services.monitoring.domain.beneficiary import refusals as no
from services.monitoring.domain.beneficiary.state import Entry, Roll, entry_of, evolve
from services.monitoring.domain.beneficiary.totals import added, by_place, told
from services.monitoring.domain.beneficiary.values import (
    COUNTY_DIGITS,
    Counting,
    PayeeKind,
    PlaceTotal,
    township,
)
from services.monitoring.domain.calendar import starts
from services.monitoring.domain.fund_finding.commands import OpenFundFinding
from services.monitoring.domain.fund_finding.events import FindingKind, FindingLevel
from services.monitoring.domain.key_fund.values import named
from services.monitoring.domain.ledger.ledger import reference as ledger_reference
from services.monitoring.domain.ledger.refusals import AmountNotPositive, LedgerNotOpened
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.rules import nearest, references
from services.monitoring.domain.values import region_line
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.money import ZERO
from shared.domain.rules import KeyFundRules
from shared.domain.workdays import business_date

COMPARISON: Final = "monitoring|comparison"
SNAPSHOT_EVERY: Final = 2_000
type Facts = Sequence[fact.RollEvent]


def reference(roll_id: str) -> Reference:
    """The roll, for another decision that must know a line of it."""
    return Reference("beneficiaries", roll_id)


def _decide(command: ask.RollCommand, state: Roll) -> Facts:
    match command:
        case ask.RecordBeneficiary():
            return _record(command, state)
        case ask.WithdrawBeneficiary():
            return _withdraw(command, state)
        case ask.PublishBeneficiaries():
            return _publish(command, state)
        case _:
            assert_never(command)


def _record(command: ask.RecordBeneficiary, state: Roll) -> Facts:
    if command.ledger is None:
        raise LedgerNotOpened
    if command.amount <= ZERO:
        raise AmountNotPositive(pointer="/amount")
    project, before = command.ledger.project, state.entry(command.payment_id, command.line_id)
    if before is not None:
        if replace(before, counts=True) != entry_of(command) or not before.counts:
            raise no.LineReused(line_id=command.line_id)
        return []
    if project.region_code not in region_line(command.place_code[:COUNTY_DIGITS]):
        raise no.PlaceElsewhere(pointer="/place_code", region=project.region_code)
    payment = command.ledger.payments.get(command.payment_id)
    if payment is None:
        raise no.PaymentNotBooked(pointer="/payment_id", payment_id=command.payment_id)
    reached = state.paid.get(command.payment_id, ZERO)
    if reached + command.amount > payment.outstanding:
        raise no.PaidBeyondPayment(
            pointer="/amount",
            paid=str(payment.outstanding),
            reached=str(reached),
            asked=str(command.amount),
        )
    subject = command.sealed.subject
    return [
        fact.BeneficiaryPaid(
            project=project,
            payment_id=command.payment_id,
            line_id=command.line_id,
            month=command.month,
            place_code=command.place_code,
            payee_kind=command.payee_kind,
            counting=command.counting,
            persons=command.persons,
            amount=command.amount,
            sealed=command.sealed,
            recorded_on=business_date(command.now),
            duplicate_of=_holder(state, subject, command.month),
        )
    ]


def _holder(state: Roll, subject: str, month: str) -> str:
    return state.holder(subject, month).replace("\x1f", "/")


def _withdraw(command: ask.WithdrawBeneficiary, state: Roll) -> Facts:
    entry = state.entry(command.payment_id, command.line_id)
    if entry is None or state.project is None:
        raise no.LineUnknown
    if not entry.counts:
        return []
    return [
        fact.BeneficiaryWithdrawn(
            project=state.project,
            payment_id=command.payment_id,
            line_id=command.line_id,
            amount=entry.amount,
            reason=command.reason,
        )
    ]


def _publish(command: ask.PublishBeneficiaries, state: Roll) -> Facts:
    rules = command.rules.key_funds if command.rules else KeyFundRules()
    places = _places(state.of_month(command.month))
    if not places or state.project is None:
        raise no.NobodyPaid(month=command.month)
    shown = tuple(told(places, rules.group_min))
    if not shown:
        raise no.GroupTooSmall(group_min=rules.group_min)
    before = state.published.get(command.month)
    if before == shown:
        return []
    if before is not None and abs(added(shown).payees - added(before).payees) < rules.group_min:
        raise no.ChangeTooSmall(group_min=rules.group_min)
    return [
        fact.BeneficiariesPublished(
            project=state.project,
            month=command.month,
            places=shown,
            published_on=business_date(command.now),
        )
    ]


def _places(entries: Iterable[Entry]) -> Sequence[PlaceTotal]:
    """By township. Somebody with two lines is one payee."""
    totals: dict[str, list[PlaceTotal]] = {}
    seen: set[tuple[str, str]] = set()
    for one in entries:
        place = township(one.place_code)
        first = (place, one.sealed.subject) not in seen
        seen.add((place, one.sealed.subject))
        person = first and one.payee_kind is PayeeKind.PERSON
        total = PlaceTotal(
            place_code=place,
            payees=int(first),
            households=int(person and one.counting is Counting.HOUSEHOLD),
            persons=one.persons if person else 0,
            enterprises=int(first and not person),
            amount=one.amount,
        )
        totals.setdefault(place, []).append(total)
    return by_place(totals)


def _entails(event: fact.RollEvent, _state: Roll) -> Iterable[object]:
    """Somebody who is paid twice for one month is looked at by a person (D: yellow)."""
    if not isinstance(event, fact.BeneficiaryPaid) or not event.duplicate_of:
        return
    project = event.project
    yield OpenFundFinding(
        finding_id=named(project.id, event.payment_id, event.line_id),
        region_code=project.region_code,
        department_code=project.department_code,
        unit_code=project.unit_code,
        fiscal_year=project.fiscal_year,
        project_code=project.code,
        kind=FindingKind.PAID_TWICE,
        level=FindingLevel.YELLOW,
        amount=event.amount,
        note=f"{event.month}: {event.payment_id}/{event.line_id} = {event.duplicate_of}",
        by=COMPARISON,
        now=starts(event.recorded_on),
    )


def _consults(command: ask.RollCommand) -> Sequence[Reference]:
    match command:
        case ask.RecordBeneficiary(roll_id=roll_id):
            return (ledger_reference(roll_id),)
        case _:
            return ()


def _refers(command: ask.RollCommand, state: Roll, _known: Sequence[object]) -> Sequence[Reference]:
    if isinstance(command, ask.PublishBeneficiaries) and state.project is not None:
        return references(state.project.region_code, state.project.fiscal_year)
    return ()


def _inform(command: ask.RollCommand, states: Sequence[object]) -> ask.RollCommand:
    match command:
        case ask.RecordBeneficiary():
            (ledger,) = states
            return replace(command, ledger=ledger if isinstance(ledger, Ledger) else None)
        case ask.PublishBeneficiaries():
            return replace(command, rules=nearest(states))
        case _:
            return command


def _owner(state: Roll) -> Owner | None:
    return state.project.owner if state.project else None


roll_decider: Final[Decider[ask.RollCommand, fact.RollEvent, Roll]] = Decider(
    category="beneficiaries",
    initial=Roll(),
    commands=(ask.RecordBeneficiary, ask.WithdrawBeneficiary, ask.PublishBeneficiaries),
    events={
        "BeneficiaryPaid": fact.BeneficiaryPaid,
        "BeneficiaryWithdrawn": fact.BeneficiaryWithdrawn,
        "BeneficiariesPublished": fact.BeneficiariesPublished,
    },
    decide=_decide,
    evolve=evolve,
    identify=lambda command: command.roll_id,
    owner=_owner,
    consults=_consults,
    refers=_refers,
    inform=_inform,
    entails=_entails,
    snapshot_every=SNAPSHOT_EVERY,
)
