"""The evidence of self-evaluations by fingerprint, with what its reviewers made of it."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlmodel import JSON, BigInteger, Field, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.self_evaluation import events as filling
from services.evaluation.domain.self_evaluation import messages as fact
from services.evaluation.domain.self_evaluation.evidence import Acceptance
from services.evaluation.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Drop, Projection, Put, Set


class ProofRow(Table, table=True):
    """A file in a signed report, with the indicators that it proves."""

    __tablename__ = "self_evaluation_evidence"

    sha256: str = Field(primary_key=True)
    self_evaluation_id: str = Field(primary_key=True, index=True)
    fiscal_year: int = Field(index=True)
    indicators: list[str] = Field(sa_type=JSON)
    kind: str = ""
    name: str = ""
    mime: str = ""
    size: int | None = Field(default=None, sa_type=BigInteger)
    obtain_method: str = ""
    data_source: str = ""
    captured_on: date | None = None
    supersedes: str = ""
    submitted_by: str = ""
    acceptance: str = Acceptance.PENDING.value
    reason: str = ""
    reviewer: str = ""


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case fact.SelfEvaluationSubmitted() as event:
            for row in _rows(event, recorded.id):
                yield Put(ProofRow, row)
        case filling.EvidenceJudged() as event:
            for one in event.verdicts:
                judged = {
                    "acceptance": one.acceptance.value,
                    "reason": one.reason,
                    "reviewer": event.judged_by,
                }
                yield Set(ProofRow, _key(one.sha256, recorded.id), judged)
        case fact.SelfEvaluationReturned(evidence=digests):
            for digest in digests:
                yield Drop(ProofRow, _key(digest, recorded.id))
        case _:
            return


def _key(digest: str, self_evaluation_id: str) -> dict[str, object]:
    return {"sha256": digest, "self_evaluation_id": self_evaluation_id}


def _rows(event: fact.SelfEvaluationSubmitted, self_evaluation_id: str) -> list[dict[str, object]]:
    proves: dict[str, list[str]] = {}
    for reported in event.reports:
        for digest in reported.evidence:
            proves.setdefault(digest, []).append(reported.indicator_id)
    described = {one.sha256: one for one in event.evidence}
    year = self_evaluation_id.rpartition("-")[2]
    rows: list[dict[str, object]] = []
    for digest, indicators in proves.items():
        row = _key(digest, self_evaluation_id) | {
            "fiscal_year": int(year) if year.isdecimal() else 0,
            "indicators": indicators,
            "submitted_by": event.submitted_by,
        }
        file = described.get(digest)
        if file is not None:
            row |= {
                "kind": file.kind.value,
                "name": file.name,
                "mime": file.mime,
                "size": file.size,
                "obtain_method": file.obtain_method.value,
                "data_source": file.data_source.value,
                "captured_on": file.captured_on,
                "supersedes": file.supersedes,
            }
        rows.append(row)
    return rows


self_evaluation_evidence: Final = Projection(
    name="self_evaluation_evidence",
    streams=frozenset({"self_evaluation"}),
    tables=(ProofRow,),
    project=_fold,
)


def of_report(self_evaluation_id: str) -> SelectOfScalar[ProofRow]:
    """The files of one report."""
    query = select(ProofRow).where(ProofRow.self_evaluation_id == self_evaluation_id)
    return query.order_by(col(ProofRow.sha256))


def elsewhere(self_evaluation_id: str) -> SelectOfScalar[ProofRow]:
    """Where the files of a report prove something of another project or year."""
    own = select(ProofRow.sha256).where(ProofRow.self_evaluation_id == self_evaluation_id)
    query = select(ProofRow).where(
        col(ProofRow.sha256).in_(own), ProofRow.self_evaluation_id != self_evaluation_id
    )
    return query.order_by(col(ProofRow.sha256), col(ProofRow.self_evaluation_id))


def used_twice(fiscal_year: int) -> SelectOfScalar[ProofRow]:
    """The files of a year that are in the reports of more than one project or year."""
    several = (
        select(ProofRow.sha256)
        .group_by(col(ProofRow.sha256))
        .having(func.count(func.distinct(col(ProofRow.self_evaluation_id))) > 1)
    )
    return select(ProofRow).where(
        ProofRow.fiscal_year == fiscal_year, col(ProofRow.sha256).in_(several)
    )
