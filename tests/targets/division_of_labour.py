"""Who may do what, written down from `domain` §2.3 and §3.1-§3.6 and from nowhere else.

A county's bureau has every permission of a bureau inside its own subtree, so its role stands
beside each section of the bureau. This table is not read from the policy: a change of one of the
two turns the tests red.
"""

from typing import Final

B, F, H = "UNIT_BUSINESS", "UNIT_FINANCE", "UNIT_HEAD"
D, DH = "DEPT_REVIEWER", "DEPT_HEAD"
BUS, PERF, BUD = "FB_BUSINESS", "FB_PERFORMANCE", "FB_BUDGET"
TREASURY, SUPERVISION, LEADER, COUNTY = "FB_TREASURY", "FB_SUPERVISION", "FB_LEADER", "COUNTY_FB"
EXPERT, THIRD, MEMBER = "EXPERT", "THIRD_PARTY_LEAD", "THIRD_PARTY_MEMBER"
CONGRESS, AUDIT, DISCIPLINE, ADMIN = "CONGRESS", "AUDIT", "DISCIPLINE", "SYS_ADMIN"

_UNIT = {B, F, H}
_DEPARTMENT = {D, DH}
_BUREAU = {BUS, PERF, BUD, SUPERVISION, LEADER, COUNTY}
_OUTSIDE = {EXPERT, THIRD, MEMBER}
_OVERSIGHT = {CONGRESS, AUDIT}
_REVIEWING = {BUS, PERF, COUNTY}

SEES_REGISTERS: Final = _UNIT | _DEPARTMENT | _BUREAU | _OUTSIDE | _OVERSIGHT | {TREASURY}
SEES_PROMISES: Final = _UNIT | _DEPARTMENT | _BUREAU | _OUTSIDE | _OVERSIGHT
SEES_MONEY: Final = _UNIT | _DEPARTMENT | _BUREAU | _OVERSIGHT
SEES_SESSIONS: Final = _BUREAU | _OUTSIDE | _OVERSIGHT

