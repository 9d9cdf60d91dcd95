"""Where an evaluation stands: the steps it has taken, and what follows a result."""

from dataclasses import dataclass
from decimal import Decimal

from services.evaluation.domain.judging.events import (
    DraftAnswered,
    DraftUnanswered,
    EvaluationCommissioned,
    EvaluationConcluded,
    EvaluationDataCollected,
    EvaluationNoticeIssued,
    EvaluationObjected,
    EvaluationObjectionDecided,
    EvaluationObjectionOverdue,
    EvaluationRechecked,
    EvaluationScored,
    EvaluationSelected,
    EvaluationSiteVisited,
    PlanApproved,
    PlanProposed,
    ReportFiled,
    ReportSubmitted,
)
from services.evaluation.domain.judging.refusals import AnotherSideEvaluates
from services.evaluation.domain.judging.values import Material, Side, Step
from services.evaluation.domain.refusals import EvaluationStepOutOfOrder
from services.evaluation.domain.values import Kind
from shared.domain.grades import Grade
from shared.domain.hands import NOBODY, Hands


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """An evaluation and the steps it has taken, each once and in this order.

    `planners` are all who ever proposed a plan, also one that another replaced since.
    """

    selected: EvaluationSelected
    notice: EvaluationNoticeIssued | None = None
    plan: PlanProposed | None = None
    planners: Hands = NOBODY
    approval: PlanApproved | None = None
    collected: tuple[EvaluationDataCollected, ...] = ()
    visits: tuple[EvaluationSiteVisited, ...] = ()
    scored: EvaluationScored | None = None
    opinion: DraftAnswered | DraftUnanswered | None = None
    concluded: EvaluationConcluded | None = None
    submitted: ReportSubmitted | None = None
    filed: ReportFiled | None = None
    commissioned: EvaluationCommissioned | None = None
    recheck: EvaluationRechecked | None = None
    objection: EvaluationObjected | None = None
    decision: EvaluationObjectionDecided | None = None
    overdue: EvaluationObjectionOverdue | None = None

    @property
    def step(self) -> Step:
        """The last of the nine steps that was taken."""
        taken = (
            (Step.FILED, self.filed),
            (Step.REPORT_SUBMITTED, self.submitted),
            (Step.CONCLUDED, self.concluded),
            (Step.OPINIONS_EXCHANGED, self.opinion),
            (Step.FACTS_VERIFIED, self.scored),
            (Step.DATA_COLLECTED, self.collected),
            (Step.PLAN_APPROVED, self.approval),
            (Step.NOTICE_ISSUED, self.notice or self.selected.notice_no),
        )
        return next((step for step, fact in taken if fact), Step.SELECTED)

    @property
    def materials(self) -> tuple[Material, ...]:
        """Everything that was collected, on paper and on site."""
        on_paper = [material for fact in self.collected for material in fact.materials]
        return *on_paper, *(material for fact in self.visits for material in fact.materials)

    @property
    def result(self) -> tuple[Decimal, Grade] | None:
        """The score and grade that count now."""
        latest = self.decision or self.recheck or self.concluded
        return None if latest is None else (latest.score, latest.grade)

    @property
    def judges(self) -> Hands:
        """Everybody who had a part in the result, and may not decide an objection to it."""
        facts = (
            self.approval and self.approval.approved_by,
            self.scored and self.scored.scored_by,
            self.concluded and self.concluded.concluded_by,
            self.recheck and self.recheck.rechecked_by,
        )
        return self.planners.also(*(by for by in facts if by))


type EvaluationState = Evaluation | None


def at(state: Evaluation, *steps: Step) -> None:
    """Refuse a jump: this is done at these steps only."""
    if state.step not in steps:
        wanted = " or ".join(steps)
        raise EvaluationStepOutOfOrder(
            f"It stands at {state.step}; this follows {wanted}.",
            step=state.step.value,
            wanted=[step.value for step in steps],
        )


def evaluators(state: Evaluation, side: Side) -> None:
    """Refuse the other side: who evaluates is the bureau or the department, by the kind."""
    if side.value != state.selected.kind.value:
        raise AnotherSideEvaluates(kind=state.selected.kind.value)


def is_departments(state: Evaluation) -> bool:
    """Whether a department evaluates its own project."""
    return state.selected.kind is Kind.DEPARTMENT
