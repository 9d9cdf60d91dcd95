"""The bureau accepts a report after the machine has recomputed it, or sends it back."""

from collections.abc import Sequence
from decimal import Decimal

from services.evaluation.domain.adopted_rules import adopted
from services.evaluation.domain.checks import RETURNING, Examined, examine
from services.evaluation.domain.refusals import AuthorJudgesOwnReport, SelfEvaluationNotAudited
from services.evaluation.domain.scores import execution_rate, execution_score, machine
from services.evaluation.domain.self_evaluation.messages import (
    AcceptSelfEvaluation,
    Project,
    SelfEvaluationAccepted,
    SelfEvaluationEvent,
    SelfEvaluationReturned,
)
from services.evaluation.domain.self_evaluation.states import Accepted, Audited, SelfEvaluation
from services.evaluation.domain.watched import Watched
from shared.domain.grades import grade_of
from shared.domain.rules import RuleSet
from shared.domain.workdays import business_date


def execution(
    project: Project, known: Watched | None, rules: RuleSet, *, finished: bool
) -> tuple[Decimal, Decimal]:
    """Rate and points of the money that monitoring saw leave."""
    rate = execution_rate((known or Watched()).paid, project.budget)
    return rate, execution_score(rate, project.scheme, finished=finished, rules=rules.scoring)


def accept(command: AcceptSelfEvaluation, state: SelfEvaluation) -> Sequence[SelfEvaluationEvent]:
    """Accepted with its findings, or returned where the machine cannot believe it."""
    if isinstance(state, Accepted) and state.accepted_by == command.by:
        return []
    if not isinstance(state, Audited):
        raise SelfEvaluationNotAudited
    if command.by in {state.report.submitted_by, state.audited_by}:
        raise AuthorJudgesOwnReport
    rules = adopted(command.rules).rule_set
    case = _examined(command, state, rules)
    findings = examine(case, rules)
    if RETURNING.intersection(findings):
        reason = f"The machine computes {case.machine.score}; see the findings."
        return [SelfEvaluationReturned(reason=reason, findings=findings, returned_by=command.by)]
    return [
        SelfEvaluationAccepted(
            whose=state.project.whose,
            lines=case.machine.lines,
            paid=case.paid,
            budget=case.budget,
            execution_rate=case.machine.execution_rate,
            execution_score=case.machine.execution_score,
            self_score=case.self_score,
            machine_score=case.machine.score,
            grade=grade_of(case.machine.score, rules.grades),
            findings=findings,
            judged_low=command.judged_low,
            rule_set_version=rules.version,
            accepted_by=command.by,
            accepted_on=business_date(command.now),
        )
    ]


def _examined(command: AcceptSelfEvaluation, state: Audited, rules: RuleSet) -> Examined:
    project, report = state.project, state.report
    reports = {reported.indicator_id: reported for reported in report.reports}
    recomputed = machine(
        project.indicators,
        reports,
        execution(project, command.watched, rules, finished=report.finished),
        rules.scoring,
        frozenset(command.judged_low),
    )
    return Examined(
        indicators=project.indicators,
        reports=reports,
        execution_cause=report.execution_cause,
        self_score=report.self_score,
        machine=recomputed,
        budget=project.budget,
        paid=(command.watched or Watched()).paid,
    )
