"""Who may do what (`domain` §2.3): one row per operation; no row, no start."""

from typing import Final

from services.monitoring.api.key_fund_policy import KEY_FUND_POLICY
from shared.http.policy import (
    BUREAU_ROLES,
    DEPARTMENT_ROLES,
    OVERSIGHT_ROLES,
    UNIT_ROLES,
    Policy,
    Role,
)

_TREASURY: Final = frozenset({Role.FB_TREASURY, Role.COUNTY_FB})
_BUDGET: Final = frozenset({Role.FB_BUDGET, Role.COUNTY_FB})
_WORK: Final = frozenset({Role.FB_BUSINESS, Role.FB_PERFORMANCE, Role.COUNTY_FB})
_PERFORMANCE: Final = frozenset({Role.FB_PERFORMANCE, Role.COUNTY_FB})
_SIGN: Final = frozenset({Role.FB_PERFORMANCE, Role.FB_LEADER, Role.COUNTY_FB})
_HEAD: Final = frozenset({Role.UNIT_HEAD})
_RETURN: Final = _WORK | DEPARTMENT_ROLES
_WATCHDOGS: Final = _WORK | {Role.AUDIT, Role.FB_SUPERVISION}
_READERS: Final = UNIT_ROLES | DEPARTMENT_ROLES | BUREAU_ROLES | OVERSIGHT_ROLES

POLICY: Final[Policy] = {
    "issue_quota": _BUDGET,
    "settle_payment": _TREASURY,
    "return_payment": _TREASURY,
    "freeze_quota": _BUDGET,
    "release_quota": _BUDGET,
    "resolve_break": _TREASURY,
    "propose_adjustment": _HEAD | _WORK | _BUDGET,
    "plan_round": _PERFORMANCE,
    "close_round": _PERFORMANCE,
    "arrange_nodes": _PERFORMANCE,
    "file_forecast": UNIT_ROLES,
    "run_pre_analysis": _WORK,
    "submit_monitoring": _HEAD,
    "return_monitoring": _RETURN,
    "review_monitoring": _WORK,
    "raise_warning": _WATCHDOGS,
    "confirm_warning": _PERFORMANCE,
    "dismiss_warning": _PERFORMANCE,
    "draft_letter": _WORK,
    "issue_letter": _SIGN,
    "acknowledge_letter": _HEAD,
    "submit_plan": _HEAD,
    "submit_evidence": _HEAD,
    "verify_rectification": _WORK,
    "fail_rectification": _WORK,
    "take_measure": _WORK | {Role.FB_LEADER},
    "close_warning": _PERFORMANCE,
    "get_ledger": _READERS,
    "get_ledger_by_id": _READERS,
    "list_ledgers": _READERS,
    "list_payments": _READERS,
    "list_breaks": _READERS,
    "get_round_plan": _READERS,
    "get_round": _READERS,
    "get_record": _READERS,
    "list_records": _READERS,
    "explain_record": _READERS,
    "list_warnings": _READERS,
    "get_warning": _READERS,
    "explain_warning": _READERS,
    "list_warning_levels": _READERS,
    "list_letters": _READERS,
    "get_letter": _READERS,
    "list_adjustments": _READERS,
    "get_adjustment": _READERS,
    "get_statistics": _READERS,
    **KEY_FUND_POLICY,
}
