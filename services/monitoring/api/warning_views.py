"""What is told of letters and of the cure of a warning."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Self

from pydantic import BaseModel, Field

from services.monitoring.projections.letters import LetterRow
from services.monitoring.projections.warning_board import WarningRow
from services.monitoring.projections.warning_steps import EvidenceUseRow, WarningStepRow
from shared.domain.actors import subject_of


class LetterView(BaseModel):
    """One letter, word for word, with its receipt and what became of an objection."""

    letter_no: str
    warning_id: str
    project_code: str
    unit_code: str
    level: str
    issued_on: date
    finish_by: date
    content: dict[str, Any]
    content_sha256: str
    pdf_sha256: str = Field(
        description="Of the file that was sent; empty until it is printed, or where none is kept."
    )
    pdf_bytes: int = Field(description="How large the file is; 0 where it was not counted.")
    corrects: str | None
    corrected_by: str | None
    received_by: str | None
    received_on: date | None
    objection: str | None
    objection_kept: bool | None
    objection_answer: str | None

    @classmethod
    def of(cls, row: LetterRow) -> Self:
        """A row."""
        return cls(**row.model_dump(exclude={"region_code", "department_code", "fiscal_year"}))


class OverdueLetterView(BaseModel):
    """A letter of which a day has passed, and whose turn it is."""

    warning_id: str
    letter_no: str | None
    project_code: str
    project_name: str
    unit_code: str
    unit_name: str
    level: str
    status: str
    steps: list[str] = Field(description="What was not done in time.")
    overdue_on: date | None = Field(description="The day that has passed.")

    @classmethod
    def of(cls, row: WarningRow) -> Self:
        """A row."""
        names = set(cls.model_fields) - {"steps"}
        return cls(**row.model_dump(include=names), steps=row.overdue)


class OtherUse(BaseModel):
    """Where else the same file was handed in."""

    warning_id: str
    project_code: str
    fiscal_year: int
    unit_code: str
    submitted_on: date


class EvidenceView(BaseModel):
    """One file that proves a cure; a file that was used elsewhere is shown, not refused."""

    sha256: str
    kind: str
    name: str
    source: str
    submitted_on: date
    duplicate: bool = Field(description="Handed in with another project or in another year, too.")
    also_used: list[OtherUse] = Field(description="As far as the asking person may see it.")


class StepView(BaseModel):
    """One fact, in the order of the facts."""

    version: int
    fact: str
    recorded_on: date
    actor: str
    detail: dict[str, Any]


class RectificationView(BaseModel):
    """The plan, the proof, the checks, the numbers measured again, and the measures."""

    warning_id: str
    status: str
    steps: list[dict[str, Any]] = Field(description="The plan that holds.")
    signed_by: str
    result: str
    evidence: list[EvidenceView]
    opinions: list[dict[str, Any]] = Field(description="What the department thinks.")
    checks: list[dict[str, Any]]
    measured: dict[str, Any] | None = Field(description="Numbers before and after the cure.")
    measures: list[dict[str, Any]]
    proposal: dict[str, Any] | None = Field(description="A measure that waits for approval.")
    history: list[StepView]

    @classmethod
    def of(
        cls, row: WarningRow, steps: Sequence[WarningStepRow], evidence: list[EvidenceView]
    ) -> Self:
        """The facts of a warning, by what they are about."""
        plan = _latest(steps, "RectificationPlanSubmitted")
        shown = _latest(steps, "RectificationEvidenceSubmitted")
        last = _latest(steps, "RectificationVerified") or _latest(steps, "RectificationFailed")
        return cls(
            warning_id=row.warning_id,
            status=row.status,
            steps=list(plan.get("steps", ())),
            signed_by=subject_of(str(plan.get("signed_by", ""))),
            result=str(shown.get("result", "")),
            evidence=evidence,
            opinions=_all(steps, "RectificationReviewed"),
            checks=_all(steps, "RectificationChecked"),
            measured=last.get("measured"),
            measures=_all(steps, "MeasureTaken"),
            proposal=_waiting(steps),
            history=[StepView(**step.model_dump(exclude={"warning_id"})) for step in steps],
        )


def _all(steps: Sequence[WarningStepRow], fact: str) -> list[dict[str, Any]]:
    return [step.detail for step in steps if step.fact == fact]


def _latest(steps: Sequence[WarningStepRow], fact: str) -> Mapping[str, Any]:
    found = _all(steps, fact)
    return found[-1] if found else {}


def _waiting(steps: Sequence[WarningStepRow]) -> dict[str, Any] | None:
    """The last proposal, as long as nothing was taken after it."""
    proposal: dict[str, Any] | None = None
    for step in steps:
        if step.fact == "MeasureProposed":
            proposal = {**step.detail, "approvals": []}
        elif step.fact == "MeasureApproved" and proposal is not None:
            proposal["approvals"].append(step.detail)
        elif step.fact == "MeasureTaken":
            proposal = None
    return proposal


def evidence_views(
    mine: Sequence[EvidenceUseRow],
    others: Sequence[EvidenceUseRow],
    may_see: Mapping[tuple[str, str], bool],
) -> list[EvidenceView]:
    """Each file once, with where else it was used; places that are not theirs stay unnamed."""
    found: list[EvidenceView] = []
    for use in mine:
        elsewhere = [one for one in others if one.sha256 == use.sha256]
        seen = [one for one in elsewhere if may_see[(one.sha256, one.warning_id)]]
        found.append(
            EvidenceView(
                **use.model_dump(include={"sha256", "kind", "name", "source", "submitted_on"}),
                duplicate=bool(elsewhere),
                also_used=[
                    OtherUse(**one.model_dump(include=set(OtherUse.model_fields))) for one in seen
                ],
            )
        )
    return found
