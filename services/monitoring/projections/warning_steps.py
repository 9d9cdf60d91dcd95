"""What was done about a warning, step by step: who did it, when, and everything they said.

Plans, proof, opinions, checks, numbers measured again and measures are read from here; the latest
of a kind is the one that holds.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import JSON, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.warning import events as fact
from services.monitoring.projections import Table
from services.monitoring.projections.showing import shown
from shared.domain.workdays import business_date
from shared.messages import Recorded
from shared.projections import Change, Projection, Put


class WarningStepRow(Table, table=True):
    """One fact of a warning."""

    __tablename__ = "warning_steps"

    warning_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    fact: str
    recorded_on: date
    actor: str
    detail: dict[str, Any] = Field(sa_type=JSON)


class EvidenceUseRow(Table, table=True):
    """One file that was handed in as proof, wherever it was: the same file has one fingerprint."""

    __tablename__ = "evidence_uses"

    sha256: str = Field(primary_key=True)
    warning_id: str = Field(primary_key=True, index=True)
    project_code: str
    fiscal_year: int
    region_code: str
    department_code: str
    unit_code: str
    kind: str
    name: str
    source: str
    submitted_on: date


# The project stands on the board; a letter stands in the letters, word for word.
_LEFT_OUT: Final = frozenset({"project", "letter", "issued"})
_TOLD_ELSEWHERE: Final = (fact.WarningRaised, fact.LetterIssued)


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    if not recorded.stream.startswith("warning-"):
        return
    event = recorded.event
    if not isinstance(event, _TOLD_ELSEWHERE):
        yield Put(WarningStepRow, _step(recorded).model_dump())
    if isinstance(event, fact.RectificationEvidenceSubmitted):
        for use in _uses(event, recorded):
            yield Put(EvidenceUseRow, use.model_dump())


def _step(recorded: Recorded[Any]) -> WarningStepRow:
    said = shown(recorded.event)
    return WarningStepRow(
        warning_id=recorded.id,
        version=recorded.version,
        fact=type(recorded.event).__name__,
        recorded_on=business_date(recorded.occurred_at),
        actor=recorded.actor,
        detail={name: value for name, value in said.items() if name not in _LEFT_OUT},
    )


def _uses(
    event: fact.RectificationEvidenceSubmitted, recorded: Recorded[Any]
) -> Iterable[EvidenceUseRow]:
    described = {item.sha256: item for item in event.items}
    project = event.project
    for digest in dict.fromkeys((*event.evidence, *described)):
        item = described.get(digest)
        yield EvidenceUseRow(
            sha256=digest,
            warning_id=recorded.id,
            project_code=project.code,
            fiscal_year=project.fiscal_year,
            region_code=project.region_code,
            department_code=project.department_code,
            unit_code=project.unit_code,
            kind=item.kind.value if item else "",
            name=item.name if item else "",
            source=item.source if item else "",
            submitted_on=business_date(recorded.occurred_at),
        )


warning_steps: Final = Projection(
    name="warning_steps",
    streams=frozenset({"warning"}),
    tables=(WarningStepRow, EvidenceUseRow),
    project=_fold,
)


def steps_of(warning_id: str) -> SelectOfScalar[WarningStepRow]:
    """Everything that was done about a warning, in its order."""
    found = select(WarningStepRow).where(WarningStepRow.warning_id == warning_id)
    return found.order_by(col(WarningStepRow.version))
