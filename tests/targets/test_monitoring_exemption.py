"""Research projects left out of the monitoring of the year (财预〔2019〕136号 art. 12)."""

from dataclasses import replace

import pytest

from services.targets.domain.commands.project import ExemptFromMonitoring
from services.targets.domain.events.project import ProjectMonitoringExempted
from services.targets.domain.events.target import TargetApproved
from services.targets.domain.ex_ante import EX_ANTE
from services.targets.domain.refusals import (
    ExemptionUnexplained,
    ProjectClosed,
    ProjectUnknown,
    ReasonMissing,
)
from services.targets.domain.refusals.projects import ExemptionTooLate, ProjectNotResearch
from services.targets.projections.project_register import ProjectRow, project_register
from services.targets.publishing import publish
from shared.contracts.targets import TargetApproved as Said
from shared.http.policy import Role
from shared.testing.projection_spec import ProjectionSpec, recorded
from tests.targets import stories as s
from tests.targets.files import Upload, fetched, sent
from tests.targets.test_project import arrange, running, terminate
from tests.targets.town import Town, project_body

RESEARCH = replace(s.PARTICULARS, function_code="2060302", name="盐碱地改良研究")
EXEMPT = replace(
    RESEARCH, in_year_monitoring_exempt=True, monitoring_exemption_reason="研究周期跨年度"
)
register = replace(s.register_project, particulars=RESEARCH)
research = s.at_registration.after(register)
stated = s.at_registration.after(replace(register, particulars=EXEMPT))
exempt = ExemptFromMonitoring(project_code=s.CODE, reason="研究周期跨年度", by=s.WRITER, now=s.NOW)


def test_a_research_project_states_it_when_it_is_registered() -> None:
    assert stated.state.in_year_monitoring_exempt
    assert not research.state.in_year_monitoring_exempt
    again = stated.knowing(s.a_unit.state, *s.governed)
    again.when(replace(register, particulars=EXEMPT)).then_nothing()
    stated.when(exempt).then_nothing()


@pytest.mark.parametrize("function_code", ["2050203", "", "1206", "20"])
def test_what_is_no_research_is_watched(function_code: str) -> None:
    other = replace(register, particulars=replace(EXEMPT, function_code=function_code))
    refusal = s.at_registration.when(other).then_refused(
        ProjectNotResearch, function_code=function_code, research_function="206"
    )
    assert refusal.pointer == "/in_year_monitoring_exempt"
    assert refusal.remedy is not None
    s.a_project.when(exempt).then_refused(ProjectNotResearch, function_code="2050203")


def test_an_exemption_has_a_reason() -> None:
    silent = replace(register, particulars=replace(EXEMPT, monitoring_exemption_reason=" "))
    refusal = s.at_registration.when(silent).then_refused(ExemptionUnexplained)
    assert refusal.pointer == "/monitoring_exemption_reason"
    assert research.when(replace(exempt, reason=" ")).then_refused(ReasonMissing).pointer


def test_it_can_be_said_later_as_long_as_there_is_no_budget() -> None:
    research.when(exempt).then(
        ProjectMonitoringExempted(project_code=s.CODE, reason="研究周期跨年度")
    )
    later = research.after(exempt)
    later.when(exempt).then_nothing()
    later.knowing(s.a_unit.state, *s.governed).when(register).then_nothing()
    budgeted = research.knowing(s.approved().state, EX_ANTE.initial).after(arrange)
    budgeted.when(exempt).then_refused(ExemptionTooLate, status="BUDGETED")
    running.when(exempt).then_refused(ExemptionTooLate)
    research.after(terminate).when(exempt).then_refused(ProjectClosed)
    s.project.when(exempt).then_refused(ProjectUnknown)


@pytest.mark.parametrize(
    ("project", "left_out"), [(stated, True), (research.after(exempt), True), (research, False)]
)
def test_the_approval_of_its_target_tells_the_world(project: object, left_out: bool) -> None:  # noqa: FBT001
    story = s.ready().knowing(EX_ANTE.initial, project.state, s.UNBOUND)  # type: ignore[attr-defined]
    [fact] = story.when(s.approve_target).facts
    assert isinstance(fact, TargetApproved)
    assert fact.in_year_monitoring_exempt is left_out
    [told] = recorded("target-P1-2021", fact)
    word = publish(told)
    assert isinstance(word, Said)
    assert word.in_year_monitoring_exempt is left_out


async def test_the_register_shows_who_is_left_out_and_why() -> None:
    spec = ProjectionSpec(project_register)
    for story in (stated, research.after(exempt)):
        await spec.given("project-P1", *story.facts).then(
            ProjectRow,
            s.CODE,
            in_year_monitoring_exempt=True,
            monitoring_exemption_reason="研究周期跨年度",
        )


async def test_an_exempt_project_goes_through_a_file_and_the_api(real_town: Town) -> None:
    town = real_town
    await town.founded()
    said = {"in_year_monitoring_exempt": True, "monitoring_exemption_reason": "研究周期跨年度"}
    wrong = await town.ask(Role.UNIT_BUSINESS, "/projects", project_body("P1", **said))
    [error] = wrong.json()["errors"]
    assert (wrong.status_code, error["pointer"]) == (422, "/in_year_monitoring_exempt")
    await town.registered("P1", function_code="2060302", **said)
    await town.registered("P2", function_code="2060302")
    reason = {"reason": "研究周期跨年度"}
    await town.done(Role.UNIT_HEAD, "/projects/P2/exempt-from-monitoring", reason)
    for code in ("P1", "P2"):
        shown = await town.read(f"/projects/{code}")
        assert shown["in_year_monitoring_exempt"] is True
        assert shown["monitoring_exemption_reason"] == "研究周期跨年度"
    file = await fetched(town, "/projects/export", form="xlsx")
    report = (await sent(town, Upload(Role.UNIT_BUSINESS, "register_project", file))).json()
    assert (report["good"], report["refused_rows"]) == (2, 0)
