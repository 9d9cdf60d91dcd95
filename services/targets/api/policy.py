"""Who may do what here (`domain` §2.3): one row per operation; no row, no start."""

from typing import Final

from shared.http.policy import DEPARTMENT_ROLES, SIGNED_IN, UNIT_ROLES, Policy, Role

UNIT_WRITERS: Final = frozenset({Role.UNIT_BUSINESS, Role.UNIT_FINANCE})
UNIT_HEAD: Final = frozenset({Role.UNIT_HEAD})
BUREAU_REVIEWERS: Final = frozenset({Role.FB_BUSINESS, Role.FB_PERFORMANCE, Role.COUNTY_FB})
PERFORMANCE: Final = frozenset({Role.FB_PERFORMANCE, Role.COUNTY_FB})
BUDGET: Final = frozenset({Role.FB_BUDGET, Role.COUNTY_FB})
CHIEFS: Final = frozenset({Role.FB_PERFORMANCE, Role.FB_LEADER, Role.COUNTY_FB})
# A county bureau does all of its own; four eyes keep its drafter from adopting.
LEADERS: Final = frozenset({Role.FB_LEADER, Role.COUNTY_FB})
OUTSIDERS: Final = frozenset({Role.EXPERT, Role.THIRD_PARTY_LEAD, Role.THIRD_PARTY_MEMBER})
# A business section reviews a report; points come from the performance section and from outside.
SCORERS: Final = PERFORMANCE | OUTSIDERS
# The bureau's offices that sign an adjustment; which of them a kind needs, the domain knows.
SIGNERS: Final = PERFORMANCE | BUDGET | {Role.FB_LEADER}
# Several sections and experts sit in a joint review; who has a seat, its plan says.
SITTING: Final = BUREAU_REVIEWERS | BUDGET | OUTSIDERS | {Role.FB_SUPERVISION, Role.FB_LEADER}
# A system administrator has no business permission at all, not even to look; the discipline
# body receives transferred cases only (`domain` §1.1).
READERS: Final = SIGNED_IN - {Role.SYS_ADMIN, Role.DISCIPLINE}
# The treasury reads budgets and projects, not how they were judged.
PROMISE_READERS: Final = READERS - {Role.FB_TREASURY}
# Experts and third parties advise on a promise; what follows from money is not theirs to see.
MONEY_READERS: Final = PROMISE_READERS - OUTSIDERS
SESSION_READERS: Final = PROMISE_READERS - UNIT_ROLES - DEPARTMENT_ROLES

