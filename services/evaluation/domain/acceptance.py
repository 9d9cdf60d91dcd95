"""The bureau accepts a report after the machine has recomputed it, or sends it back."""

from collections.abc import Sequence
from decimal import Decimal

from services.evaluation.domain.adopted_rules import adopted
from services.evaluation.domain.checks import RETURNING, Examined, examine
from services.evaluation.domain.recomputing import Basis, examined
from services.evaluation.domain.refusals import AuthorJudgesOwnReport, SelfEvaluationNotAudited
from services.evaluation.domain.scores import execution_of
from services.evaluation.domain.self_evaluation_messages import (
    AcceptSelfEvaluation,
    Project,
    SelfEvaluationAccepted,
    SelfEvaluationEvent,
    SelfEvaluationReturned,
)
from services.evaluation.domain.self_evaluation_states import Accepted, Audited, SelfEvaluation
from services.evaluation.domain.watched import Watched
from shared.domain.grades import grade_of
from shared.domain.rules import RuleSet
from shared.domain.workdays import business_date


def execution(
    project: Project, known: Watched | None, rules: RuleSet, *, finished: bool
) -> tuple[Decimal, Decimal]:
    """Rate and points of the money that monitoring saw leave."""
    money = (known or Watched()).paid, project.budget
    return execution_of(money, project.scheme, finished=finished, rules=rules.scoring)


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
    basis = Basis(
        project=state.project,
        report=state.report,
        watched=command.watched or Watched(),
        judged_low=command.judged_low,
    )
    return examined(basis, rules)
