"""Who may do what with key funds (`domain` §2.3, §4.12).

Every stage of an industrial fund belongs to another role; a county bureau has the bureau's roles
in its own county, where the domain still asks for another person at every stage.
"""

from typing import Final

from shared.http.policy import (
    BUREAU_ROLES,
    DEPARTMENT_ROLES,
    OVERSIGHT_ROLES,
    UNIT_ROLES,
    Policy,
    Role,
)

_READERS: Final = UNIT_ROLES | DEPARTMENT_ROLES | BUREAU_ROLES | OVERSIGHT_ROLES
_BUREAU: Final = BUREAU_ROLES | OVERSIGHT_ROLES
_BUDGET: Final = frozenset({Role.FB_BUDGET, Role.FB_BUSINESS, Role.COUNTY_FB})
_WATCHDOGS: Final = frozenset({Role.FB_SUPERVISION, Role.FB_PERFORMANCE, Role.COUNTY_FB})
_LOOKERS: Final = frozenset({Role.FB_SUPERVISION, Role.AUDIT})
_RECORDERS: Final = UNIT_ROLES | _BUDGET | {Role.FB_TREASURY}


def _stage(role: Role, *, bureau: bool) -> frozenset[Role]:
    return frozenset({role, Role.COUNTY_FB}) if bureau else frozenset({role})


KEY_FUND_POLICY: Final[Policy] = {
    "receive_fund": _BUDGET,
    "allocate_fund": _BUDGET,
    "issue_fund": _BUDGET,
    "record_direct_fund": _BUDGET,
    "open_fund_finding": _WATCHDOGS | {Role.AUDIT},
    "judge_fund_finding": _WATCHDOGS,
    "rectify_fund_finding": frozenset({Role.UNIT_HEAD}) | _BUDGET,
    "close_fund_finding": _WATCHDOGS,
    "record_linkage_project": UNIT_ROLES | _BUDGET,
    "announce_fund": UNIT_ROLES | _BUDGET,
    "record_beneficiary": _RECORDERS,
    "withdraw_beneficiary": _RECORDERS,
    "publish_beneficiaries": _BUDGET | {Role.FB_PERFORMANCE},
    "reveal_data": _LOOKERS,
    "erase_subject": frozenset({Role.FB_SUPERVISION, Role.FB_LEADER}),
    "plan_industry_fund": _stage(Role.FB_BUSINESS, bureau=True),
    "apply_for_industry_fund": _stage(Role.UNIT_HEAD, bureau=False),
    "review_industry_fund": _stage(Role.DEPT_REVIEWER, bureau=False),
    "publicize_industry_fund": _stage(Role.DEPT_HEAD, bureau=False),
    "allocate_industry_fund": _stage(Role.FB_BUDGET, bureau=True),
    "pay_industry_fund": _stage(Role.FB_TREASURY, bureau=True),
    "inspect_industry_fund": _stage(Role.FB_SUPERVISION, bureau=True),
    "report_industry_effect": _stage(Role.UNIT_BUSINESS, bureau=False),
    "evaluate_industry_fund": _stage(Role.FB_PERFORMANCE, bureau=True),
    "recover_industry_fund": _stage(Role.FB_LEADER, bureau=True),
    "list_key_funds": _BUREAU,
    "get_key_fund": _BUREAU,
    "get_key_fund_chain": _BUREAU,
    "get_key_fund_statistics": _BUREAU,
    "list_fund_findings": _READERS,
    "get_fund_finding": _READERS,
    "list_linkage_projects": _READERS,
    "get_linkage_project": _READERS,
    "list_fund_notices": _READERS,
    "list_industry_shares": _BUREAU,
    "list_beneficiaries": _READERS,
    "list_payment_proofs": _READERS,
    "list_beneficiary_totals": _BUREAU,
    "list_reveals": _LOOKERS | {Role.FB_LEADER},
    "get_reveal": _LOOKERS,
    "list_industry_funds": _READERS,
    "get_industry_fund": _READERS,
    "list_industry_stages": _READERS,
    "export_direct_fund_ledger": _BUREAU,
    "export_linkage_ledger": _READERS,
    "export_beneficiaries": _READERS,
}
