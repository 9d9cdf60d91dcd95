"""Who may do what in disclosure (`domain` §2.3); whatever only reads is for everybody."""

from typing import Final

from shared.http.policy import EVERYONE, Policy, Role

PREPARES: Final = frozenset(
    {
        Role.UNIT_BUSINESS,
        Role.UNIT_FINANCE,
        Role.UNIT_HEAD,
        Role.DEPT_REVIEWER,
        Role.FB_BUSINESS,
        Role.FB_PERFORMANCE,
        Role.COUNTY_FB,
    }
)
REVIEWS: Final = frozenset(
    {Role.UNIT_HEAD, Role.DEPT_REVIEWER, Role.DEPT_HEAD, Role.FB_PERFORMANCE, Role.COUNTY_FB}
)
PUBLISHES: Final = frozenset(
    {Role.UNIT_HEAD, Role.DEPT_HEAD, Role.FB_PERFORMANCE, Role.FB_BUDGET, Role.COUNTY_FB}
)
BUREAU: Final = frozenset({Role.FB_PERFORMANCE, Role.FB_LEADER, Role.COUNTY_FB})

ANSWERS: Final = frozenset({Role.UNIT_HEAD, *BUREAU})
LEGALITY: Final = frozenset({Role.FB_SUPERVISION, *BUREAU})

POLICY: Final[Policy] = {
    "prepare_disclosure": PREPARES,
    "review_secrecy": REVIEWS,
    "publish_disclosure": PUBLISHES,
    "withhold_disclosure": BUREAU,
    "correct_disclosure": PUBLISHES,
    "issue_bulletin": BUREAU,
    "issue_annual_report": BUREAU,
    "draft_policy": BUREAU,
    "revise_policy": BUREAU,
    "review_policy_legality": LEGALITY,
    "issue_policy": BUREAU,
    "record_policy": BUREAU,
    "map_policy_step": BUREAU,
    "unmap_policy_step": BUREAU,
    "amend_policy": BUREAU,
    "supersede_policy": BUREAU,
    "repeal_policy": BUREAU,
    "declare_idea": BUREAU,
    "drop_idea": BUREAU,
    "plan_training": BUREAU,
    "hold_training": BUREAU,
    "close_training": BUREAU,
    "correct_training": BUREAU,
    "call_off_training": BUREAU,
    "record_training": BUREAU,
    "write_article": BUREAU,
    "adopt_article": BUREAU,
    "submit_article": BUREAU,
    "feature_article": BUREAU,
    "record_article": BUREAU,
    "file_comment": EVERYONE,
    "reopen_comment": EVERYONE,
    "record_comment": BUREAU,
    "publish_comment": BUREAU,
    "reject_comment": BUREAU,
    "answer_comment": ANSWERS,
    "reveal_comment_contact": ANSWERS,
    "erase_comment_contact": BUREAU,
    # Reading
    "list_disclosures": EVERYONE,
    "get_disclosure": EVERYONE,
    "list_disclosure_channels": EVERYONE,
    "get_disclosure_coverage": EVERYONE,
    "get_monthly_disclosure": EVERYONE,
    "list_bulletins": EVERYONE,
    "draft_bulletin": EVERYONE,
    "get_bulletin": EVERYONE,
    "get_annual_report": EVERYONE,
    "get_figures": EVERYONE,
    "get_issued_report": EVERYONE,
    "list_policies": EVERYONE,
    "get_policy_statistics": EVERYONE,
    "get_step_coverage": EVERYONE,
    "list_ideas": EVERYONE,
    "list_trainings": EVERYONE,
    "get_training_statistics": EVERYONE,
    "list_articles": EVERYONE,
    "list_adoptions": EVERYONE,
    "get_publicity_statistics": EVERYONE,
    "get_policy": EVERYONE,
    "get_training": EVERYONE,
    "get_article": EVERYONE,
    "export_policy_form": EVERYONE,
    "export_training_form": EVERYONE,
    "export_publicity_form": EVERYONE,
    "list_comments": EVERYONE,
    "get_comment": EVERYONE,
    "get_comment_statistics": EVERYONE,
    "list_comments_at_desk": ANSWERS,
    "get_comment_contact": ANSWERS,
    "list_projects": EVERYONE,
    "list_ex_ante_assessments": EVERYONE,
    "list_libraries": EVERYONE,
    "list_monitoring_rounds": EVERYONE,
    "list_warnings": EVERYONE,
    "list_self_evaluations": EVERYONE,
    "list_evaluations": EVERYONE,
    "list_recoveries": EVERYONE,
    "list_budget_cuts": EVERYONE,
    "list_external_ranks": EVERYONE,
    "list_external_scores": EVERYONE,
    "list_open_items": EVERYONE,
    "get_project_life": EVERYONE,
    "get_json_feed": EVERYONE,
    "get_atom_feed": EVERYONE,
    "get_checkpoint": EVERYONE,
    "get_inclusion_proof": EVERYONE,
    "get_consistency_proof": EVERYONE,
}
