"""Results move money: recoveries of the year, and what the year before binds in the next."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any, Final

from deploy.demo.cast import Cast, Project, Unit, project_of
from deploy.demo.fates import Fates
from deploy.demo.lanes import side_by_side
from deploy.demo.people import Office
from deploy.demo.promise import registration
from deploy.demo.scenario import Scenario, Section
from deploy.demo.split import even, spread
from deploy.demo.stage import Row, Stage, line
from shared.domain.money import Money

FIRST_CUT_PROJECT: Final = 700_001
FIRST_BASIS_PROJECT: Final = 800_001
SUPERIOR: Final = "新疆维吾尔自治区财政厅"
GRADES: Final = ("EXCELLENT", "GOOD", "GOOD", "FAIR")


async def recover(stage: Stage, scenario: Scenario, fates: Fates) -> None:
    """Red projects that were not cured give money back: found, heard, approved, booked."""
    year = scenario.fiscal_year
    by_region: dict[str, list[Any]] = {}
    for recovery in fates.recoveries:
        by_region.setdefault(recovery.project.region_code, []).append(recovery)
    await stage.heard("evaluation", "monitoring")

    async def of_region(region: tuple[str, list[Any]]) -> None:
        code, some = region
        office = Office(code)
        found = [
            line(
                {
                    "recovery_id": one.id,
                    "project_code": one.project.code,
                    "fiscal_year": year,
                    "reason": "LOW_EXECUTION",
                    "route": "QUOTA_WITHDRAWAL",
                    "amount": str(one.amount),
                    "basis": "截至9月30日执行率低于50%，闲置部分予以收回",
                }
            )
            for one in some
        ]
        await stage.imported("evaluation", "identify_recovery", office.business, found)
        notices = _each(
            some, document_no=f"喀财绩收〔{year}〕1号", answer_by=date(year, 10, 20).isoformat()
        )
        await stage.imported("evaluation", "notify_recovery", office.business, notices)
        answers = _each(some, agrees=True, text="同意收回")
        await stage.imported("evaluation", "answer_recovery", office.unit_head, answers)
        approvals = _each(some, document_no=f"喀财预收〔{year}〕1号")
        await stage.imported("evaluation", "approve_recovery", office.budget, approvals)

    await side_by_side(by_region.items(), of_region)
    # The ledger withdraws what was approved and says so; only then the money counts.
    await stage.heard("monitoring", "evaluation")
    await stage.heard("evaluation", "evaluation")


def _each(recoveries: list[Any], **body: object) -> list[Row]:
    return [line(body, recovery_id=one.id) for one in recoveries]


async def apply_prior_results(stage: Stage, scenario: Scenario, cast: Cast) -> None:
    """The results of the year before bind next year's budget: caps for units, cuts for projects."""
    cuts = scenario.budget_cuts

    async def bind(region: tuple[str, str]) -> None:
        code, _ = region
        office = Office(code)
        units = [unit for unit in cast.units if unit.region_code == code]
        rows = [
            line(
                {
                    "subject_code": unit.code,
                    "fiscal_year": cuts["basis_fiscal_year"],
                    "grade": GRADES[number % len(GRADES)],
                    "document_no": f"喀财绩考〔{scenario.fiscal_year}〕1号",
                }
            )
            for number, unit in enumerate(units)
        ]
        await stage.imported("evaluation", "record_prior_appraisal", office.performance, rows)
        linked = [
            line({"unit_code": unit.code, "basis_fiscal_year": cuts["basis_fiscal_year"]})
            for unit in units
        ]
        await stage.imported("evaluation", "decide_linkage", office.leader, linked)
        await _confirm_caps(stage, scenario, office, units)

    await side_by_side(scenario.regions, bind)
    await _cut_similar(stage, scenario, cast)


async def _confirm_caps(
    stage: Stage, scenario: Scenario, office: Office, units: list[Unit]
) -> None:
    """Every unit is told and agrees; another person confirms, and from then on the cap binds."""
    basis, year = scenario.budget_cuts["basis_fiscal_year"], scenario.fiscal_year
    for operation, person, body in (
        ("notify_linkage", office.business, {"document_no": f"喀财绩挂〔{year}〕1号"}),
        ("answer_linkage", office.unit_head, {"agrees": True}),
        ("confirm_linkage", office.budget, {}),
    ):
        rows = [line(body, linkage_id=f"{unit.code}-{basis}") for unit in units]
        await stage.imported("evaluation", operation, person, rows)


