"""Before the money: projects, their targets, and the assessment of what is new."""

from collections.abc import Sequence
from itertools import groupby
from random import Random
from typing import Final

from deploy.demo.cast import Cast, Project, project_of
from deploy.demo.lanes import side_by_side
from deploy.demo.people import Office
from deploy.demo.promise_content import goal, indicators
from deploy.demo.scenario import Scenario
from deploy.demo.split import even, spread
from deploy.demo.stage import Row, Stage, line
from shared.domain.money import Money

REVIEW_POINTS: Final = {
    "FORM_COMPLETE": "10",
    "CLEAR": "9",
    "FITS_DUTY": "14",
    "INDICATORS_SCIENTIFIC": "14",
    "PERFORMANCE_REASONABLE": "14",
    "MONEY_MATCHES": "14",
    "ATTAINABLE": "9",
    "CONDITIONS_SUFFICIENT": "9",
}
DIMENSIONS: Final = (
    "NECESSITY",
    "ECONOMY",
    "TARGET_REASONABLENESS",
    "FEASIBILITY",
    "FUNDING_COMPLIANCE",
)
POINTS_OF_GRADE: Final = {"excellent": "18.40", "good": "17.00", "fair": "14.00", "poor": "10.00"}
FIRST_NEW_PROJECT: Final = 500_001

type Groups = list[tuple[Office, list[Project]]]


async def register_projects(stage: Stage, scenario: Scenario, groups: Groups) -> None:
    """Every project with the three people who answer for it."""
    year = scenario.fiscal_year
    for office, group in groups:
        rows = [registration(project, year) for project in group]
        await stage.imported("targets", "register_project", office.unit_business, rows)


def registration(project: Project, year: int, *, is_new: bool = False) -> Row:
    """A project as its unit registers it."""
    unit = project.unit
    return line(
        {
            "project_code": project.code,
            "name": project.name,
            "fiscal_year": year,
            "region_code": unit.region_code,
            "unit_code": unit.code,
            "requested": str(project.budget),
            "function_code": project.function_code,
            "fund_type_code": "111",
            "is_new": is_new,
            "origin": "SYNTHETIC",
            "responsible": {
                "business": f"{unit.name}业务负责人",
                "finance": f"{unit.name}财务负责人",
                "head": f"{unit.name}主要负责人",
            },
        }
    )


def _draft(project: Project, year: int, said: Sequence[Row], *, confirm: bool = False) -> Row:
    """What a project promises for a year, as its business office writes it."""
    return line(
        {
            "project_code": project.code,
            "fiscal_year": year,
            "annual_goal": goal(project),
            "indicators": said,
            "confirm": confirm,
        }
    )


async def promise_targets(stage: Stage, scenario: Scenario, groups: Groups) -> None:
    """Draft, confirm, sign, review, check, grade: what a target goes through before its budget.

    The business office confirms its part with the draft, the finance office after it.
    """
    year = scenario.fiscal_year
    said = indicators(year)
    for office, group in groups:
        ids = [f"{project.code}-{year}" for project in group]
        drafts = [_draft(project, year, said, confirm=True) for project in group]
        await stage.imported("targets", "draft_target", office.unit_business, drafts)
        confirmed = [line({"office": "FINANCE"}, target_id=one) for one in ids]
        await stage.imported("targets", "confirm_target", office.unit_finance, confirmed)
        submitted = [line({}, target_id=one) for one in ids]
        await stage.imported("targets", "submit_target", office.unit_head, submitted)
        for department, some in groupby(group, key=lambda project: project.unit.department_code):
            rows = [line({}, target_id=f"{project.code}-{year}") for project in some]
            await stage.imported("targets", "review_target", office.department(department), rows)
        checked = [line({}, target_id=one) for one in ids]
        await stage.imported("targets", "check_target", office.business, checked)
        graded = [line({"points": REVIEW_POINTS}, target_id=one) for one in ids]
        await stage.imported("targets", "grade_target", office.performance, graded)


async def approve_targets(stage: Stage, scenario: Scenario, groups: Groups) -> None:
    """The budget reply: target and money in one act, then the work begins."""
    year = scenario.fiscal_year
    for office, group in groups:
        rows = [
            line({"budget": str(project.budget)}, target_id=f"{project.code}-{year}")
            for project in group
        ]
        await stage.imported("targets", "approve_target", office.budget, rows)


