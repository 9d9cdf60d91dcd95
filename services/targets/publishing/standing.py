"""Who answers for a project, and whether it goes on: what monitoring has to know in the year.

Facts from before they named the project and its region have no word.
"""

from datetime import date

from services.targets.domain.events import project, responsibility
from shared.contracts import targets as said
from shared.contracts.public_event import PublicEvent


def responsibility_assigned(fact: responsibility.ResponsibilityEvent) -> PublicEvent | None:
    """Three persons answer for these steps from now on."""
    if not fact.project_code:
        return None
    return said.ResponsibilityAssigned(
        region_code=fact.region_code,
        project_code=fact.project_code,
        fiscal_year=fact.fiscal_year,
        unit_code=fact.unit_code,
        steps=tuple(step.value for step in fact.steps),
        business=fact.responsible.business,
        finance=fact.responsible.finance,
        head=fact.responsible.head,
    )


def standing_changed(
    fact: project.ProjectSuspended | project.ProjectResumed | project.ProjectTerminated, on: date
) -> PublicEvent | None:
    """It stopped, goes on, or was given up."""
    code, region = fact.project_code, fact.region_code
    if not region:
        return None
    match fact:
        case project.ProjectSuspended(reason=reason):
            return said.ProjectSuspended(
                region_code=region, project_code=code, reason=reason, suspended_on=on
            )
        case project.ProjectResumed():
            return said.ProjectResumed(region_code=region, project_code=code, resumed_on=on)
        case project.ProjectTerminated(reason=reason):
            return said.ProjectTerminated(
                region_code=region, project_code=code, reason=reason, terminated_on=on
            )
