"""The lives in which one person must not be two: what may be asked for, and of whom."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from services.evaluation.domain.self_evaluation.messages import OpenSelfEvaluation
from services.evaluation.domain.unit import RegisterUnit
from services.evaluation.domain.watched import NotePaid
from services.monitoring.domain.ledger import commands as money
from services.monitoring.domain.region import HearRegion
from services.monitoring.domain.rules import HearRules
from services.monitoring.domain.watch import OpenWatch
from shared.http.policy import Role
from shared.testing.api_spec import Api
from tests.authority.walks import Act, Script
from tests.evaluation import story as judged
from tests.evaluation.test_records import adopt
from tests.evaluation.test_self_evaluation_api import FILLED, PROOF
from tests.monitoring import stories as watched
from tests.targets import stories as promised
from tests.targets.assessments import DIMENSIONS
from tests.targets.town import POINTS, Town, report_body, target_body

_BUREAU: Final = (Role.FB_PERFORMANCE, Role.COUNTY_FB)
_REVIEW: Final = (Role.FB_BUSINESS, Role.FB_PERFORMANCE, Role.COUNTY_FB)
_SIGN: Final = (Role.FB_LEADER, Role.FB_PERFORMANCE, Role.COUNTY_FB)
_DEPARTMENT: Final = (Role.DEPT_REVIEWER, Role.DEPT_HEAD)
_HEAD: Final = (Role.UNIT_HEAD,)
_PROOF: Final = "ab" * 32
_POINTS_OF_A_GOOD_ONE: Final = {
    name: str(min(float(points), 12.0)) for name, points in POINTS.items()
}
"""Points for a target that is good but not excellent: the bureau completes it."""


async def _founded(api: Api) -> Town:
    town = Town(api.client, api.tokens, api.store, api.handling)
    await town.founded()
    return town


async def _a_project(api: Api) -> str:
    await (await _founded(api)).registered("P1")
    return "P1"


async def _a_new_project(api: Api) -> str:
    await (await _founded(api)).registered("P1", is_new=True)
    return "P1"


def _revised(it: str) -> Mapping[str, Any]:
    body = target_body(it)
    return {name: value for name, value in body.items() if name[-4:] not in ("code", "year")}


_TARGET: Final = "/targets/{it}-2021"
_DRAFTS: Final = (Role.UNIT_BUSINESS, Role.UNIT_FINANCE)
_PLACE: Final = {
    "region": promised.REGION_CODE,
    "unit": promised.UNIT_CODE,
    "department": promised.DEPARTMENT,
}


def _completed(it: str) -> Mapping[str, Any]:
    return {**_revised(it), "amended": ["/annual_goal"]}


def _promising(*graded: Act) -> Sequence[Act]:
    """The life of a target; `graded` is what leads from its grade to its approval."""
    return (
        Act(f"{_TARGET}/revise", _DRAFTS, _revised),
        Act(f"{_TARGET}/return", (*_DEPARTMENT, *_REVIEW), {"reasons": ["请补充"]}),
        Act("/targets", _DRAFTS, target_body),
        Act(f"{_TARGET}/confirm", (Role.UNIT_BUSINESS,), {"office": "BUSINESS"}),
        Act(f"{_TARGET}/confirm", (Role.UNIT_FINANCE,), {"office": "FINANCE"}),
        Act(f"{_TARGET}/submit", _HEAD, {}),
        Act(f"{_TARGET}/review", _DEPARTMENT, {}),
        Act(f"{_TARGET}/check", _REVIEW, {}),
        *graded,
        Act(f"{_TARGET}/approve", (Role.FB_BUDGET, Role.COUNTY_FB), {"budget": "7400000.00"}),
    )


EXCELLENT: Final = Script(
    service="targets",
    begin=_a_project,
    place=_PLACE,
    stream="target",
    without=frozenset({"TargetCompleted"}),
    back=2,
    acts=_promising(Act(f"{_TARGET}/grade", _BUREAU, {"points": POINTS})),
)
GOOD: Final = Script(
    service="targets",
    begin=_a_project,
    place=_PLACE,
    stream="target",
    back=2,
    acts=_promising(
        Act(f"{_TARGET}/grade", _BUREAU, {"points": _POINTS_OF_A_GOOD_ONE}),
        Act(
            f"{_TARGET}/complete", _BUREAU, lambda it: {**_revised(it), "amended": ["/annual_goal"]}
        ),
    ),
)
_ONE: Final = "/ex-ante-assessments/{it}-2021"
_OBJECTED: Final = {"grounds": "补充", "evidence": [{"name": "新.pdf", "sha256": "c" * 64}]}
ASSESSMENTS: Final = Script(
    service="targets",
    begin=_a_new_project,
    place=_PLACE,
    stream="ex_ante",
    back=0,
    acts=(
        Act("/targets", _DRAFTS, target_body),
        Act("/ex-ante-assessments", _HEAD, report_body),
        Act(f"{_ONE}/review", _DEPARTMENT, {}),
        Act(
            f"{_ONE}/score",
            (*_BUREAU, Role.EXPERT, Role.THIRD_PARTY_LEAD, Role.THIRD_PARTY_MEMBER),
            {"points": dict.fromkeys(DIMENSIONS, "18")},
            again=True,
        ),
        Act(f"{_ONE}/grade", _BUREAU, {}),
        Act(f"{_ONE}/conclude", _BUREAU, {}),
        Act(f"{_ONE}/file-objection", _HEAD, _OBJECTED),
        Act(f"{_ONE}/decide-objection", _SIGN, {"upheld": False, "reason": "理由"}),
    ),
)


async def _a_warning(api: Api) -> str:
    """What monitoring hears of a project before anybody warns of it."""
    project = watched.PROJECT
    whose: dict[str, Any] = {"by": "abacus", "now": watched.at(2, 1)}
    common = {"region_code": "653101", **whose}
    budget = watched.yuan(3_000_000)
    await api.given(
        HearRegion(name="疏附县", **common),
        HearRules(fiscal_year=2021, rules=watched.RULES, **common),
        money.OpenLedger(
            project=project, budget=budget, fund_type_code="", direct_fund_flag="", **whose
        ),
        OpenWatch(
            project=project,
            name="农村道路",
            budget=budget,
            target_version=1,
            indicators=(watched.ROAD, watched.TRUST),
            exempt=True,
            **whose,
        ),
    )
    clerk = api.tokens.of(Role.FB_BUSINESS, region="653101", subject="clerk")
    body = {
        "project_code": project.code,
        "fiscal_year": 2021,
        "node": "M05",
        "level": "BLUE",
        "reasons": ["EXECUTION_BEHIND"],
        "source": "DAILY",
        "finding": "进度滞后",
    }
    answer = await api.client.post("/v1/warnings", json=body, headers={**clerk, "if-match": "*"})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


_WARNING: Final = "/warnings/{it}"
_DRAFT: Final = {"demands": "加快", "evidence_wanted": "凭证", "contact": "张三", "phone": "0998"}


def _planned(_it: str) -> Mapping[str, Any]:
    """What the unit will do, within the letter's last day."""
    step = {
        "reason": "EXECUTION_BEHIND",
        "cause": "审批慢",
        "measure": "每周调度",
        "owner": "王五",
        "finance_owner": "马六",
        "due_on": (datetime.now(UTC) + timedelta(days=7)).date().isoformat(),
    }
    return {"steps": [step]}


