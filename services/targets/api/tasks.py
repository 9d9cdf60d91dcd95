"""Which open steps wait for a person: from the matrix and from where each thing stands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from services.targets.api.duty_views import TaskView
from services.targets.domain.duties import Step, workdays_between
from services.targets.domain.office_clock import USUAL, OfficeClock
from services.targets.domain.project_states import ENDED
from services.targets.domain.values import Office, ProjectStatus, TargetStatus
from services.targets.projections.delegation_register import DelegationRow
from services.targets.projections.ex_ante_register import ExAnteRow
from services.targets.projections.project_register import ProjectRow
from services.targets.projections.responsibility_matrix import DutyRow, by_step
from services.targets.projections.target_register import TargetRow

WAITING: Final = frozenset({ProjectStatus.CANDIDATE.value, ProjectStatus.IN_LIBRARY.value})
STEPS: Final = (Step.EX_ANTE, Step.TARGET)
"""The steps whose states this service knows; the others are done elsewhere."""

type Clocks = Mapping[tuple[str, int], OfficeClock]
"""By region and fiscal year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the read models say of the projects for which somebody is named."""

    duties: Sequence[DutyRow]
    projects: Sequence[ProjectRow]
    targets: Sequence[TargetRow]
    assessments: Sequence[ExAnteRow]
    delegations: Sequence[DelegationRow] = field(default=())
    clocks: Clocks = field(default_factory=dict)


def tasks_of(person: str, found: Found, today: date) -> list[TaskView]:
    """The tasks of a person, those that wait longest first."""
    targets = {row.target_id: row for row in found.targets}
    assessments = {row.assessment_id: row for row in found.assessments}
    matrices: dict[str, list[DutyRow]] = defaultdict(list)
    for duty in found.duties:
        matrices[duty.responsibility_id].append(duty)
    tasks: list[TaskView] = []
    for project in found.projects:
        thing_id = f"{project.project_code}-{project.fiscal_year}"
        duties = by_step(matrices[thing_id])
        due = _Due(
            person=person,
            project=project,
            today=today,
            delegations=found.delegations,
            clock=found.clocks.get((project.region_code, project.fiscal_year), USUAL),
        )
        target = targets.get(thing_id)
        if _report_owed(project, assessments.get(thing_id)):
            tasks += due.to(duties.get(Step.EX_ANTE), Step.EX_ANTE, "SIGN", [Office.HEAD])
        if target is None and project.status in WAITING:
            tasks += due.to(duties.get(Step.TARGET), Step.TARGET, "WRITE", [Office.BUSINESS])
        elif target is not None:
            tasks += _of_draft(due, duties, target)
    return sorted(tasks, key=lambda task: (task.since_on or today, task.thing_id, task.office))


def _of_draft(due: "_Due", duties: Mapping[Step, DutyRow], target: TargetRow) -> Iterable[TaskView]:
    if target.status != TargetStatus.DRAFT.value or due.project.status in ENDED:
        return []
    duty = duties.get(Step.TARGET)
    locks = {
        Office.BUSINESS: (target.business_by, target.business_since_on),
        Office.FINANCE: (target.finance_by, target.finance_since_on),
    }
    open_ = {office: since for office, (by, since) in locks.items() if not by}
    if not open_:
        return due.to(duty, Step.TARGET, "SIGN", [Office.HEAD], {Office.HEAD: target.since_on})
    return due.to(duty, Step.TARGET, "CONFIRM", list(open_), open_)


def _report_owed(project: ProjectRow, assessment: ExAnteRow | None) -> bool:
    """A candidate that needs an assessment has no report, or its report came back."""
    if not project.needs_ex_ante or project.status != ProjectStatus.CANDIDATE.value:
        return False
    return assessment is None or assessment.status == "RETURNED"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """Somebody's view of one project."""

    person: str
    project: ProjectRow
    today: date
    delegations: Sequence[DelegationRow]
    clock: OfficeClock

    def to(
        self,
        duty: DutyRow | None,
        step: Step,
        action: str,
        offices: Iterable[Office],
        since: Mapping[Office, date | None] | None = None,
    ) -> list[TaskView]:
        """The tasks of these offices that are this person's, their own or by delegation."""
        tasks: list[TaskView] = []
        for office in offices:
            named = getattr(duty, office.value.lower(), None)
            given = self._delegation(office, named)
            if named == self.person or given is not None:
                day = (since or {}).get(office)
                tasks.append(self._task(step, action, office, (named or "", given), day))
        return tasks

    def _delegation(self, office: Office, named: str | None) -> DelegationRow | None:
        """The delegation by which this person signs for the one who is named."""
        wanted = (self.project.unit_code, office.value, named)
        return next(
            (d for d in self.delegations if (d.unit_code, d.office, d.delegator) == wanted), None
        )

    def _task(
        self,
        step: Step,
        action: str,
        office: Office,
        whose: tuple[str, DelegationRow | None],
        since: date | None,
    ) -> TaskView:
        named, given = whose
        project = self.project
        days = None
        if since is not None:
            days = workdays_between(since, self.today, project.region_code)
        return TaskView(
            step=step,
            action=action,
            office=office,
            thing_id=f"{project.project_code}-{project.fiscal_year}",
            project_code=project.project_code,
            project_name=project.name,
            fiscal_year=project.fiscal_year,
            unit_code=project.unit_code,
            in_place_of="" if named == self.person else named,
            delegation_id="" if named == self.person or given is None else given.delegation_id,
            since_on=since,
            workdays=days,
            lateness=None if days is None else self.clock.lateness(days),
        )
