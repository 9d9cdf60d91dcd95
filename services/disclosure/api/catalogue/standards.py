"""The international standards that the facts are also written by, and where."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """One writing of the facts. `standard` is the address of what it keeps to."""

    name: str
    title: str
    title_en: str
    description: str
    description_en: str
    path: str
    media_type: str
    standard: str


STANDARDS: Final = (
    Standard(
        name="ocds-budget-breakdown",
        title="预算构成（OCDS 1.1）",
        title_en="Budget breakdown (OCDS 1.1)",
        description="有绩效目标的项目及其预算：批复数与调整数。",
        description_en="Projects with a target and their budgets: as approved, and as adjusted.",
        path="/v1/catalogue/ocds/budget-breakdown",
        media_type="application/json",
        standard="https://standard.open-contracting.org/1.1/en/",
    ),
    Standard(
        name="iati-results",
        title="绩效结果（IATI 2.03）",
        title_en="Results (IATI 2.03)",
        description="有绩效目标的项目及其指标：目标值，以及已公开的实际值。",
        description_en="Projects with a target and their indicators: targets, and told actuals.",
        path="/v1/catalogue/iati/results",
        media_type="application/xml",
        standard="https://iatistandard.org/en/iati-standard/203/",
    ),
)
