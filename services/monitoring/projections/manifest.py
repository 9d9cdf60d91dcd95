"""Every read model of monitoring, for the manifest."""

from typing import Final

from services.monitoring.projections.adjustment_register import adjustment_register
from services.monitoring.projections.break_register import break_register
from services.monitoring.projections.commitment_register import commitment_register
from services.monitoring.projections.key_fund_batches import key_fund_batches
from services.monitoring.projections.key_fund_beneficiaries import key_fund_beneficiaries
from services.monitoring.projections.key_fund_findings import key_fund_findings
from services.monitoring.projections.key_fund_industry import key_fund_industry
from services.monitoring.projections.key_fund_linkage import key_fund_linkage
from services.monitoring.projections.ledger_statement import ledger_statement
from services.monitoring.projections.letters import letters
from services.monitoring.projections.monitoring_evidence import monitoring_evidence
from services.monitoring.projections.monitoring_register import monitoring_register
from services.monitoring.projections.monitoring_reports import monitoring_reports
from services.monitoring.projections.monitoring_statistics import monitoring_statistics
from services.monitoring.projections.page_breaks import page_breaks
from services.monitoring.projections.payment_list import payment_list
from services.monitoring.projections.payment_orders import payment_orders
from services.monitoring.projections.postings import postings
from services.monitoring.projections.quota_book import quota_book
from services.monitoring.projections.reconciliation import reconciliation
from services.monitoring.projections.round_board import round_board
from services.monitoring.projections.round_reports import round_reports
from services.monitoring.projections.treasury_lines import treasury_lines
from services.monitoring.projections.treasury_requests import treasury_requests
from services.monitoring.projections.warning_board import warning_board
from services.monitoring.projections.warning_outcomes import warning_outcomes
from services.monitoring.projections.warning_steps import warning_steps
from services.monitoring.projections.watched_projects import watched_projects
from services.monitoring.projections.webhooks import webhook_register

PROJECTIONS: Final = (
    ledger_statement,
    payment_list,
    postings,
    quota_book,
    commitment_register,
    break_register,
    round_board,
    monitoring_register,
    warning_board,
    letters,
    warning_steps,
    adjustment_register,
    monitoring_statistics,
    watched_projects,
    monitoring_reports,
    monitoring_evidence,
    round_reports,
    warning_outcomes,
    treasury_lines,
    page_breaks,
    reconciliation,
    payment_orders,
    treasury_requests,
    webhook_register,
    key_fund_batches,
    key_fund_findings,
    key_fund_beneficiaries,
    key_fund_linkage,
    key_fund_industry,
)
