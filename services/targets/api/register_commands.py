"""Asked of the registers: rule sets, projects."""

from typing import Final

from services.targets.api.schemas import (
    AdoptBody,
    ChangePersonsBody,
    ProjectBody,
    ReasonBody,
    RuleSetBody,
)
from services.targets.api.translation import (
    asker,
    by_year,
    canonical,
    particulars,
    provenance,
    responsible,
)
from services.targets.domain.commands.project import (
    ArchiveProject,
    ChangeResponsible,
    CompleteProject,
    ExemptFromMonitoring,
    RegisterProject,
    ResumeProject,
    StartProject,
    SuspendProject,
    TerminateProject,
)
from services.targets.domain.commands.responsibility import AssignResponsibility
from services.targets.domain.commands.rule_set import AdoptRuleSet, DraftRuleSet
from services.targets.domain.duties import EVERY_STEP
from shared.http.commands import Asked, CommandEndpoint


def draft_rule_set(asked: Asked, body: RuleSetBody) -> DraftRuleSet:
    """Propose the rules of a region and fiscal year, with the sources of their values.

    What cannot be read, contradicts itself, or is milder than the law is refused by field.
    """
    return DraftRuleSet(
        region_code=body.region_code,
        fiscal_year=body.fiscal_year,
        rules_json=canonical(body.rules),
        provenance=provenance(body.provenance),
        by=asked.actor,
        now=asked.now,
    )


def adopt_rule_set(asked: Asked, rule_set_id: str, body: AdoptBody) -> AdoptRuleSet:
    """Put the draft of somebody else in force. It binds every decision from now on.

    A value without a source keeps it back; the version before is superseded in the same act.
    """
    region_code, fiscal_year = by_year(rule_set_id)
    return AdoptRuleSet(
        region_code=region_code,
        fiscal_year=fiscal_year,
        legal_basis=body.legal_basis,
        by=asked.actor,
        now=asked.now,
    )


def register_project(
    asked: Asked, body: ProjectBody
) -> tuple[RegisterProject, AssignResponsibility]:
    """Enter a project. New and major ones need an ex-ante assessment by the rule set.

    The three persons it names answer for every step of its year until others are named.
    """
    registered = RegisterProject(
        project_code=body.project_code,
        particulars=particulars(body),
        responsible=responsible(body.responsible),
        asker=asker(asked),
        by=asked.actor,
        now=asked.now,
    )
    answered = AssignResponsibility(
        project_code=body.project_code,
        fiscal_year=body.fiscal_year,
        steps=EVERY_STEP,
        responsible=None,
        asker=asker(asked),
        by=asked.actor,
        now=asked.now,
    )
    return registered, answered


def change_responsible(
    asked: Asked, project_code: str, body: ChangePersonsBody
) -> ChangeResponsible:
    """Let others answer for a project, and say why.

    They are the ones a later year begins with; who answers for a step of a year that has begun
    is transferred in its responsibility matrix.
    """
    return ChangeResponsible(
        project_code=project_code,
        responsible=responsible(body.responsible),
        reason=body.reason,
        by=asked.actor,
        now=asked.now,
    )


def exempt_from_monitoring(
    asked: Asked, project_code: str, body: ReasonBody
) -> ExemptFromMonitoring:
    """Leave a research project out of the monitoring rounds, before it has a budget."""
    return ExemptFromMonitoring(
        project_code=project_code, reason=body.reason, by=asked.actor, now=asked.now
    )


def start_project(asked: Asked, project_code: str) -> StartProject:
    """Begin the work of a project that has a budget."""
    return StartProject(project_code=project_code, by=asked.actor, now=asked.now)


def suspend_project(asked: Asked, project_code: str, body: ReasonBody) -> SuspendProject:
    """Stop the work for the time being."""
    return SuspendProject(
        project_code=project_code, reason=body.reason, by=asked.actor, now=asked.now
    )


def resume_project(asked: Asked, project_code: str) -> ResumeProject:
    """Go on with a suspended project."""
    return ResumeProject(project_code=project_code, by=asked.actor, now=asked.now)


def complete_project(asked: Asked, project_code: str) -> CompleteProject:
    """End a project whose work is done."""
    return CompleteProject(project_code=project_code, by=asked.actor, now=asked.now)


def terminate_project(asked: Asked, project_code: str, body: ReasonBody) -> TerminateProject:
    """Give a project up."""
    return TerminateProject(
        project_code=project_code, reason=body.reason, by=asked.actor, now=asked.now
    )


def archive_project(asked: Asked, project_code: str, body: ReasonBody) -> ArchiveProject:
    """Put a project on file that has ended and was self-evaluated. There is no way back."""
    return ArchiveProject(
        project_code=project_code, reason=body.reason, by=asked.actor, now=asked.now
    )


REGISTER_COMMANDS: Final = (
    CommandEndpoint(
        path="/rule-sets",
        translate=draft_rule_set,
        tag="Rule sets",
        creates=True,
        example={
            "region_code": "653100",
            "fiscal_year": 2021,
            "rules": {"grades": {"EXCELLENT": 90, "GOOD": 80, "FAIR": 60, "POOR": 0}},
            "provenance": {
                "/grades": {"source_tag": "R2", "legal_basis": "财预〔2020〕10号 第18条"}
            },
        },
    ),
    CommandEndpoint(
        path="/rule-sets/{rule_set_id}/adopt",
        translate=adopt_rule_set,
        tag="Rule sets",
        example={"legal_basis": "喀财绩〔2021〕1号"},
    ),
    CommandEndpoint(path="/projects", translate=register_project, tag="Projects", creates=True),
    CommandEndpoint(
        path="/projects/{project_code}/change-responsible",
        translate=change_responsible,
        tag="Projects",
    ),
    CommandEndpoint(
        path="/projects/{project_code}/exempt-from-monitoring",
        translate=exempt_from_monitoring,
        tag="Projects",
        example={"reason": "科研项目，研究周期跨年度"},
    ),
    CommandEndpoint(path="/projects/{project_code}/start", translate=start_project, tag="Projects"),
    CommandEndpoint(
        path="/projects/{project_code}/suspend", translate=suspend_project, tag="Projects"
    ),
    CommandEndpoint(
        path="/projects/{project_code}/resume", translate=resume_project, tag="Projects"
    ),
    CommandEndpoint(
        path="/projects/{project_code}/complete", translate=complete_project, tag="Projects"
    ),
    CommandEndpoint(
        path="/projects/{project_code}/terminate", translate=terminate_project, tag="Projects"
    ),
    CommandEndpoint(
        path="/projects/{project_code}/archive",
        translate=archive_project,
        tag="Projects",
        example={"reason": "项目已完成并通过绩效自评，归档"},
    ),
)
