"""What the targets service says, field by field."""

from typing import Final

from shared.contracts.classification.classes import Fields, fields

TARGETS: Final[dict[str, Fields]] = {
    "RegionRegistered": fields(
        "region_code name parent_code",
    ),
    "UnitRegistered": fields(
        "region_code unit_code name department_code department_name origin",
    ),
    "RuleSetAdopted": fields(
        "region_code rule_set_id rule_set_version fiscal_year legal_basis rules provenance",
    ),
    "LibraryPublished": fields(
        "region_code library library_version classes entries published_on",
    ),
    "ProjectRegistered": fields(
        "region_code project_code name fiscal_year unit_code department_code function_code "
        "fund_type_code direct_fund_flag requested needs_ex_ante origin",
    ),
    "ExAnteConcluded": fields(
        "region_code project_code fiscal_year assessed_on unit_code department_code requested "
        "accepted reduced reduction_kind score grade conclusion rule_set_version rules_region "
        "origin",
    ),
    "TargetSubmitted": fields(
        "region_code project_code fiscal_year unit_code",
    ),
    "TargetApproved": fields(
        "region_code project_code project_name fiscal_year unit_code department_code "
        "target_version budget scheme annual_goal indicators function_code fund_type_code "
        "direct_fund_flag in_year_monitoring_exempt approved_on rule_set_version rules_region "
        "origin starts_on",
    ),
    "Indicator": fields(
        "indicator_id level1 level2 name operator target_value unit lower_is_better weight "
        "is_core cumulative milestones",
    ),
    "TargetAdjusted": fields(
        "region_code project_code fiscal_year unit_code department_code adjustment_id "
        "target_version budget_before budget indicators reason adjusted_on undoes",
    ),
    "TargetAdjustmentRefused": fields(
        "region_code project_code fiscal_year unit_code adjustment_id",
        internal="reason",
    ),
    "TargetAdjustmentPaired": fields(
        "region_code project_code fiscal_year unit_code adjustment_id bodies rule_set_version "
        "rules_region",
        internal="proposed_values",
    ),
    "TargetAdjustmentSigned": fields(
        "region_code project_code fiscal_year unit_code adjustment_id body authority document_no "
        "decided_on",
        internal="sha256",
        personal="signed_by",
    ),
    "BudgetRequestDecided": fields(
        "region_code project_code unit_code department_code budget_year requested granted cap "
        "cut reasons basis_fiscal_year similar_cut",
    ),
    "ConstraintBreached": fields(
        "region_code unit_code department_code budget_year basis_fiscal_year grade cap granted "
        "exempted excess unexempted_excess exemptions rule_set_version",
    ),
    "ResponsibilityAssigned": fields(
        "region_code project_code fiscal_year unit_code steps",
        personal="business finance head",
    ),
    "ProjectSuspended": fields(
        "region_code project_code suspended_on",
        internal="reason",
    ),
    "ProjectResumed": fields(
        "region_code project_code resumed_on",
    ),
    "ProjectTerminated": fields(
        "region_code project_code terminated_on",
        internal="reason",
    ),
}
