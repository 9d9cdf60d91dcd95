"""When the data of an effectiveness evaluation are cut off, and what is looked up then.

The figures are those of the conduct log up to the day of the cut-off, whenever they are looked up.
A subject may object until a day. Clues for accountability stand in `clues`.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from services.evaluation.domain.effectiveness.framework import Period, figures_since
from services.evaluation.domain.effectiveness.ids import effectiveness_id
from services.evaluation.domain.effectiveness.plan_messages import FreezeData, IndicatorsFixed
from services.evaluation.domain.effectiveness.scoring import Figure, SubjectFigures
from services.evaluation.domain.effectiveness.subject_messages import (
    CloseObjectionWindow,
    EffectivenessConcluded,
    EnterFigures,
    ObjectionWindowOpened,
)
from services.evaluation.domain.values import Subject
from shared.contracts import disclosure, monitoring, targets
from shared.domain.workdays import day_over
from shared.messages import AnyRecorded, CalledOff, Deadline, Due, Look

HEARS_STANDING: Final = (
    targets.ProjectRegistered,
    targets.ExAnteConcluded,
    targets.TargetSubmitted,
    targets.ResponsibilityAssigned,
    targets.ConstraintBreached,
    monitoring.MonitoringMissed,
    monitoring.WarningEscalated,
    disclosure.DisclosurePublished,
    disclosure.DisclosureOverdue,
    disclosure.DisclosureWithheld,
    disclosure.WithholdingExpired,
    disclosure.MonthlyBulletinIssued,
)
"""Words that only fold into the conduct log: no command follows from them."""
CLERK: Final = "abacus|evaluation"
CUT_OFF: Final = "effectiveness-cut-off"
WINDOW: Final = "effectiveness-window"
OFFICE_OPENS: Final = timedelta(hours=9)  # by then what was said on the last day has been heard
INFLATED: Final = "INFLATED"

SUBJECTS: Final = """
SELECT subject_code FROM effectiveness_board WHERE plan_id = $1 ORDER BY subject_code
"""
_FIGURES: Final = """
WITH told AS (
  SELECT aspect, WHOSE AS whose, subject, part, whole,
         row_number() OVER (PARTITION BY aspect, unit_code, subject
                            ORDER BY day DESC, seq DESC) AS place,
         min(part) OVER w AS worst, max(part) OVER w AS best,
         sum(part) OVER w AS parts, sum(whole) OVER w AS wholes, count(*) OVER w AS times
  FROM conduct_log
  WHERE WHOSE IN (SELECT subject_code FROM effectiveness_board WHERE plan_id = $1)
    AND fiscal_year = $2 AND day BETWEEN $3 AND $4
    AND NOT (aspect = 'RECOVERIES' AND EXISTS (
      SELECT 1 FROM recovery_ledger r
      WHERE r.recovery_id = conduct_log.subject AND r.status = 'WITHDRAWN'))
  WINDOW w AS (PARTITION BY aspect, unit_code, subject)
), latest AS (SELECT * FROM told WHERE place = 1)
SELECT whose, aspect,
       sum(CASE WHEN aspect IN ('FORMS_ON_TIME', 'WARNINGS_ON_TIME', 'CAPS') THEN worst
                WHEN aspect = 'THREE_PERSONS' THEN best
                WHEN aspect = 'RECOVERIES' THEN parts
                WHEN aspect = 'TARGETS_FIRST_PASS' AND times > 1 THEN 0
                ELSE part END)::numeric AS part,
       sum(CASE aspect WHEN 'RECOVERIES' THEN wholes ELSE whole END)::numeric AS whole