async def assess_new_projects(stage: Stage, scenario: Scenario, cast: Cast) -> list[Project]:
    """Next year's new projects are assessed in this year; answers those that were included."""
    wanted = scenario.ex_ante
    next_year = scenario.fiscal_year + 1
    chance = Random(scenario.seed + 2)  # noqa: S311 - invention, not secrecy
    step = max(1, len(cast.units) // wanted["units"])
    units = cast.units[::step][: wanted["units"]]
    amounts = even(Money.parse(wanted["assessed_yuan"]), wanted["projects"])
    projects: list[Project] = []
    for unit, share in zip(units, spread(wanted["projects"], wanted["units"]), strict=True):
        for _ in range(share):
            serial = FIRST_NEW_PROJECT + len(projects)
            amount = amounts[len(projects)]
            projects.append(project_of(unit, next_year, serial, amount, chance))
    grades = [g for g in POINTS_OF_GRADE for _ in range(wanted[g])]
    cuts = _cuts(scenario, grades)

    async def of_region(region: tuple[Office, list[Project]]) -> None:
        office, group = region
        places = [projects.index(project) for project in group]
        rows = [registration(project, next_year, is_new=True) for project in group]
        await stage.imported("targets", "register_project", office.unit_business, rows)
        drafts = [_draft(project, next_year, indicators(next_year)) for project in group]
        await stage.imported("targets", "draft_target", office.unit_business, drafts)
        await _assess(stage, office, group, [grades[n] for n in places], [cuts[n] for n in places])

    await side_by_side(by_region(projects), of_region)
    return projects


def _cuts(scenario: Scenario, grades: list[str]) -> list[Money]:
    """The reductions fall on projects that were included, the good ones before the excellent."""
    total = Money.parse(scenario.ex_ante["reduced_yuan"])
    places = [n for n, grade in enumerate(grades) if grade == "good"]
    if not places or total.fen // len(places) > _room(scenario):
        places = [n for n, grade in enumerate(grades) if grade in {"excellent", "good"}]
    cuts = [Money(0)] * len(grades)
    for place, amount in zip(places, even(total, len(places)), strict=True):
        cuts[place] = amount
    return cuts


def _room(scenario: Scenario) -> int:
    wanted = scenario.ex_ante
    return Money.parse(wanted["assessed_yuan"]).fen // int(wanted["projects"]) * 9 // 10


async def _assess(
    stage: Stage, office: Office, projects: list[Project], grades: list[str], cuts: list[Money]
) -> None:
    year = int(projects[0].code[6:8]) + 2000
    ids = [f"{project.code}-{year}" for project in projects]
    reports = [
        line(
            {
                "project_code": project.code,
                "fiscal_year": year,
                "goal": goal(project),
                "statements": dict.fromkeys(DIMENSIONS, f"{project.name}：材料齐全，依据充分。"),
                "evidence": [{"name": "可行性研究报告.pdf", "sha256": f"{project.serial:064x}"}],
            }
        )
        for project in projects
    ]
    await stage.imported("targets", "submit_ex_ante_report", office.unit_head, reports)
    for department, some in groupby(projects, key=lambda project: project.unit.department_code):
        rows = [line({}, assessment_id=f"{project.code}-{year}") for project in some]
        reviewer = office.department(department)
        await stage.imported("targets", "review_ex_ante_report", reviewer, rows)
    for scorer in (office.performance, office.second_performance):
        rows = [
            line(_scores(grade), assessment_id=one) for one, grade in zip(ids, grades, strict=True)
        ]
        await stage.imported("targets", "score_ex_ante_report", scorer, rows)
    rows = [line({}, assessment_id=one) for one in ids]
    await stage.imported("targets", "grade_ex_ante_assessment", office.performance, rows)
    rows = [
        line(
            {
                "kind": "PARTIAL_CUT",
                "lines": [{"line": "项目支出", "amount": str(cut), "reason": "标准偏高，予以核减"}],
            },
            assessment_id=one,
        )
        for one, cut in zip(ids, cuts, strict=True)
        if cut
    ]
    await stage.imported("targets", "reduce_ex_ante_amount", office.second_business, rows)
    rows = [line({}, assessment_id=one) for one in ids]
    await stage.imported("targets", "conclude_ex_ante_assessment", office.performance, rows)


def _scores(grade: str) -> Row:
    """The same points on every dimension; a poor project is told why."""
    told = dict.fromkeys(DIMENSIONS, "立项依据和测算依据均不充分。") if grade == "poor" else {}
    return {"points": dict.fromkeys(DIMENSIONS, POINTS_OF_GRADE[grade]), "reasons": told}


def by_region(projects: list[Project]) -> Groups:
    """The projects of each region with its people; projects of a department lie together."""
    ordered = sorted(projects, key=lambda project: (project.region_code, project.unit.code))
    grouped = groupby(ordered, key=lambda project: project.region_code)
    return [(Office(region_code), list(group)) for region_code, group in grouped]
