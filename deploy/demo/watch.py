"""While the money is spent: quota, payments, two rounds, warnings, letters, cures."""

from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, Final

from deploy.demo.cast import Project
from deploy.demo.fates import Fates, Pace, Payment, payments
from deploy.demo.lanes import side_by_side
from deploy.demo.people import Office
from deploy.demo.promise_content import PROMISES, reached
from deploy.demo.scenario import Scenario
from deploy.demo.stage import Row, Stage, line
from shared.domain.money import Money

PAGE: Final = 1_000
EVIDENCE: Final = "a3f1" * 16
CAUSE: Final = (
    "受季节性施工窗口和招标采购周期影响，部分工程量未按计划时间形成，已倒排工期加快推进。"
)

type Groups = list[tuple[Office, list[Project]]]


async def issue_quotas(stage: Stage, scenario: Scenario, groups: Groups) -> None:
    """The whole budget as quota, one document per project."""
    year = scenario.fiscal_year
    for office, projects in groups:
        await stage.heard("monitoring", "targets", region_code=office.region_code)
        rows = [
            line(
                {
                    "document_no": f"喀财预〔{year}〕{project.serial}号",
                    "amount": str(project.budget),
                    "issued_on": f"{year}-01-26",
                },
                project_code=project.code,
                fiscal_year=year,
            )
            for project in projects
        ]
        await stage.imported("monitoring", "issue_quota", office.budget, rows)


async def pay(
    stage: Stage, scenario: Scenario, groups: Groups, fates: Fates, period: tuple[date, date]
) -> None:
    """What the treasury settled after one day and up to another."""
    year = scenario.fiscal_year
    after, before = period

    def due(project: Project) -> list[Payment]:
        return [p for p in payments(project, fates.of(project), year) if after < p.on <= before]

    for office, projects in groups:
        rows = [
            line(
                {
                    "payment_id": payment.id,
                    "amount": str(payment.amount),
                    "settled_on": payment.on.isoformat(),
                },
                project_code=payment.project.code,
                fiscal_year=year,
            )
            for project in projects
            for payment in due(project)
        ]
        await stage.imported("monitoring", "settle_payment", office.treasury, rows)


async def analyse_ahead(stage: Stage, scenario: Scenario, groups: Groups, node: str) -> None:
    """One month before the node: who will miss it."""
    for office, projects in groups:
        rows = [_record(project, scenario, node, {}) for project in projects]
        await stage.imported("monitoring", "run_pre_analysis", office.business, rows)


async def report_node(
    stage: Stage, scenario: Scenario, groups: Groups, fates: Fates, node: str
) -> None:
    """Two offices of a unit and its head; then the review, and with it score and level."""
    for office, projects in groups:
        entered = [
            _record(project, scenario, node, {"values": _values(project, fates.of(project), node)})
            for project in projects
        ]
        await stage.imported("monitoring", "enter_monitoring", office.unit_business, entered)
        bare = [_record(project, scenario, node, {}) for project in projects]
        await stage.imported("monitoring", "confirm_execution", office.unit_finance, bare)
        await stage.imported("monitoring", "submit_monitoring", office.unit_head, bare)
        reviews = [_record(project, scenario, node, {"opinion": "同意"}) for project in projects]
        await stage.imported("monitoring", "review_monitoring", office.business, reviews)


def _record(project: Project, scenario: Scenario, node: str, body: dict[str, object]) -> Row:
    return line(body, project_code=project.code, fiscal_year=scenario.fiscal_year, node=node)


def _values(project: Project, pace: Pace, node: str) -> list[dict[str, object]]:
    proof = sha256(f"{project.code}-{node}".encode()).hexdigest()
    values: list[dict[str, object]] = []
    for promise in PROMISES:
        value: dict[str, object] = {
            "indicator_id": promise.id,
            "actual": reached(promise, pace.reach(node), node),
            "likelihood": "CERTAIN",
            "evidence": [proof],
        }
        if pace is not Pace.ON_TIME:
            value |= {"cause": "INSTITUTION", "cause_text": CAUSE}
        values.append(value)
    return values


async def answer_warnings(stage: Stage, scenario: Scenario, office: Office, today: date) -> None:
    """The letters of a region: issued, acknowledged, answered with a plan, cured and closed."""
    found = await _warnings(stage, scenario, office, "PUSHED")
    if not found:
        return
    await _each(stage, "draft_letter", office.business, found, _letter)
    await _each(stage, "issue_letter", office.leader, found, _nothing)
    await _each(stage, "acknowledge_letter", office.unit_head, found, _receipt)
    await _each(stage, "submit_plan", office.unit_head, found, _plan(today))
    await _each(stage, "submit_evidence", office.unit_head, found, _cured)
    for section in (office.second_business, office.performance):
        await _each(stage, "verify_rectification", section, found, _verified)
    await _each(stage, "close_warning", office.performance, found, _closed)


