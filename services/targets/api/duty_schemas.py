"""What a request about responsibility and delegations may say."""

from typing import Annotated

from pydantic import Field

from services.targets.api.schemas import Body, Code, Name, ResponsibleBody, Year
from services.targets.domain.duties import EVERY_STEP, Step
from services.targets.domain.values import Office
from shared.contracts.fields import Day

Steps = Annotated[tuple[Step, ...], Field(min_length=1, max_length=len(EVERY_STEP))]


class AssignResponsibilityBody(Body):
    """Who answers for which steps; without names, those of the project, without steps, all."""

    project_code: Code
    fiscal_year: Year
    steps: Steps = EVERY_STEP
    responsible: ResponsibleBody | None = None


class TransferResponsibilityBody(Body):
    """Who answers from now on, and why."""

    steps: Steps
    responsible: ResponsibleBody
    reason: Name


class DelegationBody(Body):
    """Who signs in whose place, for which office of a unit, on which days."""

    unit_code: Code
    office: Office
    delegator: Name
    delegate: Name
    from_on: Day
    until_on: Day
