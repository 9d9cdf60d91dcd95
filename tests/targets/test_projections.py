"""Read models folded from facts alone."""

from dataclasses import replace

from services.targets.domain.commands.target import CloseTarget, ReviseTarget
from services.targets.domain.values import Library, Office
from services.targets.projections.adjustment_register import AdjustmentRow, adjustment_register
from services.targets.projections.budget_requests import (
    BudgetRequestRow,
    ProjectCutRow,
    UnitBudgetRow,
    budget_requests,
)
from services.targets.projections.ex_ante_register import ExAnteRow, ex_ante_register
from services.targets.projections.library_register import (
    LibraryClassRow,
    LibraryEntryRow,
    LibraryRetirementRow,
    LibraryRow,
    LibraryVersionRow,
    library_register,
)
from services.targets.projections.library_usage import LibraryPinRow, library_usage
from services.targets.projections.manifest import PROJECTIONS
from services.targets.projections.project_register import ProjectRow, project_register
from services.targets.projections.target_register import TargetRow, target_register
from services.targets.projections.target_statistics import TargetCountsRow, target_statistics
from services.targets.projections.target_versions import TargetVersionRow, target_versions
from shared.domain.grades import Grade
from shared.testing.projection_spec import ProjectionSpec
from tests.targets import coming as c
from tests.targets import stories as s
from tests.targets.libraries import PASS_RATE, published, reinstate, retire, taking
from tests.targets.test_adjustment import adjusting, agree_to_money, approve, refuse, second
from tests.targets.test_objection import object_now, poor, uphold
from tests.targets.test_project import arrange, complete, running, suspend, terminate
from tests.targets.test_registers import a_class, library, publish

TARGET = "target-P1-2021"
register = ProjectionSpec(target_register)
adjusted = ProjectionSpec(adjustment_register)
close = CloseTarget(project_code=s.CODE, fiscal_year=s.YEAR, by="g", now=s.NOW)


async def test_the_register_follows_a_target_through_its_life() -> None:
    for story, status in (
        (s.drafted(), "DRAFT"),
        (s.confirmed(), "DRAFT"),
        (s.submitted(), "SUBMITTED"),
        (s.checked(), "CHECKED"),
        (s.ready(), "READY"),
        (s.ready(85), "TO_COMPLETE"),
        (s.ready(70), "DRAFT"),
        (s.ready(50), "REJECTED"),
        (s.approved(), "APPROVED"),
        (adjusting, "ADJUSTING"),
        (adjusting.after(second), "ADJUSTING"),
        (adjusting.after(approve), "ADJUSTING"),
        (adjusting.after(refuse), "APPROVED"),
        (adjusting.after(approve, agree_to_money), "APPROVED"),
        (s.approved().after(close), "CLOSED"),
    ):
        rows = register.given(TARGET, *story.facts)
        await rows.then(TargetRow, "P1-2021", status=status, version=len(story.facts))


async def test_a_refused_adjustment_alone_makes_no_target() -> None:
    story = s.target.given().knowing(*s.governed).after(s.receive_adjustment)
    assert await register.given(TARGET, *story.facts).row(TargetRow, "P1-2021") is None
    rows = adjusted.given(TARGET, *story.facts)
    await rows.then(AdjustmentRow, "A1", status="REFUSED", target_id="P1-2021")


async def test_adjustments_are_asked_and_decided() -> None:
    rows = adjusted.given(TARGET, *adjusting.after(approve, agree_to_money).facts)
    await rows.then(
        AdjustmentRow,
        "A1",
        status="APPROVED",
        kind="REDUCTION",
        budget_before_fen=740_000_000,
        budget_fen=370_000_000,
        proposed_values_json='{"I1":"50.00"}',
    )


async def test_every_version_of_a_target_is_kept() -> None:
    rows = ProjectionSpec(target_versions).given(
        TARGET, *adjusting.after(approve, agree_to_money).facts
    )
    for version in (0, 1, 2):
        assert await rows.row(TargetVersionRow, "P1-2021", version) is not None
    await rows.then(TargetVersionRow, "P1-2021", 2, budget_fen=370_000_000, reason="部分学校撤并")


async def test_statistics_add_up_over_streams() -> None:
    rows = ProjectionSpec(target_statistics).across(
        ("project-P1", s.a_project.facts),
        (TARGET, adjusting.after(approve, agree_to_money).facts),
    )
    await rows.then(
        TargetCountsRow,
        s.REGION_CODE,
        s.YEAR,
        projects=1,
        drafted=1,
        submitted=1,
        approved=1,
        adjusted=1,
        initial_budget_fen=740_000_000,
        current_budget_fen=370_000_000,
    )


