"""More lives in which one person must not be two: reports, measures, payments, what is told."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from services.monitoring.api.order_examples import ORDER_EXAMPLES
from services.monitoring.domain.ledger import commands as money
from services.monitoring.domain.region import HearRegion
from services.monitoring.domain.rules import HearRules
from services.monitoring.domain.values import Level, Reason, Source
from services.monitoring.domain.warning import commands as warn
from services.monitoring.domain.warning.events import Step
from services.monitoring.domain.watch import OpenWatch
from shared.http.policy import Role
from shared.testing.api_spec import Api
from tests.authority.scripts import LETTERS
from tests.authority.walks import CROWD, Act, Script
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
    project = watched.PROJECT
    whose: dict[str, Any] = {"by": "abacus", "now": watched.at(2, 1)}
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


_LETTER: Final = {"demands": "x", "evidence_wanted": "y", "contact": "z"}


async def done(api: Api, path: str, role: Role, who: str, body: object, **place: str) -> None:
    """Somebody does something, which must not be refused."""
    headers = {**api.tokens.of(role, subject=who, **place), "if-match": "*"}
    answer = await api.client.post(f"/v1{path}", json=body, headers=headers)
    assert answer.is_success, answer.text


async def _a_form_written_over(api: Api) -> str:
    """What one person has filled in, another has filled in otherwise."""
    it = await _a_record(api)
    for who, values in ((CROWD[0], _OTHERS), (CROWD[1], _VALUES)):
        path = f"/records/{it}/2021/M05/enter"
        await done(api, path, Role.UNIT_BUSINESS, who, {"values": values}, **_PLACE)
    return it


_RECORD: Final = "/records/{it}/2021/M05"
RECORDS: Final = Script(
    service="monitoring",
    begin=_a_form_written_over,
    place=_PLACE,
    stream="record",
    back=3,
    acts=(
        Act(f"{_RECORD}/return", (*_DEPARTMENT, *_WORK), {"reason": "佐证不清"}),
        # Somebody writes over what another one has filled in, and over a confirmation.
        Act(f"{_RECORD}/enter", (Role.UNIT_BUSINESS,), {"values": _OTHERS}),
        Act(f"{_RECORD}/confirm-execution", (Role.UNIT_FINANCE,), {"note": "再次核对"}),
        Act(f"{_RECORD}/enter", (Role.UNIT_BUSINESS,), {"values": _VALUES}),
        Act(f"{_RECORD}/confirm-execution", (Role.UNIT_FINANCE,), {}),
        Act(f"{_RECORD}/submit", _HEAD, {}),
        # Last, so that it is tried first: a report may be reviewed without it.
        Act(f"{_RECORD}/review", _WORK, {}),
        Act(f"{_RECORD}/verify", _DEPARTMENT, {"opinion": "属实"}),
    ),
)


async def _an_unanswered_warning(api: Api) -> str:
    """A red warning to whose letter nobody answered: one measure was proposed, then otherwise."""
    it, now = await _a_record(api), datetime.now(UTC)
    about: dict[str, Any] = {"warning_id": "W1", "by": "abacus"}
    await api.given(
        warn.RaiseWarning(
            project_code=it, fiscal_year=2021, region_code="653101", node="M05", level=Level.RED,
            reasons=(Reason.EXECUTION_BEHIND,), source=Source.NODE, now=now, **about,
        )
    )  # fmt: skip
    for act, role, body in (
        (
            "draft-letter",
            Role.FB_BUSINESS,
            {"demands": "x", "evidence_wanted": "y", "contact": "z"},
        ),
        ("issue-letter", Role.FB_LEADER, {}),
    ):
        await done(api, f"/warnings/W1/{act}", role, act, body, region="653101")
    late = now + timedelta(days=60)
    await api.given(warn.MarkOverdue(step=Step.ACKNOWLEDGE, now=late, **about))
    for who, reason in ((CROWD[0], "有损失风险"), (CROWD[1], "有重大损失风险")):
        path = "/warnings/W1/propose-measure"
        body = {"measure": "SUSPEND_PAYMENT", "reason": reason}
        await done(api, path, Role.FB_BUSINESS, who, body, region="653101")
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
    without=(LETTERS.judgements | LETTERS.without) - {"MeasureApproved"},
    back=1,
    acts=(
        Act(f"{_WARNING}/propose-measure", _PROPOSE, {**_STOP, "reason": "损失风险加大"}),
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
    kept_min=2,
    acts=(
        Act(f"{_ORDER}/cancel", _TREASURY, {"reason": "重新申请"}),
        Act("/payment-orders", _TREASURY, _DRAFT),
        Act(f"{_ORDER}/release", _RELEASERS, {}),
    ),
)


_OF_ITEM: Final = {"region": "653101", "unit": told.ITEM.unit_code, "department": "D1"}


async def _an_item(api: Api) -> str:
    """Something that is owed to the public; one has prepared it, another otherwise since."""
    await api.given(told.owe)
    it = told.ITEM.item_id
    for who, note in ((CROWD[0], "一"), (CROWD[1], "二")):
        body = {"supplement": {"note": note}}
        await done(api, f"/disclosures/{it}/prepare", Role.UNIT_HEAD, who, body, **_OF_ITEM)
    return it


_ITEM: Final = "/disclosures/{it}"
_PREPARERS: Final = (Role.UNIT_BUSINESS, Role.UNIT_HEAD, Role.FB_BUSINESS, Role.FB_PERFORMANCE)
_REVIEWERS: Final = (Role.UNIT_HEAD, Role.DEPT_HEAD, Role.FB_PERFORMANCE)
_CLEAR: Final = {"cleared": True, "opinion": "可公开"}
ITEMS: Final = Script(
    service="disclosure",
    begin=_an_item,
    place=_OF_ITEM,
    stream="item",
    back=1,
    acts=(
        Act(f"{_ITEM}/prepare", _PREPARERS, {"supplement": {"note": "说明"}}),
        Act(f"{_ITEM}/prepare", _PREPARERS, {"supplement": {"note": "补充说明"}}),
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
