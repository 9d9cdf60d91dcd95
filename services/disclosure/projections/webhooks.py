"""Who is told by webhook what the public is told."""

from services.disclosure.projections import Table
from shared.webhooks.register import webhook_tables

WebhookRow, WebhookReplayRow, webhook_register = webhook_tables(Table)
