"""The evidence of monitoring by fingerprint: one file for two projects or years is conspicuous."""

from collections.abc import Iterable
from typing import Any, Final

from sqlmodel import JSON, Field, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.record import events as fact
from services.monitoring.domain.values import ReportedValue
from services.monitoring.projections import Table
from shared.messages import Recorded
from shared.projections import Change, Drop, Projection, Put


class EvidenceRow(Table, table=True):
    """A file in a submitted report, with the indicators that it proves."""

    __tablename__ = "monitoring_evidence"

    sha256: str = Field(primary_key=True)
    record_id: str = Field(primary_key=True, index=True)
    watch_id: str
    project_code: str
    fiscal_year: int
    node: str
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str
    indicators: list[str] = Field(sa_type=JSON)
    kind: str
    name: str


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    match recorded.event:
        case fact.MonitoringSubmitted() as event:
            for digest, proves in _proofs(event.values).items():
                yield Put(EvidenceRow, _row(event, recorded.id, digest, proves))
        case fact.MonitoringReturned(evidence=evidence):
            for digest in evidence:
                yield Drop(EvidenceRow, {"sha256": digest, "record_id": recorded.id})
        case _:
            return


type _Proves = tuple[list[str], str, str]


def _proofs(values: Iterable[ReportedValue]) -> dict[str, _Proves]:
    found: dict[str, _Proves] = {}
    for value in values:
        named = {proof.sha256: (proof.kind, proof.name) for proof in value.proofs}
        for digest in value.proven_by:
            kind, name = named.get(digest, ("", ""))
            proves, *told = found.get(digest, ([], kind, name))
            found[digest] = ([*proves, value.indicator_id], kind or told[0], name or told[1])
    return found


def _row(
    event: fact.MonitoringSubmitted, record_id: str, digest: str, proves: _Proves
) -> dict[str, object]:
    project = event.project
    indicators, kind, name = proves
    return {
        "sha256": digest,
        "record_id": record_id,
        "watch_id": project.id,
        "project_code": project.code,
        "fiscal_year": project.fiscal_year,
        "node": event.node,
        "region_code": project.region_code,
        "department_code": project.department_code,
        "unit_code": project.unit_code,
        "indicators": indicators,
        "kind": kind,
        "name": name,
    }


monitoring_evidence: Final = Projection(
    name="monitoring_evidence",
    tables=(EvidenceRow,),
    project=_fold,
    inline=False,
    facts=frozenset({fact.MonitoringSubmitted, fact.MonitoringReturned}),
)


def of_record(record_id: str) -> SelectOfScalar[EvidenceRow]:
    """The files of one report."""
    return select(EvidenceRow).where(EvidenceRow.record_id == record_id)


def elsewhere(record_id: str) -> SelectOfScalar[EvidenceRow]:
    """Where the files of a report prove something of another project, or of another year."""
    mine = select(EvidenceRow.sha256, EvidenceRow.watch_id).where(
        EvidenceRow.record_id == record_id
    )
    own = mine.subquery()
    return (
        select(EvidenceRow)
        .join(own, col(EvidenceRow.sha256) == own.c.sha256)
        .where(col(EvidenceRow.watch_id) != own.c.watch_id)
        .order_by(col(EvidenceRow.sha256), col(EvidenceRow.record_id))
    )


def used_twice(fiscal_year: int) -> SelectOfScalar[EvidenceRow]:
    """The files of a year that are in the reports of more than one project or year."""
    several = (
        select(EvidenceRow.sha256)
        .group_by(col(EvidenceRow.sha256))
        .having(func.count(func.distinct(col(EvidenceRow.watch_id))) > 1)
    )
    return select(EvidenceRow).where(
        EvidenceRow.fiscal_year == fiscal_year, col(EvidenceRow.sha256).in_(several)
    )
