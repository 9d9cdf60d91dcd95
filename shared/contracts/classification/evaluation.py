"""What the evaluation service says, field by field."""

from typing import Final

from shared.contracts.classification.classes import Fields, fields

EVALUATION: Final[dict[str, Fields]] = {
    "SelfEvaluationAccepted": fields(
        "region_code project_code fiscal_year unit_code department_code self_score machine_score "
        "final_score grade execution_rate findings accepted_on rule_set_version settlement "
        "core_problems",
        internal="flags",
    ),
    "CoreProblem": fields(
        "subject name deviation lost cause text measure objective subjective due_on",
        personal="owner",
    ),
    "ScoreCorrected": fields(
        "region_code project_code fiscal_year unit_code before after grade finding corrected_on",
    ),
    "SelfEvaluationOverdue": fields(
        "region_code project_code fiscal_year unit_code department_code due_on found_on",
    ),
    "EvidenceReused": fields(
        "region_code project_code fiscal_year unit_code",
        internal="sha256 used_in first_in",
    ),
    "EvaluationConcluded": fields(
        "region_code project_code fiscal_year unit_code evaluation_id kind score grade "
        "concluded_on",
    ),
    "EvaluationCorrected": fields(
        "region_code project_code fiscal_year unit_code evaluation_id kind before after grade "
        "corrected_on",
    ),
    "EvaluationReportSubmitted": fields(
        "region_code project_code fiscal_year unit_code evaluation_id report_no content_sha256 "
        "pdf_sha256 submitted_on",
    ),
    "EvaluationReportFiled": fields(
        "region_code project_code fiscal_year unit_code evaluation_id report_no pdf_sha256 "
        "filed_on",
    ),
    "RectificationOverdue": fields(
        "region_code project_code fiscal_year unit_code feedback_id source due_on found_on",
    ),
    "UnitAppraised": fields(
        "region_code unit_code fiscal_year score grade rule_set_version",
    ),
    "RankingPublished": fields(
        "region_code ranking_id period rows kind fiscal_year corrects document_no",
    ),
    "RankedSubject": fields(
        "subject score rank previous_rank",
    ),
    "ExternalRankingRecorded": fields(
        "region_code scheme period subject level parent rank rank_at_most document_no "
        "issuing_body scope replaces",
    ),
    "ExternalScoreRecorded": fields(
        "region_code fund kind fund_year subject score rank document_no issuing_body scope "
        "replaces",
    ),
    "BudgetLinkageDecided": fields(
        "region_code unit_code basis_fiscal_year budget_year grade previous_budget cap priority "
        "rule_set_version exemptions",
    ),
    "ExemptedSpending": fields("project_code kind amount reason document_no"),
    "RecoveryApproved": fields(
        "region_code project_code fiscal_year unit_code recovery_id amount route reason "
        "document_no approved_on",
    ),
    "FundsRecovered": fields(
        "region_code project_code fiscal_year unit_code recovery_id amount route document_no "
        "booked_on",
    ),
    "RecoveryFailed": fields(
        "region_code project_code fiscal_year unit_code recovery_id amount",
        internal="reason",
    ),
    "BudgetCutConfirmed": fields(
        "region_code cut_id project_code basis_project_code unit_code basis_fiscal_year "
        "budget_year grade requested amount confirmed_on",
    ),
    "CircularIssued": fields(
        "region_code case_id unit_code subject issued_on",
    ),
    "DeviationPublished": fields(
        "region_code fiscal_year rows published_on",
    ),
    "DeviatingUnit": fields(
        "unit_code rechecked mean_deviation inflated share_inflated rank",
    ),
}
