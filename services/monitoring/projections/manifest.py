"""Every read model of monitoring, for the manifest."""

from typing import Final

from services.monitoring.projections.adjustment_register import adjustment_register
from services.monitoring.projections.ledger_statement import ledger_statement
from services.monitoring.projections.letters import letters
from services.monitoring.projections.monitoring_register import monitoring_register
from services.monitoring.projections.monitoring_statistics import monitoring_statistics
from services.monitoring.projections.payment_list import payment_list
from services.monitoring.projections.payment_orders import payment_orders
from services.monitoring.projections.round_board import round_board
from services.monitoring.projections.treasury_requests import treasury_requests
from services.monitoring.projections.warning_board import warning_board
from services.monitoring.projections.webhooks import webhook_register

PROJECTIONS: Final = (
    ledger_statement,
    payment_list,
    round_board,
    monitoring_register,
    warning_board,
    letters,
    adjustment_register,
    monitoring_statistics,
    payment_orders,
    treasury_requests,
    webhook_register,
)
