"""How warnings turned out: raised from what, for which reasons, dropped as false, or upgraded."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import JSON, Field, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.warning import events as fact
from services.monitoring.projections import Table
from shared.domain.workdays import business_date
from shared.messages import Recorded
from shared.projections import Change, Projection, Put, Set


class OutcomeRow(Table, table=True):
    """One warning, as far as its statistics need it."""

    __tablename__ = "warning_outcomes"

    warning_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    fiscal_year: int = Field(index=True)
    node: str
    source: str
    level: str
    reasons: list[str] = Field(sa_type=JSON)
    raised_on: date
    upgraded: bool = False
    cancelled: bool = False
    dismissal_code: str = ""
    dismissal_reason: str = ""


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    key = {"warning_id": recorded.id}
    match recorded.event:
        case fact.WarningRaised(case=case):
            yield Put(OutcomeRow, _raised(case, recorded))
        case fact.WarningUpgraded():
            yield Set(OutcomeRow, key, {"upgraded": True})
        case fact.WarningCancelled(reason=reason, reason_code=code):
            dropped = {"cancelled": True, "dismissal_code": code, "dismissal_reason": reason}
            yield Set(OutcomeRow, key, dropped)
        case _:
            return


def _raised(case: fact.Case, recorded: Recorded[Any]) -> dict[str, object]:
    return {
        "warning_id": recorded.id,
        "region_code": case.project.region_code,
        "fiscal_year": case.project.fiscal_year,
        "node": case.node,
        "source": case.source.value,
        "level": case.level.value,
        "reasons": [reason.value for reason in case.reasons],
        "raised_on": business_date(recorded.occurred_at),
        "upgraded": False,
        "cancelled": False,
        "dismissal_code": "",
        "dismissal_reason": "",
    }


warning_outcomes: Final = Projection(
    name="warning_outcomes",
    tables=(OutcomeRow,),
    project=_fold,
    inline=False,
    facts=frozenset({fact.WarningRaised, fact.WarningUpgraded, fact.WarningCancelled}),
)


def outcomes(fiscal_year: int) -> SelectOfScalar[OutcomeRow]:
    """The warnings of a year."""
    return select(OutcomeRow).where(OutcomeRow.fiscal_year == fiscal_year)
