"""Disclosure, stage 4: what was promised, watched and judged is told to everybody."""

from services.disclosure.api import bulletins, library_queries, loop, queries, registers
from services.disclosure.api import reports as report_queries
from services.disclosure.api.endpoints import COMMANDS
from services.disclosure.api.feed import events, feeds, log, webhooks
from services.disclosure.api.policy import POLICY
from services.disclosure.api.vocabulary import VOCABULARY
from services.disclosure.domain.deciders import DECIDERS
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
    queries=tuple(
        room.router
        for room in (
            *(queries, bulletins, report_queries, library_queries, registers, loop),
            *(feeds, events, log, webhooks),
        )
    ),
    policy=POLICY,
    says=disclosure.PUBLISHED,
    publish=publish,
    hears=HEARS,
    react=react,
    schedule=schedule,
    fall_due=fall_due,
    vocabulary=VOCABULARY,
    offers=disclosure.PUBLISHED,
)
