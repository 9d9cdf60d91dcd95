"""What a sandbox is asked and answers."""

from datetime import datetime
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, Field

from services.monitoring.api.schemas import Body
from services.monitoring.domain.sandbox.difference import CHANGES_MAX, Compared, Difference
from services.monitoring.domain.sandbox.history import Warned
from shared.http.import_jobs import ImportJob

EXAMPLE_RULES: Final[dict[str, Any]] = {
    "rule_set": "kashgar-2021-draft",
    "monitoring": {"red": {"ix": "0.50", "g": "0.60", "gap": "0.30", "idle_days": 90}},
}


class SandboxBody(Body):
    """A draft rule set and the year that is replayed under it."""

    rules: dict[str, Any] = Field(description="The whole rule set, as it would be adopted.")
    fiscal_year: Annotated[int, Field(ge=2000, le=2100)]
    region_code: Annotated[str, Field(pattern=r"^\d{6}$")] | None = Field(
        default=None, description="With everything below it; one's own where it is not said."
    )


class SandboxView(BaseModel):
    """How far a replay is, and what it found. Nothing but this is kept of it."""

    sandbox_id: str
    state: str = Field(description="CHECKING, REPORTED or FAILED.", examples=["REPORTED"])
    fiscal_year: int
    region_code: str
    rule_set: str
    created_at: datetime
    total: int
    done: int
    failure: str | None
    difference: dict[str, Any] | None

    @classmethod
    def of(cls, job: ImportJob) -> Self:
        """A job as it stands."""
        report = job.report
        return cls(
            sandbox_id=job.id,
            state=job.state,
            fiscal_year=report["fiscal_year"],
            region_code=report["region_code"],
            rule_set=report["rule_set"],
            created_at=job.created_at,
            total=report.get("total", 0),
            done=report.get("done", 0),
            failure=report.get("failure"),
            difference=report.get("difference"),
        )


def told(found: Difference, nodes: dict[str, list[str]]) -> dict[str, Any]:
    """A difference as JSON; `nodes` are those that only one of the two rule sets has."""
    return {
        "empty": found.empty,
        "projects": {"compared": found.compared, "changed": len(found.changed)},
        "warnings": {
            "before": found.levels_before,
            "after": found.levels_after,
            "raised": found.raised,
            "dropped": found.dropped,
            "changed_level": found.relevelled,
            "reasons_appeared": found.reasons_appeared,
            "reasons_gone": found.reasons_gone,
            "by_people": found.by_people,
        },
        "letters": {"before": found.letters_before, "after": found.letters_after},
        "nodes": nodes,
        "changes": [_project(one) for one in found.changed[:CHANGES_MAX]],
    }


def _project(one: Compared) -> dict[str, Any]:
    return {
        "project_code": one.project_code,
        "warnings": [
            {
                "warning_id": pair.warning_id,
                "change": _change(pair.before, pair.after),
                "before": _warned(pair.before),
                "after": _warned(pair.after),
            }
            for pair in one.changed
        ],
    }


def _change(before: Warned | None, after: Warned | None) -> str:
    """RAISED, DROPPED, another LEVEL, or only other reasons or another need for a letter."""
    if before is None:
        return "RAISED"
    if after is None:
        return "DROPPED"
    return "GROUNDS" if before.level is after.level else "LEVEL"


def _warned(one: Warned | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "level": one.level.value,
        "reasons": [reason.value for reason in one.reasons],
        "letter_needed": one.letter_needed,
    }
