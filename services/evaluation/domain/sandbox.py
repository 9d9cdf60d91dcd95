"""A past year under other rules: what would have come out otherwise (K13).

Nothing is decided here. Held against each other are what was recorded and what the same facts
give under a draft; under the rules that were applied the difference is empty. A unit works its
self-score out by the rules of the day, so in the replay its deviation from the machine (d1)
stays what it was; a re-check looked at evidence, so its score stays, and only its grade and the
band of the inflation follow the draft.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from services.evaluation.domain.checks import Inflation, inflation, penalty_of
from services.evaluation.domain.findings.words import RETURNING, Finding
from services.evaluation.domain.history import Judged
from services.evaluation.domain.linkage.capping import cap
from services.evaluation.domain.recomputing import recompute
from services.evaluation.domain.scores import FULL
from services.evaluation.domain.self_evaluation.evidence import Demand
from services.evaluation.domain.self_evaluation.messages import SelfEvaluationAccepted
from shared.domain.grades import Grade, grade_of, rounded
from shared.domain.money import ZERO, Money
from shared.domain.rules import RuleSet
from shared.domain.scoring import NOTHING

PENALTIES: Final = (Decimal(2), Decimal(5))  # `domain` §4.10, where no rules were adopted
CHANGES_MAX: Final = 1_000  # shown one by one; counts and sums are of all


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came out of a report."""

    score: Decimal
    grade: Grade
    findings: frozenset[Finding]
    inflation: Inflation


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A report as it was recorded, and as the draft has it."""

    self_evaluation_id: str
    unit_code: str
    before: Result
    after: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A unit's cap with what it came from; without a score the grade came on paper.

    `penalties` are the points that an inflated and a seriously inflated project cost by then.
    """

    linkage_id: str
    unit_code: str
    grade: Grade
    score: Decimal | None
    previous_budget: Money
    cap: Money | None
    penalties: tuple[Decimal, Decimal] = PENALTIES


@dataclass(frozen=True, slots=True, kw_only=True)
class CapPair:
    """A cap as it was decided, and as the draft has it."""

    bound: Bound
    grade: Grade
    cap: Money | None

    @property
    def changed(self) -> bool:
        """Whether the draft binds otherwise."""
        return (self.grade, self.cap) != (self.bound.grade, self.bound.cap)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that would be otherwise; counts, sums, and the first of them by name."""

    compared: int
    changed: tuple[Pair, ...]
    grades: dict[str, int] = field(default_factory=dict)
    appeared: dict[str, int] = field(default_factory=dict)
    gone: dict[str, int] = field(default_factory=dict)
    inflations: dict[str, int] = field(default_factory=dict)
    score_before: Decimal = NOTHING
    score_after: Decimal = NOTHING
    would_return: int = 0
    caps_compared: int = 0
    caps: tuple[CapPair, ...] = ()
    cap_before: Money = ZERO
    cap_after: Money = ZERO

    @property
    def empty(self) -> bool:
        """Whether the draft changes nothing."""
        return not self.changed and not self.caps


def replayed(one: str, report: Judged, draft: RuleSet, demand: Demand) -> Pair | None:
    """An accepted report under the draft; what was never accepted is not replayed."""
    accepted, corrected = report.accepted, report.corrected
    if accepted is None:
        return None
    basis = replace(report.basis, demand=demand)
    result = recompute(basis, draft)
    gap = accepted.self_score - accepted.machine_score
    told = replace(basis.report, self_score=result.score + gap)
    result = recompute(replace(basis, report=told), draft)
    score, band = result.score, Inflation.NONE
    if corrected is not None:
        score = corrected.score
        band = inflation(accepted.self_score, score, draft.checks.inflated)
    return Pair(
        self_evaluation_id=one,
        unit_code=report.basis.project.unit_code,
        before=_recorded(report, accepted),
        after=Result(
            score=score,
            grade=grade_of(score, draft.grades),
            findings=frozenset(result.findings),
            inflation=band,
        ),
    )


def _recorded(report: Judged, accepted: SelfEvaluationAccepted) -> Result:
    corrected = report.corrected
    return Result(
        score=corrected.score if corrected else accepted.machine_score,
        grade=corrected.grade if corrected else accepted.grade,
        findings=frozenset(accepted.findings),
        inflation=corrected.inflation if corrected else Inflation.NONE,
    )


def rebound(bound: Bound, pairs: Collection[Pair], draft: RuleSet, penalty_max: Decimal) -> CapPair:
    """A cap under the draft: inflated projects of the unit may cost other points."""
    grade = bound.grade
    if bound.score is not None:
        applied = replace(draft.checks, penalties=bound.penalties)
        was = sum((penalty_of(pair.before.inflation, applied) for pair in pairs), NOTHING)
        now = sum((penalty_of(pair.after.inflation, draft.checks) for pair in pairs), NOTHING)
        moved = min(penalty_max, was) - min(penalty_max, now)
        score = rounded(min(FULL, max(NOTHING, bound.score + moved)))
        grade = grade_of(score, draft.grades)
    return CapPair(bound=bound, grade=grade, cap=cap(grade, bound.previous_budget, draft.linkage))


def difference(pairs: Sequence[Pair], caps: Sequence[CapPair]) -> Difference:
    """Counts and sums of all, and what has changed."""
    grades, inflations = Counter[str](), Counter[str]()
    appeared, gone = Counter[str](), Counter[str]()
    for pair in pairs:
        before, after = pair.before, pair.after
        if before.grade is not after.grade:
            grades[f"{before.grade}>{after.grade}"] += 1
        if before.inflation is not after.inflation:
            inflations[f"{before.inflation}>{after.inflation}"] += 1
        appeared.update(after.findings - before.findings)
        gone.update(before.findings - after.findings)
    moved = [one for one in caps if one.changed]
    return Difference(
        compared=len(pairs),
        changed=tuple(pair for pair in pairs if pair.before != pair.after),
        grades=dict(grades),
        appeared=dict(appeared),
        gone=dict(gone),
        inflations=dict(inflations),
        score_before=sum((pair.before.score for pair in pairs), NOTHING),
        score_after=sum((pair.after.score for pair in pairs), NOTHING),
        would_return=sum(bool(RETURNING & pair.after.findings) for pair in pairs),
        caps_compared=len(caps),
        caps=tuple(moved),
        cap_before=Money.total(one.bound.cap for one in caps if one.bound.cap is not None),
        cap_after=Money.total(one.cap for one in caps if one.cap is not None),
    )
