"""Every question this service answers, in the caller's scope."""

from typing import Final

from services.monitoring.api.adjustment_queries import router as adjustments
from services.monitoring.api.break_queries import router as breaks
from services.monitoring.api.forms.key_fund_exports import router as key_fund_forms
from services.monitoring.api.forms.monitoring_exports import router as forms
from services.monitoring.api.forms.quota_exports import router as quota_forms
from services.monitoring.api.intake_queries import router as intake
from services.monitoring.api.intake_routes import router as treasury_files
from services.monitoring.api.key_fund_industry_queries import router as industry
from services.monitoring.api.key_fund_people_queries import router as people
from services.monitoring.api.key_fund_queries import router as key_funds
from services.monitoring.api.ledger_forms import router as ledger_forms
from services.monitoring.api.ledger_queries import router as ledgers
from services.monitoring.api.letter_queries import router as letters
from services.monitoring.api.money_queries import router as money
from services.monitoring.api.order_queries import router as orders
from services.monitoring.api.order_treasury import router as treasury_requests
from services.monitoring.api.page_breaks import router as page_breaks
from services.monitoring.api.record_queries import router as records
from services.monitoring.api.sandbox_routes import router as sandboxes
from services.monitoring.api.warning_cure_queries import router as cures
from services.monitoring.api.warning_queries import router as warnings
from services.monitoring.api.watching_queries import router as watching
from services.monitoring.projections.webhooks import WebhookRow
from shared.http.parked import parked_router
from shared.http.webhook_routes import webhook_router

QUERIES: Final = (
    money,
    ledgers,
    ledger_forms,
    quota_forms,
    breaks,
    adjustments,
    watching,
    records,
    forms,
    warnings,
    letters,
    cures,
    treasury_files,
    intake,
    page_breaks,
    orders,
    treasury_requests,
    webhook_router(WebhookRow),
    key_funds,
    people,
    industry,
    key_fund_forms,
    sandboxes,
    parked_router(),
)
