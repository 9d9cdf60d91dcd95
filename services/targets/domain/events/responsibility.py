"""What may have happened to the responsibility matrix of a project and year."""

from dataclasses import dataclass

from services.targets.domain.duties import Step
from services.targets.domain.values import Responsible


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityAssigned:
    """Three persons answer for these steps."""

    project_code: str
    fiscal_year: int
    region_code: str
    department_code: str
    unit_code: str
    steps: tuple[Step, ...]
    responsible: Responsible


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityTransferred:
    """Others answer for these steps from now on; facts from before do not name the project."""

    steps: tuple[Step, ...]
    responsible: Responsible
    reason: str
    project_code: str = ""
    fiscal_year: int = 0
    region_code: str = ""
    unit_code: str = ""


type ResponsibilityEvent = ResponsibilityAssigned | ResponsibilityTransferred
