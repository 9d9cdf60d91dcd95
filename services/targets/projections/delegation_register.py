"""Who may sign in whose place, on which days."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Field, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.events.delegation import DelegationWithdrawn, SignatureDelegated
from services.targets.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class DelegationRow(Table, table=True):
    """A delegation. `withdrawn_on` is the first day on which it no longer held."""

    __tablename__ = "delegation_register"

    delegation_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str = Field(index=True)
    office: str
    delegator: str
    delegate: str = Field(index=True)
    from_on: date
    until_on: date
    withdrawn_on: date | None = None
    reason: str = ""
    version: int = 0


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case SignatureDelegated() as event:
            row = {
                "delegation_id": event.delegation_id,
                "region_code": event.region_code,
                "department_code": event.department_code,
                "unit_code": event.unit_code,
                "office": event.office.value,
                "delegator": event.delegator,
                "delegate": event.delegate,
                "from_on": event.from_on,
                "until_on": event.until_on,
            }
            yield Put(DelegationRow, {**row, "version": recorded.version})
        case DelegationWithdrawn(withdrawn_on=day, reason=reason):
            ended = {"withdrawn_on": day, "reason": reason, "version": recorded.version}
            yield Set(DelegationRow, {"delegation_id": recorded.id}, ended)
        case _:
            return


delegation_register = Projection(
    name="delegation_register",
    streams=frozenset({"delegation"}),
    tables=(DelegationRow,),
    project=project,
)


def delegation(delegation_id: str) -> SelectOfScalar[DelegationRow]:
    """One delegation."""
    return select(DelegationRow).where(col(DelegationRow.delegation_id) == delegation_id)


def held_by(delegate: str, day: date) -> SelectOfScalar[DelegationRow]:
    """The delegations by which a person may sign on a day."""
    row = DelegationRow
    lasts = or_(col(row.withdrawn_on).is_(None), col(row.withdrawn_on) > day)
    days = (col(row.from_on) <= day, col(row.until_on) >= day)
    return select(row).where(col(row.delegate) == delegate, lasts, *days)
