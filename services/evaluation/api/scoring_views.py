"""What scoring answers: the inflation index, findings with their values, explanations."""

from datetime import date
from decimal import Decimal
from typing import Self

from pydantic import BaseModel, Field

from services.evaluation.domain.deviation import DeviationPublished, UnitDeviation
from shared.contracts.fields import Number


class DeviationView(BaseModel):
    """How far the self-scores of a unit lie above what re-checks found."""

    unit_code: str
    evaluations: int = Field(description="Reports that were accepted.")
    rechecked: int
    mean_deviation: Number = Field(description="Mean of self-score - re-check score.")
    inflated: int = Field(description="Inflated and seriously inflated ones.")
    share_inflated: Number = Field(description="Of those that were re-checked.")
    mean_arithmetic: Number = Field(description="Mean of self-score - recomputed score.")
    rank: int = Field(description="1 has the highest mean; equal means share a rank.")

    @classmethod
    def of(cls, line: UnitDeviation, evaluations: int, arithmetic: Decimal) -> Self:
        """A line of the index."""
        return cls(
            unit_code=line.unit_code,
            evaluations=evaluations,
            rechecked=line.rechecked,
            mean_deviation=line.mean_deviation,
            inflated=line.inflated,
            share_inflated=line.share_inflated,
            mean_arithmetic=arithmetic,
            rank=line.rank,
        )


class PublishedUnitView(BaseModel):
    """A line of the index as it was told."""

    unit_code: str
    rechecked: int
    mean_deviation: Number
    inflated: int
    share_inflated: Number
    rank: int


class PublishedDeviationView(BaseModel):
    """The index of a region's year as it was told."""

    deviation_id: str
    region_code: str
    fiscal_year: int
    published_on: date
    rows: list[PublishedUnitView]

    @classmethod
    def of(cls, deviation_id: str, told: DeviationPublished) -> Self:
        """As it was told."""
        return cls(
            deviation_id=deviation_id,
            region_code=told.region_code,
            fiscal_year=told.fiscal_year,
            published_on=told.published_on,
            rows=[
                PublishedUnitView(
                    unit_code=row.unit_code,
                    rechecked=row.rechecked,
                    mean_deviation=row.mean_deviation,
                    inflated=row.inflated,
                    share_inflated=row.share_inflated,
                    rank=row.rank,
                )
                for row in told.rows
            ],
        )
