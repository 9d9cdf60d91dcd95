"""Who is told by webhook what this service says."""

from typing import Final

from services.monitoring.projections import Table
from shared.webhooks.register import WebhookColumns, WebhookReplayColumns, webhook_projection


class WebhookRow(WebhookColumns, Table, table=True):
    """One webhook."""

    __tablename__ = "webhook_register"


class WebhookReplayRow(WebhookReplayColumns, Table, table=True):
    """One replay that was asked for."""

    __tablename__ = "webhook_replays"


webhook_register: Final = webhook_projection(WebhookRow, WebhookReplayRow)
