"""What the monitoring service says, field by field."""

from typing import Final

from shared.contracts.classification.classes import Fields, fields

MONITORING: Final[dict[str, Fields]] = {
    "QuotaIssued": fields(
        "region_code project_code fiscal_year unit_code amount issued_on document_no "
        "fund_type_code",
        internal="bgt_id",
    ),
    "QuotaAdjusted": fields(
        "region_code project_code fiscal_year unit_code adjustment_id change quota",
    ),
    "QuotaAmended": fields(
        "region_code project_code fiscal_year unit_code document_no change quota amended_on",
        internal="bgt_id",
    ),
    "QuotaFrozen": fields(
        "region_code project_code fiscal_year unit_code freeze_id amount until_on",
        internal="reason",
    ),
    "QuotaReleased": fields(
        "region_code project_code fiscal_year unit_code freeze_id amount expired",
    ),
    "QuotaRecalled": fields(
        "region_code project_code fiscal_year unit_code document_no amount quota recalled_on",
        internal="bgt_id",
    ),
    "QuotaWithdrawn": fields(
        "region_code project_code fiscal_year unit_code recovery_id amount quota document_no "
        "withdrawn_on",
    ),
    "WithdrawalRefused": fields(
        "region_code project_code fiscal_year unit_code recovery_id asked available",
    ),
    "PaymentSettled": fields(
        "region_code project_code fiscal_year unit_code amount paid_total settled_on "
        "committed_change",
        internal="payment_id",
    ),
    "PaymentReturned": fields(
        "region_code project_code fiscal_year unit_code amount paid_total returned_on "
        "recovery_id committed_change",
        internal="payment_id return_id",
    ),
    "PaymentsBooked": fields(
        "region_code project_code fiscal_year unit_code paid returned paid_total payments "
        "returns first_on last_on committed_change",
    ),
    "ReconciliationBreakOpened": fields(
        "region_code break_id kind amount opened_on project_code fiscal_year",
    ),
    "ReconciliationBreakResolved": fields(
        "region_code break_id resolution",
        internal="slip_no",
    ),
    "RoundPlanned": fields(
        "region_code fiscal_year node cut_off_on pre_analysis_on",
    ),
    "RoundClosed": fields(
        "region_code fiscal_year node cut_off_on reviewed missed exempted levels mean_score "
        "execution_rate goal_rate",
    ),
    "PreAnalysisRun": fields(
        "region_code project_code fiscal_year unit_code node level execution_rate goal_rate "
        "method reasons analysed_on rule_set_version",
    ),
    "MonitoringScored": fields(
        "region_code project_code fiscal_year unit_code node score level execution_rate "
        "goal_rate reasons rule_set_version",
    ),
    "MonitoringMissed": fields(
        "region_code project_code fiscal_year unit_code node level execution_rate reasons due_on "
        "rule_set_version",
    ),
    "WarningIssued": fields(
        "region_code project_code fiscal_year unit_code warning_id node level reasons source "
        "issued_on",
    ),
    "WarningEscalated": fields(
        "region_code project_code fiscal_year unit_code warning_id level measure document_no "
        "legal_basis adjustment_id",
    ),
    "LetterIssued": fields(
        "region_code project_code fiscal_year unit_code warning_id letter_no level "
        "content_sha256 issued_on finish_by pdf_sha256 corrects",
    ),
    "LetterFiled": fields(
        "region_code project_code fiscal_year unit_code warning_id letter_no pdf_sha256 pdf_bytes",
    ),
    "RectificationVerified": fields(
        "region_code project_code fiscal_year unit_code warning_id verified_on execution_before "
        "execution_after goal_before goal_after",
    ),
    "WarningClosed": fields(
        "region_code project_code fiscal_year unit_code warning_id level outcome closed_on overdue",
    ),
    "AdjustmentProposed": fields(
        "region_code project_code fiscal_year unit_code adjustment_id kind change budget "
        "proposed_on transfer_to lowers_key_expenditure changes_total_budget partner_project "
        "partner_adjustment_id",
        internal="reason",
        personal="proposed_by",
    ),
    "AdjustmentExecuted": fields(
        "region_code project_code fiscal_year unit_code adjustment_id kind change budget "
        "transfer_to partner_adjustment_id fund_type_code direct_fund_flag",
    ),
    "AdjustmentCompensated": fields(
        "region_code project_code fiscal_year unit_code adjustment_id kind outcome "
        "partner_adjustment_id",
        internal="reason",
    ),
    "SuspensionEnded": fields(
        "region_code project_code fiscal_year unit_code adjustment_id ended_on",
        internal="reason",
    ),
    "TieOutPublished": fields(
        "region_code tie_out_id from_on until_on ledger_paid ledger_returned listed_paid "
        "listed_returned equal differences breaks_open",
        internal="bank_debits bank_credits",
    ),
    "PaymentOrderBreakOpened": fields(
        "region_code project_code fiscal_year unit_code break_id kind amount opened_on",
        internal="order_id",
    ),
    "PaymentOrderRejected": fields(
        "region_code project_code fiscal_year unit_code amount",
        internal="order_id reason_code",
    ),
    "PaymentOrderSent": fields(
        "region_code project_code fiscal_year unit_code amount",
        internal="order_id batch_id",
    ),
    "PaymentOrderUnanswered": fields(
        "region_code project_code fiscal_year unit_code amount",
        internal="order_id",
    ),
    "PaymentRecallRefused": fields(
        "region_code project_code fiscal_year unit_code amount",
        internal="order_id recall_id reason_code",
    ),
    "TreasuryRequestAcknowledged": fields(
        "region_code project_code fiscal_year unit_code request_id",
    ),
    "TreasuryRequestExecuted": fields(
        "region_code project_code fiscal_year unit_code request_id kind amount cur_amt available",
        internal="adj_batch_no",
    ),
    "TreasuryRequestOpened": fields(
        "region_code project_code fiscal_year unit_code request_id kind amount document_no route",
        internal="reason source_id",
    ),
    "TreasuryRequestRefused": fields(
        "region_code project_code fiscal_year unit_code request_id kind amount",
        internal="reason",
    ),
    "CommitmentsChanged": fields(
        "region_code project_code fiscal_year unit_code change",
    ),
    "FundReceived": fields(
        "region_code batch_id root_id fiscal_year fund_name direct_fund_flag kind "
        "superior_document_no amount received_on pass_on_by",
    ),
    "FundAllocated": fields(
        "region_code batch_id root_id fiscal_year fund_name direct_fund_flag kind allocation_id "
        "document_no recipient_kind recipient project_code amount allocated_on passed_to",
    ),
    "FundIssued": fields(
        "region_code batch_id root_id fiscal_year fund_name direct_fund_flag kind allocation_id "
        "project_code unit_code document_no amount issued_on",
    ),
    "FundFindingOpened": fields(
        "region_code finding_id fiscal_year kind level batch_id project_code amount due_on "
        "opened_on",
    ),
    "FundFindingClosed": fields(
        "region_code finding_id fiscal_year level judgement closed_on",
    ),
    "UnitAccountNoted": fields("region_code project_code fiscal_year unit_code total"),
    "FundAnnounced": fields(
        "region_code project_code fiscal_year unit_code place announced_on",
        internal="evidence",
    ),
    "BeneficiariesPublished": fields(
        "region_code project_code fiscal_year unit_code month places published_on",
    ),
    "PlaceTotal": fields(
        "place_code payees households persons enterprises amount",
    ),
    "IndustryFundAdvanced": fields(
        "region_code fund_id fiscal_year stage outcome amount passed_on",
        internal="name",
    ),
}
