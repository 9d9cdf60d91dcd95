"""The data of effectiveness stories: a half-year, its framework, a unit and a county."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from services.evaluation.domain.effectiveness import plan_messages as plan
from services.evaluation.domain.effectiveness import subject_messages as subject
from services.evaluation.domain.effectiveness.framework import Period, framework_of
from services.evaluation.domain.effectiveness.ids import plan_id
from services.evaluation.domain.effectiveness.plan import EffectivenessPlan
from services.evaluation.domain.effectiveness.plan_decider import effectiveness_plan_decider
from services.evaluation.domain.effectiveness.scoring import (
    ExtraPoints,
    Figure,
    JudgedAspect,
    SubjectFigures,
)
from services.evaluation.domain.effectiveness.subject_decider import effectiveness_decider
from services.evaluation.domain.effectiveness.subject_states import Standing
from services.evaluation.domain.values import Subject
from shared.testing.spec import Given, Spec
from tests.evaluation.story import ADOPTED, BUREAU, HEAD, KNOWN_UNIT, REGION, SECOND, THIRD, UNIT

EARLY: Final = datetime(2021, 12, 20, 2, tzinfo=UTC)
FROZEN_AT: Final = datetime(2022, 7, 1, 2, tzinfo=UTC)
SCORED_AT: Final = datetime(2022, 7, 8, 2, tzinfo=UTC)
LATE: Final = datetime(2022, 9, 1, 2, tzinfo=UTC)
CUT_OFF: Final = date(2022, 6, 30)
H1: Final = plan_id(REGION, 2022, Period.H1, Subject.BUDGET_UNIT)
ONE: Final = f"{H1}-{UNIT}"
HOW: Final[dict[str, Any]] = {"basis": "台账", "document_no": "绩〔2022〕9号"}

plans: Final = Spec(effectiveness_plan_decider)
standings: Final = Spec(effectiveness_decider)

ISSUE: Final = plan.IssueEffectivenessPlan(
    plan_id=H1,
    region_code=REGION,
    subject=Subject.BUDGET_UNIT,
    fiscal_year=2022,
    period=Period.H1,
    subjects=(UNIT,),
    cut_off_on=CUT_OFF,
    document_no="绩〔2021〕40号",
    by=BUREAU,
    now=EARLY,
)
FIX: Final = plan.FixIndicators(plan_id=H1, by=SECOND, now=EARLY)
FIGURES: Final = SubjectFigures(
    subject_code=UNIT,
    figures=(
        Figure(aspect="FORMS_ON_TIME", part=Decimal(9), whole=Decimal(10)),
        Figure(aspect="MONITORING_SCORE", part=Decimal("8.5"), whole=Decimal(10)),
        Figure(aspect="TARGETS_CORE", part=Decimal(1), whole=Decimal(2)),
    ),
)
FREEZE: Final = plan.FreezeData(plan_id=H1, figures=(FIGURES,), by="abacus", now=FROZEN_AT)


def of(by: str, now: datetime = SCORED_AT, name: str = ONE, region: str = REGION) -> dict[str, Any]:
    """The head of every command about a subject."""
    return {"effectiveness_id": name, "region_code": region, "by": by, "now": now}


ENTER: Final = subject.EnterFigures(**of("abacus", FROZEN_AT, region=""), figures=FIGURES)
OPEN_WINDOW: Final = subject.OpenObjectionWindow(**of(BUREAU), document_no="绩〔2022〕10号")
OBJECT: Final = subject.ObjectToEffectiveness(**of(HEAD), text="核心指标已补录")
CLOSE_WINDOW: Final = subject.CloseObjectionWindow(**of("abacus", LATE, region=""))
CONCLUDE: Final = subject.ConcludeEffectiveness(**of(SECOND, LATE))


def framework(kind: Subject = Subject.BUDGET_UNIT, period: Period = Period.H1) -> Any:  # noqa: ANN401
    """The framework of the default rules."""
    return framework_of(ADOPTED, kind, period)


def judged(share: str = "0.5", **points: str) -> tuple[JudgedAspect, ...]:
    """Every aspect that waits gets this share of its points, or what is named."""
    told = {one.aspect for one in FIGURES.figures}
    return tuple(
        JudgedAspect(
            aspect=one.aspect,
            score=Decimal(points.get(one.aspect, one.points * Decimal(share))),
            **HOW,
        )
        for one in framework().aspects
        if one.aspect not in told
    )


SCORE: Final = subject.ScoreEffectiveness(
    **of(BUREAU),
    judged=judged(),
    bonuses=(ExtraPoints(points=Decimal(2), **HOW),),
)


def answer(by: str = THIRD, *corrections: JudgedAspect) -> subject.DecideEffectivenessObjection:
    """The objection has its answer."""
    return subject.DecideEffectivenessObjection(
        **of(by), reason="属实", document_no="绩〔2022〕12号", corrections=corrections
    )


def correction(score: str = "5", by: str = THIRD) -> subject.CorrectEffectiveness:
    """The monitoring score was counted wrongly."""
    right = JudgedAspect(aspect="MONITORING_SCORE", score=Decimal(score), **HOW)
    return subject.CorrectEffectiveness(
        **of(by, LATE), reason="漏计一个项目", document_no="绩〔2022〕31号", corrections=(right,)
    )


def issued() -> Given:
    """There is a plan."""
    return plans.knowing(KNOWN_UNIT).after(ISSUE)


def fixed() -> Given:
    """Its framework stands."""
    return issued().knowing(ADOPTED, *[ADOPTED] * 5).after(FIX).knowing()


def frozen() -> EffectivenessPlan:
    """Its data were cut off."""
    found: EffectivenessPlan = fixed().after(FREEZE).state
    return found


def begun() -> Given:
    """The figures of the unit are in."""
    return standings.knowing(PLANNED).after(ENTER)


def told() -> Given:
    """It was scored and told its points."""
    return begun().after(SCORE, OPEN_WINDOW)


def final() -> Standing:
    """Its score is final."""
    found: Standing = told().knowing(PLANNED, EffectivenessPlan()).after(CONCLUDE).state
    return found


PLANNED: Final = frozen()
FINAL: Final = final()
RANK: Final = plan.RankEffectiveness(plan_id=H1, by=BUREAU, now=LATE)
PUBLISH: Final = plan.PublishEffectiveness(
    plan_id=H1, document_no="绩〔2022〕20号", by=SECOND, now=LATE
)
APPLY: Final = plan.ApplyEffectiveness(
    plan_id=H1, document_no="绩〔2022〕25号", use="作为经费分配因素", by=SECOND, now=LATE
)
PLAN_LIFE: Final = (ISSUE, FIX, FREEZE, RANK, PUBLISH, APPLY)
SUBJECT_LIFE: Final = (
    ENTER,
    SCORE,
    OPEN_WINDOW,
    OBJECT,
    answer(),
    CLOSE_WINDOW,
    CONCLUDE,
    correction(),
)
