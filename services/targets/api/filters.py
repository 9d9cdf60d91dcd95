"""What lists can be narrowed by."""

from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Query


class Extent(StrEnum):
    """A region alone (地区本级) or with everything below it (全地区)."""

    SELF = "self"
    TREE = "tree"


class Narrowing:
    """Region, unit and fiscal year of a list; what is absent does not narrow."""

    def __init__(
        self,
        region: Annotated[str | None, Query(max_length=40, examples=["653100"])] = None,
        scope: Annotated[Extent, Query()] = Extent.TREE,
        unit: Annotated[str | None, Query(max_length=40)] = None,
        fiscal_year: Annotated[int | None, Query(ge=2000, le=2100)] = None,
    ) -> None:
        """Take the query parameters."""
        self.region = region
        self.tree = scope is Extent.TREE
        self.unit = unit
        self.fiscal_year = fiscal_year


Filters = Annotated[Narrowing, Depends(Narrowing)]
"""A dependency: `region`, `scope`, `unit` and `fiscal_year` of a list."""

Region = Annotated[str, Query(max_length=40, examples=["653100"])]
FiscalYear = Annotated[int, Query(ge=2000, le=2100, examples=[2021])]


class TargetOrder(StrEnum):
    """What targets can be ordered by; a minus puts the highest first."""

    QUALITY = "quality_score"
    QUALITY_FIRST = "-quality_score"


class QualityNarrowing:
    """Bounds of the quality score, both inclusive, and the order of the list."""

    def __init__(
        self,
        quality_min: Annotated[int | None, Query(ge=0, le=100)] = None,
        quality_max: Annotated[int | None, Query(ge=0, le=100)] = None,
        sort: Annotated[TargetOrder | None, Query()] = None,
    ) -> None:
        """Take the query parameters."""
        self.least = quality_min
        self.most = quality_max
        self.sort = sort


Quality = Annotated[QualityNarrowing, Depends(QualityNarrowing)]
"""A dependency: `quality_min`, `quality_max` and `sort` of a list of targets."""

Status = Annotated[str | None, Query(max_length=40)]


class StatisticsOf:
    """Region, extent and calendar year of a statistic."""

    def __init__(
        self, region: Region, assessed_year: FiscalYear, scope: Extent = Extent.TREE
    ) -> None:
        """Take the query parameters."""
        self.region = region
        self.assessed_year = assessed_year
        self.tree = scope is Extent.TREE
