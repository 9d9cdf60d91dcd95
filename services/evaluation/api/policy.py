"""Who may do what (`domain` §2.3): one row per operation; no row, no start."""

from typing import Final

from services.evaluation.api.evaluation_policy import EVALUATION_POLICY
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
_SUPERVISION: Final = frozenset({Role.FB_SUPERVISION, Role.FB_LEADER, Role.COUNTY_FB})
_READERS: Final = UNIT_ROLES | DEPARTMENT_ROLES | BUREAU_ROLES | OVERSIGHT_ROLES

POLICY: Final[Policy] = {
    **EVALUATION_POLICY,
    "submit_self_evaluation": _HEAD,
    "audit_self_evaluation": DEPARTMENT_ROLES,
    "return_self_evaluation": DEPARTMENT_ROLES | _WORK,
    "accept_self_evaluation": _PERFORMANCE,
    "recheck_self_evaluation": _PERFORMANCE,
    "file_objection": _HEAD,
    "decide_objection": _SIGN,
    "record_prior_result": _PERFORMANCE,
    "score_appraisal": _WORK,
    "conclude_appraisal": _SIGN,
    "record_prior_appraisal": _PERFORMANCE,
    "decide_linkage": _SIGN | _BUDGET,
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
    "list_prior_results": _READERS,
    "list_appraisals": _READERS,
    "get_appraisal": _READERS,
    "list_linkages": _READERS,
    "get_linkage": _READERS,
    "explain_linkage": _READERS,
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
