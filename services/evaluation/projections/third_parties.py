"""The register of third parties, and what they were commissioned with."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlmodel import JSON, BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.third_party import assignment_messages as fact
from services.evaluation.domain.third_party.registry import ThirdPartyExcluded, ThirdPartyRegistered
from services.evaluation.domain.values import Kind
from services.evaluation.projections import Table
from services.evaluation.projections.judging_facts import plain_json
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set

FIRST: Final = 1


class ThirdPartyRow(Table, table=True):
    """One institution."""

    __tablename__ = "third_parties"

    unified_credit_code: str = Field(primary_key=True)
    name: str
    kind: str
    credit_platform_no: str
    credit_level: str
    lead_evaluators: list[Any] = Field(sa_type=JSON)
    affiliations: list[Any] = Field(sa_type=JSON)
    excluded: str = ""
    excluded_in: list[Any] = Field(default_factory=list, sa_type=JSON)
    version: int = 0


class AssignmentRow(Table, table=True):
    """One contract."""

    __tablename__ = "assignments"

    assignment_id: str = Field(primary_key=True)
    evaluation_id: str = Field(index=True)
    region_code: str = Field(index=True)
    department_code: str
    unified_credit_code: str = Field(index=True)
    name: str
    status: str
    contract_no: str
    fee_fen: int = Field(sa_type=BigInteger)
    fee_basis: str
    works: list[Any] = Field(sa_type=JSON)
    lead_evaluator: dict[str, Any] = Field(sa_type=JSON)
    declaration: dict[str, Any] = Field(sa_type=JSON)
    report_sha256: str = ""
    seal_sha256: str = ""
    working_papers: list[Any] | None = Field(default=None, sa_type=JSON)
    quality_score: Decimal | None = None
    paid_on: date | None = None
    version: int = 0


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case ThirdPartyRegistered() as event:
            said = plain_json(event)
            row = {name: said[name] for name in ThirdPartyRow.model_fields if name in said}
            row["version"] = recorded.version
            if recorded.version == FIRST:
                yield Put(ThirdPartyRow, {**row, "excluded": "", "excluded_in": []})
            else:
                # Registered anew it stays excluded where it was.
                key = {"unified_credit_code": row.pop("unified_credit_code")}
                yield Set(ThirdPartyRow, key, row)
        case ThirdPartyExcluded(reason=reason) as event:
            key = {"unified_credit_code": recorded.id}
            places = list(event.regions or (event.region_code,))
            said = {"excluded": reason, "excluded_in": places, "version": recorded.version}
            yield Set(ThirdPartyRow, key, said)
        case fact.ThirdPartyCommissioned() as event:
            yield Put(AssignmentRow, _commissioned(recorded, event))
        case event:
            yield from _moved(recorded, event)


def _moved(recorded: AnyRecorded, event: object) -> Iterable[Change]:
    match event:
        case fact.AssignmentBegun():
            yield _set(recorded, status="IN_PROGRESS")
        case fact.AssignmentReportSubmitted() as event:
            yield _set(
                recorded,
                status="DRAFT_REPORT",
                report_sha256=event.report_sha256,
                seal_sha256=event.seal_sha256,
                working_papers=plain_json(event.working_papers),
                quality_score=None,
            )
        case fact.AssignmentReviewed(quality_score=score):
            yield _set(recorded, status="QUALITY_REVIEWED", quality_score=score)
        case fact.AssignmentAccepted():
            yield _set(recorded, status="ACCEPTED")
        case fact.AssignmentRejected():
            yield _set(recorded, status="REJECTED")
        case fact.AssignmentPaid(paid_on=day):
            yield _set(recorded, status="PAID", paid_on=day)
        case _:
            return


def _commissioned(recorded: AnyRecorded, event: fact.ThirdPartyCommissioned) -> dict[str, object]:
    by_department = event.kind is Kind.DEPARTMENT
    return {
        "assignment_id": recorded.id,
        "evaluation_id": event.evaluation_id,
        "region_code": event.whose.region_code,
        "department_code": event.whose.department_code if by_department else "",
        "unified_credit_code": event.unified_credit_code,
        "name": event.name,
        "status": "COMMISSIONED",
        "contract_no": event.contract_no,
        "fee_fen": event.fee.fen,
        "fee_basis": event.fee_basis.value,
        "works": [work.value for work in event.works],
        "lead_evaluator": plain_json(event.lead_evaluator),
        "declaration": plain_json(event.declaration),
        "version": recorded.version,
    }


def _set(recorded: AnyRecorded, **values: object) -> Change:
    key = {"assignment_id": recorded.id}
    return Set(AssignmentRow, key, {**values, "version": recorded.version})


third_parties: Final = Projection(
    name="third_parties",
    streams=frozenset({"assignment", "third_party"}),
    tables=(ThirdPartyRow, AssignmentRow),
    project=_fold,
)


def institution(unified_credit_code: str) -> SelectOfScalar[ThirdPartyRow]:
    """One institution."""
    return select(ThirdPartyRow).where(ThirdPartyRow.unified_credit_code == unified_credit_code)


def institutions() -> SelectOfScalar[ThirdPartyRow]:
    """All of them."""
    return select(ThirdPartyRow)


def assignment(assignment_id: str) -> SelectOfScalar[AssignmentRow]:
    """One assignment."""
    return select(AssignmentRow).where(AssignmentRow.assignment_id == assignment_id)


def assignments(
    *, status: str | None, unified_credit_code: str | None
) -> SelectOfScalar[AssignmentRow]:
    """Those that match everything asked for."""
    query = select(AssignmentRow)
    if status is not None:
        query = query.where(col(AssignmentRow.status) == status)
    if unified_credit_code is not None:
        query = query.where(col(AssignmentRow.unified_credit_code) == unified_credit_code)
    return query
