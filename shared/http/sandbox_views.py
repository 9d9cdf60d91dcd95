"""What every rule sandbox is asked and how it answers; what it found each service tells itself."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field

from shared.http.import_jobs import ImportJob


class SandboxBody(BaseModel):
    """A draft rule set and the year that is replayed under it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

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
