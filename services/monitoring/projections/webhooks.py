"""Who is told by webhook what this service says."""

from services.monitoring.projections import Table
from shared.webhooks.register import webhook_tables

WebhookRow, WebhookReplayRow, webhook_register = webhook_tables(Table)
