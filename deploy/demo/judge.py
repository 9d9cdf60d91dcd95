"""Afterwards: every project evaluates itself, some are looked at again, the key ones closely."""

from collections.abc import Callable
from hashlib import sha256
from typing import Final

from deploy.demo.cast import Project
from deploy.demo.fates import Fates, Pace
from deploy.demo.lanes import side_by_side
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

type Body = dict[str, object]
type Groups = list[tuple[Office, list[Project]]]


async def evaluate_themselves(
    stage: Stage, scenario: Scenario, groups: Groups, fates: Fates
) -> None:
    """Every project reports, its department audits, the bureau recomputes and accepts."""
    year = scenario.fiscal_year
    for office, projects in groups:
        await stage.heard("evaluation", "targets", "monitoring", region_code=office.region_code)

        async def act(
            operation: str, person: Person, some: list[Project], body: Callable[[Project], Body]
        ) -> None:
            rows = [line(body(one), self_evaluation_id=f"{one.code}-{year}") for one in some]
            await stage.imported("evaluation", f"{operation}_self_evaluation", person, rows)

        await act("enter", office.unit_business, projects, lambda one: _report(one, fates, year))
        await act("confirm", office.unit_finance, projects, _nothing)
        await act("submit", office.unit_head, projects, _nothing)
        for reviewer, some in departments(office, projects):
            await act("audit", reviewer, some, lambda one: _audited(one, year))
        await act("accept", office.performance, projects, _nothing)


def _nothing(_project: Project) -> Body:
    return {}


def _audited(project: Project, year: int) -> Body:
    verdict = {"sha256": _proof(project, year)["sha256"], "acceptance": "ACCEPTED"}
    return {"opinion": "资料齐全，情况属实", "verdicts": [verdict]}


def _proof(project: Project, year: int) -> Body:
    """The file that proves what a project achieved; no two projects share one."""
    return {
        "sha256": sha256(f"{project.code}-{year}".encode()).hexdigest(),
        "kind": "WORKING_PAPER",
        "name": f"{project.name}完成情况统计.pdf",
        "mime": "application/pdf",
        "bytes": 180_000 + project.serial,
        "obtain_method": "STATISTICS",
        "data_source": "DEPARTMENT_RECORDS",
        "captured_on": f"{year + 1}-01-20",
    }


def departments(office: Office, projects: list[Project]) -> list[tuple[Person, list[Project]]]:
    """The projects of a region by the department that answers for them."""
    found: dict[str, list[Project]] = {}
    for project in projects:
        found.setdefault(project.unit.department_code, []).append(project)
    return [(office.department(code), some) for code, some in found.items()]


def _report(project: Project, fates: Fates, year: int) -> Body:
    """What the business office states: values, proof, and causes where it fell behind."""
    pace, proof = fates.of(project), _proof(project, year)
    cause = {
        "code": "FUNDING",
        "text": CAUSE,
        "measure": MEASURE,
        "objective": "40",
        "subjective": "60",
        "due_on": f"{year + 1}-06-30",
        "owner": f"{project.unit.name}业务负责人",
    }
    told = {} if pace is Pace.ON_TIME else {"cause": cause}
    body: Body = {
        "reports": [
            {
                "indicator_id": promise.id,
                "value": reached(promise, pace.reach_at_year_end, None),
                "evidence": [proof["sha256"]],
                **told,
            }
            for promise in PROMISES
        ],
        "evidence": [proof],
        "finished": pace is Pace.ON_TIME,
    }
    return body if pace is Pace.ON_TIME else {**body, "execution_cause": cause}


async def evaluate_key_projects(
    stage: Stage, scenario: Scenario, groups: Groups, fates: Fates
) -> list[tuple[Office, list[Project]]]:
    """Finance evaluations of key projects with the mandatory exchange of opinions."""
    wanted = scenario.evaluation["finance_key_evaluations"]
    shares = spread(wanted, len(groups))
    chosen = [(o, ps[:share]) for (o, ps), share in zip(groups, shares, strict=True) if share]
    year = scenario.fiscal_year

    async def of_region(region: tuple[Office, list[Project]]) -> None:
        office, projects = region
        await _evaluate_closely(stage, office, projects, fates, year)

    await side_by_side(chosen, of_region)
    return chosen


async def _evaluate_closely(
    stage: Stage, office: Office, projects: list[Project], fates: Fates, year: int
) -> None:
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
