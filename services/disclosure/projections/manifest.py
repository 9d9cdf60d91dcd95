"""Every read model of disclosure: first what it heard, then what it told."""

from typing import Final

from services.disclosure.projections.article_register import article_register
from services.disclosure.projections.bulletin_register import bulletin_register
from services.disclosure.projections.comment_register import comment_register
from services.disclosure.projections.cut_register import cut_register
from services.disclosure.projections.disclosure_register import disclosure_register
from services.disclosure.projections.evaluation_register import evaluation_register
from services.disclosure.projections.ex_ante_register import ex_ante_register
from services.disclosure.projections.external_ranks import external_ranks
from services.disclosure.projections.external_scores import external_scores
from services.disclosure.projections.idea_register import idea_register
from services.disclosure.projections.item_history import item_history
from services.disclosure.projections.item_parts import item_parts
from services.disclosure.projections.library_register import library_register
from services.disclosure.projections.loop_adjustments import loop_adjustments
from services.disclosure.projections.loop_budgets import loop_budgets
from services.disclosure.projections.loop_findings import loop_findings
from services.disclosure.projections.loop_letters import loop_letters
from services.disclosure.projections.monitoring_register import monitoring_register
from services.disclosure.projections.policy_register import policy_register
from services.disclosure.projections.project_endings import project_endings
from services.disclosure.projections.project_register import project_register
from services.disclosure.projections.project_watch import project_watch
from services.disclosure.projections.published_content import published_content
from services.disclosure.projections.ranking_register import ranking_register
from services.disclosure.projections.recovery_register import recovery_register
from services.disclosure.projections.region_register import region_register
from services.disclosure.projections.reply_register import reply_register
from services.disclosure.projections.report_register import report_register
from services.disclosure.projections.report_rule_sets import report_rule_sets
from services.disclosure.projections.round_register import round_register
from services.disclosure.projections.score_findings import score_findings
from services.disclosure.projections.search_register import search_register
from services.disclosure.projections.self_evaluation_register import self_evaluation_register
from services.disclosure.projections.training_register import training_register
from services.disclosure.projections.unit_register import unit_register
from services.disclosure.projections.warning_register import warning_register
from services.disclosure.projections.webhooks import webhook_register
from services.disclosure.projections.withholding_register import withholding_register
from services.disclosure.projections.year_register import year_register

PROJECTIONS: Final = (
    region_register,
    unit_register,
    library_register,
    project_register,
    project_endings,
    ex_ante_register,
    project_watch,
    round_register,
    monitoring_register,
    warning_register,
    self_evaluation_register,
    evaluation_register,
    recovery_register,
    cut_register,
    external_ranks,
    external_scores,
    disclosure_register,
    published_content,
    bulletin_register,
    report_register,
    policy_register,
    idea_register,
    training_register,
    article_register,
    withholding_register,
    reply_register,
    item_parts,
    item_history,
    loop_adjustments,
    loop_budgets,
    loop_findings,
    loop_letters,
    report_rule_sets,
    score_findings,
    year_register,
    search_register,
    webhook_register,
    comment_register,
    ranking_register,
)
