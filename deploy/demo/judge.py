"""Afterwards: results of the year before move money; the year itself is evaluated."""

from datetime import date, timedelta
from random import Random
from typing import Any, Final

from deploy.demo.cast import Cast, Project, Unit, project_of
from deploy.demo.fates import Fates, Pace
from deploy.demo.people import Office
from deploy.demo.promise import registration
from deploy.demo.promise_content import PROMISES, reached
from deploy.demo.scenario import Scenario
from deploy.demo.split import even, spread
from deploy.demo.stage import Person, Row, Stage, line
from shared.domain.money import Money

FIRST_CUT_PROJECT: Final = 700_001
FIRST_BASIS_PROJECT: Final = 800_001
EVIDENCE: Final = "b7c4" * 16
CAUSE: Final = "项目前期招标采购和土地手续办理周期较长，主要工程量集中在下半年实施，部分资金按合同约定结转支付。"
MEASURE: Final = "提前开展前期工作，按月调度执行进度。"
ITEMS: Final = (
    ("D1", "DECISION", "立项与目标", "15", "JUDGED"),
    ("P1", "PROCESS", "资金到位率", "5", "FUNDS_IN_PLACE"),
    ("P2", "PROCESS", "预算执行率", "10", "EXECUTION"),
    ("P3", "PROCESS", "组织实施", "10", "JUDGED"),
    ("O1", "OUTPUT", "产出数量质量时效成本", "30", "JUDGED"),
    ("B1", "BENEFIT", "效益与满意度", "30", "JUDGED"),
)
GRADES: Final = ("EXCELLENT", "GOOD", "GOOD", "FAIR")

type Groups = list[tuple[Office, list[Project]]]


async def recover(stage: Stage, scenario: Scenario, fates: Fates) -> None:
    """Red projects that were not cured give money back: found, heard, approved, booked."""
    year = scenario.fiscal_year
    await stage.set_clock(date(year, 10, 9))
    by_region: dict[str, list[Any]] = {}
    for recovery in fates.recoveries:
        by_region.setdefault(recovery.project.region_code, []).append(recovery)
    await stage.heard("evaluation", "monitoring")
    for code, some in by_region.items():
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
    # The ledger withdraws what was approved and says so; only then the money counts.
    await stage.heard("monitoring", "evaluation")
    await stage.heard("evaluation", "evaluation")


def _each(recoveries: list[Any], **body: object) -> list[Row]:
    return [line(body, recovery_id=one.id) for one in recoveries]


async def apply_prior_results(stage: Stage, scenario: Scenario, cast: Cast) -> None:
    """The results of the year before bind next year's budget: caps for units, cuts for projects."""
    cuts = scenario.budget_cuts
    await stage.set_clock(date(scenario.fiscal_year, 10, 25))
    for code, _ in scenario.regions:
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
    await _cut_similar(stage, scenario, cast)


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
            amount = amounts[len(pairs)]
            pairs.append(_pair(unit, len(pairs), Money(amount.fen * 2), scenario, chance, amount))
    await stage.heard("targets", "evaluation")
    for code, _ in scenario.regions:
        some = [pair for pair in pairs if pair[0].region_code == code]
        if some:
            await _cut_in_region(stage, scenario, Office(code), some)


def _pair(  # noqa: PLR0913 - invention
    unit: Unit, number: int, asked: Money, scenario: Scenario, chance: Random, amount: Money
) -> tuple[Project, Project, Money]:
    cuts = scenario.budget_cuts
    new = project_of(unit, cuts["budget_year"], FIRST_CUT_PROJECT + number, asked, chance)
    old = project_of(unit, cuts["basis_fiscal_year"], FIRST_BASIS_PROJECT + number, asked, chance)
    return new, old, amount


