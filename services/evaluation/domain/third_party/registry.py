"""The register of third parties, by unified social credit code.

Source: 财监〔2021〕4号 (registered in the national credit platform), 财预〔2021〕6号.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, assert_never

from services.evaluation.domain.third_party.credit_code import is_credit_code
from services.evaluation.domain.third_party.refusals import CreditCodeWrong, ThirdPartyUnknown
from services.evaluation.domain.third_party.values import InstitutionKind, LeadEvaluator
from shared.domain.decider import Decider


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterThirdParty:
    """Enter an institution, or what has changed of it."""

    unified_credit_code: str
    name: str
    kind: InstitutionKind
    credit_platform_no: str
    credit_level: str
    lead_evaluators: tuple[LeadEvaluator, ...]
    affiliations: tuple[str, ...]
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludeThirdParty:
    """Give it no further assignment, by a document."""

    unified_credit_code: str
    reason: str
    document_no: str
    by: str
    now: datetime


type ThirdPartyCommand = RegisterThirdParty | ExcludeThirdParty


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdPartyRegistered:
    """The institution is known. `affiliations` are codes of bodies it belongs to or serves."""

    unified_credit_code: str
    name: str
    kind: InstitutionKind
    credit_platform_no: str
    credit_level: str
    lead_evaluators: tuple[LeadEvaluator, ...]
    affiliations: tuple[str, ...]
    registered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdPartyExcluded:
    """It gets no further assignment."""

    reason: str
    document_no: str
    excluded_by: str


type ThirdPartyEvent = ThirdPartyRegistered | ThirdPartyExcluded


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdParty:
    """An institution as it is registered now."""

    registered: ThirdPartyRegistered | None = None
    excluded: ThirdPartyExcluded | None = None


def known_party(states: Sequence[object]) -> ThirdParty | None:
    """The registered institution among the states a decision consulted."""
    return next((s for s in states if isinstance(s, ThirdParty) and s.registered), None)


def _decide(command: ThirdPartyCommand, state: ThirdParty) -> Sequence[ThirdPartyEvent]:
    match command:
        case RegisterThirdParty():
            return _register(command, state)
        case ExcludeThirdParty():
            if state.registered is None:
                raise ThirdPartyUnknown
            if state.excluded:
                return []
            return [
                ThirdPartyExcluded(
                    reason=command.reason,
                    document_no=command.document_no,
                    excluded_by=command.by,
                )
            ]
        case _:
            assert_never(command)


def _register(command: RegisterThirdParty, state: ThirdParty) -> Sequence[ThirdPartyEvent]:
    if not is_credit_code(command.unified_credit_code):
        raise CreditCodeWrong(
            pointer="/unified_credit_code",
            remedy="Copy the eighteen characters from the licence; I, O, S, V, Z do not occur.",
        )
    fact = ThirdPartyRegistered(
        unified_credit_code=command.unified_credit_code,
        name=command.name,
        kind=command.kind,
        credit_platform_no=command.credit_platform_no,
        credit_level=command.credit_level,
        lead_evaluators=command.lead_evaluators,
        affiliations=command.affiliations,
        registered_by=command.by,
    )
    before = state.registered
    if before and replace(before, registered_by=command.by) == fact:
        return []
    return [fact]


def _evolve(state: ThirdParty, event: ThirdPartyEvent) -> ThirdParty:
    match event:
        case ThirdPartyRegistered():
            return replace(state, registered=event)
        case ThirdPartyExcluded():
            return replace(state, excluded=event)
        case _:
            assert_never(event)


third_party_decider: Final[Decider[ThirdPartyCommand, ThirdPartyEvent, ThirdParty]] = Decider(
    category="third_party",
    initial=ThirdParty(),
    commands=(RegisterThirdParty, ExcludeThirdParty),
    events={
        "ThirdPartyRegistered": ThirdPartyRegistered,
        "ThirdPartyExcluded": ThirdPartyExcluded,
    },
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: command.unified_credit_code,
)
