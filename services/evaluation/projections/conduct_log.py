"""How units went about their work, as it was said: what effectiveness is computed from.

One row per thing and word: a part of a whole on a day. Nothing is overwritten, so that the figures
of any cut-off can be told later. Own facts are folded with the command, words heard by the worker.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from sqlmodel import Field

from services.evaluation.domain.checks import Finding, Inflation
from services.evaluation.domain.effectiveness.aspects import Aspect
from services.evaluation.domain.linkage.events import BudgetLinkageDecided, LinkageConfirmed
from services.evaluation.domain.recovery import events as recovery
from services.evaluation.domain.self_evaluation import messages as own
from services.evaluation.domain.values import Whose
from services.evaluation.projections import Table
from services.evaluation.projections.conduct_words import Said, said_by
from shared.domain.scoring import NOTHING, ONE
from shared.domain.workdays import business_date
from shared.messages import AnyHeard, AnyRecorded
from shared.projections import Change, Projection, Put

SELF_SCORE: Final = "SELF_SCORE"
RECHECK: Final = "RECHECK"
INFLATION: Final = "INFLATION"
_BANDS: Final = {Inflation.INFLATED: ONE, Inflation.SERIOUS: Decimal(2)}


class ConductRow(Table, table=True):
    """What one fact or word says of one thing: `part` of `whole`."""

    __tablename__ = "conduct_log"

    conduct_id: str = Field(primary_key=True)
    aspect: str
    subject: str
    unit_code: str = Field(index=True)
    region_code: str = Field(index=True)
    fiscal_year: int
    day: date
    seq: int
    part: Decimal
    whole: Decimal


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    day = business_date(recorded.effective_at)
    for said in _own(recorded):
        yield _row(said, type(recorded.event).__name__, day, recorded.version)


def _hear(heard: AnyHeard) -> Iterable[Change]:
    day = business_date(heard.effective_at)
    for said in said_by(heard):
        yield _row(said, type(heard.word).__name__, day, heard.number)


def _row(said: Said, word: str, day: date, seq: int) -> Change:
    name = f"{word}-{seq}" if said.is_counted else word
    day = said.day or day
    return Put(
        ConductRow,
        {
            "conduct_id": f"{said.aspect}|{said.subject}|{day.isoformat()}|{name}",
            "aspect": said.aspect,
            "subject": said.subject,
            "unit_code": said.unit_code,
            "region_code": said.region_code,
            "fiscal_year": said.fiscal_year,
            "day": day,
            "seq": seq,
            "part": said.part,
            "whole": said.whole,
        },
    )


def _own(recorded: AnyRecorded) -> Iterable[Said]:
    match recorded.event:
        case own.SelfEvaluationOpened(project=project):
            yield _of(project.whose, Aspect.SELF_COVERAGE, recorded.id, NOTHING)
        case own.SelfEvaluationAccepted() as event:
            proven = NOTHING if Finding.MISSING_EVIDENCE in event.findings else ONE
            yield _of(event.whose, Aspect.SELF_COVERAGE, recorded.id, ONE, event.accepted_on)
            yield _of(event.whose, Aspect.EVIDENCE, recorded.id, proven, event.accepted_on)
            yield _of(event.whose, SELF_SCORE, recorded.id, event.self_score, event.accepted_on)
        case own.RecheckConcluded() as event:
            yield from _rechecked(event, recorded.id, event.concluded_on)
        case own.ObjectionDecided() as event:
            yield from _rechecked(event, recorded.id, event.decided_on)
        case recovery.RecoveryIdentified() as event:
            yield _of(event.whose, Aspect.RECOVERIES, recorded.id, NOTHING, whole=event.amount.fen)
        case recovery.RecoveryBooked() as event:
            booked = Decimal(event.amount.fen)
            yield _of(event.whose, Aspect.RECOVERIES, recorded.id, booked, event.booked_on, whole=0)
        case BudgetLinkageDecided(binding=True) as linkage:
            yield _bound(linkage)
        case LinkageConfirmed(linkage=linkage):
            yield _bound(linkage)
        case _:
            return


def _bound(linkage: BudgetLinkageDecided) -> Said:
    """A cap counts when it binds."""
    return Said(
        aspect=Aspect.CAPS,
        subject=f"{linkage.unit_code}-{linkage.budget_year}",
        unit_code=linkage.unit_code,
        region_code=linkage.region_code,
        fiscal_year=linkage.budget_year - 1,
        part=ONE,
        day=linkage.decided_on,
    )


def _rechecked(
    event: own.RecheckConcluded | own.ObjectionDecided, subject: str, day: date
) -> Iterable[Said]:
    yield _of(event.whose, RECHECK, subject, event.score, day)
    yield _of(event.whose, INFLATION, subject, _BANDS.get(event.inflation, NOTHING), day)


def _of(  # noqa: PLR0913 - a row
    whose: Whose,
    aspect: str,
    subject: str,
    part: Decimal,
    day: date | None = None,
    *,
    whole: int = 1,
) -> Said:
    return Said(
        aspect=aspect,
        subject=subject,
        unit_code=whose.unit_code,
        region_code=whose.region_code,
        fiscal_year=whose.fiscal_year,
        part=part,
        whole=Decimal(whole),
        day=day,
    )


conduct_log: Final = Projection(
    name="conduct_log",
    streams=frozenset({"linkage", "recovery", "self_evaluation"}),
    tables=(ConductRow,),
    project=_fold,
    hear=_hear,
)
