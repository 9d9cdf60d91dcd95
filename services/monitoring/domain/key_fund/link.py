"""Which part of a project's quota is direct money: counted once, and never beyond the quota."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from services.monitoring.domain.key_fund import refusals as no
from services.monitoring.domain.key_fund.commands import LinkQuota
from services.monitoring.domain.key_fund.events import QuotaLinked
from services.monitoring.domain.ledger.ledger import reference as ledger_reference
from services.monitoring.domain.ledger.refusals import LedgerNotOpened
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.values import Project
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.money import Money
from shared.domain.workdays import business_date


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaLinks:
    """What is linked of each quota document of one project, by the allocation it came from."""

    project: Project | None = None
    linked: Mapping[str, Mapping[str, Money]] = field(default_factory=dict)


def _decide(command: LinkQuota, state: QuotaLinks) -> Sequence[QuotaLinked]:
    ledger = command.ledger
    if ledger is None:
        raise LedgerNotOpened
    quota = ledger.issues.get(command.document_no)
    if quota is None:
        raise no.QuotaNotIssued(pointer="/document_no", document_no=command.document_no)
    linked = state.linked.get(command.document_no, {})
    if command.allocation_id in linked:
        return []
    before = Money.total(linked.values())
    if before + command.amount > quota:
        raise no.QuotaLinkedAlready(quota=str(quota), linked=str(before))
    return [
        QuotaLinked(
            project=ledger.project,
            batch_id=command.batch_id,
            allocation_id=command.allocation_id,
            document_no=command.document_no,
            amount=command.amount,
            linked_on=business_date(command.now),
        )
    ]


def _evolve(state: QuotaLinks, event: QuotaLinked) -> QuotaLinks:
    linked = state.linked.get(event.document_no, {})
    of_document = {**linked, event.allocation_id: event.amount}
    return QuotaLinks(
        project=event.project, linked={**state.linked, event.document_no: of_document}
    )


def _consults(command: LinkQuota) -> Sequence[Reference]:
    return (ledger_reference(command.ledger_id),)


def _inform(command: LinkQuota, states: Sequence[object]) -> LinkQuota:
    (ledger,) = states
    return replace(command, ledger=ledger if isinstance(ledger, Ledger) else None)


def _owner(state: QuotaLinks) -> Owner | None:
    """The bureau of the region links quota; the unit it is for has no hand in it."""
    return Owner(region_code=state.project.region_code) if state.project else None


quota_link_decider: Final[Decider[LinkQuota, QuotaLinked, QuotaLinks]] = Decider(
    category="quotalink",
    initial=QuotaLinks(),
    commands=(LinkQuota,),
    events={"QuotaLinked": QuotaLinked},
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: command.ledger_id,
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