async def _cut_in_region(
    stage: Stage, scenario: Scenario, office: Office, pairs: list[tuple[Project, Project, Money]]
) -> None:
    cuts = scenario.budget_cuts
    basis, budget = cuts["basis_fiscal_year"], cuts["budget_year"]
    judged = [
        line(
            {
                "project_code": old.code,
                "name": old.name,
                "fiscal_year": basis,
                "unit_code": old.unit.code,
                "score": "52.00",
                "grade": "POOR",
                "document_no": f"喀财绩评〔{scenario.fiscal_year}〕1号",
                "told_on": date(scenario.fiscal_year, 6, 30).isoformat(),
                "origin": "SYNTHETIC",
            }
        )
        for _, old, _ in pairs
    ]
    await stage.imported("evaluation", "record_prior_result", office.performance, judged)
    projects = [registration(new, budget) for new, _, _ in pairs]
    await stage.imported("targets", "register_project", office.unit_business, projects)
    proposed = [
        line(
            {
                "cut_id": f"TJ{budget}{new.serial:06d}",
                "project_code": new.code,
                "project_name": new.name,
                "budget_year": budget,
                "basis_project_code": old.code,
                "basis_fiscal_year": basis,
                "requested": str(new.budget),
                "amount": str(amount),
                "similarity": "同单位同功能科目，名称相似",
                "origin": "SYNTHETIC",
            }
        )
        for new, old, amount in pairs
    ]
    await stage.imported("evaluation", "propose_cut", office.business, proposed)
    ids = [f"TJ{budget}{new.serial:06d}" for new, _, _ in pairs]
    notice = {
        "document_no": f"喀财预调〔{scenario.fiscal_year}〕1号",
        "answer_by": date(scenario.fiscal_year, 11, 5).isoformat(),
    }
    notices = [line(notice, cut_id=one) for one in ids]
    await stage.imported("evaluation", "notify_cut", office.business, notices)
    answers = [line({"agrees": True}, cut_id=one) for one in ids]
    await stage.imported("evaluation", "answer_cut", office.unit_head, answers)
    confirmed = [line({}, cut_id=one) for one in ids]
    await stage.imported("evaluation", "confirm_cut", office.budget, confirmed)
    await stage.heard("targets", "evaluation")
    await _ask_for_budget(stage, office, budget, [new for new, _, _ in pairs])


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
    }
    if "rank" in ranking:
        body = {**common, "subject": ranking["subject"], "level": "region", "rank": ranking["rank"]}
        return [line(body)]
    unnamed = ranking["count"] - len(ranking["named"])
    subjects = [*ranking["named"], *(f"UNKNOWN_COUNTY_{n + 1}" for n in range(unnamed))]
    bound = {"level": ranking["level"], "parent": parent, "rank_at_most": ranking["rank_at_most"]}
    return [line({**common, **bound, "subject": subject}) for subject in subjects]


async def evaluate_themselves(
    stage: Stage, scenario: Scenario, groups: Groups, fates: Fates
) -> None:
    """Every project reports, its department audits, the bureau recomputes and accepts."""
    year = scenario.fiscal_year
    await stage.heard("evaluation", "targets", "monitoring")
    for office, projects in groups:
        reports = [
            line(_report(fates.of(project)), self_evaluation_id=f"{project.code}-{year}")
            for project in projects
        ]
        await stage.imported("evaluation", "submit_self_evaluation", office.unit_head, reports)
        for reviewer, some in departments(office, projects):
            rows = [line({}, self_evaluation_id=f"{project.code}-{year}") for project in some]
            await stage.imported("evaluation", "audit_self_evaluation", reviewer, rows)
        rows = [line({}, self_evaluation_id=f"{project.code}-{year}") for project in projects]
        await stage.imported("evaluation", "accept_self_evaluation", office.performance, rows)


def departments(office: Office, projects: list[Project]) -> list[tuple[Person, list[Project]]]:
    """The projects of a region by the department that answers for them."""
    found: dict[str, list[Project]] = {}
    for project in projects:
        found.setdefault(project.unit.department_code, []).append(project)
    return [(office.department(code), some) for code, some in found.items()]


def _report(pace: Pace) -> dict[str, object]:
    cause = {"code": "FUNDING", "text": CAUSE, "measure": MEASURE}
    reports: list[dict[str, object]] = []
    for promise in PROMISES:
        report: dict[str, object] = {
            "indicator_id": promise.id,
            "value": reached(promise, pace.reach_at_year_end, None),
            "evidence": [EVIDENCE],
        }
        if pace is not Pace.ON_TIME:
            report["cause"] = cause
        reports.append(report)
    body: dict[str, object] = {
        "reports": reports,
        "prepared_by_business": "业务科室经办人",
        "prepared_by_finance": "财务科室经办人",
        "finished": pace is Pace.ON_TIME,
    }
    if pace is not Pace.ON_TIME:
        body["execution_cause"] = cause
    return body


