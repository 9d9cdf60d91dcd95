"""The policy library "1+2+N": documents, their versions, and the steps that each rules by day.

What a document is on a day follows from its dates, so every question may be asked of any day.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from sqlmodel import JSON, Field

from services.disclosure.domain.policy import (
    PolicyAmended,
    PolicyDrafted,
    PolicyIssued,
    PolicyLegalityReviewed,
    PolicyRepealed,
    PolicyRevised,
    PolicyStepMapped,
    PolicyStepUnmapped,
    PolicySuperseded,
)
from services.disclosure.domain.policy.document import SINCE_EVER, Document
from services.disclosure.domain.values import Step
from services.disclosure.projections import Table
from shared.domain.workdays import business_date
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set

DRAFT: Final = "DRAFT"
LEGALITY_REVIEWED: Final = "LEGALITY_REVIEWED"
FIRST: Final = 1


class PolicyRow(Table, table=True):
    """A document; in force from `effective_on` until the day before `ended_on`.

    `stage` is how far a draft has come; what was issued is told by its dates. `searched` is what
    a search looks into: title, number and issuer without case, full-width forms and spaces.
    """

    __tablename__ = "policy_register"

    policy_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    layer: str
    title: str
    document_no: str
    issuer: str
    origin: str
    stage: str = DRAFT
    text_sha256: str = ""
    supersedes: list[str] = Field(sa_type=JSON, default_factory=list)
    searched: str = ""
    reviewed_on: date | None = None
    issued_on: date | None = None
    effective_on: date | None = None
    amended_on: date | None = None
    ended_on: date | None = None
    superseded_by: str | None = None
    end_reason: str = ""
    version: int


class PolicyVersionRow(Table, table=True):
    """A text that binds from a day on; `number` grows, the first one is 1."""

    __tablename__ = "policy_versions"

    policy_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    effective_on: date
    text_sha256: str = ""
    summary: str = ""


class PolicyStepRow(Table, table=True):
    """From this day on the document rules the step, or no longer; the latest day decides."""

    __tablename__ = "policy_steps"

    policy_id: str = Field(primary_key=True)
    step: str = Field(primary_key=True)
    from_on: date = Field(primary_key=True)
    ruled: bool


def _project(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case PolicyDrafted(document=document):
            yield _drafted(recorded, document)
            yield from _steps(recorded.id, document.steps, SINCE_EVER)
        case PolicyRevised(document=document):
            yield _drafted(recorded, document)
            yield from _steps(recorded.id, document.steps, SINCE_EVER)
        case PolicyLegalityReviewed(passed=passed):
            stage = LEGALITY_REVIEWED if passed else DRAFT
            yield _set(recorded, stage=stage, reviewed_on=business_date(recorded.occurred_at))
        case PolicyIssued() as issued:
            yield _set(recorded, issued_on=issued.issued_on, effective_on=issued.effective_on)
            yield _version(recorded.id, FIRST, issued)
        case PolicyAmended() as amended:
            yield _set(recorded, amended_on=amended.effective_on, **_hash_of(amended.text_sha256))
            yield _version(recorded.id, amended.number or recorded.version, amended)
            yield from _steps(recorded.id, amended.steps, amended.effective_on)
        case PolicyStepMapped(step=step, from_on=day):
            yield _step(recorded.id, step, day, ruled=True)
            yield _set(recorded)
        case PolicyStepUnmapped(step=step, from_on=day):
            yield _step(recorded.id, step, day, ruled=False)
            yield _set(recorded)
        case PolicySuperseded(superseded_by=successor, ends_on=ends_on):
            yield _set(recorded, superseded_by=successor, ended_on=ends_on)
        case PolicyRepealed(reason=reason, ends_on=ends_on):
            yield _set(recorded, end_reason=reason, ended_on=ends_on)
        case _:
            return


def folded(text: str) -> str:
    """Without case, full-width forms and spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _drafted(recorded: AnyRecorded, document: Document) -> Change:
    return Put(
        PolicyRow,
        {
            "policy_id": document.policy_id,
            "region_code": document.region_code,
            "layer": document.layer.value,
            "title": document.title,
            "document_no": document.document_no,
            "issuer": document.issuer,
            "origin": document.origin.value,
            "text_sha256": document.text_sha256,
            "supersedes": list(document.supersedes),
            "searched": " ".join(
                folded(part) for part in (document.title, document.document_no, document.issuer)
            ),
            "version": recorded.version,
        },
    )


def _hash_of(text_sha256: str) -> dict[str, object]:
    """An amendment without a text of its own leaves the hash as it was."""
    return {"text_sha256": text_sha256} if text_sha256 else {}


def _version(policy_id: str, number: int, said: PolicyIssued | PolicyAmended) -> Change:
    return Put(
        PolicyVersionRow,
        {
            "policy_id": policy_id,
            "number": number,
            "effective_on": said.effective_on,
            "text_sha256": said.text_sha256,
            "summary": said.summary if isinstance(said, PolicyAmended) else "",
        },
    )


def _steps(policy_id: str, steps: Sequence[Step], day: date) -> Iterable[Change]:
    """From this day on it rules these steps and no other."""
    return (_step(policy_id, step, day, ruled=step in steps) for step in Step)


def _step(policy_id: str, step: Step, day: date, *, ruled: bool) -> Change:
    return Put(
        PolicyStepRow,
        {"policy_id": policy_id, "step": step.value, "from_on": day, "ruled": ruled},
    )


def _set(recorded: AnyRecorded, **values: object) -> Change:
    return Set(PolicyRow, {"policy_id": recorded.id}, {**values, "version": recorded.version})


policy_register = Projection(
    name="policy_register",
    tables=(PolicyRow, PolicyVersionRow, PolicyStepRow),
    project=_project,
)
