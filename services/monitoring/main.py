"""Monitoring: watches the money and the targets of the year, warns early, has it put right."""

from services.monitoring.api.commands import COMMANDS
from services.monitoring.api.forms.key_fund_sheets import KEY_FUND_SHEETS
from services.monitoring.api.forms.letter_sheets import WARNING_SHEETS
from services.monitoring.api.forms.monitoring_sheet import MONITORING_SHEET
from services.monitoring.api.forms.quota_sheets import QUOTA_SHEETS
from services.monitoring.api.intake_routes import UPLOADS
from services.monitoring.api.policy import POLICY
from services.monitoring.api.queries import QUERIES
from services.monitoring.api.vocabulary import VOCABULARY
from services.monitoring.domain.manifest import DECIDERS
from services.monitoring.projections.manifest import PROJECTIONS
from services.monitoring.publishing import publish
from services.monitoring.reactions import HEARS, fall_due, react, schedule
from services.monitoring.settings import MonitoringSettings
from shared.contracts.monitoring import PUBLISHED
from shared.manifest import Service
from shared.webhooks.subscription import webhook_decider

service = Service(
    name="monitoring",
    title="Budget monitoring",
    settings=MonitoringSettings,
    deciders=(*DECIDERS, webhook_decider),
    projections=PROJECTIONS,
    commands=COMMANDS,
    queries=QUERIES,
    policy=POLICY,
    says=PUBLISHED,
    publish=publish,
    hears=HEARS,
    react=react,
    schedule=schedule,
    fall_due=fall_due,
    vocabulary=VOCABULARY,
    sheets=(MONITORING_SHEET, *WARNING_SHEETS, *KEY_FUND_SHEETS, *QUOTA_SHEETS),
    uploads=UPLOADS,
    offers=PUBLISHED,
)
