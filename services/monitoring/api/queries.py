"""Every question this service answers, in the caller's scope."""

from typing import Final

from services.monitoring.api.money_queries import router as money
from services.monitoring.api.order_queries import router as orders
from services.monitoring.api.order_treasury import router as treasury_requests
from services.monitoring.api.warning_queries import router as warnings
from services.monitoring.api.watching_queries import router as watching
from services.monitoring.projections.webhooks import WebhookRow
from shared.http.webhook_routes import webhook_router

QUERIES: Final = (
    money,
    watching,
    warnings,
    orders,
    treasury_requests,
    webhook_router(WebhookRow),
)