DONE_BY: Final[dict[str, set[str]]] = {
    # registers
    "register_region": {PERF, LEADER, COUNTY},
    "rename_region": {PERF, LEADER, COUNTY},
    "classify_region": {PERF, LEADER, COUNTY},
    "merge_region": {PERF, LEADER, COUNTY},
    "appoint_region_leader": {PERF, LEADER, COUNTY},
    "register_unit": _REVIEWING,
    "rename_unit": _REVIEWING,
    "transfer_unit": _REVIEWING,
    "close_unit": _REVIEWING,
    "register_section": {PERF, LEADER, COUNTY},
    "assign_department": {PERF, LEADER, COUNTY},
    "appoint_section_chief": {PERF, LEADER, COUNTY},
    "close_section": {PERF, LEADER, COUNTY},
    "name_responsible_persons": {H},
    "draft_rule_set": {PERF, COUNTY},
    # a leader adopts; who may draft or adopt may have the rules looked at beforehand
    "adopt_rule_set": {LEADER, COUNTY},
    "validate_rule_set": {PERF, LEADER, COUNTY},
    # indicator / case library: FB_PERFORMANCE creates and approves
    "import_library_class": {PERF, COUNTY},
    "import_model_cases": {PERF, COUNTY},
    "publish_library": {PERF, COUNTY},
    "retire_library_entry": {PERF, COUNTY},
    "reinstate_library_entry": {PERF, COUNTY},
    # who answers: the head names, and everybody of the unit may let another sign in their place
    "assign_responsibility": {H},
    "transfer_responsibility": {H},
    "delegate_signature": {B, F, H},
    "withdraw_delegation": {B, F, H},
    # projects
    "register_project": {B, F},
    "change_responsible": {H},
    # what a project is, its unit states
    "exempt_from_monitoring": {B, F, H},
    "start_project": {B, F, H},
    "suspend_project": {BUS, PERF, BUD, COUNTY},
    "resume_project": {BUS, PERF, BUD, COUNTY},
    "complete_project": {H},
    "terminate_project": {BUS, PERF, BUD, COUNTY},
    "archive_project": {PERF, COUNTY},
    # ex-ante report: head A, department R, business R, performance R + score, outsiders score
    "submit_ex_ante_report": {H},
    "review_ex_ante_report": {D, DH},
    "return_ex_ante_report": {D, DH, BUS, PERF, COUNTY},
    "score_ex_ante_report": {PERF, COUNTY, EXPERT, THIRD, MEMBER},
    # ex-ante conclusion: business proposes, performance A; objection: another one of performance
    "grade_ex_ante_assessment": {PERF, COUNTY},
    "reduce_ex_ante_amount": {BUS, PERF, COUNTY},
    "conclude_ex_ante_assessment": {PERF, COUNTY},
    "file_ex_ante_objection": {H},
    "decide_ex_ante_objection": {PERF, LEADER, COUNTY},
    # target draft: unit C (each office its part), head A, department R, business first review,
    # performance grades
    "draft_target": {B, F},
    "revise_target": {B, F},
    "confirm_target": {B, F},
    "submit_target": {H},
    "review_target": {D, DH},
    "check_target": {BUS, PERF, COUNTY},
    "return_target": {D, DH, BUS, PERF, COUNTY},
    "grade_target": {PERF, COUNTY},
    "complete_target": {PERF, COUNTY},
    # target approval with budget: FB_BUDGET, in the same act as the budget
    "approve_target": {BUD, COUNTY},
    "close_target": {PERF, COUNTY},
    # joint review: sections and experts together
    "plan_joint_review": {PERF, COUNTY},
    "open_joint_review": {PERF, LEADER, COUNTY},
    "record_review_opinion": _BUREAU | _OUTSIDE,
    "adopt_joint_review_minutes": _BUREAU | _OUTSIDE,
    # target adjustment: head A, performance A, budget A if amount changes, leader for suspension
    "request_target_adjustment": {H},
    "withdraw_adjustment": {H},
    "approve_adjustment": {PERF, BUD, LEADER, COUNTY},
    "refuse_adjustment": {PERF, BUD, LEADER, COUNTY},
    # what government or congress decided is filed by the office that answers for the budget
    "record_approval": {BUD, COUNTY},
    # next year's budget
    "request_budget": {B, F, H},
    "approve_budget_request": {BUD, COUNTY},
    "reject_budget_request": {BUD, COUNTY},
}
SEEN_BY: Final[dict[str, set[str]]] = {
    **dict.fromkeys(
        ("list_regions", "get_region", "list_units", "get_unit", "list_sections", "get_section",
         "list_offices", "export_regions", "export_units", "list_rule_sets", "get_rule_set",
         "get_rules_in_force", "get_rule_set_draft", "list_rule_set_versions",
         "compare_rule_set_versions", "list_rule_set_values",
         "list_projects", "get_project", "explain_project", "export_region_form",
         "export_unit_form", "export_projects", "translate_national_projects"),
        SEES_REGISTERS,
    ),
    **dict.fromkeys(
        # indicator / case library: V of everybody but the treasury
        ("get_library", "list_library_classes", "list_library_entries", "get_library_statistics",
         "list_library_versions", "get_library_entry", "draft_from_library_entry",
         "compare_library_versions", "search_library_entries", "get_library_usage",
         "list_unused_library_entries", "export_library",
         "get_responsibility", "list_delegations", "get_delegation", "list_tasks",
         "get_delay_by_office", "get_return_statistics",
         "list_ex_ante_assessments", "get_ex_ante_statistics", "list_ex_ante_statistics_items",
         "get_ex_ante_assessment", "explain_ex_ante_assessment", "list_targets",
         "get_target_statistics", "get_target", "list_target_versions",
         "compare_target_versions", "explain_target", "list_target_findings",
         "suggest_simplification", "list_similar_targets", "export_targets", "print_target_form",
         "print_ex_ante_report", "print_ex_ante_score_sheet", "export_national_targets",
         "export_national_conclusions", "print_empty_adjustment_form"),
        SEES_PROMISES,
    ),
    **dict.fromkeys(("list_joint_reviews", "get_joint_review"), SEES_SESSIONS),
    **dict.fromkeys(
        ("list_adjustments", "explain_adjustment", "print_adjustment_form",
         "list_budget_requests", "get_budget_request",
         "explain_budget_request", "get_unit_budget", "export_budget_requests"),
        SEES_MONEY,
    ),
}  # fmt: skip
REGIONWIDE: Final = frozenset(
    {"register_region", "appoint_region_leader", "draft_rule_set", "adopt_rule_set",
     "validate_rule_set", "import_library_class", "import_model_cases", "publish_library",
     "retire_library_entry", "reinstate_library_entry", "rename_region", "classify_region",
     "merge_region", "register_section", "assign_department", "appoint_section_chief",
     "close_section"}
)  # fmt: skip
"""Commands on things of a region, which the stories of the registers tell."""
OF_A_UNIT: Final = sorted(DONE_BY.keys() - REGIONWIDE)
SINGLE: Final = (
    "get_unit", "get_project", "explain_project", "get_responsibility", "get_delegation",
    "get_ex_ante_assessment",
    "explain_ex_ante_assessment", "get_target", "list_target_versions", "explain_target",
    "list_target_findings", "suggest_simplification", "list_similar_targets",
    "list_adjustments", "get_budget_request", "explain_budget_request", "get_unit_budget",
)  # fmt: skip
LISTS: Final = (
    "list_units", "list_projects", "list_delegations", "list_ex_ante_assessments", "list_targets",
    "list_budget_requests",
)  # fmt: skip
