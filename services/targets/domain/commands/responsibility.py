"""What may be asked of the responsibility matrix (责任清单) of a project and year."""

from dataclasses import dataclass
from datetime import datetime

from services.targets.domain.asker import Asker
from services.targets.domain.duties import Step
from services.targets.domain.project_states import Project
from services.targets.domain.values import Responsible


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignResponsibility:
    """Three persons answer for steps that nobody answers for yet.

    Without names, the three whom the project named when it was registered answer for every
    step that is still open. What the project says is filled in.
    """

    project_code: str
    fiscal_year: int
    steps: tuple[Step, ...]
    responsible: Responsible | None
    by: str
    now: datetime
    asker: Asker | None = None
    project: Project | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferResponsibility:
    """Others answer for these steps from now on, and why."""

    project_code: str
    fiscal_year: int
    steps: tuple[Step, ...]
    responsible: Responsible
    reason: str
    by: str
    now: datetime


type ResponsibilityCommand = AssignResponsibility | TransferResponsibility
