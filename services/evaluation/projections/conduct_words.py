"""What the words of other services say of a unit's conduct: each is a part of a whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from services.evaluation.domain.effectiveness.aspects import Aspect
from shared.contracts import disclosure, monitoring, targets
from shared.domain.scoring import NOTHING, ONE
from shared.messages import AnyHeard

FULL_SCORE: Final = Decimal(100)
GOOD: Final = frozenset({"EXCELLENT", "GOOD"})
COVERED: Final = frozenset({"TARGET", "SELF_EVALUATION", "FINANCE_REPORT"})
CURED: Final = {"VERIFIED": ONE, "MEASURED": NOTHING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing that was said of a subject. `is_counted`: every such word counts by itself."""

    aspect: str
    subject: str
    unit_code: str
    region_code: str
    fiscal_year: int
    part: Decimal
    whole: Decimal = ONE
    day: date | None = None
    is_counted: bool = False


def said_by(heard: AnyHeard) -> Iterable[Said]:
    """Everything that a word says of conduct; most words say nothing."""
    yield from _of_targets(heard)
    yield from _of_monitoring(heard)
    yield from _of_disclosure(heard)


def _of_targets(heard: AnyHeard) -> Iterable[Said]:
    match heard.word:
        case targets.ProjectRegistered(needs_ex_ante=True) as word:
            yield _project(word, Aspect.EX_ANTE_DONE, NOTHING)
        case targets.ExAnteConcluded() as word:
            good = ONE if word.grade in GOOD else NOTHING
            yield _project(word, Aspect.EX_ANTE_DONE, ONE, day=word.assessed_on)
            yield _project(word, Aspect.EX_ANTE_GOOD, good, day=word.assessed_on)
        case targets.TargetSubmitted() as word:
            yield _project(word, Aspect.TARGETS_FIRST_PASS, ONE, is_counted=True)
        case targets.TargetApproved() as word:
            yield _project(word, Aspect.THREE_PERSONS, NOTHING, day=word.approved_on)
            yield _project(word, Aspect.TARGETS_CORE, _core(word), day=word.approved_on)
        case targets.TargetAdjusted() as word:
            yield _project(word, Aspect.TARGETS_CORE, _core(word), day=word.adjusted_on)
        case targets.ResponsibilityAssigned() as word:
            named = all((word.business, word.finance, word.head))
            yield _project(word, Aspect.THREE_PERSONS, ONE if named else NOTHING)
        case targets.ConstraintBreached() as word if word.unexempted_excess:
            yield Said(
                aspect=Aspect.CAPS,
                subject=f"{word.unit_code}-{word.budget_year}",
                unit_code=word.unit_code,
                region_code=word.region_code,
                fiscal_year=word.budget_year - 1,
                part=NOTHING,
            )
        case _:
            return


def _core(word: targets.TargetApproved | targets.TargetAdjusted) -> Decimal:
    return ONE if any(one.is_core for one in word.indicators) else NOTHING


def _of_monitoring(heard: AnyHeard) -> Iterable[Said]:
    match heard.word:
        case monitoring.MonitoringScored() as word:
            yield _project(word, Aspect.FORMS_ON_TIME, ONE, at=word.node)
            reached = word.score / FULL_SCORE
            yield _project(word, Aspect.MONITORING_SCORE, reached, at=word.node)
        case monitoring.MonitoringMissed() as word:
            yield _project(word, Aspect.FORMS_ON_TIME, NOTHING, at=word.node, day=word.due_on)
        case monitoring.WarningEscalated() as word:
            yield _project(word, Aspect.WARNINGS_ON_TIME, NOTHING, at=word.warning_id)
        case monitoring.WarningClosed(outcome="VERIFIED" | "MEASURED") as word:
            whose: dict[str, Any] = {"at": word.warning_id, "day": word.closed_on}
            in_time = NOTHING if word.overdue else ONE
            yield _project(word, Aspect.WARNINGS_ON_TIME, in_time, **whose)
            yield _project(word, Aspect.RECTIFIED, CURED[word.outcome], **whose)
        case _:
            return


def _of_disclosure(heard: AnyHeard) -> Iterable[Said]:
    match heard.word:
        case disclosure.DisclosurePublished() as word:
            yield from _item(word, ONE, ONE, word.published_on)
        case disclosure.DisclosureOverdue() as word:
            yield from _item(word, NOTHING, ONE, word.due_on)
        case disclosure.DisclosureWithheld() as word:
            yield from _item(word, NOTHING, NOTHING, None)
        case disclosure.WithholdingExpired() as word:
            yield from _item(word, NOTHING, ONE, word.expired_on)
        case disclosure.MonthlyBulletinIssued() as word:
            yield Said(
                aspect=Aspect.MONTHS,
                subject=f"{word.region_code}-{word.year}-{word.month:02d}",
                unit_code="",
                region_code=word.region_code,
                fiscal_year=word.year,
                part=ONE,
                day=word.issued_on,
            )
        case _:
            return


def _item(
    word: disclosure.DisclosurePublished
    | disclosure.DisclosureOverdue
    | disclosure.DisclosureWithheld
    | disclosure.WithholdingExpired,
    part: Decimal,
    whole: Decimal,
    day: date | None,
) -> Iterable[Said]:
    if word.kind in COVERED:
        yield Said(
            aspect=Aspect.COVERAGE,
            subject=word.item_id,
            unit_code=word.unit_code or "",
            region_code=word.region_code,
            fiscal_year=word.fiscal_year,
            part=part,
            whole=whole,
            day=day,
        )


def _project(  # noqa: PLR0913 - a row
    word: Any,  # noqa: ANN401 - any word about a project
    aspect: Aspect,
    part: Decimal,
    *,
    at: str = "",
    day: date | None = None,
    is_counted: bool = False,
) -> Said:
    project = f"{word.project_code}-{word.fiscal_year}"
    return Said(
        aspect=aspect,
        subject=f"{project}-{at}" if at else project,
        unit_code=word.unit_code,
        region_code=word.region_code,
        fiscal_year=word.fiscal_year,
        part=part,
        day=day,
        is_counted=is_counted,
    )
