"""Projects of rural linkage funds, with their public notices."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.linkage import linkage as fact
from services.monitoring.projections import Table
from shared.messages import Recorded
from shared.projections import Add, Change, Projection, Put, Set


class LinkageRow(Table, table=True):
    """One project of linkage funds. Scores and shares are exact numbers as texts."""

    __tablename__ = "key_fund_linkage"

    linkage_id: str = Field(primary_key=True)
    project_code: str = ""
    fiscal_year: int = Field(default=0, index=True)
    region_code: str = Field(default="", index=True)
    department_code: str = ""
    unit_code: str = ""
    kind: str = ""
    amount_fen: int = Field(default=0, sa_type=BigInteger)
    target: str = ""
    completion: str = ""
    households: int = 0
    persons: int = 0
    notice: str = ""
    score: str | None = None
    industry_share_min: str = ""
    rule_set_version: int = 0
    notices: int = 0
    version: int = 0


class NoticeRow(Table, table=True):
    """One public notice with its proof."""

    __tablename__ = "key_fund_notices"

    linkage_id: str = Field(primary_key=True)
    place: str = Field(primary_key=True)
    announced_on: date = Field(primary_key=True)
    evidence: str = Field(primary_key=True)
    number: int


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    key = {"linkage_id": recorded.id}
    match recorded.event:
        case fact.LinkageRecorded() as event:
            yield Add(LinkageRow, key, {"version": 1})
            yield Set(LinkageRow, key, _recorded(event))
        case fact.FundAnnounced() as event:
            notice = NoticeRow(
                linkage_id=recorded.id,
                place=event.place,
                announced_on=event.announced_on,
                evidence=event.evidence,
                number=recorded.version,
            )
            yield Put(NoticeRow, notice.model_dump())
            yield Add(LinkageRow, key, {"notices": 1, "version": 1})
        case _:
            return


def _recorded(event: fact.LinkageRecorded) -> dict[str, object]:
    project, stated = event.project, event.stated
    return {
        "project_code": project.code,
        "fiscal_year": project.fiscal_year,
        "region_code": project.region_code,
        "department_code": project.department_code,
        "unit_code": project.unit_code,
        "kind": stated.kind.value,
        "amount_fen": stated.amount.fen,
        "target": stated.target,
        "completion": stated.completion,
        "households": stated.households,
        "persons": stated.persons,
        "notice": stated.notice,
        "score": None if stated.score is None else format(stated.score, "f"),
        "industry_share_min": format(event.industry_share_min, "f"),
        "rule_set_version": event.rule_set_version,
    }


key_fund_linkage: Final = Projection(
    name="key_fund_linkage",
    streams=frozenset({"linkage"}),
    tables=(LinkageRow, NoticeRow),
    project=_fold,
)


def project(linkage_id: str) -> SelectOfScalar[LinkageRow]:
    """One project."""
    return select(LinkageRow).where(LinkageRow.linkage_id == linkage_id)


def projects(fiscal_year: int, kind: str | None = None) -> SelectOfScalar[LinkageRow]:
    """The projects of a year."""
    query = select(LinkageRow).where(LinkageRow.fiscal_year == fiscal_year)
    return query if kind is None else query.where(LinkageRow.kind == kind)


def notices(linkage_ids: Iterable[str]) -> SelectOfScalar[NoticeRow]:
    """The notices of these projects, in the order in which they were entered."""
    query = select(NoticeRow).where(col(NoticeRow.linkage_id).in_(list(linkage_ids)))
    return query.order_by(NoticeRow.linkage_id, col(NoticeRow.number))