_ITEM: Final = {"sha256": _PROOF, "kind": "ORIGINAL_VOUCHER", "name": "凭证", "source": "国库"}
_SHOWN: Final = {
    "result": "已支付",
    "items": [_ITEM],
    "values": [{"indicator_id": "road", "actual": "10", "evidence": [_PROOF]}],
}
LETTERS: Final = Script(
    service="monitoring",
    begin=_a_warning,
    place={"region": "653101", "unit": "U1", "department": "D1"},
    stream="warning",
    # The first throws a life back, so chance decides; the second is a life of its own.
    without=frozenset({"RectificationFailed", "MeasureApproved"}),
    back=3,
    acts=(
        Act(f"{_WARNING}/fail", _REVIEW, {"reason": "不实"}),
        Act(f"{_WARNING}/draft-correction", _REVIEW, {**_DRAFT, "reason": "时限有误"}),
        Act(f"{_WARNING}/correct-letter", _SIGN),
        Act(f"{_WARNING}/confirm", _BUREAU),
        Act(f"{_WARNING}/draft-letter", _REVIEW, _DRAFT),
        Act(f"{_WARNING}/issue-letter", _SIGN),
        Act(f"{_WARNING}/acknowledge", _HEAD, {"received_by": "李四", "objection": "有异议"}),
        Act(f"{_WARNING}/answer-objection", _SIGN, {"kept": True, "answer": "予以维持"}),
        Act(f"{_WARNING}/submit-plan", _HEAD, _planned),
        Act(f"{_WARNING}/submit-evidence", _HEAD, _SHOWN),
        Act(f"{_WARNING}/review-rectification", _DEPARTMENT, {"opinion": "同意", "agrees": True}),
        Act(f"{_WARNING}/verify", _REVIEW, {"finding": "属实", "on_site": True}, again=True),
    ),
)


async def _a_self_evaluation(api: Api) -> str:
    common: dict[str, Any] = {"by": "abacus", "now": judged.NOW}
    project = judged.PROJECT
    await api.given(
        adopt(1),
        RegisterUnit(
            unit_code=judged.UNIT,
            name="交通局",
            region_code=judged.REGION,
            department_code=judged.DEPT,
            **common,
        ),
        OpenSelfEvaluation(project=project, **common),
        NotePaid(
            project_code=project.project_code,
            fiscal_year=2021,
            paid=judged.yuan(410),
            **common,
        ),
    )
    return project.project_code


_SELF: Final = "/self-evaluations/{it}-2021"
_AUDITED: Final = {"verdicts": [{"sha256": PROOF, "acceptance": "ACCEPTED"}]}
_JUDGED: Final = {"score": "81.50", "reason": "现场核实", "document_no": "喀财绩〔2022〕6号"}
SELF_EVALUATIONS: Final = Script(
    service="evaluation",
    begin=_a_self_evaluation,
    place={"region": judged.REGION, "unit": judged.UNIT, "department": judged.DEPT},
    stream="self_evaluation",
    back=1,
    acts=(
        Act(f"{_SELF}/return", (*_DEPARTMENT, *_REVIEW), {"reason": "缺问卷"}),
        Act(f"{_SELF}/enter", (Role.UNIT_BUSINESS,), FILLED),
        Act(f"{_SELF}/confirm", (Role.UNIT_FINANCE,)),
        Act(f"{_SELF}/submit", _HEAD),
        Act(f"{_SELF}/audit", _DEPARTMENT, _AUDITED),
        Act(f"{_SELF}/send", _DEPARTMENT),
        Act(f"{_SELF}/accept", _BUREAU),
        Act(f"{_SELF}/recheck", _BUREAU, _JUDGED),
        Act(f"{_SELF}/file-objection", _HEAD, {"text": "已竣工"}),
        Act(f"{_SELF}/decide-objection", _SIGN, {"score": "84.00", "reason": "属实"}),
    ),
)
SCRIPTS: Final = {
    "excellent targets": EXCELLENT,
    "good targets": GOOD,
    "assessments": ASSESSMENTS,
    "letters": LETTERS,
    "self-evaluations": SELF_EVALUATIONS,
}
