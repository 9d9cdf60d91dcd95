"""More lives in which one person must not be two: reports, measures, payments, what is told."""

from typing import Any, Final

from services.monitoring.api.order_examples import ORDER_EXAMPLES
from services.monitoring.domain.ledger import commands as money
from services.monitoring.domain.region import HearRegion
from services.monitoring.domain.rules import HearRules
from services.monitoring.domain.values import Level, Reason, Source
from services.monitoring.domain.warning import commands as warn
from services.monitoring.domain.warning.events import Step
from services.monitoring.domain.watch import OpenWatch
from services.monitoring.reactions.printing import proofread
from shared.http.policy import Role
from shared.testing.api_spec import Api
from tests.authority.scripts import LETTERS
from tests.authority.walks import Act, Script
from tests.disclosure import stories as told
from tests.monitoring import stories as watched

_WORK: Final = (Role.FB_BUSINESS, Role.FB_PERFORMANCE, Role.COUNTY_FB)
_DEPARTMENT: Final = (Role.DEPT_REVIEWER, Role.DEPT_HEAD)
_TREASURY: Final = (Role.FB_TREASURY, Role.COUNTY_FB)
_RELEASERS: Final = (*_TREASURY, Role.FB_LEADER)
_PROPOSE: Final = (*_WORK, Role.FB_LEADER)
_HEAD: Final = (Role.UNIT_HEAD,)
_PLACE: Final = {"region": "653101", "unit": "U1", "department": "D1"}
_PROVEN: Final[dict[str, Any]] = {"evidence": ["ab12"]}
_VALUES: Final = [
    {"indicator_id": "road", "actual": "9.5", **_PROVEN},
    {"indicator_id": "trust", "completion": "0.95", **_PROVEN},
]
_OTHERS: Final = [{**_VALUES[0], "actual": "9.8"}, _VALUES[1]]


async def _a_record(api: Api) -> str:
    """A project with money that is looked at on its nodes."""
    project, whose = watched.PROJECT, {"by": "abacus", "now": watched.at(2, 1)}
    common: dict[str, Any] = {"region_code": "653101", **whose}
    key: dict[str, Any] = {"project_code": "P1", "fiscal_year": 2021, **whose}
    await api.given(
        HearRegion(name="疏附县", **common),
        HearRules(fiscal_year=2021, rules=watched.RULES, **common),
        money.OpenLedger(
            project=project, budget=watched.WATCH.budget, fund_type_code="", direct_fund_flag="",
            **whose,
        ),
        money.IssueQuota(
            document_no="Q1", amount=watched.WATCH.budget, issued_on=watched.on(2, 1), **key
        ),
        OpenWatch(
            project=project, name="农村道路", budget=watched.WATCH.budget, target_version=1,
            indicators=(watched.ROAD, watched.TRUST), rules=watched.RULES, **whose,
        ),
    )  # fmt: skip
    return "P1"


_RECORD: Final = "/records/{it}/2021/M05"
RECORDS: Final = Script(
    service="monitoring",
    begin=_a_record,
    place=_PLACE,
    stream="record",
    back=3,
    acts=(
        Act(f"{_RECORD}/return", (*_DEPARTMENT, *_WORK), {"reason": "佐证不清"}),
        # Somebody writes over what another one has filled in, and over a confirmation.
        Act(f"{_RECORD}/enter", (Role.UNIT_BUSINESS,), {"values": _OTHERS}),
        Act(f"{_RECORD}/confirm-execution", (Role.UNIT_FINANCE,), {"note": "再次核对"}),
        Act(f"{_RECORD}/enter", (Role.UNIT_BUSINESS,), {"values": _VALUES}, again=True),
        Act(f"{_RECORD}/confirm-execution", (Role.UNIT_FINANCE,), {}),
        Act(f"{_RECORD}/submit", _HEAD, {}),
        Act(f"{_RECORD}/verify", _DEPARTMENT, {"opinion": "属实"}),
        Act(f"{_RECORD}/review", _WORK, {}),
    ),
)


