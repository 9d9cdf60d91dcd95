"""From the selection to the data: notice, plan, materials, visits."""

from collections.abc import Sequence

from services.evaluation.domain.adopted_rules import adopted
from services.evaluation.domain.judging import refusals as no
from services.evaluation.domain.judging.commands import (
    ApprovePlan,
    CollectData,
    IssueNotice,
    NoteCommission,
    ProposePlan,
    RecordSiteVisit,
    SelectForEvaluation,
)
from services.evaluation.domain.judging.events import (
    EvaluationCommissioned,
    EvaluationDataCollected,
    EvaluationEvent,
    EvaluationNoticeIssued,
    EvaluationSelected,
    EvaluationSiteVisited,
    PlanApproved,
    PlanProposed,
)
from services.evaluation.domain.judging.framework import check_plan, items_of
from services.evaluation.domain.judging.state import Evaluation, EvaluationState, at, evaluators
from services.evaluation.domain.judging.values import Material, Step
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    EvaluationStepOutOfOrder,
    NotItsName,
    SamePersonDecidesAgain,
    SelfEvaluationUnknown,
)
from services.evaluation.domain.values import project_year
from shared.domain.workdays import business_date

type Facts = Sequence[EvaluationEvent]


def select(command: SelectForEvaluation, state: EvaluationState) -> Facts:
    """Choose a project, under the one name there is for it; with a number, tell it at once."""
    project = command.project
    if project is None:
        raise SelfEvaluationUnknown(f"no target of {command.project_code} was approved")
    name = f"{command.kind}-{project_year(command.project_code, command.fiscal_year)}"
    if command.evaluation_id != name:
        raise NotItsName(pointer="/evaluation_id", name=name)
    if command.side.value != command.kind.value:
        raise no.AnotherSideEvaluates(pointer="/kind", kind=command.kind.value)
    if state is not None:
        told = _notice_no(state)
        if command.notice_no in {told, ""}:
            return []
        if told:
            raise AlreadyRecorded(notice_no=told)
        return [_noticed(command.notice_no, "", command)]
    selected = EvaluationSelected(
        kind=command.kind,
        project_name=project.name,
        whose=project.whose,
        budget=project.budget,
        notice_no="",
        evaluator=command.evaluator,
        origin=project.origin,
        selected_by=command.by,
    )
    if not command.notice_no:
        return [selected]
    return [selected, _noticed(command.notice_no, "", command)]


def _notice_no(state: Evaluation) -> str:
    return state.notice.notice_no if state.notice else state.selected.notice_no


def _noticed(
    notice_no: str, materials_wanted: str, command: SelectForEvaluation | IssueNotice
) -> EvaluationNoticeIssued:
    return EvaluationNoticeIssued(
        notice_no=notice_no,
        materials_wanted=materials_wanted,
        issued_on=business_date(command.now),
        issued_by=command.by,
    )


def notify(command: IssueNotice, state: Evaluation) -> Facts:
    """Tell the evaluated party, once."""
    evaluators(state, command.side)
    told = _notice_no(state)
    if told == command.notice_no:
        return []
    if told:
        raise AlreadyRecorded(notice_no=told)
    at(state, Step.SELECTED)
    return [_noticed(command.notice_no, command.materials_wanted, command)]


def propose(command: ProposePlan, state: Evaluation) -> Facts:
    """The items of the rule set, or items of one's own that keep its limits."""
    evaluators(state, command.side)
    known = adopted(command.rules)
    framework = known.rule_set.judging.framework
    items = command.items or items_of(framework, command.stage)
    proposed = PlanProposed(
        items=items,
        proposed_by=command.by,
        stage=command.stage,
        methods=command.methods,
        standards=command.standards,
        rule_set_version=known.version,
        legal_basis=known.legal_basis,
    )
    if state.plan and _same_plan(state.plan, proposed):
        return []
    if state.approval:
        raise EvaluationStepOutOfOrder("The plan has been approved.")
    at(state, Step.NOTICE_ISSUED)
    check_plan(items, framework, command.stage)
    for field, told in (("methods", command.methods), ("standards", command.standards)):
        if not told:
            raise no.MethodMissing(pointer=f"/{field}", remedy=f"Name at least one of {field}.")
    return [proposed]


def _same_plan(before: PlanProposed, now: PlanProposed) -> bool:
    said = (now.items, now.stage, now.methods, now.standards)
    return (before.items, before.stage, before.methods, before.standards) == said


def approve(command: ApprovePlan, state: Evaluation) -> Facts:
    """Another person approves the plan."""
    evaluators(state, command.side)
    if state.approval:
        return []
    if state.plan is None:
        raise EvaluationStepOutOfOrder("There is no plan to approve.", step=state.step.value)
    state.planners.expect_another(command.by, SamePersonDecidesAgain)
    return [PlanApproved(approved_by=command.by)]


def collect(command: CollectData, state: Evaluation) -> Facts:
    """Keep what is new. A number stands for one file, for ever."""
    evaluators(state, command.side)
    fresh = _fresh(state, command.materials)
    if not fresh and command.materials:
        return []
    at(state, Step.PLAN_APPROVED, Step.DATA_COLLECTED)
    if not command.materials:
        raise no.MaterialsMissing(pointer="/materials")
    return [
        EvaluationDataCollected(
            materials=fresh, collected_by=command.by, collected_on=business_date(command.now)
        )
    ]


def _fresh(state: Evaluation, told: tuple[Material, ...]) -> tuple[Material, ...]:
    known = {material.number: material for material in state.materials}
    for place, material in enumerate(told):
        before = known.setdefault(material.number, material)
        if before != material:
            raise no.MaterialsMissing(
                f"{material.number} is another file.",
                pointer=f"/materials/{place}/number",
                number=material.number,
            )
    already = set(state.materials)
    return tuple(dict.fromkeys(material for material in told if material not in already))


def visit(command: RecordSiteVisit, state: Evaluation) -> Facts:
    """What was seen on site, as part of the collection."""
    evaluators(state, command.side)
    seen = EvaluationSiteVisited(
        visited_on=command.visited_on,
        place=command.place,
        visitors=command.visitors,
        findings=command.findings,
        materials=command.materials,
        recorded_by=command.by,
    )
    if seen in state.visits:
        return []
    at(state, Step.PLAN_APPROVED, Step.DATA_COLLECTED)
    if command.visited_on > business_date(command.now):
        raise no.VisitAhead(pointer="/visited_on")
    _fresh(state, command.materials)
    return [seen]


def commission(command: NoteCommission, state: Evaluation) -> Facts:
    """The newest commission counts."""
    noted = EvaluationCommissioned(assignment_id=command.assignment_id, evaluator=command.evaluator)
    return [] if state.commissioned == noted else [noted]