async def test_a_project_shows_where_it_stands() -> None:
    spec = ProjectionSpec(project_register)
    for story, status in (
        (s.a_new_project, "CANDIDATE"),
        (running, "EXECUTING"),
        (running.after(suspend), "SUSPENDED"),
        (running.after(complete), "COMPLETED"),
        (s.a_project.after(terminate), "TERMINATED"),
    ):
        await spec.given("project-P1", *story.facts).then(ProjectRow, "P1", status=status)
    assert arrange.project_code == "P1"


async def test_an_objection_upheld_changes_the_conclusion_shown() -> None:
    spec = ProjectionSpec(ex_ante_register)
    rows = spec.given("ex_ante-P1-2021", *poor.facts)
    await rows.then(ExAnteRow, "P1-2021", conclusion="NOT_ARRANGED", grade="FAIR")
    rows = spec.given("ex_ante-P1-2021", *poor.after(object_now).facts)
    await rows.then(ExAnteRow, "P1-2021", status="UNDER_OBJECTION")
    rows = spec.given("ex_ante-P1-2021", *poor.after(object_now, uphold).facts)
    await rows.then(ExAnteRow, "P1-2021", conclusion="INCLUDED", reduced_fen=0, status="CONCLUDED")


async def test_a_class_entered_anew_leaves_what_was_published() -> None:
    story = library.given().after(a_class("1", "a", "b"), publish, a_class("1", "b"))
    rows = ProjectionSpec(library_register).given("library-KS_CORE", *story.facts)
    for code, revision, found in (("a", 1, True), ("b", 1, True), ("b", 3, True), ("a", 3, False)):
        row = await rows.row(LibraryEntryRow, "KS_CORE", "1", code, revision)
        assert (row is not None) is found, (code, revision)
    await rows.then(LibraryClassRow, "KS_CORE", "1", 3, entries=1)
    await rows.then(LibraryVersionRow, "KS_CORE", 1, revision=2, entries=2)


async def test_every_retirement_and_its_end_are_kept() -> None:
    story = published(PASS_RATE).after(retire(), reinstate())
    rows = ProjectionSpec(library_register).given("library-KS_CORE", *story.facts)
    await rows.then(LibraryRetirementRow, "KS_CORE", "C1", 3, retired=True, reason="口径已变")
    await rows.then(LibraryRetirementRow, "KS_CORE", "C1", 4, retired=False)
    await rows.then(LibraryRow, "KS_CORE", version=4)


async def test_a_pin_is_kept_until_its_indicator_is_released() -> None:
    core = s.at_writing(libraries=(published(PASS_RATE).state,))
    draft = replace(s.draft_target, content=taking("C1", Library.KS_CORE))
    story = s.target.knowing(s.a_project.state, *core).after(draft)
    spec = ProjectionSpec(library_usage)
    rows = spec.given(TARGET, *story.facts)
    await rows.then(LibraryPinRow, "P1-2021", "I2", code="C1", library_version=1)
    revise = ReviseTarget(
        project_code=s.CODE,
        fiscal_year=s.YEAR,
        region_code=s.REGION_CODE,
        content=s.CONTENT,
        offices=frozenset({Office.BUSINESS}),
        by="w",
        now=s.NOW,
    )
    rows = spec.given(TARGET, *story.knowing(s.a_project.state, *core).after(revise).facts)
    assert await rows.row(LibraryPinRow, "P1-2021", "I2") is None


async def test_a_coming_budget_shows_cap_cut_and_version() -> None:
    cap = c.cap(Grade.GOOD, s.yuan("20_000_000"))
    met = replace(c.request_budget, at_cap=True)
    facts = c.requests(cap, c.similar_cut(s.yuan("1_000_000")), met, c.approve_request)
    rows = ProjectionSpec(budget_requests).given(f"budget_request-{s.UNIT_CODE}-2022", *facts)
    await rows.then(UnitBudgetRow, s.UNIT_CODE, 2022, cap_fen=2_000_000_000, version=len(facts))
    named = f"{s.UNIT_CODE}-2022-P1"
    await rows.then(
        BudgetRequestRow,
        named,
        status="DECIDED",
        granted_fen=2_000_000_000,
        reasons="SIMILAR_PROJECT_CUT,REDUCED_TO_CAP",
    )
    await rows.then(ProjectCutRow, named, amount_fen=100_000_000)


def test_read_models_are_named_once() -> None:
    names = [projection.name for projection in PROJECTIONS]
    tables = [table for projection in PROJECTIONS for table in projection.tables]
    assert len(set(names)) == len(names)
    assert len(set(tables)) == len(tables)
