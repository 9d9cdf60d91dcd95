"""The report that ends a round: counted from the records, never typed in (`domain` §3.4).

It is a snapshot: what happens to a record later changes no report that was signed.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Any

from services.monitoring.domain.exemption import NodeExemption
from services.monitoring.domain.rating import rate
from services.monitoring.domain.values import Level, Reason
from shared.domain.grades import rounded
from shared.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a record came to: its level with all reasons, the money, and the score, if any."""

    level: Level
    reasons: tuple[Reason, ...]
    budget: Money
    paid: Money
    goal_rate: Decimal | None = None
    score: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One project of the roster as the round finds it.

    `waits`: a report waits for its review, or for its correction. `judged` is absent where
    nobody reported and the clock has not said so yet: that is silence, too.
    """

    project_code: str
    department_code: str
    exemption: NodeExemption | None = None
    note: str = ""
    waits: bool = False
    reported: bool = False
    judged: Judged | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempted:
    """Who was not looked at, and why."""

    project_code: str
    reason: NodeExemption
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What some projects come to together; rates are weighted by money."""

    projects: int
    reviewed: int
    missed: int
    levels: dict[str, int]
    budget: Money
    paid: Money
    mean_score: Decimal | None
    execution_rate: Decimal | None
    goal_rate: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentFigures:
    """A department in the round; `paid_shares` is the history of the years to come."""

    department_code: str
    figures: Figures
    paid_shares: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundReport:
    """The whole report."""

    figures: Figures
    reasons: dict[str, int]
    not_reported: tuple[str, ...]
    exempted: tuple[Exempted, ...]
    departments: tuple[DepartmentFigures, ...] = field(default=())

    @property
    def reviewed(self) -> int:
        """How many reports were scored."""
        return self.figures.reviewed

    @property
    def missed(self) -> int:
        """How many did not report."""
        return self.figures.missed


def round_report(seen: Sequence[Seen]) -> RoundReport:
    """The report of a round from everybody on its roster."""
    looked_at = [one for one in seen if one.exemption is None]
    reasons: dict[str, int] = {}
    for one in looked_at:
        for reason in one.judged.reasons if one.judged else (Reason.NOT_REPORTED,):
            reasons[reason.value] = reasons.get(reason.value, 0) + 1
    return RoundReport(
        figures=_figures(looked_at),
        reasons={reason.value: reasons[reason] for reason in Reason if reason in reasons},
        not_reported=tuple(one.project_code for one in looked_at if not one.reported),
        exempted=tuple(
            Exempted(project_code=one.project_code, reason=one.exemption, note=one.note)
            for one in seen
            if one.exemption is not None
        ),
        departments=tuple(_departments(looked_at)),
    )


def _departments(seen: Sequence[Seen]) -> Iterable[DepartmentFigures]:
    by_code: dict[str, list[Seen]] = {}
    for one in seen:
        by_code.setdefault(one.department_code, []).append(one)
    for code in sorted(by_code):
        shares = (_share(one.judged) for one in by_code[code] if one.judged)
        yield DepartmentFigures(
            department_code=code,
            figures=_figures(by_code[code]),
            paid_shares=tuple(sorted(share for share in shares if share is not None)),
        )


def _share(judged: Judged) -> Decimal | None:
    return rate(judged.paid.ratio_to(judged.budget)) if judged.budget else None


def _figures(seen: Sequence[Seen]) -> Figures:
    judged = [one.judged for one in seen if one.judged is not None]
    scores = [one.score for one in judged if one.score is not None]
    levels = [one.judged.level if one.judged else Level.RED for one in seen]
    budget = Money.total(one.budget for one in judged)
    return Figures(
        projects=len(seen),
        reviewed=sum(one.reported for one in seen),
        missed=sum(not one.reported for one in seen),
        levels={level.value: levels.count(level) for level in Level},
        budget=budget,
        paid=Money.total(one.paid for one in judged),
        mean_score=rounded(sum(scores, Decimal(0)) / len(scores)) if scores else None,
        execution_rate=_weighted(judged, _share),
        goal_rate=_weighted(judged, lambda one: one.goal_rate),
    )


def _weighted(judged: Sequence[Judged], of: Callable[[Judged], Decimal | None]) -> Decimal | None:
    """The mean of the rates, each with the weight of its budget; those without one count not."""
    told = [(one.budget, of(one)) for one in judged]
    known = [(budget, share) for budget, share in told if share is not None and budget > ZERO]
    if not known:
        return None
    whole = sum(budget.fen for budget, _ in known)
    return rate(sum((budget.fen * share for budget, share in known), Decimal(0)) / whole)


def sha256_of(report: RoundReport) -> str:
    """The fingerprint of a report: the same figures have the same one."""
    text = json.dumps(asdict(report), sort_keys=True, ensure_ascii=False, default=_plain)
    return sha256(text.encode()).hexdigest()


def _plain(value: Any) -> str:  # noqa: ANN401 - whatever JSON does not have
    return format(value, "f") if isinstance(value, Decimal) else str(value)
