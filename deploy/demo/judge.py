"""Afterwards: every project evaluates itself, some are looked at again, the key ones closely."""

from typing import Final

from deploy.demo.cast import Project
from deploy.demo.fates import Fates, Pace
from deploy.demo.people import Office
from deploy.demo.promise_content import PROMISES, reached
from deploy.demo.scenario import Scenario
from deploy.demo.split import spread
from deploy.demo.stage import Person, Row, Stage, line
from shared.domain.money import Money

EVIDENCE: Final = "b7c4" * 16
ANY_VERSION: Final = {"If-Match": "*"}
MATERIAL: Final = {"number": "E1", "name": "项目资料（示例）", "sha256": EVIDENCE}
CAUSE: Final = (
    "招标采购和土地手续办理周期较长，主要工程量集中在下半年实施，部分资金按合同约定结转。"
)
MEASURE: Final = "提前开展前期工作，按月调度执行进度。"
ITEMS: Final = (
    ("D1", "DECISION", "立项与目标", "15", "JUDGED"),
    ("P1", "PROCESS", "资金到位率", "5", "FUNDS_IN_PLACE"),
    ("P2", "PROCESS", "预算执行率", "10", "EXECUTION"),
    ("P3", "PROCESS", "组织实施", "10", "JUDGED"),
    ("O1", "OUTPUT", "产出数量质量时效成本", "30", "JUDGED"),
    ("B1", "BENEFIT", "效益与满意度", "30", "JUDGED"),
)

type Groups = list[tuple[Office, list[Project]]]


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
    stage: Stage, scenario: Scenario, groups: Groups, fates: Fates
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
        proposal = {"items": plan, "methods": ["COMPARISON"], "standards": ["PLAN"]}
        rows = [line(proposal, evaluation_id=one) for one in ids]
        await stage.imported("evaluation", "propose_plan", office.performance, rows)
        rows = [line({}, evaluation_id=one) for one in ids]
        await stage.imported("evaluation", "approve_plan", office.leader, rows)
        rows = [line({"materials": [MATERIAL]}, evaluation_id=one) for one in ids]
        await stage.imported("evaluation", "collect_data", office.performance, rows)
        rows = [
            line(_points(project, fates.of(project)), evaluation_id=one)
            for one, project in zip(ids, projects, strict=True)
        ]
        await stage.imported("evaluation", "score_evaluation", office.performance, rows)
        rows = [line({"agrees": True}, evaluation_id=one) for one in ids]
        await stage.imported("evaluation", "answer_draft", office.unit_head, rows)
        rows = [line({}, evaluation_id=one) for one in ids]
        decider = office.second_performance
        await stage.imported("evaluation", "conclude_evaluation", decider, rows)
        await _put_on_file(stage, office, projects, year)
    return chosen


async def _put_on_file(stage: Stage, office: Office, projects: list[Project], year: int) -> None:
    """Every evaluation has its report, printed once and put on file."""
    ids = [f"FINANCE-{project.code}-{year}" for project in projects]
    rows = [
        line(
            {
                "report_no": f"喀财绩评〔{year + 1}〕{project.code[-4:]}号",
                "agency": "财政局（示例）",
                "lead_evaluator": "主评人（示例）",
                "chapters": _chapters(project),
            },
            evaluation_id=one,
        )
        for one, project in zip(ids, projects, strict=True)
    ]
    await stage.imported("evaluation", "submit_report", office.performance, rows)
    rows = [line({}, evaluation_id=one) for one in ids]
    await stage.imported("evaluation", "file_report", office.performance, rows)


def _chapters(project: Project) -> dict[str, str]:
    return {
        "overview": f"{project.name}，预算{project.budget}元。",
        "goals": "按批复的年度绩效目标实施。",
        "purpose": "评价资金使用和绩效目标实现情况，范围为年度全部资金。",
        "principles": "坚持科学公正、统筹兼顾、激励约束、公开透明。",
        "process": "下达通知、审定方案、收集资料、核实事实、交换意见、形成结论。",
        "decision": "立项依据充分，绩效目标明确。",
        "implementation": "资金到位，管理制度基本健全。",
        "output": "产出与计划对照情况见评分表。",
        "benefit": "效益和满意度情况见评分表。",
        "experience": "按月调度执行进度。",
        "problems": "部分工程量集中在下半年实施。",
        "advice": "提前开展前期工作。",
    }


def _points(project: Project, pace: Pace) -> dict[str, object]:
    paid = sum(share for *_, share in pace.value)
    judged = {"D1": "14.00", "P3": "9.00", "O1": "27.00", "B1": "26.50"}
    return {
        "received": str(project.budget),
        "paid": str(Money(project.budget.fen * paid // 100)),
        "scores": [
            {"item_id": one, "score": score, "basis": "查阅资料、现场核查", "evidence": ["E1"]}
            for one, score in judged.items()
        ],
    }


async def recheck(stage: Stage, scenario: Scenario, groups: Groups) -> None:
    """A sample is drawn; some self-scores turn out inflated and are corrected.

    Played are the re-checks drawn at random. What the machine flagged is on the list, and open.
    """
    year = scenario.fiscal_year
    inflated = scenario.evaluation["inflated_share"]
    every = max(1, round(1 / scenario.evaluation["recheck_share"]))
    for office, projects in groups:
        if not projects:
            continue
        sample = f"/v1/recheck-samples/{office.region_code}-{year}"
        asked = {"fiscal_year": year}
        await stage.post("evaluation", "/v1/recheck-samples", office.performance, asked)
        drawn = {"round": 1, "seed": f"kashgar-{office.region_code}-{year}"}
        await stage.post("evaluation", f"{sample}/draw", office.performance, drawn, **ANY_VERSION)
        path = f"{sample}/items?reason=RANDOM&limit=1000"
        rows: list[Row] = []
        async for item in stage.pages("evaluation", path, office.performance):
            lowered = len(rows) % max(1, round(1 / (inflated * every))) == 0
            score = f"{float(item['score']) - 13.5:.2f}" if lowered else item["score"]
            body = {
                "score": score,
                "reason": "抽查复核",
                "document_no": f"喀财绩查〔{year + 1}〕1号",
            }
            rows.append(line(body, self_evaluation_id=item["name"]))
        await stage.imported(
            "evaluation", "recheck_self_evaluation", office.second_performance, rows
        )
