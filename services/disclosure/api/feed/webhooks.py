"""The log pushed to whoever asked for it: the kernel's webhooks over the words of disclosure."""

from typing import Final

from services.disclosure.projections.webhooks import WebhookRow
from shared.http.webhook_routes import webhook_router

router: Final = webhook_router(WebhookRow)
