"""Who is told by webhook what the public is told."""

from typing import Final

from services.disclosure.projections import Table
from shared.webhooks.register import WebhookColumns, WebhookReplayColumns, webhook_projection


class WebhookRow(WebhookColumns, Table, table=True):
    """One webhook."""

    __tablename__ = "webhook_register"


class WebhookReplayRow(WebhookReplayColumns, Table, table=True):
    """One replay that was asked for."""

    __tablename__ = "webhook_replays"


webhook_register: Final = webhook_projection(WebhookRow, WebhookReplayRow)