async def _an_unanswered_warning(api: Api) -> str:
    """A red warning to whose letter nobody answered: measures are due."""
    it = await _a_record(api)
    early: dict[str, Any] = {"warning_id": "W1", "by": "abacus", "now": watched.at(6, 9)}
    late = {**early, "now": watched.at(7, 30)}
    await api.given(
        warn.RaiseWarning(
            project_code=it, fiscal_year=2021, region_code="653101", node="M05", level=Level.RED,
            reasons=(Reason.EXECUTION_BEHIND,), source=Source.NODE, **early,
        ),
        warn.DraftLetter(
            demands="加快", evidence_wanted="凭证", contact="张三", phone="0998", **early
        ),
        warn.IssueLetter(
            region_code="653101", proofread=proofread, signed_by_leader=True,
            **{**early, "by": "leader"},
        ),
        warn.MarkOverdue(step=Step.ACKNOWLEDGE, **late),
    )  # fmt: skip
    return "W1"


_WARNING: Final = "/warnings/{it}"
_STOP: Final = {"measure": "SUSPEND_PAYMENT"}
_DONE: Final = {**_STOP, "document_no": "停1号", "decided_on": "2021-06-28"}
_APPROVERS: Final = (Role.FB_BUDGET, Role.FB_LEADER)
MEASURES: Final = Script(
    service="monitoring",
    begin=_an_unanswered_warning,
    place=_PLACE,
    stream="warning",
    without=LETTERS.judgements | LETTERS.without - {"MeasureApproved"},
    back=1,
    acts=(
        Act(f"{_WARNING}/propose-measure", _PROPOSE, {**_STOP, "reason": "有损失风险"}),
        Act(f"{_WARNING}/propose-measure", _PROPOSE, {**_STOP, "reason": "有重大损失风险"}),
        Act(f"{_WARNING}/approve-measure", _APPROVERS, _STOP, again=True),
        Act(f"{_WARNING}/take-measure", _WORK, _DONE),
    ),
)
_DRAFT: Final[dict[str, Any]] = {
    **ORDER_EXAMPLES["draft_payment_order"],
    "pay_cert_no": "ZF1",
    "project_code": "P1",
    "amount": "60.00",
}
_ORDER: Final = "/payment-orders/653101-ZF1"
ORDERS: Final = Script(
    service="monitoring",
    begin=_a_record,
    place=_PLACE,
    stream="payment_order",
    back=1,
    acts=(
        Act(f"{_ORDER}/cancel", _TREASURY, {"reason": "重新申请"}),
        Act("/payment-orders", _TREASURY, _DRAFT),
        Act(f"{_ORDER}/release", _RELEASERS, {}),
    ),
)


async def _an_item(api: Api) -> str:
    """Something that is owed to the public."""
    await api.given(told.owe)
    return told.ITEM.item_id


_ITEM: Final = "/disclosures/{it}"
_PREPARERS: Final = (Role.UNIT_BUSINESS, Role.UNIT_HEAD, Role.FB_BUSINESS, Role.FB_PERFORMANCE)
_REVIEWERS: Final = (Role.UNIT_HEAD, Role.DEPT_HEAD, Role.FB_PERFORMANCE)
_CLEAR: Final = {"cleared": True, "opinion": "可公开"}
ITEMS: Final = Script(
    service="disclosure",
    begin=_an_item,
    place={"region": "653101", "unit": told.ITEM.unit_code, "department": "D1"},
    stream="item",
    back=1,
    acts=(
        Act(f"{_ITEM}/prepare", _PREPARERS, {"supplement": {"note": "说明"}}),
        Act(f"{_ITEM}/prepare", _PREPARERS, {"supplement": {"note": "补充说明"}}, again=True),
        Act(f"{_ITEM}/review-secrecy", _REVIEWERS, _CLEAR),
        Act(f"{_ITEM}/publish", _REVIEWERS, {"opinion": "可公开"}),
    ),
)
MORE_SCRIPTS: Final = {
    "records": RECORDS,
    "measures": MEASURES,
    "payment orders": ORDERS,
    "items": ITEMS,
}