async def _cut_similar(stage: Stage, scenario: Scenario, cast: Cast) -> None:
    cuts = scenario.budget_cuts
    chance = Random(scenario.seed + 3)  # noqa: S311 - invention, not secrecy
    amounts = even(Money.parse(cuts["amount_yuan"]), cuts["projects"])
    # Every unit that is cut ended its year's appraisal without a growing budget.
    step = max(1, len(cast.units) // cuts["units"])
    units = cast.units[::step][: cuts["units"]]
    pairs: list[tuple[Project, Project, Money]] = []
    for unit, share in zip(units, spread(cuts["projects"], cuts["units"]), strict=True):
        for _ in range(share):
            pairs.append(_pair(unit, len(pairs), amounts[len(pairs)], cuts, chance))
    await stage.heard("targets", "evaluation")

    async def cut(region: tuple[str, str]) -> None:
        code, _ = region
        some = [pair for pair in pairs if pair[0].region_code == code]
        if some:
            await _cut_in_region(stage, scenario, Office(code), some)

    await side_by_side(scenario.regions, cut)


def _pair(
    unit: Unit, number: int, amount: Money, cuts: Section, chance: Random
) -> tuple[Project, Project, Money]:
    """A new application, the badly judged project it resembles, and the cut: half of it."""
    asked = Money(amount.fen * 2)
    new = project_of(unit, cuts["budget_year"], FIRST_CUT_PROJECT + number, asked, chance)
    old = project_of(unit, cuts["basis_fiscal_year"], FIRST_BASIS_PROJECT + number, asked, chance)
    # Of one type: the same work of the same unit under the same function code, two years before.
    name = new.name.replace(str(cuts["budget_year"]), str(cuts["basis_fiscal_year"]))
    return new, replace(old, name=name, function_code=new.function_code), amount


async def _cut_in_region(
    stage: Stage, scenario: Scenario, office: Office, pairs: list[tuple[Project, Project, Money]]
) -> None:
    cuts, year = scenario.budget_cuts, scenario.fiscal_year
    budget = cuts["budget_year"]
    judged = [line(_prior_result(old, cuts, year)) for _, old, _ in pairs]
    await stage.imported("evaluation", "record_prior_result", office.performance, judged)
    projects = [registration(new, budget) for new, _, _ in pairs]
    await stage.imported("targets", "register_project", office.unit_business, projects)
    proposed = [line(_proposal(pair, cuts)) for pair in pairs]
    await stage.imported("evaluation", "propose_cut", office.business, proposed)
    notice = {
        "document_no": f"喀财预调〔{year}〕1号",
        "answer_by": date(year, 11, 5).isoformat(),
    }
    for operation, person, body in (
        ("notify_cut", office.business, notice),
        ("answer_cut", office.unit_head, {"agrees": True}),
        ("confirm_cut", office.budget, {}),
    ):
        rows = [line(body, cut_id=_cut_id(new, budget)) for new, _, _ in pairs]
        await stage.imported("evaluation", operation, person, rows)
    await stage.heard("targets", "evaluation", region_code=office.region_code)
    await _ask_for_budget(stage, office, budget, [new for new, _, _ in pairs])


def _cut_id(project: Project, budget_year: int) -> str:
    return f"{project.code}-{budget_year}"


def _prior_result(old: Project, cuts: Section, year: int) -> dict[str, object]:
    return {
        "project_code": old.code,
        "name": old.name,
        "fiscal_year": cuts["basis_fiscal_year"],
        "unit_code": old.unit.code,
        "function_code": old.function_code,
        "score": "52.00",
        "grade": "POOR",
        "document_no": f"喀财绩评〔{year}〕1号",
        "told_on": date(year, 6, 30).isoformat(),
        "origin": "SYNTHETIC",
    }


def _proposal(pair: tuple[Project, Project, Money], cuts: Section) -> dict[str, object]:
    new, old, amount = pair
    return {
        "cut_id": _cut_id(new, cuts["budget_year"]),
        "project_code": new.code,
        "project_name": new.name,
        "budget_year": cuts["budget_year"],
        "basis_project_code": old.code,
        "basis_fiscal_year": cuts["basis_fiscal_year"],
        "requested": str(new.budget),
        "amount": str(amount),
        "similarity": "同单位同功能科目，名称相似",
        "origin": "SYNTHETIC",
    }


async def _ask_for_budget(stage: Stage, office: Office, year: int, projects: list[Project]) -> None:
    """What is asked for the coming year is granted within cap and cut."""
    asked = [
        line(
            {
                "unit_code": project.unit.code,
                "budget_year": year,
                "project_code": project.code,
                "amount": str(project.budget),
                "at_cap": True,
            }
        )
        for project in projects
    ]
    await stage.imported("targets", "request_budget", office.unit_finance, asked)
    granted = [
        line({"at_cap": True}, request_id=f"{project.unit.code}-{year}-{project.code}")
        for project in projects
    ]
    await stage.imported("targets", "approve_budget_request", office.budget, granted)


async def record_from_above(stage: Stage, scenario: Scenario) -> None:
    """Ranks and scores that the autonomous region gave, with their documents."""
    office = Office(scenario.regions[0][0])
    told = date(scenario.fiscal_year, 9, 30).isoformat()
    ranks: list[Row] = []
    for ranking in scenario.external["rankings"]:
        ranks += _ranks(ranking, office.region_code, told)
    await stage.imported("evaluation", "record_external_ranking", office.performance, ranks)
    scores = [
        line(
            {
                "fund": score["fund"],
                "kind": score["kind"],
                "fund_year": score["fund_year"],
                "subject": office.region_code,
                "score": score["score"],
                **({"rank": score["rank"]} if "rank" in score else {}),
                "document_no": "新财绩函〔2021〕8号",
                "told_on": told,
                "issuing_body": SUPERIOR,
                "scope": "衔接资金绩效管理",
            }
        )
        for score in scenario.external["scores"]
    ]
    await stage.imported("evaluation", "record_external_score", office.performance, scores)


def _ranks(ranking: dict[str, Any], parent: str, told: str) -> list[Row]:
    common = {
        "scheme": ranking["scheme"],
        "period": ranking["period"],
        "document_no": "新财绩〔2021〕20号",
        "told_on": told,
        "issuing_body": SUPERIOR,
        "scope": "全面实施预算绩效管理",
    }
    if "rank" in ranking:
        body = {**common, "subject": ranking["subject"], "level": "region", "rank": ranking["rank"]}
        return [line(body)]
    unnamed = ranking["count"] - len(ranking["named"])
    subjects = [*ranking["named"], *(f"UNKNOWN_COUNTY_{n + 1}" for n in range(unnamed))]
    bound = {"level": ranking["level"], "parent": parent, "rank_at_most": ranking["rank_at_most"]}
    return [line({**common, **bound, "subject": subject}) for subject in subjects]
