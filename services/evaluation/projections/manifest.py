"""Every read model of this service."""

from typing import Final

from services.evaluation.projections.appraisal_board import appraisal_board
from services.evaluation.projections.case_register import case_register
from services.evaluation.projections.conduct_log import conduct_log
from services.evaluation.projections.cut_register import cut_register
from services.evaluation.projections.duplicate_groups import duplicate_groups
from services.evaluation.projections.effectiveness_board import effectiveness_board
from services.evaluation.projections.evaluation_register import evaluation_register
from services.evaluation.projections.evaluation_reports import evaluation_reports
from services.evaluation.projections.external_records import external_records
from services.evaluation.projections.feedback_board import feedback_board
from services.evaluation.projections.judging_steps import judging_steps
from services.evaluation.projections.key_projects import key_projects
from services.evaluation.projections.linkage_board import linkage_board
from services.evaluation.projections.prior_results import prior_results
from services.evaluation.projections.programme_register import programme_register
from services.evaluation.projections.ranking_board import ranking_board
from services.evaluation.projections.recheck_samples import recheck_samples
from services.evaluation.projections.recovery_ledger import recovery_ledger
from services.evaluation.projections.self_evaluation_coverage import self_evaluation_coverage
from services.evaluation.projections.self_evaluation_evidence import self_evaluation_evidence
from services.evaluation.projections.self_evaluation_forms import self_evaluation_forms
from services.evaluation.projections.self_evaluation_register import self_evaluation_register
from services.evaluation.projections.third_parties import third_parties

PROJECTIONS: Final = (
    self_evaluation_register,
    evaluation_register,
    evaluation_reports,
    judging_steps,
    third_parties,
    recheck_samples,
    key_projects,
    feedback_board,
    prior_results,
    appraisal_board,
    linkage_board,
    recovery_ledger,
    cut_register,
    programme_register,
    duplicate_groups,
    ranking_board,
    external_records,
    case_register,
    self_evaluation_forms,
    self_evaluation_evidence,
    self_evaluation_coverage,
    conduct_log,
    effectiveness_board,
)
