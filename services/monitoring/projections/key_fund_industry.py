"""Industrial funds: every loop with the stage it waits for, and the stages behind it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import JSON, BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.industry import fund as fact
from services.monitoring.domain.industry.values import ORDER, IndustryOutcome, Stage
from services.monitoring.projections import Table
from services.monitoring.projections.showing import shown
from shared.messages import Recorded
from shared.projections import Change, Projection, Put, Set


class IndustryRow(Table, table=True):
    """One loop. `next_stage` is what it waits for; nothing, once it has ended."""

    __tablename__ = "key_fund_industry"

    fund_id: str = Field(primary_key=True)
    name: str
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str
    fiscal_year: int = Field(index=True)
    planned_fen: int = Field(sa_type=BigInteger)
    enterprise: str = ""
    credit_code: str = ""
    stage: str = Stage.PLAN.value
    next_stage: str | None = Stage.APPLICATION.value
    outcome: str = IndustryOutcome.OPEN.value
    allocated_fen: int = Field(default=0, sa_type=BigInteger)
    paid_fen: int = Field(default=0, sa_type=BigInteger)
    recovered_fen: int = Field(default=0, sa_type=BigInteger)
    jobs: int | None = None
    output_fen: int | None = Field(default=None, sa_type=BigInteger)
    tax_fen: int | None = Field(default=None, sa_type=BigInteger)
    moved_on: date
    version: int = 1


class StageRow(Table, table=True):
    """One stage that was passed, and what was stated."""

    __tablename__ = "key_fund_stages"

    fund_id: str = Field(primary_key=True)
    stage: str = Field(primary_key=True)
    passed_on: date
    passed_by: str
    statement: dict[str, Any] = Field(sa_type=JSON)


_MOVED: Final = {
    Stage.ALLOCATION: "allocated_fen",
    Stage.PAYMENT: "paid_fen",
    Stage.RECOVERY: "recovered_fen",
}


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    match recorded.event:
        case fact.IndustryFundPlanned() as event:
            planned = event.planned
            row = IndustryRow(
                fund_id=recorded.id,
                name=planned.name,
                region_code=planned.region_code,
                department_code=planned.department_code,
                unit_code=planned.unit_code,
                fiscal_year=planned.fiscal_year,
                planned_fen=planned.amount.fen,
                moved_on=event.planned_on,
            )
            yield Put(IndustryRow, row.model_dump())
        case fact.IndustryFundAdvanced() as event:
            values = {**_advanced(event), "version": recorded.version}
            yield Set(IndustryRow, {"fund_id": recorded.id}, values)
            stage = StageRow(
                fund_id=recorded.id,
                stage=event.stage.value,
                passed_on=event.passed_on,
                passed_by=event.passed_by,
                statement=shown(event.statement),
            )
            yield Put(StageRow, stage.model_dump())
        case _:
            return


def _advanced(event: fact.IndustryFundAdvanced) -> dict[str, object]:
    said, stage = event.statement, event.stage
    ended = event.outcome is not IndustryOutcome.OPEN
    following = None if ended else ORDER[ORDER.index(stage) + 1].value
    values: dict[str, object] = {
        "stage": stage.value,
        "next_stage": following,
        "outcome": event.outcome.value,
        "moved_on": event.passed_on,
    }
    if event.applied is not None:
        values |= {"enterprise": event.applied.enterprise, "credit_code": event.applied.credit_code}
    if stage in _MOVED and said.amount is not None:
        values[_MOVED[stage]] = said.amount.fen
    if stage is Stage.EFFECT:
        values |= {
            "jobs": said.jobs,
            "output_fen": said.output.fen if said.output is not None else None,
            "tax_fen": said.tax.fen if said.tax is not None else None,
        }
    return values


key_fund_industry: Final = Projection(
    name="key_fund_industry",
    streams=frozenset({"industryfund"}),
    tables=(IndustryRow, StageRow),
    project=_fold,
)


def fund(fund_id: str) -> SelectOfScalar[IndustryRow]:
    """One loop."""
    return select(IndustryRow).where(IndustryRow.fund_id == fund_id)


def funds(fiscal_year: int, *, waiting: bool = False) -> SelectOfScalar[IndustryRow]:
    """The loops of a year; those that are still open, if asked for."""
    query = select(IndustryRow).where(IndustryRow.fiscal_year == fiscal_year)
    return query.where(IndustryRow.outcome == IndustryOutcome.OPEN.value) if waiting else query


def stages(fund_id: str) -> SelectOfScalar[StageRow]:
    """The stages of one loop, in the order in which they were passed."""
    return select(StageRow).where(StageRow.fund_id == fund_id).order_by(col(StageRow.passed_on))
