"""Disclosure, stage 4: what was promised, watched and judged is told to everybody."""

from services.disclosure.api import rankings, registers
from services.disclosure.api.bulk import queries as exports
from services.disclosure.api.catalogue import queries as catalogue
from services.disclosure.api.endpoints import COMMANDS
from services.disclosure.api.feed import events, feeds, log, webhooks
from services.disclosure.api.forms.library_sheets import LIBRARY_SHEETS
from services.disclosure.api.forms.public_sheets import SHEETS
from services.disclosure.api.intake.comments import UPLOADS
from services.disclosure.api.library_rooms import LIBRARY_ROOMS
from services.disclosure.api.loop import fiscal_years, open_items, projects, rates
from services.disclosure.api.owed_rooms import OWED_QUERIES
from services.disclosure.api.policy import POLICY
from services.disclosure.api.report import bulletin_queries
from services.disclosure.api.report import queries as report_queries
from services.disclosure.api.vocabulary import VOCABULARY
from services.disclosure.domain.deciders import DECIDERS
from services.disclosure.portal.comment_routes import router as portal_comments
from services.disclosure.portal.routes import PORTAL_POLICY
from services.disclosure.portal.routes import router as portal
from services.disclosure.projections.manifest import PROJECTIONS
from services.disclosure.publishing import publish
from services.disclosure.reactions import HEARS, fall_due, react, schedule
from services.disclosure.settings import DisclosureSettings
from shared.contracts import disclosure
from shared.http.webhook_commands import WEBHOOK_COMMANDS
from shared.manifest import Service
from shared.webhooks.subscription import webhook_decider

service = Service(
    name="disclosure",
    title="Public disclosure",
    settings=DisclosureSettings,
    deciders=(*DECIDERS, webhook_decider),
    projections=PROJECTIONS,
    commands=(*COMMANDS, *WEBHOOK_COMMANDS),
    queries=(
        *(
            room.router
            for room in (
                *OWED_QUERIES,
                *(bulletin_queries, report_queries),
                *LIBRARY_ROOMS,
                *(registers, rankings, open_items, projects, rates, fiscal_years),
                *(feeds, events, log, webhooks),
                *(exports, catalogue),
            )
        ),
        portal_comments,  # before the portal, which ends with an address for whatever is left
        portal,
    ),
    policy={**POLICY, **PORTAL_POLICY},
    says=disclosure.PUBLISHED,
    publish=publish,
    hears=HEARS,
    react=react,
    schedule=schedule,
    fall_due=fall_due,
    vocabulary=VOCABULARY,
    sheets=(*SHEETS, *LIBRARY_SHEETS),
    uploads=UPLOADS,
    offers=disclosure.PUBLISHED,
)
