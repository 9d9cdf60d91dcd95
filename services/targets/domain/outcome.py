"""How scores become a grade, and a grade a conclusion (`domain` §4.8)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from services.targets.domain.commands.ex_ante import ReduceExAnteAmount
from services.targets.domain.events.ex_ante import (
    ExAnteAmountReduced,
    ExAnteConcluded,
    ExAnteGraded,
    ExAnteReportSubmitted,
)
from services.targets.domain.ex_ante_states import Scoring
from services.targets.domain.refusals import (
    ReasonMissing,
    ReductionTooLarge,
    RejectionNotWhole,
    ScorersTooFarApart,
    ScorersTooFew,
)
from services.targets.domain.rule_set import Adopted
from services.targets.domain.values import Conclusion, ReductionKind
from shared.domain.grades import Grade, grade_of, rounded
from shared.domain.money import ZERO, Money
from shared.domain.rules import RuleSet
from shared.domain.workdays import add_workdays, business_date

TRIMMED_FROM: Final = 5  # `domain` §4.8 (D): from five scorers on, highest and lowest are left out.
SPREAD_MAX: Final = Decimal(15)  # `domain` §4.8 (D): two scorers further apart need a third.
A_PAIR: Final = 2


def mean(totals: Sequence[Decimal]) -> Decimal:
    """The plain mean, or the trimmed one of five and more; not yet rounded."""
    kept = sorted(totals)[1:-1] if len(totals) >= TRIMMED_FROM else totals
    return sum(kept, start=Decimal(0)) / len(kept)


def graded(state: Scoring, adopted: Adopted, *, by: str) -> ExAnteGraded:
    """All scores together. One veto is enough to make a project poor."""
    rules = adopted.rules
    totals = tuple(score.total for score in state.scores.values())
    needed = rules.ex_ante.scorers_min
    if len(totals) < needed:
        raise ScorersTooFew(scorers=len(totals), scorers_min=needed)
    if len(totals) == A_PAIR and max(totals) - min(totals) > SPREAD_MAX:
        raise ScorersTooFarApart(totals=totals, spread_max=SPREAD_MAX)
    vetoes = tuple(sorted({veto for score in state.scores.values() for veto in score.vetoes}))
    score = rounded(mean(totals))
    return ExAnteGraded(
        totals=totals,
        trimmed=len(totals) >= TRIMMED_FROM,
        vetoes=vetoes,
        score=score,
        grade=Grade.POOR if vetoes else grade_of(score, rules.grades),
        rule_set_version=rules.version,
        rules_region=adopted.lent_to(state.report.region_code),
        graded_by=by,
    )


def reduction(command: ReduceExAnteAmount, report: ExAnteReportSubmitted) -> ExAnteAmountReduced:
    """The cut, checked line by line against what was asked for."""
    for index, line in enumerate(command.lines):
        if not line.reason.strip():
            raise ReasonMissing(pointer=f"/lines/{index}/reason")
        if line.amount < ZERO:
            raise ReductionTooLarge(pointer=f"/lines/{index}/amount")
    reduced = Money.total(line.amount for line in command.lines)
    if reduced > report.requested:
        raise ReductionTooLarge(
            pointer="/lines", requested=str(report.requested), reduced=str(reduced)
        )
    whole = reduced == report.requested
    if whole is not (command.kind is ReductionKind.REJECTED_PROJECT):
        raise RejectionNotWhole(pointer="/kind", reduced=str(reduced))
    if bool(reduced) is (command.kind is ReductionKind.NONE):
        raise RejectionNotWhole(pointer="/kind", reduced=str(reduced))
    return ExAnteAmountReduced(
        kind=command.kind, lines=command.lines, reduced=reduced, reduced_by=command.by
    )


def same_cut(asked: ExAnteAmountReduced, cut: ExAnteAmountReduced | None) -> bool:
    """Whether this is the cut that was made, whoever asks for it again."""
    return cut is not None and (asked.kind, asked.lines) == (cut.kind, cut.lines)


def concluded(  # noqa: PLR0913 - every argument is part of the conclusion
    report: ExAnteReportSubmitted,
    grading: ExAnteGraded,
    cut: ExAnteAmountReduced | None,
    rules: RuleSet,
    *,
    by: str,
    now: datetime,
) -> ExAnteConcluded:
    """What the grade leads to; a project that is not arranged loses the whole amount."""
    kind = cut.kind if cut else ReductionKind.NONE
    reduced = cut.reduced if cut else ZERO
    included = (
        grading.grade in rules.ex_ante.included_grades
        and kind is not ReductionKind.REJECTED_PROJECT
    )
    if not included:
        kind, reduced = ReductionKind.REJECTED_PROJECT, report.requested
    today = business_date(now)
    return ExAnteConcluded(
        project_code=report.project_code,
        fiscal_year=report.fiscal_year,
        region_code=report.region_code,
        unit_code=report.unit_code,
        department_code=report.department_code,
        requested=report.requested,
        accepted=report.requested - reduced,
        reduced=reduced,
        reduction_kind=kind,
        score=grading.score,
        grade=grading.grade,
        conclusion=Conclusion.INCLUDED if included else Conclusion.NOT_ARRANGED,
        rule_set_version=grading.rule_set_version,
        rules_region=grading.rules_region,
        concluded_by=by,
        concluded_on=today,
        objection_by=add_workdays(today, rules.ex_ante.objection_days, report.region_code),
        origin=report.origin,
    )
