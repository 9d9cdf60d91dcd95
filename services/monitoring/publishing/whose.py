"""The part of a public word that says whose project it tells of."""

from typing import TypedDict

from services.monitoring.domain.values import Project


class Whose(TypedDict):
    """Region, unit, project and year."""

    region_code: str
    project_code: str
    fiscal_year: int
    unit_code: str


def whose(project: Project) -> Whose:
    """Whose project it is, in public words."""
    return {
        "region_code": project.region_code,
        "project_code": project.code,
        "fiscal_year": project.fiscal_year,
        "unit_code": project.unit_code,
    }
