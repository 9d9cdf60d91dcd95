"""Every aggregate of this service."""

from typing import Final

from services.evaluation.domain.adopted_rules import adopted_rules_decider
from services.evaluation.domain.application import application_decider
from services.evaluation.domain.appraisal import appraisal_decider
from services.evaluation.domain.case import case_decider
from services.evaluation.domain.cut.cut import cut_decider
from services.evaluation.domain.duplicates.duplicates import duplicates_decider
from services.evaluation.domain.evaluation import evaluation_decider
from services.evaluation.domain.external import external_decider
from services.evaluation.domain.funds.funds import funds_decider
from services.evaluation.domain.linkage.linkage import linkage_decider
from services.evaluation.domain.prior_result import prior_result_decider
from services.evaluation.domain.ranking import ranking_decider
from services.evaluation.domain.recovery.recovery import recovery_decider
from services.evaluation.domain.self_evaluation import self_evaluation_decider
from services.evaluation.domain.unit import unit_decider
from services.evaluation.domain.watched import watched_decider

DECIDERS: Final = (
    adopted_rules_decider,
    unit_decider,
    watched_decider,
    self_evaluation_decider,
    evaluation_decider,
    prior_result_decider,
    appraisal_decider,
    linkage_decider,
    funds_decider,
    application_decider,
    duplicates_decider,
    recovery_decider,
    cut_decider,
    ranking_decider,
    external_decider,
    case_decider,
)