FROM latest WHERE aspect NOT IN ('SELF_SCORE', 'RECHECK', 'INFLATION') GROUP BY whose, aspect
UNION ALL
SELECT s.whose, 'DEVIATION', sum(abs(s.part - r.part))::numeric, count(*)::numeric
FROM latest s JOIN latest r ON r.subject = s.subject AND r.aspect = 'RECHECK'
WHERE s.aspect = 'SELF_SCORE' GROUP BY s.whose
UNION ALL
SELECT whose, 'INFLATED', (count(*) FILTER (WHERE part = 1))::numeric,
       (count(*) FILTER (WHERE part = 2))::numeric
FROM latest WHERE aspect = 'INFLATION' GROUP BY whose
"""
FIGURES: Final = {
    Subject.BUDGET_UNIT: _FIGURES.replace("WHOSE", "unit_code"),
    Subject.COUNTY: _FIGURES.replace("WHOSE", "region_code"),
}


def schedule_standing(recorded: AnyRecorded) -> Sequence[Deadline | CalledOff]:
    """The cut-off of a plan whose indicators are fixed, and the end of a window."""
    match recorded.event:
        case IndicatorsFixed() as event:
            since = figures_since(event.fiscal_year, Period(event.period))
            parts = (recorded.id, event.subject.value, str(event.fiscal_year))
            days = (since.isoformat(), event.cut_off_on.isoformat())
            return [
                Deadline(
                    key=f"{CUT_OFF}:{recorded.id}",
                    kind=CUT_OFF,
                    subject="|".join((*parts, *days)),
                    due_at=day_over(event.cut_off_on) + OFFICE_OPENS,
                )
            ]
        case ObjectionWindowOpened(object_by=day):
            key = f"{WINDOW}:{recorded.id}"
            return [Deadline(key=key, kind=WINDOW, subject=recorded.id, due_at=day_over(day))]
        case EffectivenessConcluded():
            return [CalledOff(key=f"{WINDOW}:{recorded.id}")]
        case _:
            return ()


def standing_falls_due(due: Due) -> object | None:
    """The figures of the cut-off are looked up; a window that is over is closed."""
    match due.kind:
        case "effectiveness-cut-off":
            return _cut_off(due)
        case "effectiveness-window":
            return CloseObjectionWindow(
                effectiveness_id=due.subject, region_code="", by=CLERK, now=due.now
            )
        case _:
            return None


def _cut_off(due: Due) -> Look:
    plan, kind, year, since, until = due.subject.split("|")
    days = (date.fromisoformat(since), date.fromisoformat(until))

    def then(found: Sequence[Sequence[Sequence[Any]]]) -> tuple[object, ...]:
        subjects, figures = found
        every = figures_of([str(row[0]) for row in subjects], figures)
        return (
            FreezeData(plan_id=plan, figures=every, by=CLERK, now=due.now),
            *(
                EnterFigures(
                    effectiveness_id=effectiveness_id(plan, one.subject_code),
                    region_code="",
                    figures=one,
                    by=CLERK,
                    now=due.now,
                )
                for one in every
            ),
        )

    queries = ((SUBJECTS, (plan,)), (FIGURES[Subject(kind)], (plan, int(year), *days)))
    return Look(queries=queries, then=then)


def figures_of(
    subjects: Sequence[str], rows: Sequence[Sequence[Any]]
) -> tuple[SubjectFigures, ...]:
    """The rows of the log, by subject; who has none has no figures, and that is said."""
    told: dict[str, list[Figure]] = {subject: [] for subject in subjects}
    inflated: dict[str, tuple[int, int]] = {}
    for whose, aspect, part, whole in rows:
        if aspect == INFLATED:
            inflated[whose] = (int(part), int(whole))
        else:
            figure = Figure(aspect=aspect, part=Decimal(part), whole=Decimal(whole))
            told[whose].append(figure)
    return tuple(
        SubjectFigures(
            subject_code=subject,
            figures=tuple(sorted(found, key=lambda one: one.aspect)),
            inflated=inflated.get(subject, (0, 0))[0],
            serious=inflated.get(subject, (0, 0))[1],
        )
        for subject, found in told.items()
    )