async def _warnings(
    stage: Stage, scenario: Scenario, office: Office, status: str
) -> list[dict[str, Any]]:
    path = f"/v1/warnings?fiscal_year={scenario.fiscal_year}&status={status}&limit={PAGE}"
    return [
        warning
        async for warning in stage.pages("monitoring", path, office.business)
        if warning["region_code"] == office.region_code
    ]


async def _each(
    stage: Stage,
    operation: str,
    person: Any,  # noqa: ANN401 - a Person
    warnings: list[dict[str, Any]],
    body: Callable[[dict[str, Any]], dict[str, object]],
) -> None:
    rows = [line(body(warning), warning_id=warning["warning_id"]) for warning in warnings]
    await stage.imported("monitoring", operation, person, rows)


def _nothing(_warning: dict[str, Any]) -> dict[str, object]:
    return {}


def _letter(_warning: dict[str, Any]) -> dict[str, object]:
    return {
        "demands": "请分析偏差原因，制定整改措施，在规定时限内完成纠偏并提交佐证材料。",
        "evidence_wanted": "支付凭证、工程进度照片、验收资料",
        "contact": "绩效科",
        "phone": "0998-0000000",
    }


def _receipt(_warning: dict[str, Any]) -> dict[str, object]:
    return {"received_by": "单位负责人"}


def _plan(today: date) -> Callable[[dict[str, Any]], dict[str, object]]:
    due_on = (today + timedelta(days=14)).isoformat()

    def body(warning: dict[str, Any]) -> dict[str, object]:
        steps = [
            {
                "reason": reason,
                "cause": CAUSE,
                "measure": "倒排工期，按周调度，加快资金支付和任务落实。",
                "owner": "业务负责人",
                "finance_owner": "财务负责人",
                "due_on": due_on,
            }
            for reason in warning["reasons"]
        ]
        return {"steps": steps}

    return body


def _cured(_warning: dict[str, Any]) -> dict[str, object]:
    return {"result": "整改措施已落实，进度已追上计划。", "evidence": [EVIDENCE]}


def _verified(_warning: dict[str, Any]) -> dict[str, object]:
    return {"finding": "资料齐全，整改到位。", "on_site": True}


def _closed(warning: dict[str, Any]) -> dict[str, object]:
    return {
        "answers": dict.fromkeys(warning["reasons"], "已整改"),
        "fund_effect": "none",
        "target_effect": "none",
    }


async def adjust(stage: Stage, scenario: Scenario, groups: Groups, fates: Fates) -> None:
    """Paired changes of money and target inside a unit: one project gives, another receives.

    Where money changes, two sections sign, and neither is the one that asked.
    """
    year = scenario.fiscal_year
    pairs = _pairs(groups, fates, scenario.monitoring["adjustments"] // 2)

    async def of_region(region: tuple[Office, list[tuple[Project, Project]]]) -> None:
        office, some = region
        proposals, approvals = [], []
        for giver, taker in some:
            amount = Money(giver.budget.fen // 50)
            for kind, project, letter in (("REDUCTION", giver, "A"), ("INCREASE", taker, "B")):
                adjustment_id = f"TZ{year}{project.serial:06d}{letter}"
                proposals.append(
                    line(
                        {
                            "adjustment_id": adjustment_id,
                            "project_code": project.code,
                            "fiscal_year": year,
                            "kind": kind,
                            "amount": str(amount),
                            "reason": "项目间调剂，同步调整绩效目标",
                        }
                    )
                )
                approvals.append(
                    line({}, target_id=f"{project.code}-{year}", adjustment_id=adjustment_id)
                )
        await stage.imported("monitoring", "propose_adjustment", office.business, proposals)
        await stage.heard("targets", "monitoring", region_code=office.region_code)
        for signer in (office.performance, office.budget):
            await stage.imported("targets", "approve_adjustment", signer, approvals)

    await side_by_side(pairs, of_region)


def _pairs(
    groups: Groups, fates: Fates, wanted: int
) -> list[tuple[Office, list[tuple[Project, Project]]]]:
    found: list[tuple[Office, list[tuple[Project, Project]]]] = []
    left = wanted
    for office, projects in groups:
        on_time = [p for p in projects if fates.of(p) is Pace.ON_TIME]
        pairs = [
            (a, b)
            for a, b in zip(on_time[::2], on_time[1::2], strict=False)
            if a.unit.code == b.unit.code
        ]
        share = pairs[: max(1, -(-wanted // len(groups)))][:left]
        left -= len(share)
        if share:
            found.append((office, share))
    return found
