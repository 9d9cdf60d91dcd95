"""Not to tell: only what the law protects, by an authority, until a day, and openly so."""

from collections.abc import Sequence

from services.disclosure.domain.item_states import Archived, Known, Published, State, Withheld
from services.disclosure.domain.item_words import (
    EndWithholding,
    ItemEvent,
    ItemWithheld,
    WithholdDisclosure,
    WithholdingExpired,
)
from services.disclosure.domain.protection import CITATIONS, protection_of
from services.disclosure.domain.refusals import (
    ItemAlreadyPublished,
    LegalBasisUnknown,
    WithholdingEnded,
)
from shared.domain.workdays import business_date, day_over


def withhold(command: WithholdDisclosure, state: Known) -> Sequence[ItemEvent]:
    """Silent when it is withheld alike; otherwise the later word counts."""
    if isinstance(state, Published | Archived):
        raise ItemAlreadyPublished
    protects = protection_of(command.legal_basis)
    if protects is None:
        raise LegalBasisUnknown(
            pointer="/legal_basis",
            remedy=f"Name one of {', '.join(CITATIONS)}, or cite it word for word.",
            known=[{"code": one.value, "citation": cited} for one, cited in CITATIONS.items()],
        )
    fact = ItemWithheld(
        item=state.obligation.item,
        legal_basis=CITATIONS[protects],
        authority=command.authority,
        expires_on=command.expires_on,
        protects=protects.value,
    )
    if isinstance(state, Withheld) and state.fact == fact:
        return []
    if command.expires_on <= business_date(command.now):
        raise WithholdingEnded(pointer="/expires_on", expires_on=command.expires_on.isoformat())
    return [fact]


def end(command: EndWithholding, state: State) -> Sequence[ItemEvent]:
    """Silent when the withholding was prolonged meanwhile, or is no more."""
    if not isinstance(state, Withheld) or command.now < day_over(state.fact.expires_on):
        return []
    obligation = state.obligation
    return [
        WithholdingExpired(
            item=obligation.item, expired_on=state.fact.expires_on, due_on=obligation.due_on
        )
    ]
