"""The machine recomputes a report: clean, flagged, or back; then the bureau accepts it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from services.evaluation.domain.adopted_rules import adopted
from services.evaluation.domain.checks import RETURNING, Finding, examine
from services.evaluation.domain.recomputing import Basis, examined
from services.evaluation.domain.refusals import AuthorJudgesOwnReport, SelfEvaluationNotAudited
from services.evaluation.domain.scores import execution_of
from services.evaluation.domain.self_evaluation import refusals as no
from services.evaluation.domain.self_evaluation.commands import AcceptSelfEvaluation
from services.evaluation.domain.self_evaluation.core_problems import core_problems
from services.evaluation.domain.self_evaluation.desks import Desk, ReturnCode, offices_of, stay
from services.evaluation.domain.self_evaluation.events import ScoreRecomputed
from services.evaluation.domain.self_evaluation.evidence import (
    Verdicts,
    conspicuous,
    fingerprints,
)
from services.evaluation.domain.self_evaluation.messages import (
    JudgingCommand,
    Project,
    SelfEvaluationAccepted,
    SelfEvaluationEvent,
    SelfEvaluationReturned,
)
from services.evaluation.domain.self_evaluation.states import (
    Accepted,
    Audited,
    SelfEvaluation,
    Sent,
    Submitted,
)
from services.evaluation.domain.self_evaluation.terms import terms_of
from services.evaluation.domain.watched import Watched
from shared.domain.grades import grade_of
from shared.domain.money import Money
from shared.domain.rules import RuleSet
from shared.domain.workdays import business_date

type Facts = Sequence[SelfEvaluationEvent]

CODE_OF: Final = {
    Finding.ARITHMETIC: ReturnCode.SCORE_WRONG,
    Finding.DODGED_CAUSE: ReturnCode.CAUSE_DODGED,
}
"""What the machine returns a report for, as a code that is counted."""


def paid_by(known: Watched | None) -> Money:
    """What monitoring saw leave."""
    return (known or Watched()).paid


def execution(
    project: Project, known: Watched | None, rules: RuleSet, *, finished: bool
) -> tuple[Decimal, Decimal]:
    """Rate and points of the money that monitoring saw leave."""
    money = paid_by(known), project.budget
    return execution_of(
        money,
        project.scheme,
        finished=finished,
        rules=rules.scoring,
        on_unit_account=(known or Watched()).on_unit_account,
    )


def recomputed(command: JudgingCommand, state: Submitted | Audited, verdicts: Verdicts) -> Facts:
    """The recomputation; what the machine cannot believe goes back at once."""
    rules = adopted(command.rules).rule_set
    computed = _computed(command, state, rules, verdicts)
    back = _unbelieved(command, computed, fingerprints(state.report.reports))
    return [computed, *([back] if back else [])]


def accept(command: AcceptSelfEvaluation, state: SelfEvaluation) -> Facts:
    """Accepted with its findings, or returned where the machine cannot believe it."""
    if isinstance(state, Accepted) and state.accepted_by == command.by:
        return []
    if isinstance(state, Audited):
        raise no.SelfEvaluationNotSent(remedy="The department submits it to finance first.")
    if not isinstance(state, Sent):
        raise SelfEvaluationNotAudited
    handled = state.form.hands.also(state.audited_by, state.sent_by)
    handled.expect_another(command.by, AuthorJudgesOwnReport)
    if state.asked is not None and state.kept is None:
        raise no.FindingsNotSettled(
            remedy="Keep the findings with a reason, or return the report.",
            explain_by=state.asked.explain_by.isoformat(),
        )
    rules = adopted(command.rules).rule_set
    computed = _computed(command, state, rules, state.form.verdicts, frozenset(command.judged_low))
    back = _unbelieved(command, computed, fingerprints(state.report.reports))
    if back is not None:
        return [back]
    today = business_date(command.now)
    since = state.form.since.get(Desk.BUREAU)
    return [
        SelfEvaluationAccepted(
            whose=state.project.whose,
            lines=computed.lines,
            paid=computed.paid,
            budget=computed.budget,
            execution_rate=computed.execution_rate,
            execution_score=computed.execution_score,
            self_score=computed.self_score,
            machine_score=computed.machine_score,
            grade=grade_of(computed.machine_score, rules.grades),
            findings=computed.findings,
            judged_low=command.judged_low,
            rule_set_version=rules.version,
            accepted_by=command.by,
            accepted_on=today,
            flags=computed.flags,
            problems=computed.problems,
            settlement=state.form.settlement,
            stays=stay(Desk.BUREAU, since, today, state.project.region_code),
        )
    ]


def _computed(
    command: JudgingCommand,
    state: Submitted | Audited | Sent,
    rules: RuleSet,
    verdicts: Verdicts,
    judged_low: frozenset[str] = frozenset(),
) -> ScoreRecomputed:
    """What the machine makes of the report with the proofs that count."""
    project, report, terms = state.project, state.report, terms_of(command.rules)
    basis = Basis(
        project=project,
        report=report,
        watched=command.watched or Watched(),
        judged_low=judged_low,
        verdicts=verdicts,
        demand=terms.evidence,
    )
    case = examined(basis, rules)
    found = case.machine
    problems = core_problems(
        project.indicators, case.reports, found, report.execution_cause, rules.checks
    )
    digests = fingerprints(report.reports)
    due_on = terms.due_on(project.fiscal_year)
    return ScoreRecomputed(
        lines=found.lines,
        paid=case.paid,
        budget=case.budget,
        execution_rate=found.execution_rate,
        execution_score=found.execution_score,
        self_score=case.self_score,
        machine_score=found.score,
        findings=examine(case, rules),
        flags=conspicuous(report.evidence, digests, state.form.duplicates, due_on),
        problems=problems,
        rule_set_version=rules.version,
    )


def _unbelieved(
    command: JudgingCommand, computed: ScoreRecomputed, evidence: tuple[str, ...]
) -> SelfEvaluationReturned | None:
    """The return of a report whose sums or causes cannot be believed."""
    returning = [one for one in computed.findings if one in RETURNING]
    if not returning:
        return None
    codes = tuple(CODE_OF.get(one, ReturnCode.INCOMPLETE) for one in returning)
    return SelfEvaluationReturned(
        reason=f"The machine computes {computed.machine_score}; see the findings.",
        findings=computed.findings,
        returned_by=command.by,
        codes=codes,
        offices=offices_of(codes),
        returned_on=business_date(command.now),
        evidence=evidence,
    )