async def evaluate_key_projects(
    stage: Stage, scenario: Scenario, groups: Groups, fates: Fates, day: date
) -> list[tuple[Office, list[Project]]]:
    """Finance evaluations of key projects with the mandatory exchange of opinions."""
    wanted = scenario.evaluation["finance_key_evaluations"]
    shares = spread(wanted, len(groups))
    chosen = [(o, ps[:share]) for (o, ps), share in zip(groups, shares, strict=True) if share]
    year = scenario.fiscal_year
    for office, projects in chosen:
        ids = [f"FINANCE-{project.code}-{year}" for project in projects]
        selected = [
            line(
                {
                    "evaluation_id": one,
                    "kind": "FINANCE",
                    "project_code": project.code,
                    "fiscal_year": year,
                    "notice_no": f"喀财绩评通〔{year + 1}〕1号",
                    "evaluator": "第三方机构（示例）",
                }
            )
            for one, project in zip(ids, projects, strict=True)
        ]
        await stage.imported("evaluation", "select_for_evaluation", office.performance, selected)
        plan = [
            {"item_id": i, "part": part, "name": name, "points": points, "measure": measure}
            for i, part, name, points, measure in ITEMS
        ]
        rows = [line({"items": plan}, evaluation_id=one) for one in ids]
        await stage.imported("evaluation", "propose_plan", office.performance, rows)
        rows = [line({}, evaluation_id=one) for one in ids]
        await stage.imported("evaluation", "approve_plan", office.leader, rows)
        rows = [
            line(_points(project, fates.of(project), day), evaluation_id=one)
            for one, project in zip(ids, projects, strict=True)
        ]
        await stage.imported("evaluation", "score_evaluation", office.performance, rows)
        rows = [line({"agrees": True}, evaluation_id=one) for one in ids]
        await stage.imported("evaluation", "answer_draft", office.unit_head, rows)
        rows = [line({}, evaluation_id=one) for one in ids]
        decider = office.second_performance
        await stage.imported("evaluation", "conclude_evaluation", decider, rows)
    return chosen


def _points(project: Project, pace: Pace, day: date) -> dict[str, object]:
    paid = sum(share for *_, share in pace.value)
    judged = {"D1": "14.00", "P3": "9.00", "O1": "27.00", "B1": "26.50"}
    return {
        "received": str(project.budget),
        "paid": str(Money(project.budget.fen * paid // 100)),
        "scores": [
            {"item_id": one, "score": score, "basis": "查阅资料、现场核查"}
            for one, score in judged.items()
        ],
        "answer_by": (day + timedelta(days=14)).isoformat(),
    }


async def recheck(stage: Stage, scenario: Scenario, groups: Groups) -> None:
    """A sample is looked at again; some self-scores turn out inflated and are corrected."""
    year = scenario.fiscal_year
    inflated = scenario.evaluation["inflated_share"]
    every = max(1, round(1 / scenario.evaluation["recheck_share"]))
    for office, projects in groups:
        path = f"/v1/self-evaluations?fiscal_year={year}&limit=1000"
        scores = {
            row["self_evaluation_id"]: row["final_score"]
            async for row in stage.pages("evaluation", path, office.performance)
            if row["region_code"] == office.region_code
        }
        rows = []
        for number, project in enumerate(projects[::every]):
            one = f"{project.code}-{year}"
            lowered = number % max(1, round(1 / (inflated * every))) == 0
            score = f"{float(scores[one]) - 13.5:.2f}" if lowered else scores[one]
            body = {
                "score": score,
                "reason": "抽查复核",
                "document_no": f"喀财绩查〔{year + 1}〕1号",
            }
            rows.append(line(body, self_evaluation_id=one))
        await stage.imported(
            "evaluation", "recheck_self_evaluation", office.second_performance, rows
        )