POLICY: Final[Policy] = {
    "register_region": CHIEFS,
    "rename_region": CHIEFS,
    "classify_region": CHIEFS,
    "merge_region": CHIEFS,
    "appoint_region_leader": CHIEFS,
    "register_unit": BUREAU_REVIEWERS,
    "rename_unit": BUREAU_REVIEWERS,
    "transfer_unit": BUREAU_REVIEWERS,
    "close_unit": BUREAU_REVIEWERS,
    "register_section": CHIEFS,
    "assign_department": CHIEFS,
    "appoint_section_chief": CHIEFS,
    "close_section": CHIEFS,
    "name_responsible_persons": UNIT_HEAD,
    "draft_rule_set": PERFORMANCE,
    "adopt_rule_set": LEADERS,
    "validate_rule_set": PERFORMANCE | LEADERS,
    "import_library_class": PERFORMANCE,
    "import_model_cases": PERFORMANCE,
    "publish_library": PERFORMANCE,
    "retire_library_entry": PERFORMANCE,
    "reinstate_library_entry": PERFORMANCE,
    "register_project": UNIT_WRITERS,
    "change_responsible": UNIT_HEAD,
    "assign_responsibility": UNIT_HEAD,
    "transfer_responsibility": UNIT_HEAD,
    "delegate_signature": UNIT_WRITERS | UNIT_HEAD,
    "withdraw_delegation": UNIT_WRITERS | UNIT_HEAD,
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
    "confirm_target": UNIT_WRITERS,
    "submit_target": UNIT_HEAD,
    "review_target": DEPARTMENT_ROLES,
    "check_target": BUREAU_REVIEWERS,
    "return_target": BUREAU_REVIEWERS | DEPARTMENT_ROLES,
    "grade_target": PERFORMANCE,
    "complete_target": PERFORMANCE,
    "approve_target": BUDGET,
    "plan_joint_review": PERFORMANCE,
    "open_joint_review": CHIEFS,
    "record_review_opinion": SITTING,
    "adopt_joint_review_minutes": SITTING,
    "request_target_adjustment": UNIT_HEAD,
    "withdraw_adjustment": UNIT_HEAD,
    "approve_adjustment": SIGNERS,
    "refuse_adjustment": SIGNERS,
    "close_target": PERFORMANCE,
    "request_budget": UNIT_WRITERS | UNIT_HEAD,
    "approve_budget_request": BUDGET,
    "reject_budget_request": BUDGET,
    "list_regions": READERS,
    "get_region": READERS,
    "list_units": READERS,
    "get_unit": READERS,
    "list_sections": READERS,
    "get_section": READERS,
    "list_offices": READERS,
    "export_regions": READERS,
    "export_units": READERS,
    "list_rule_sets": READERS,
    "get_rule_set": READERS,
    "get_rules_in_force": READERS,
    "get_rule_set_draft": READERS,
    "list_rule_set_versions": READERS,
    "compare_rule_set_versions": READERS,
    "list_rule_set_values": READERS,
    "get_library": PROMISE_READERS,
    "list_library_classes": PROMISE_READERS,
    "list_library_entries": PROMISE_READERS,
    "get_library_statistics": PROMISE_READERS,
    "list_library_versions": PROMISE_READERS,
    "get_library_entry": PROMISE_READERS,
    "draft_from_library_entry": PROMISE_READERS,
    "compare_library_versions": PROMISE_READERS,
    "search_library_entries": PROMISE_READERS,
    "get_library_usage": PROMISE_READERS,
    "list_unused_library_entries": PROMISE_READERS,
    "export_library": PROMISE_READERS,
    "list_projects": READERS,
    "get_project": READERS,
    "explain_project": READERS,
    "get_responsibility": PROMISE_READERS,
    "list_delegations": PROMISE_READERS,
    "get_delegation": PROMISE_READERS,
    "list_tasks": PROMISE_READERS,
    "get_delay_by_office": PROMISE_READERS,
    "get_return_statistics": PROMISE_READERS,
    "list_ex_ante_assessments": PROMISE_READERS,
    "get_ex_ante_statistics": PROMISE_READERS,
    "list_ex_ante_statistics_items": PROMISE_READERS,
    "get_ex_ante_assessment": PROMISE_READERS,
    "explain_ex_ante_assessment": PROMISE_READERS,
    "list_targets": PROMISE_READERS,
    "get_target_statistics": PROMISE_READERS,
    "get_target": PROMISE_READERS,
    "list_target_versions": PROMISE_READERS,
    "compare_target_versions": PROMISE_READERS,
    "explain_target": PROMISE_READERS,
    "list_target_findings": PROMISE_READERS,
    "suggest_simplification": PROMISE_READERS,
    "list_similar_targets": PROMISE_READERS,
    "list_joint_reviews": SESSION_READERS,
    "get_joint_review": SESSION_READERS,
    "list_adjustments": MONEY_READERS,
    "explain_adjustment": MONEY_READERS,
    "list_budget_requests": MONEY_READERS,
    "get_budget_request": MONEY_READERS,
    "explain_budget_request": MONEY_READERS,
    "get_unit_budget": MONEY_READERS,
    "export_region_form": READERS,
    "export_unit_form": READERS,
    "export_projects": READERS,
    "export_targets": PROMISE_READERS,
    "export_budget_requests": MONEY_READERS,
    "print_target_form": PROMISE_READERS,
    "print_ex_ante_report": PROMISE_READERS,
    "print_ex_ante_score_sheet": PROMISE_READERS,
}
