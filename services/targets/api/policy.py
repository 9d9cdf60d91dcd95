"""Who may do what here (`domain` §2.3): one row per operation; no row, no start."""

from typing import Final

from shared.http.policy import DEPARTMENT_ROLES, SIGNED_IN, Policy, Role

UNIT_WRITERS: Final = frozenset({Role.UNIT_BUSINESS, Role.UNIT_FINANCE})
UNIT_HEAD: Final = frozenset({Role.UNIT_HEAD})
BUREAU_REVIEWERS: Final = frozenset({Role.FB_BUSINESS, Role.FB_PERFORMANCE, Role.COUNTY_FB})
PERFORMANCE: Final = frozenset({Role.FB_PERFORMANCE, Role.COUNTY_FB})
BUDGET: Final = frozenset({Role.FB_BUDGET, Role.COUNTY_FB})
CHIEFS: Final = frozenset({Role.FB_PERFORMANCE, Role.FB_LEADER, Role.COUNTY_FB})
# A county bureau does all of its own; four eyes keep its drafter from adopting.
LEADERS: Final = frozenset({Role.FB_LEADER, Role.COUNTY_FB})
SCORERS: Final = BUREAU_REVIEWERS | {
    Role.EXPERT,
    Role.THIRD_PARTY_LEAD,
    Role.THIRD_PARTY_MEMBER,
}
# A system administrator has no business permission at all, not even to look.
READERS: Final = SIGNED_IN - {Role.SYS_ADMIN}

POLICY: Final[Policy] = {
    "register_region": CHIEFS,
    "appoint_region_leader": CHIEFS,
    "register_unit": BUREAU_REVIEWERS,
    "name_responsible_persons": UNIT_HEAD,
    "draft_rule_set": PERFORMANCE,
    "adopt_rule_set": LEADERS,
    "validate_rule_set": PERFORMANCE | LEADERS,
    "import_library_class": PERFORMANCE,
    "publish_library": PERFORMANCE,
    "retire_library_entry": PERFORMANCE,
    "reinstate_library_entry": PERFORMANCE,
    "register_project": UNIT_WRITERS,
    "change_responsible": UNIT_HEAD,
    "start_project": UNIT_WRITERS | UNIT_HEAD,
    "suspend_project": BUREAU_REVIEWERS | BUDGET,
    "resume_project": BUREAU_REVIEWERS | BUDGET,
    "complete_project": UNIT_HEAD,
    "terminate_project": BUREAU_REVIEWERS | BUDGET,
    "submit_ex_ante_report": UNIT_HEAD,
    "review_ex_ante_report": DEPARTMENT_ROLES,
    "return_ex_ante_report": BUREAU_REVIEWERS | DEPARTMENT_ROLES,
    "score_ex_ante_report": SCORERS,
    "grade_ex_ante_assessment": PERFORMANCE,
    "reduce_ex_ante_amount": BUREAU_REVIEWERS,
    "conclude_ex_ante_assessment": PERFORMANCE,
    "file_ex_ante_objection": UNIT_HEAD,
    "decide_ex_ante_objection": PERFORMANCE | {Role.FB_LEADER},
    "draft_target": UNIT_WRITERS,
    "revise_target": UNIT_WRITERS,
    "submit_target": UNIT_HEAD,
    "review_target": DEPARTMENT_ROLES,
    "check_target": BUREAU_REVIEWERS,
    "return_target": BUREAU_REVIEWERS | DEPARTMENT_ROLES,
    "grade_target": PERFORMANCE,
    "complete_target": PERFORMANCE,
    "approve_target": BUDGET,
    "approve_adjustment": PERFORMANCE | BUDGET,
    "refuse_adjustment": PERFORMANCE | BUDGET,
    "close_target": PERFORMANCE,
    "request_budget": UNIT_WRITERS | UNIT_HEAD,
    "approve_budget_request": BUDGET,
    "reject_budget_request": BUDGET,
    "list_regions": READERS,
    "get_region": READERS,
    "list_units": READERS,
    "get_unit": READERS,
    "list_rule_sets": READERS,
    "get_rule_set": READERS,
    "get_rules_in_force": READERS,
    "get_rule_set_draft": READERS,
    "list_rule_set_versions": READERS,
    "compare_rule_set_versions": READERS,
    "list_rule_set_values": READERS,
    "get_library": READERS,
    "list_library_classes": READERS,
    "list_library_entries": READERS,
    "get_library_statistics": READERS,
    "list_library_versions": READERS,
    "get_library_entry": READERS,
    "draft_from_library_entry": READERS,
    "compare_library_versions": READERS,
    "search_library_entries": READERS,
    "get_library_usage": READERS,
    "list_unused_library_entries": READERS,
    "export_library": READERS,
    "list_projects": READERS,
    "get_project": READERS,
    "list_ex_ante_assessments": READERS,
    "get_ex_ante_statistics": READERS,
    "get_ex_ante_assessment": READERS,
    "explain_ex_ante_assessment": READERS,
    "list_targets": READERS,
    "get_target_statistics": READERS,
    "get_target": READERS,
    "list_target_versions": READERS,
    "list_adjustments": READERS,
    "explain_target": READERS,
    "list_target_findings": READERS,
    "suggest_simplification": READERS,
    "list_similar_targets": READERS,
    "list_budget_requests": READERS,
    "get_budget_request": READERS,
    "explain_budget_request": READERS,
    "get_unit_budget": READERS,
}
