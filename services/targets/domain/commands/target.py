"""What may be asked of a performance target."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from services.targets.domain.asker import Asker
from services.targets.domain.budget_request_states import ComingBudget
from services.targets.domain.commands.adjusting import (
    AdjustingCommand,
    ApproveAdjustment,
    PairCommand,
    ReceiveAdjustment,
    RecordApproval,
    RefuseAdjustment,
    RequestTargetAdjustment,
    WithdrawAdjustment,
)
from services.targets.domain.delegation import Delegation
from services.targets.domain.duties import ReturnReason
from services.targets.domain.ex_ante_states import NO_REPORT, ExAnteState
from services.targets.domain.joint_review_states import ConcludedSession
from services.targets.domain.library import Collection
from services.targets.domain.project_states import Project
from services.targets.domain.rule_set import Rules
from services.targets.domain.unit_goals import NO_GOALS, UnitGoals
from services.targets.domain.values import (
    Conclusion,
    Content,
    FourTest,
    Office,
    Responsible,
    ReviewItem,
)
from shared.domain.money import Money

__all__ = [
    "AdjustingCommand",
    "ApproveAdjustment",
    "ApproveTarget",
    "CheckTarget",
    "CloseTarget",
    "CompleteTarget",
    "ConfirmTarget",
    "DraftTarget",
    "GradeTarget",
    "PairCommand",
    "ReceiveAdjustment",
    "RecordApproval",
    "RefuseAdjustment",
    "RequestTargetAdjustment",
    "ReturnTarget",
    "ReviewTarget",
    "ReviseTarget",
    "SigningCommand",
    "SubmitTarget",
    "TargetCommand",
    "WithdrawAdjustment",
    "WritingCommand",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTarget:
    """Write down what a project promises for a year."""

    project_code: str
    fiscal_year: int
    region_code: str
    content: Content
    by: str
    now: datetime
    asker: Asker | None = None
    project: Project | None = None
    rules: Rules | None = None
    assessment: ExAnteState = NO_REPORT
    collections: tuple[Collection, ...] = ()
    goals: UnitGoals = NO_GOALS


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseTarget:
    """Change the draft, within the parts of the offices that the caller's roles speak for."""

    project_code: str
    fiscal_year: int
    region_code: str
    content: Content
    offices: frozenset[Office]
    by: str
    now: datetime
    project: Project | None = None
    rules: Rules | None = None
    assessment: ExAnteState = NO_REPORT
    collections: tuple[Collection, ...] = ()
    goals: UnitGoals = NO_GOALS


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmTarget:
    """An office closes its lock: business over the goal, finance over the amounts.

    `offices` are those the caller's roles speak for. Without a `person` whoever is named for
    the office confirms; what matrix and delegation say is filled in.
    """

    project_code: str
    fiscal_year: int
    office: Office
    offices: frozenset[Office]
    by: str
    now: datetime
    person: str = ""
    delegation_id: str = ""
    duty: Responsible | None = None
    delegation: Delegation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitTarget:
    """The head of the unit signs and hands it in; without a `person`, the head who is named.

    What matrix, delegation, ex-ante assessment and project say is filled in.
    """

    project_code: str
    fiscal_year: int
    by: str
    now: datetime
    person: str = ""
    delegation_id: str = ""
    duty: Responsible | None = None
    delegation: Delegation | None = None
    assessment: ExAnteState = NO_REPORT
    project: Project | None = None
    goals: UnitGoals = NO_GOALS


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTarget:
    """The department has looked at it and passes it on."""

    project_code: str
    fiscal_year: int
    opinion: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckTarget:
    """The first review of the finance bureau: four tests. One that fails returns the target."""

    project_code: str
    fiscal_year: int
    failed: tuple[FourTest, ...]
    opinion: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTarget:
    """Any reviewer gives it back to the unit."""

    project_code: str
    fiscal_year: int
    reasons: tuple[str, ...]
    office: Office
    by: str
    now: datetime
    codes: tuple[ReturnReason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeTarget:
    """The performance section gives its points; the grade decides what happens next.

    `joint_review_id` names the session whose opinions the points rest on, where there was one.
    """

    project_code: str
    fiscal_year: int
    region_code: str
    points: dict[ReviewItem, Decimal]
    by: str
    now: datetime
    joint_review_id: str | None = None
    rules: Rules | None = None
    joint_review: ConcludedSession | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteTarget:
    """Finance and unit complete a target graded good."""

    project_code: str
    fiscal_year: int
    region_code: str
    content: Content
    amended: tuple[str, ...]
    by: str
    now: datetime
    project: Project | None = None
    rules: Rules | None = None
    assessment: ExAnteState = NO_REPORT
    collections: tuple[Collection, ...] = ()
    goals: UnitGoals = NO_GOALS


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveTarget:
    """Make it binding, together with its budget. What assessment and project say is filled in."""

    project_code: str
    fiscal_year: int
    budget: Money
    by: str
    now: datetime
    conclusion: Conclusion | None = None
    coming: ComingBudget = field(default_factory=ComingBudget)
    """What the unit was granted for the year, and what binds it."""
    in_year_monitoring_exempt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTarget:
    """The year has been evaluated."""

    project_code: str
    fiscal_year: int
    by: str
    now: datetime


type WritingCommand = DraftTarget | ReviseTarget | CompleteTarget
type SigningCommand = ConfirmTarget | SubmitTarget
type TargetCommand = (
    WritingCommand
    | SigningCommand
    | ReviewTarget
    | CheckTarget
    | ReturnTarget
    | GradeTarget
    | ApproveTarget
    | ReceiveAdjustment
    | AdjustingCommand
    | PairCommand
    | CloseTarget
)
