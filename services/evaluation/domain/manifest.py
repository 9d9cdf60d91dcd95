"""Every aggregate of this service."""

from typing import Final

from services.evaluation.domain.adopted_rules import adopted_rules_decider
from services.evaluation.domain.application import application_decider
from services.evaluation.domain.appraisal import appraisal_decider
from services.evaluation.domain.case_decider import case_decider
from services.evaluation.domain.cut.cut import cut_decider
from services.evaluation.domain.cut.finding import similar_projects_decider
from services.evaluation.domain.deviation import deviation_decider
from services.evaluation.domain.duplicates.duplicates import duplicates_decider
from services.evaluation.domain.effectiveness.plan_decider import effectiveness_plan_decider
from services.evaluation.domain.effectiveness.subject_decider import effectiveness_decider
from services.evaluation.domain.external import external_decider
from services.evaluation.domain.feedback.feedback_decider import feedback_decider
from services.evaluation.domain.funds.funds import funds_decider
from services.evaluation.domain.judging.evaluation import evaluation_decider
from services.evaluation.domain.judging.key_project import key_project_decider
from services.evaluation.domain.judging.reportfile import reportfile_decider
from services.evaluation.domain.linkage.linkage import linkage_decider
from services.evaluation.domain.prior_result import prior_result_decider
from services.evaluation.domain.ranking import ranking_decider
from services.evaluation.domain.recovery.recovery import recovery_decider
from services.evaluation.domain.sampling.roster import unit_roster_decider
from services.evaluation.domain.sampling.sample import recheck_sample_decider
from services.evaluation.domain.self_evaluation.decider import self_evaluation_decider
from services.evaluation.domain.self_evaluation.proof import proof_decider
from services.evaluation.domain.third_party.assignment_decider import assignment_decider
from services.evaluation.domain.third_party.registry import third_party_decider
from services.evaluation.domain.unit import unit_decider
from services.evaluation.domain.watched import watched_decider
from services.evaluation.domain.wording import wording_decider

DECIDERS: Final = (
    adopted_rules_decider,
    unit_decider,
    watched_decider,
    self_evaluation_decider,
    evaluation_decider,
    key_project_decider,
    reportfile_decider,
    third_party_decider,
    assignment_decider,
    unit_roster_decider,
    recheck_sample_decider,
    feedback_decider,
    prior_result_decider,
    appraisal_decider,
    linkage_decider,
    funds_decider,
    application_decider,
    duplicates_decider,
    recovery_decider,
    cut_decider,
    similar_projects_decider,
    ranking_decider,
    external_decider,
    case_decider,
    wording_decider,
    deviation_decider,
    proof_decider,
    effectiveness_plan_decider,
    effectiveness_decider,
)
