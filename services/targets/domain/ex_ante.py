"""The ex-ante assessment: submitted, reviewed, scored, graded, cut, concluded, objected to.

Excellent and good projects are included in the budget, fair and poor ones are not arranged.
The formula is in `outcome.py`.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, assert_never

from services.targets.domain import reporting
from services.targets.domain.commands.ex_ante import (
    ConcludeExAnteAssessment,
    ConsumeExAnteAssessment,
    DecideExAnteObjection,
    ExAnteCommand,
    FileExAnteObjection,
    GradeExAnteAssessment,
    ReduceExAnteAmount,
    ReturnExAnteReport,
    ReviewExAnteReport,
    ScoreExAnteReport,
    SubmitExAnteReport,
)
from services.targets.domain.consuming import consume
from services.targets.domain.events.ex_ante import (
    ExAnteAmountReduced,
    ExAnteConcluded,
    ExAnteConsumed,
    ExAnteEvent,
    ExAnteGraded,
    ExAnteObjectionDecided,
    ExAnteObjectionFiled,
    ExAnteReportReturned,
    ExAnteReportReviewed,
    ExAnteReportSubmitted,
    ExAnteScored,
)
from services.targets.domain.ex_ante_states import (
    Concluded,
    Consumed,
    ExAnteState,
    Graded,
    NoReport,
    Returned,
    Scoring,
    Submitted,
    UnderObjection,
    evolve,
    report_of,
)
from services.targets.domain.governing import governing, nearest
from services.targets.domain.objection import decide_objection, file_objection
from services.targets.domain.outcome import concluded, graded, reduction, same_cut
from services.targets.domain.refusals import (
    ExAnteAlreadyConcluded,
    ExAnteNotReviewed,
    ExAnteNotSubmitted,
    ExAnteRoundsExhausted,
    ExAnteUnknown,
    ReasonMissing,
)
from services.targets.domain.rule_set import in_force
from services.targets.domain.scoring import not_its_author, score
from services.targets.domain.target_states import Approved
from shared.domain.decider import Decider, Owner, Reference

ROUNDS_MAX: Final = 3  # `domain` §3.1: a report is returned at most three times (D).


def decide(  # noqa: C901, PLR0911 - one answer per command
    command: ExAnteCommand,
    state: ExAnteState,
) -> Sequence[ExAnteEvent]:
    """Facts, silence, or a refusal."""
    if isinstance(command, SubmitExAnteReport):
        return reporting.submit(command, state)
    if isinstance(command, ConsumeExAnteAssessment):
        return consume(command, state)
    if isinstance(state, NoReport):
        raise ExAnteUnknown(project_code=command.project_code)
    match command:
        case ReviewExAnteReport():
            return _review(command, state)
        case ReturnExAnteReport():
            return _return(command, state)
        case ScoreExAnteReport():
            return score(command, state)
        case GradeExAnteAssessment():
            return _grade(command, state)
        case ReduceExAnteAmount():
            return _reduce(command, state)
        case ConcludeExAnteAssessment():
            return _conclude(command, state)
        case FileExAnteObjection():
            return file_objection(command, state)
        case DecideExAnteObjection():
            return decide_objection(command, state)
        case _:
            assert_never(command)


def _review(command: ReviewExAnteReport, state: ExAnteState) -> Sequence[ExAnteEvent]:
    match state:
        case Submitted():
            not_its_author(command.by, state)
            return [ExAnteReportReviewed(opinion=command.opinion)]
        case Scoring() | Graded() | Concluded() | UnderObjection() | Consumed():
            return []
        case _:
            raise ExAnteNotSubmitted


def _return(command: ReturnExAnteReport, state: ExAnteState) -> Sequence[ExAnteEvent]:
    match state:
        case Returned():
            return []
        case Submitted(report=report) | Scoring(report=report):
            if report.round > ROUNDS_MAX:
                raise ExAnteRoundsExhausted(rounds_max=ROUNDS_MAX)
            if not command.reasons and not command.codes:
                raise ReasonMissing(pointer="/reasons")
            return [ExAnteReportReturned(reasons=command.reasons, codes=command.codes)]
        case _:
            raise ExAnteAlreadyConcluded


def _grade(command: GradeExAnteAssessment, state: ExAnteState) -> Sequence[ExAnteEvent]:
    match state:
        case Scoring():
            return [_graded(command, state)]
        case Graded() | Concluded() | UnderObjection() | Consumed():
            return []
        case _:
            raise ExAnteNotReviewed


def _graded(command: GradeExAnteAssessment | ReduceExAnteAmount, state: Scoring) -> ExAnteGraded:
    not_its_author(command.by, state)
    adopted = in_force(command.rules, state.report.region_code)
    return graded(state, adopted, by=command.by)


def _reduce(command: ReduceExAnteAmount, state: ExAnteState) -> Sequence[ExAnteEvent]:
    match state:
        case Scoring():
            return [_graded(command, state), reduction(command, state.report)]
        case Graded(report=report, cut=cut):
            not_its_author(command.by, state)
            asked = reduction(command, report)
            return [] if same_cut(asked, cut) else [asked]
        case Concluded(graded=Graded(report=report, cut=cut)):
            if same_cut(reduction(command, report), cut):
                return []
            raise ExAnteAlreadyConcluded
        case UnderObjection() | Consumed():
            raise ExAnteAlreadyConcluded
        case _:
            raise ExAnteNotReviewed


def _conclude(command: ConcludeExAnteAssessment, state: ExAnteState) -> Sequence[ExAnteEvent]:
    match state:
        case Scoring() | Graded():
            not_its_author(command.by, state)
            adopted = in_force(command.rules, state.report.region_code)
        case Concluded() | UnderObjection() | Consumed():
            return []
        case _:
            raise ExAnteNotReviewed
    facts: list[ExAnteEvent] = []
    if isinstance(state, Scoring):
        grading: ExAnteGraded = graded(state, adopted, by=command.by)
        facts.append(grading)
        state = Graded(report=state.report, scores=state.scores, grading=grading)
    outcome: ExAnteConcluded = concluded(
        state.report, state.grading, state.cut, adopted.rules, by=command.by, now=command.now
    )
    return [*facts, outcome]


def _consults(command: ExAnteCommand) -> Sequence[Reference]:
    match command:
        case SubmitExAnteReport():
            return reporting.consulted(command)
        case ReviewExAnteReport() | ReturnExAnteReport():
            return ()
        case ConsumeExAnteAssessment():
            return [Reference("target", f"{command.project_code}-{command.fiscal_year}")]
        case _:
            return governing(command.region_code, command.fiscal_year)


def _inform(command: ExAnteCommand, states: Sequence[object]) -> ExAnteCommand:
    match command, states:
        case SubmitExAnteReport(), _:
            return reporting.informed(command, states)
        case ConsumeExAnteAssessment(), [Approved(version=1, budget=budget)]:
            return replace(command, budget=budget)
        case ((ReviewExAnteReport() | ReturnExAnteReport() | ConsumeExAnteAssessment()), _):
            return command
        case _, rules:
            return replace(command, rules=nearest(rules))


def _owner(state: ExAnteState) -> Owner | None:
    report = report_of(state)
    if report is None:
        return None
    return Owner(
        region_code=report.region_code,
        department_code=report.department_code,
        unit_code=report.unit_code,
    )


EX_ANTE: Final[Decider[ExAnteCommand, ExAnteEvent, ExAnteState]] = Decider(
    category="ex_ante",
    initial=NoReport(),
    commands=(
        SubmitExAnteReport,
        ReviewExAnteReport,
        ReturnExAnteReport,
        ScoreExAnteReport,
        GradeExAnteAssessment,
        ReduceExAnteAmount,
        ConcludeExAnteAssessment,
        FileExAnteObjection,
        DecideExAnteObjection,
        ConsumeExAnteAssessment,
    ),
    events={
        "ExAnteReportSubmitted": ExAnteReportSubmitted,
        "ExAnteReportReviewed": ExAnteReportReviewed,
        "ExAnteReportReturned": ExAnteReportReturned,
        "ExAnteScored": ExAnteScored,
        "ExAnteGraded": ExAnteGraded,
        "ExAnteAmountReduced": ExAnteAmountReduced,
        "ExAnteConcluded": ExAnteConcluded,
        "ExAnteObjectionFiled": ExAnteObjectionFiled,
        "ExAnteObjectionDecided": ExAnteObjectionDecided,
        "ExAnteConsumed": ExAnteConsumed,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: f"{command.project_code}-{command.fiscal_year}",
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
