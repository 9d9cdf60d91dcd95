"""What is answered about told periods: figures, editions, and what a closed year became."""

from datetime import date

from pydantic import BaseModel, Field, JsonValue

from services.disclosure.api.report.asked import Standing


class FigureView(BaseModel):
    """A figure. A list is in `values` under its id; `value` then holds it as JSON text."""

    id: str = Field(examples=["F06"])
    label: str
    value: str = Field(examples=["253"])
    values: dict[str, list[str]] | None = None
    unit: str
    shown: str = Field(description="As the Chinese text says it.", examples=["14.9亿元"])
    drill_down: str = Field(description="The list whose items add up to it.")
    rows: str = Field(description="The register that it was counted from, with whole rows.")


class FiguresView(Standing):
    """All figures of a year, computed from individual facts."""

    region: str
    fiscal_year: int
    scope: str
    closed_on: date | None = Field(
        default=None, description="Since when every change of the year is a correction."
    )
    figures: list[FigureView]


class EditionView(BaseModel):
    """An edition as it was told. It never changes; its content is known by its digest."""

    edition: int
    issued_on: date
    reason: str = Field(description="Why there is another edition; empty for the first.")
    content_sha256: str
    figures: list[dict[str, JsonValue]]
    passages: list[dict[str, JsonValue]]
    lines: list[dict[str, JsonValue]] = Field(default_factory=list)


class IssuedReport(BaseModel):
    """Every edition that the public was told."""

    region_code: str
    fiscal_year: int
    title: str
    editions: list[EditionView]


class IssuedBulletin(BaseModel):
    """Every edition of the bulletin of a month."""

    bulletin_id: str
    region_code: str
    title: str
    editions: list[EditionView]
