"""The report of a unit: submitted by its head, audited by its department, or sent back."""

from collections.abc import Mapping, Sequence

from services.evaluation.domain.self_evaluation.acceptance import execution
from services.evaluation.domain.adopted_rules import adopted
from services.evaluation.domain.refusals import (
    AuthorJudgesOwnReport,
    IndicatorNotReported,
    IndicatorUnknown,
    ScoreOutOfRange,
    SelfEvaluationNotOpen,
    SelfEvaluationNotSubmitted,
    ValueNotReadable,
)
from services.evaluation.domain.scores import FULL, machine, share_in_band
from services.evaluation.domain.self_evaluation.messages import (
    AuditSelfEvaluation,
    ReturnSelfEvaluation,
    SelfEvaluationAudited,
    SelfEvaluationEvent,
    SelfEvaluationReturned,
    SelfEvaluationSubmitted,
    SubmitSelfEvaluation,
)
from services.evaluation.domain.self_evaluation.states import (
    Audited,
    Open,
    SelfEvaluation,
    Submitted,
)
from services.evaluation.domain.values import Indicator, Reported
from shared.domain.rules import ScoringRules


def submit(command: SubmitSelfEvaluation, state: SelfEvaluation) -> Sequence[SelfEvaluationEvent]:
    """Take the report over when every indicator has its line."""
    if isinstance(state, Submitted) and state.report.reports == command.reports:
        return []
    if not isinstance(state, Open):
        raise SelfEvaluationNotOpen
    rules = adopted(command.rules).rule_set
    reports = _by_indicator(command.reports, state.project.indicators, rules.scoring)
    self_score = command.self_score
    if self_score is None:
        money = execution(state.project, command.watched, rules, finished=command.finished)
        self_score = machine(state.project.indicators, reports, money, rules.scoring).score
    if not 0 <= self_score <= FULL:
        raise ScoreOutOfRange(f"{self_score} is not between 0 and 100", pointer="/self_score")
    return [
        SelfEvaluationSubmitted(
            reports=command.reports,
            execution_cause=command.execution_cause,
            finished=command.finished,
            self_score=self_score,
            prepared_by_business=command.prepared_by_business,
            prepared_by_finance=command.prepared_by_finance,
            summary=command.summary,
            submitted_by=command.by,
        )
    ]


def _by_indicator(
    reports: Sequence[Reported], indicators: Sequence[Indicator], rules: ScoringRules
) -> Mapping[str, Reported]:
    """The lines by indicator, one for each and none beside them."""
    told = {reported.indicator_id: reported for reported in reports}
    for indicator in indicators:
        if indicator.indicator_id not in told:
            raise IndicatorNotReported(
                f"{indicator.name} has no line", indicator_id=indicator.indicator_id
            )
        _readable(indicator, told[indicator.indicator_id], rules)
    unknown = told.keys() - {indicator.indicator_id for indicator in indicators}
    if unknown:
        raise IndicatorUnknown(indicator_ids=sorted(unknown))
    return told


def _readable(indicator: Indicator, reported: Reported, rules: ScoringRules) -> None:
    """A quantity where a quantity is asked, a point inside the band of a level elsewhere."""
    if indicator.target_value is not None:
        readable = reported.attainment is None and reported.share is None
    else:
        readable = reported.value is None and share_in_band(reported, rules)
    if not readable:
        raise ValueNotReadable(
            f"{indicator.name} cannot be read", indicator_id=indicator.indicator_id
        )


def audit(command: AuditSelfEvaluation, state: SelfEvaluation) -> Sequence[SelfEvaluationEvent]:
    """The department stands behind a report that is not its auditor's own."""
    match state:
        case Submitted(report=report):
            if command.by == report.submitted_by:
                raise AuthorJudgesOwnReport
            return [SelfEvaluationAudited(opinion=command.opinion, audited_by=command.by)]
        case Audited() if state.audited_by == command.by:
            return []
        case _:
            raise SelfEvaluationNotSubmitted


def send_back(
    command: ReturnSelfEvaluation, state: SelfEvaluation
) -> Sequence[SelfEvaluationEvent]:
    """The report goes back to the unit with a reason."""
    match state:
        case Submitted() | Audited():
            return [
                SelfEvaluationReturned(reason=command.reason, findings=(), returned_by=command.by)
            ]
        case Open():
            return []
        case _:
            raise SelfEvaluationNotSubmitted
