"""What is shown of accountability cases: how old they are, and what they wait for."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from pydantic import BaseModel, Field

from services.evaluation.projections.case_register import CaseRow, MeasureRow

_WAITS_FOR: Final = {
    "CLUE": ["CASE_OR_NOTHING"],
    "OPEN": ["INVESTIGATION"],
    "REOPENED": ["INVESTIGATION"],
    "INVESTIGATING": ["END_STATE"],
    "NO_ACTION": ["CLOSURE"],
    "MEASURE": ["CLOSURE"],
    "TRANSFERRED": ["CLOSURE"],
    "CLOSED": [],
}


class CaseView(BaseModel):
    """An accountability case, or a clue of which none was made yet."""

    case_id: str
    unit_code: str
    region_code: str
    kind: str
    subject: str
    clue: str
    violation: str
    statute: str = Field(description="The article a suspicion would fall under; no judgement.")
    opened_on: date
    status: str
    office: str
    last_rung: str
    no_action: str
    outcome: str
    closed_on: date | None
    age_days: int = Field(description="Until today, or until it was closed.")
    open_items: list[str] = Field(description="What the case waits for.")
    version: int

    @classmethod
    def of(cls, row: CaseRow, today: date) -> "CaseView":
        """Show a row as of a day."""
        until = row.closed_on or today
        return cls(
            **row.model_dump(include=set(cls.model_fields)),
            age_days=max(0, (until - row.opened_on).days),
            open_items=_WAITS_FOR[row.status],
        )


class MeasureView(BaseModel):
    """A measure as it was recorded. Posts are shown to whoever keeps the cases, to nobody else."""

    rung: str
    authority: str
    document_no: str
    measured_on: date
    text: str
    posts: list[str]
    recipient: str


class CaseFileView(CaseView):
    """A case with its measures."""

    measures: list[MeasureView]

    @classmethod
    def with_measures(
        cls, row: CaseRow, measures: Sequence[MeasureRow], today: date, *, posts: bool
    ) -> "CaseFileView":
        """Show a case; whom its measures met only where `posts` may be seen."""
        shown = [
            MeasureView(**one.model_dump() | ({} if posts else {"posts": []})) for one in measures
        ]
        return cls(**CaseView.of(row, today).model_dump(), measures=shown)
