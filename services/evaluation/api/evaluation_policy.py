"""Who may do what in evaluations, with third parties, samples and feedback (`domain` §2.3).

The domain sees that a department does not act in a finance evaluation, nor the bureau in a
department's; that reviewers are other people; and that a third party signs for itself only.
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

_PERFORMANCE: Final = frozenset({Role.FB_PERFORMANCE, Role.COUNTY_FB})
_SIGN: Final = _PERFORMANCE | {Role.FB_LEADER}
_OWNERS: Final = _PERFORMANCE | DEPARTMENT_ROLES
_EVALUATORS: Final = _OWNERS | {Role.THIRD_PARTY_LEAD, Role.EXPERT}
_COLLECTORS: Final = _EVALUATORS | {Role.THIRD_PARTY_MEMBER}
_EVALUATED: Final = DEPARTMENT_ROLES | {Role.UNIT_HEAD}
_LEAD: Final = frozenset({Role.THIRD_PARTY_LEAD})
_PAYERS: Final = frozenset({Role.FB_BUDGET, Role.FB_TREASURY, Role.COUNTY_FB}) | DEPARTMENT_ROLES
# The treasury pays a contract and reads it for that; how spending was judged, it does not see.
_BUREAU: Final = BUREAU_ROLES - {Role.FB_TREASURY}
_READERS: Final = UNIT_ROLES | DEPARTMENT_ROLES | _BUREAU | OVERSIGHT_ROLES
_WATCHERS: Final = DEPARTMENT_ROLES | _BUREAU | OVERSIGHT_ROLES

EVALUATION_POLICY: Final[Policy] = {
    "select_for_evaluation": _OWNERS,
    "designate_key_project": _OWNERS | {Role.FB_LEADER},
    "release_key_project": _OWNERS | {Role.FB_LEADER},
    "issue_notice": _OWNERS,
    "propose_plan": _EVALUATORS,
    "approve_plan": _SIGN | DEPARTMENT_ROLES,
    "collect_data": _COLLECTORS,
    "record_site_visit": _COLLECTORS,
    "score_evaluation": _EVALUATORS,
    "answer_draft": _EVALUATED,
    "conclude_evaluation": _OWNERS,
    "submit_report": _OWNERS,
    "file_report": _OWNERS,
    "recheck_evaluation": _PERFORMANCE,
    "object_to_evaluation": _EVALUATED,
    "decide_evaluation_objection": _SIGN,
    "register_third_party": _PERFORMANCE,
    "exclude_third_party": _SIGN,
    "commission_third_party": _OWNERS,
    "begin_assignment": _LEAD,
    "submit_draft_report": _LEAD,
    "review_assignment": _OWNERS | {Role.EXPERT},
    "accept_assignment": _SIGN | DEPARTMENT_ROLES,
    "reject_assignment": _SIGN | DEPARTMENT_ROLES,
    "pay_assignment": _PAYERS,
    "find_recheck_population": _PERFORMANCE,
    "draw_recheck_sample": _PERFORMANCE,
    "issue_feedback": _OWNERS,
    "acknowledge_feedback": _EVALUATED,
    "plan_rectification": frozenset({Role.UNIT_HEAD}),
    "report_rectification": frozenset({Role.UNIT_HEAD}),
    "verify_rectification": _OWNERS | {Role.FB_BUSINESS},
    "fail_rectification": _OWNERS | {Role.FB_BUSINESS},
    "close_feedback": _OWNERS,
    "list_evaluations": _READERS,
    "list_evaluations_due": _WATCHERS,
    "list_key_projects": _READERS,
    "get_evaluation_framework": _READERS | _COLLECTORS,
    "get_evaluation": _READERS,
    "explain_evaluation": _READERS,
    "list_evaluation_steps": _WATCHERS,
    "get_evaluation_report": _READERS,
    "get_evaluation_report_file": _READERS,
    "list_third_parties": _WATCHERS,
    "get_third_party": _WATCHERS,
    "list_assignments": _WATCHERS | {Role.FB_TREASURY},
    "get_assignment": _WATCHERS | _LEAD | {Role.FB_TREASURY},
    "list_assignment_steps": _WATCHERS | _LEAD,
    "get_recheck_sample": _BUREAU | OVERSIGHT_ROLES,
    "list_recheck_items": _READERS,
    "list_feedbacks": _READERS,
    "get_feedback": _READERS,
    "list_feedback_steps": _READERS,
}
