"""What was drawn to be looked at again, and what became of it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.judging.events import EvaluationRechecked
from services.evaluation.domain.sampling.messages import RecheckSampled
from services.evaluation.domain.self_evaluation.messages import RecheckConcluded
from services.evaluation.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class RecheckStratumRow(Table, table=True):
    """A department's part of a round, with the seed it was drawn from."""

    __tablename__ = "recheck_strata"

    sample_id: str = Field(primary_key=True)
    round: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str = Field(primary_key=True)
    department_code: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    fiscal_year: int
    seed: str
    algorithm: str
    ratio: Decimal
    least: int
    population: int
    sampled: int
    at_random: int
    rule_set_version: int
    legal_basis: str
    drawn_on: date
    drawn_by: str


class RecheckItemRow(Table, table=True):
    """A result that is looked at again."""

    __tablename__ = "recheck_items"

    name: str = Field(primary_key=True)
    sample_id: str = Field(index=True)
    round: int
    kind: str
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str
    reasons: str
    score: Decimal
    rechecked: Decimal | None = None
    status: str


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case RecheckSampled() as event:
            yield Put(RecheckStratumRow, _stratum(recorded, event).model_dump())
            for item in event.items:
                # Hundreds at once: a plain row costs a tenth of a SQLModel instance.
                row = {
                    "name": item.name,
                    "sample_id": recorded.id,
                    "round": event.round,
                    "kind": event.kind.value,
                    "region_code": event.region_code,
                    "department_code": event.department_code,
                    "unit_code": item.unit_code,
                    "reasons": " ".join(item.reasons),
                    "score": item.score,
                    "status": "OPEN",
                }
                yield Put(RecheckItemRow, row)
        case RecheckConcluded(score=score) | EvaluationRechecked(score=score):
            values = {"rechecked": score, "status": "RECHECKED"}
            yield Set(RecheckItemRow, {"name": recorded.id}, values)
        case _:
            return


def _stratum(recorded: AnyRecorded, event: RecheckSampled) -> RecheckStratumRow:
    at_random = sum("RANDOM" in item.reasons for item in event.items)
    return RecheckStratumRow(
        sample_id=recorded.id,
        round=event.round,
        kind=event.kind.value,
        department_code=event.department_code,
        region_code=event.region_code,
        fiscal_year=event.fiscal_year,
        seed=event.seed,
        algorithm=event.algorithm,
        ratio=event.ratio,
        least=event.least,
        population=len(event.population),
        sampled=len(event.items),
        at_random=at_random,
        rule_set_version=event.rule_set_version,
        legal_basis=event.legal_basis,
        drawn_on=event.drawn_on,
        drawn_by=event.drawn_by,
    )


recheck_samples: Final = Projection(
    name="recheck_samples",
    streams=frozenset({"evaluation", "recheck_sample", "self_evaluation"}),
    tables=(RecheckStratumRow, RecheckItemRow),
    project=_fold,
)


def strata(sample_id: str) -> SelectOfScalar[RecheckStratumRow]:
    """The strata of the sample of a region and year, round after round."""
    query = select(RecheckStratumRow).where(RecheckStratumRow.sample_id == sample_id)
    return query.order_by(
        col(RecheckStratumRow.round),
        col(RecheckStratumRow.kind),
        col(RecheckStratumRow.department_code),
    )


def items(
    sample_id: str, *, status: str | None, reason: str | None
) -> SelectOfScalar[RecheckItemRow]:
    """What was drawn, of one status or for one reason if asked for."""
    query = select(RecheckItemRow).where(RecheckItemRow.sample_id == sample_id)
    if status is not None:
        query = query.where(col(RecheckItemRow.status) == status)
    if reason is not None:
        query = query.where(col(RecheckItemRow.reasons).contains(reason, autoescape=True))
    return query
