"""The register of third parties, by unified social credit code.

Source: 财监〔2021〕4号 (registered in the national credit platform), 财预〔2021〕6号. The register
is one for all, because the code is. An exclusion is the measure of the bureau that decided it: it
binds that bureau's region and those below it (`domain` §0.3, §4.13: finance commissions). So a
county speaks for itself, and the prefecture for its counties as well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, assert_never

from services.evaluation.domain.third_party.credit_code import is_credit_code
from services.evaluation.domain.third_party.refusals import CreditCodeWrong, ThirdPartyUnknown
from services.evaluation.domain.third_party.values import InstitutionKind, LeadEvaluator
from services.evaluation.domain.values import region_line
from shared.domain.decider import Decider

EVERYWHERE: Final = ""
"""A fact of before exclusions named a region: it was decided for all."""


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
    """Give it no further assignment in a region and below it, by a document."""

    unified_credit_code: str
    reason: str
    document_no: str
    by: str
    now: datetime
    region_code: str = ""


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
    """It gets no further assignment in this region and below it.

    Older facts name no region: they were decided for all, and bind all. `regions` are all that
    exclude it now, with the word for all as the empty name.
    """

    reason: str
    document_no: str
    excluded_by: str
    region_code: str = ""
    regions: tuple[str, ...] = ()


type ThirdPartyEvent = ThirdPartyRegistered | ThirdPartyExcluded


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdParty:
    """An institution as it is registered now; `excluded` by region."""

    registered: ThirdPartyRegistered | None = None
    excluded: Mapping[str, ThirdPartyExcluded] = field(default_factory=dict)

    def barred_in(self, region_code: str) -> ThirdPartyExcluded | None:
        """The exclusion that binds a region: its own, a superior's, or one for all."""
        above = (*region_line(region_code), EVERYWHERE)
        return next((self.excluded[one] for one in above if one in self.excluded), None)


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
            if command.region_code in state.excluded:
                return []
            return [
                ThirdPartyExcluded(
                    reason=command.reason,
                    document_no=command.document_no,
                    excluded_by=command.by,
                    region_code=command.region_code,
                    regions=(*state.excluded, command.region_code),
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
            return replace(state, excluded={**state.excluded, event.region_code: event})
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
