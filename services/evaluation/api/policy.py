"""Who may do what (`domain` §2.3): one row per operation; no row, no start."""

from typing import Final

from shared.http.policy import (
    BUREAU_ROLES,
    DEPARTMENT_ROLES,
    EVERYONE,
    OVERSIGHT_ROLES,
    UNIT_ROLES,
    Policy,
    Role,
)

_HEAD: Final = frozenset({Role.UNIT_HEAD})
_PERFORMANCE: Final = frozenset({Role.FB_PERFORMANCE, Role.COUNTY_FB})
_WORK: Final = _PERFORMANCE | {Role.FB_BUSINESS}
_BUDGET: Final = frozenset({Role.FB_BUDGET, Role.COUNTY_FB})
_SIGN: Final = frozenset({Role.FB_PERFORMANCE, Role.FB_LEADER, Role.COUNTY_FB})
_EVALUATORS: Final = _PERFORMANCE | DEPARTMENT_ROLES | {Role.THIRD_PARTY_LEAD, Role.EXPERT}
_EVALUATED: Final = _HEAD | DEPARTMENT_ROLES
_SUPERVISION: Final = frozenset({Role.FB_SUPERVISION, Role.FB_LEADER, Role.COUNTY_FB})
_READERS: Final = UNIT_ROLES | DEPARTMENT_ROLES | BUREAU_ROLES | OVERSIGHT_ROLES

POLICY: Final[Policy] = {
    "submit_self_evaluation": _HEAD,
    "audit_self_evaluation": DEPARTMENT_ROLES,
    "return_self_evaluation": DEPARTMENT_ROLES | _WORK,
    "accept_self_evaluation": _PERFORMANCE,
    "recheck_self_evaluation": _PERFORMANCE,
    "file_objection": _HEAD,
    "decide_objection": _SIGN,
    "select_for_evaluation": _PERFORMANCE | DEPARTMENT_ROLES,
    "propose_plan": _EVALUATORS,
    "approve_plan": _SIGN | DEPARTMENT_ROLES,
    "score_evaluation": _EVALUATORS,
    "answer_draft": _EVALUATED,
    "conclude_evaluation": _PERFORMANCE | DEPARTMENT_ROLES,
    "file_report": _PERFORMANCE | DEPARTMENT_ROLES,
    "record_prior_result": _PERFORMANCE,
    "score_appraisal": _WORK,
    "conclude_appraisal": _SIGN,
    "record_prior_appraisal": _PERFORMANCE,
    "decide_linkage": _SIGN | _BUDGET,
    "notify_linkage": _WORK | _BUDGET,
    "answer_linkage": _HEAD,
    "exempt_spending": _BUDGET | {Role.FB_PERFORMANCE},
    "confirm_linkage": _BUDGET | {Role.FB_LEADER},
    "verify_linkage": _WORK | _BUDGET,
    "close_linkage": _PERFORMANCE | _BUDGET,
    "identify_recovery": _WORK,
    "notify_recovery": _WORK,
    "answer_recovery": _HEAD,
    "approve_recovery": _BUDGET,
    "book_recovery": frozenset({Role.FB_TREASURY, Role.COUNTY_FB}),
    "withdraw_recovery": _WORK,
    "propose_cut": _WORK,
    "notify_cut": _WORK,
    "answer_cut": _HEAD,
    "confirm_cut": _BUDGET,
    "withdraw_cut": _WORK,
    "publish_ranking": _SIGN,
    "record_external_ranking": _PERFORMANCE,
    "record_external_score": _PERFORMANCE,
    "open_case": _WORK | _SUPERVISION,
    "record_measure": _SUPERVISION,
    "close_case": _SUPERVISION,
    "reopen_case": _SUPERVISION,
    "list_self_evaluations": _READERS,
    "get_self_evaluation": _READERS,
    "explain_self_evaluation": _READERS,
    "get_deviation": _READERS,
    "list_evaluations": _READERS,
    "get_evaluation": _READERS,
    "list_prior_results": _READERS,
    "list_appraisals": _READERS,
    "get_appraisal": _READERS,
    "list_linkages": _READERS,
    "get_linkage": _READERS,
    "explain_linkage": _READERS,
    "list_budget_constraints": _READERS,
    "get_budget_constraint": _READERS,
    "list_budget_constraint_keys": EVERYONE,
    "list_recoveries": _READERS,
    "get_recovery_statistics": _READERS,
    "get_recovery": _READERS,
    "explain_recovery": _READERS,
    "list_budget_cuts": _READERS,
    "get_budget_cut_statistics": _READERS,
    "get_budget_cut": _READERS,
    "list_rankings": EVERYONE,
    "list_external_rankings": EVERYONE,
    "list_external_scores": EVERYONE,
    "list_cases": _READERS | {Role.DISCIPLINE},
    "get_case": _READERS | {Role.DISCIPLINE},
}
