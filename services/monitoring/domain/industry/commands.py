"""What may be asked of a grant to an enterprise: the plan, and one command for every stage."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.monitoring.domain.industry.values import Applied, Planned, Stage, Statement
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.rules import RulesInForce


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanIndustryFund:
    """Begin the loop: whose money it is, and for what."""

    planned: Planned
    by: str
    now: datetime

    @property
    def fund_id(self) -> str:
        """The loop this is about."""
        return self.planned.fund_id


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceIndustryFund:
    """Pass one stage of the loop: each command below names its own."""

    fund_id: str
    stage: Stage = Stage.PLAN
    statement: Statement
    by: str
    now: datetime
    applied: Applied | None = None
    ledger: Ledger | None = None
    rules: RulesInForce | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyForIndustryFund(AdvanceIndustryFund):
    """An enterprise asks, through the unit that is responsible."""

    stage: Stage = Stage.APPLICATION


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewIndustryFund(AdvanceIndustryFund):
    """The department judges whether the conditions are met."""

    stage: Stage = Stage.REVIEW


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicizeIndustryFund(AdvanceIndustryFund):
    """The public sees who is to get the money, and may object."""

    stage: Stage = Stage.PUBLICITY


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocateIndustryFund(AdvanceIndustryFund):
    """The bureau allocates the money by a document."""

    stage: Stage = Stage.ALLOCATION


@dataclass(frozen=True, slots=True, kw_only=True)
class PayIndustryFund(AdvanceIndustryFund):
    """The treasury has paid the enterprise."""

    stage: Stage = Stage.PAYMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectIndustryFund(AdvanceIndustryFund):
    """Somebody looks at what the money is used for."""

    stage: Stage = Stage.INSPECTION


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIndustryEffect(AdvanceIndustryFund):
    """The unit states what came of it: jobs, output, tax."""

    stage: Stage = Stage.EFFECT


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluateIndustryFund(AdvanceIndustryFund):
    """The result is judged; where the conditions are met, the loop ends."""

    stage: Stage = Stage.EVALUATION


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverIndustryFund(AdvanceIndustryFund):
    """The money comes back, because the conditions were not met."""

    stage: Stage = Stage.RECOVERY


STAGES: Final[tuple[type[AdvanceIndustryFund], ...]] = (
    ApplyForIndustryFund,
    ReviewIndustryFund,
    PublicizeIndustryFund,
    AllocateIndustryFund,
    PayIndustryFund,
    InspectIndustryFund,
    ReportIndustryEffect,
    EvaluateIndustryFund,
    RecoverIndustryFund,
)
type IndustryCommand = PlanIndustryFund | AdvanceIndustryFund
