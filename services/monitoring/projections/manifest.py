"""Every read model of monitoring, for the manifest."""

from typing import Final

from services.monitoring.projections.adjustment_register import adjustment_register
from services.monitoring.projections.key_fund_batches import key_fund_batches
from services.monitoring.projections.key_fund_beneficiaries import key_fund_beneficiaries
from services.monitoring.projections.key_fund_findings import key_fund_findings
from services.monitoring.projections.key_fund_industry import key_fund_industry
from services.monitoring.projections.key_fund_linkage import key_fund_linkage
from services.monitoring.projections.ledger_statement import ledger_statement
from services.monitoring.projections.letters import letters
from services.monitoring.projections.monitoring_register import monitoring_register
from services.monitoring.projections.monitoring_statistics import monitoring_statistics
from services.monitoring.projections.payment_list import payment_list
from services.monitoring.projections.round_board import round_board
from services.monitoring.projections.warning_board import warning_board

PROJECTIONS: Final = (
    ledger_statement,
    payment_list,
    round_board,
    monitoring_register,
    warning_board,
    letters,
    adjustment_register,
    monitoring_statistics,
    key_fund_batches,
    key_fund_findings,
    key_fund_beneficiaries,
    key_fund_linkage,
    key_fund_industry,
)
