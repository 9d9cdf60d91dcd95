"""Looking at a person's fields in clear, and making them unreadable: both on the record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.monitoring.domain.beneficiary import commands as ask
from services.monitoring.domain.beneficiary import events as fact
from services.monitoring.domain.beneficiary import refusals as no
from services.monitoring.domain.beneficiary.roll import reference
from services.monitoring.domain.beneficiary.state import Roll
from services.monitoring.domain.values import region_line
from shared.domain.decider import Decider, Reference
from shared.domain.sealed import Sealed
from shared.domain.workdays import business_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """Whether somebody has looked."""

    revealed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A person; the key may be destroyed more than once, if the person is paid again later."""

    erased_keys: frozenset[str] = frozenset()


type Entry = ask.RevealData | ask.EraseSubject


def _found(command: Entry) -> Sealed:
    """The line as the roll has it; whoever cannot see its region is told there is none."""
    if command.found is None or command.asker_region not in region_line(command.found_in):
        raise no.LineUnknown
    return command.found


def _consults(command: Entry) -> Sequence[Reference]:
    return (reference(command.roll_id),)


def _inform[C: (ask.RevealData, ask.EraseSubject)](command: C, states: Sequence[object]) -> C:
    (roll,) = states
    if not isinstance(roll, Roll) or roll.project is None:
        return command
    entry = roll.entry(command.payment_id, command.line_id)
    if entry is None:
        return command
    return replace(command, found=entry.sealed, found_in=roll.project.region_code)


def _reveal(command: ask.RevealData, state: Reveal) -> Sequence[fact.DataRevealed]:
    if state.revealed:
        return []
    sealed = _found(command)
    return [
        fact.DataRevealed(
            project_code=command.project_code,
            fiscal_year=command.fiscal_year,
            region_code=command.found_in,
            payment_id=command.payment_id,
            line_id=command.line_id,
            sealed=sealed,
            purpose=command.purpose,
            reason=command.reason,
            revealed_by=command.by,
            revealed_at=command.now,
        )
    ]


def _erase(command: ask.EraseSubject, state: Subject) -> Sequence[fact.SubjectErased]:
    sealed = _found(command)
    if sealed.subject != command.subject:
        raise no.LineUnknown
    if sealed.key_id in state.erased_keys:
        return []
    return [
        fact.SubjectErased(
            subject=command.subject,
            key_id=sealed.key_id,
            region_code=command.found_in,
            reason=command.reason,
            erased_by=command.by,
            erased_on=business_date(command.now),
        )
    ]


def _looked(_state: Reveal, _event: fact.DataRevealed) -> Reveal:
    return Reveal(revealed=True)


def _erased(state: Subject, event: fact.SubjectErased) -> Subject:
    return Subject(erased_keys=state.erased_keys | {event.key_id})


reveal_decider: Final[Decider[ask.RevealData, fact.DataRevealed, Reveal]] = Decider(
    category="reveal",
    initial=Reveal(),
    commands=(ask.RevealData,),
    events={"DataRevealed": fact.DataRevealed},
    decide=_reveal,
    evolve=_looked,
    identify=lambda command: command.reveal_id,
    consults=_consults,
    inform=_inform,
)

# The category and the name of the fact are those the trigger of the keys listens to
# (shared/sealing/schema.py): with the fact the key is gone, in one transaction.
subject_decider: Final[Decider[ask.EraseSubject, fact.SubjectErased, Subject]] = Decider(
    category="subject",
    initial=Subject(),
    commands=(ask.EraseSubject,),
    events={"SubjectErased": fact.SubjectErased},
    decide=_erase,
    evolve=_erased,
    identify=lambda command: command.subject,
    consults=_consults,
    inform=_inform,
)
