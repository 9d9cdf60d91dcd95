"""Who may do what in disclosure (`domain` §2.3); whatever only reads is for everybody."""

from typing import Final

from services.disclosure.api.disclosure_endpoints import OWED_POLICY
from shared.http.policy import EVERYONE, Policy, Role
from shared.http.webhook_commands import WEBHOOK_OPERATIONS

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

POLICY: Final[Policy] = {
    "prepare_disclosure": PREPARES,
    "review_secrecy": REVIEWS,
    "publish_disclosure": PUBLISHES,
    "withhold_disclosure": BUREAU,
    "correct_disclosure": PUBLISHES,
    "issue_bulletin": BUREAU,
    "correct_bulletin": BUREAU,
    "issue_annual_report": BUREAU,
    "close_fiscal_year": BUREAU,
    "draft_policy": BUREAU,
    "issue_policy": BUREAU,
    "amend_policy": BUREAU,
    "supersede_policy": BUREAU,
    "repeal_policy": BUREAU,
    "declare_idea": BUREAU,
    "drop_idea": BUREAU,
    "plan_training": BUREAU,
    "hold_training": BUREAU,
    "call_off_training": BUREAU,
    "write_article": BUREAU,
    "adopt_article": BUREAU,
    "feature_article": BUREAU,
    **dict.fromkeys(WEBHOOK_OPERATIONS, BUREAU),
    # Reading
    "list_disclosures": EVERYONE,
    "get_disclosure": EVERYONE,
    "list_disclosure_channels": EVERYONE,
    "get_disclosure_coverage": EVERYONE,
    "get_monthly_disclosure": EVERYONE,
    "list_bulletins": EVERYONE,
    "draft_bulletin": EVERYONE,
    "get_bulletin": EVERYONE,
    "list_bulletin_items": EVERYONE,
    "list_bulletin_editions": EVERYONE,
    "get_bulletin_edition": EVERYONE,
    "draft_annual_report": EVERYONE,
    "list_figure_items": EVERYONE,
    "get_report_edition": EVERYONE,
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
    "get_project_lives": EVERYONE,
    "list_closure_rates": EVERYONE,
    "get_fiscal_year": EVERYONE,
    "list_feed": EVERYONE,
    "get_json_feed": EVERYONE,
    "get_atom_feed": EVERYONE,
    "follow_feed": EVERYONE,
    "get_feed_lines": EVERYONE,
    "get_feed_key": EVERYONE,
    "get_checkpoint": EVERYONE,
    "get_inclusion_proof": EVERYONE,
    "get_consistency_proof": EVERYONE,
    **OWED_POLICY,
}
