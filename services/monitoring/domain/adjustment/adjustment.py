"""The adjustment as one value the kernel can run, and what its facts have for its neighbours."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from services.monitoring.domain.adjustment import commands as ask
from services.monitoring.domain.adjustment import events as fact
from services.monitoring.domain.adjustment.deciding import decide
from services.monitoring.domain.adjustment.desk import DeskCommand, EndAdjustment, OpenAdjustment
from services.monitoring.domain.adjustment.state import (
    Adjustment,
    AdjustmentState,
    NotProposed,
    evolve,
)
from services.monitoring.domain.calendar import starts
from services.monitoring.domain.ledger.commands import ReleaseHold
from services.monitoring.domain.ledger.ledger import reference as ledger_reference
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.values import project_id
from shared.domain.decider import Decider, Owner, Reference

type Following = DeskCommand | ask.ProposeReceiving | ReleaseHold


def _consults(command: ask.AdjustmentCommand) -> Sequence[Reference]:
    match command:
        case ask.ProposeAdjustment(project_code=code, fiscal_year=year, transfer_to=other):
            codes = (code, other or code)
            return tuple(ledger_reference(project_id(one, year)) for one in codes)
        case ask.ProposeReceiving(project_code=code, fiscal_year=year):
            return (ledger_reference(project_id(code, year)),)
        case _:
            return ()


def _refers(
    command: ask.AdjustmentCommand, state: AdjustmentState, _known: Sequence[object]
) -> Sequence[Reference]:
    if isinstance(command, ask.ExecuteAdjustment) and isinstance(state, Adjustment):
        return (ledger_reference(state.proposal.project.id),)
    return ()


def _inform(command: ask.AdjustmentCommand, states: Sequence[object]) -> ask.AdjustmentCommand:
    ledgers = [one if isinstance(one, Ledger) else None for one in states]
    match command:
        case ask.ProposeAdjustment():
            return replace(command, ledger=ledgers[0], receiver=ledgers[1])
        case ask.ProposeReceiving() | ask.ExecuteAdjustment():
            return replace(command, ledger=ledgers[0])
        case _:
            return command


def _entails(event: fact.AdjustmentEvent, state: AdjustmentState) -> Iterator[Following]:
    """The desk opens and ends with it; the other half is proposed; an end lets the money go."""
    if not isinstance(state, Adjustment):
        return
    # Proposals of before there was a desk do not name themselves, and lie on none.
    key = state.proposal.adjustment_id
    match event:
        case fact.AdjustmentProposed():
            yield OpenAdjustment(project=event.project, adjustment_id=key)
            if event.transfer_to is not None:
                yield _receiving(event, key)
        case fact.AdjustmentExecuted() | fact.AdjustmentFailed() | fact.AdjustmentRefused():
            yield EndAdjustment(project=event.project, adjustment_id=key)
        case fact.SuspensionEnded(project=project):
            yield ReleaseHold(
                project_code=project.code,
                fiscal_year=project.fiscal_year,
                adjustment_id=event.adjustment_id,
                by=event.ended_by,
                now=starts(event.ended_on),
            )
        case _:
            return


def _receiving(event: fact.AdjustmentProposed, key: str) -> ask.ProposeReceiving:
    return ask.ProposeReceiving(
        adjustment_id=event.partner_adjustment_id,
        project_code=event.partner_project,
        fiscal_year=event.project.fiscal_year,
        amount=-event.change,
        reason=event.reason,
        giver_code=event.project.code,
        giver_adjustment_id=key,
        lowers_key_expenditure=event.lowers_key_expenditure,
        changes_total_budget=event.changes_total_budget,
        proposed_by=event.proposed_by,
        proposed_on=event.proposed_on,
    )


def _owner(state: AdjustmentState) -> Owner | None:
    return state.proposal.project.owner if isinstance(state, Adjustment) else None


adjustment_decider: Final[Decider[ask.AdjustmentCommand, fact.AdjustmentEvent, AdjustmentState]] = (
    Decider(
        category="adjustment",
        initial=NotProposed(),
        commands=(
            ask.ProposeAdjustment,
            ask.ProposeReceiving,
            ask.NotePairing,
            ask.NoteApproval,
            ask.ExecuteAdjustment,
            ask.RefuseAdjustment,
            ask.NoteUndoing,
            ask.EndSuspension,
            ask.ReportAdjustment,
            ask.CloseAdjustment,
        ),
        events={
            "AdjustmentProposed": fact.AdjustmentProposed,
            "AdjustmentTargetPaired": fact.AdjustmentTargetPaired,
            "AdjustmentSigned": fact.AdjustmentSigned,
            "AdjustmentApproved": fact.AdjustmentApproved,
            "AdjustmentExecuted": fact.AdjustmentExecuted,
            "AdjustmentFailed": fact.AdjustmentFailed,
            "AdjustmentRefused": fact.AdjustmentRefused,
            "SuspensionEnded": fact.SuspensionEnded,
            "AdjustmentReported": fact.AdjustmentReported,
            "AdjustmentClosed": fact.AdjustmentClosed,
        },
        decide=decide,
        evolve=evolve,
        identify=lambda command: command.adjustment_id,
        owner=_owner,
        consults=_consults,
        refers=_refers,
        inform=_inform,
        entails=_entails,
    )
)
