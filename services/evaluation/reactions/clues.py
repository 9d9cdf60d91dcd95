"""Findings heard → clues for accountability. Nothing is measured out here: a person decides."""

from collections.abc import Sequence
from typing import Final

from services.evaluation.domain.case_messages import ClueKind, NoteFinding, Violation
from shared.contracts import evaluation, monitoring
from shared.messages import AnyHeard

CLERK: Final = "abacus|evaluation"
HEARS_CLUES: Final = (
    monitoring.FundFindingOpened,
    monitoring.FundFindingClosed,
    evaluation.SelfEvaluationOverdue,
)
SUSPECTED: Final = {
    "MISUSED": Violation.DIVERSION,
    "NOT_ALLOCATED": Violation.HOLDING_BACK,
    "NOT_ISSUED": Violation.HOLDING_BACK,
}
"""What a finding about key funds would be under the regulation; the others a person has to say."""
_INFLATED: Final = {"INFLATED": False, "SERIOUS": True}


def clues(heard: AnyHeard) -> Sequence[NoteFinding]:
    """Inflated scores, overdue red warnings, suspected violations."""
    match heard.word:
        case evaluation.ScoreCorrected(finding=finding) as word if finding in _INFLATED:
            return [
                NoteFinding(
                    case_id=f"CLUE-INFLATED-{word.unit_code}-{word.fiscal_year}",
                    kind=ClueKind.INFLATED_SCORES,
                    source=word.project_code,
                    unit_code=word.unit_code,
                    region_code=word.region_code,
                    subject="自评结果虚高",
                    detail=f"{word.project_code} 复核前{word.before}分、复核后{word.after}分",
                    decides=_INFLATED[finding],
                    by=CLERK,
                    now=heard.said_at,
                )
            ]
        case monitoring.WarningEscalated(level="RED") as word if word.measure:
            return [_overdue(heard, word, f"红色预警{word.warning_id}逾期未整改")]
        case monitoring.WarningClosed(level="RED") as word if word.overdue:
            return [_overdue(heard, word, f"红色预警{word.warning_id}逾期{word.overdue}次")]
        case evaluation.SelfEvaluationOverdue() as word:
            return [
                NoteFinding(
                    case_id=f"CLUE-OVERDUE-{word.unit_code}-{word.fiscal_year}",
                    kind=ClueKind.OVERDUE_SELF_EVALUATIONS,
                    source=word.project_code,
                    unit_code=word.unit_code,
                    region_code=word.region_code,
                    subject="自评逾期未报",
                    detail=f"{word.project_code} 自评应于{word.due_on}前报送，逾期未报",
                    decides=False,
                    by=CLERK,
                    now=heard.said_at,
                )
            ]
        case monitoring.FundFindingOpened() | monitoring.FundFindingClosed() as word:
            return _of_fund(heard, word)
        case _:
            return ()


def _overdue(
    heard: AnyHeard, word: monitoring.WarningEscalated | monitoring.WarningClosed, detail: str
) -> NoteFinding:
    return NoteFinding(
        case_id=f"CLUE-WARNING-{word.warning_id}",
        kind=ClueKind.OVERDUE_WARNING,
        source=word.warning_id,
        unit_code=word.unit_code,
        region_code=word.region_code,
        subject="红色预警逾期未整改",
        detail=detail,
        decides=True,
        by=CLERK,
        now=heard.said_at,
    )


def _of_fund(
    heard: AnyHeard, word: monitoring.FundFindingOpened | monitoring.FundFindingClosed
) -> Sequence[NoteFinding]:
    """A suspicion is noted; only one that was judged a violation becomes a clue."""
    violation, decides = None, False
    if isinstance(word, monitoring.FundFindingOpened):
        violation = SUSPECTED.get(word.kind)
    elif word.judgement == "VIOLATION":
        decides = True
    else:
        return ()
    return [
        NoteFinding(
            case_id=f"CLUE-FUND-{word.finding_id}",
            kind=ClueKind.FUND_VIOLATION,
            source=word.finding_id,
            unit_code="",
            region_code=word.region_code,
            subject="重点资金疑似违规",
            detail=f"重点资金疑点{word.finding_id}",
            decides=decides,
            violation=violation,
            by=CLERK,
            now=heard.said_at,
        )
    ]
