"""Disclosure, stage 4: what was promised, watched and judged is told to everybody."""

from services.disclosure.api import bulletins, feeds, loop, queries, registers
from services.disclosure.api import reports as report_queries
from services.disclosure.api.endpoints import COMMANDS
from services.disclosure.api.forms.library_sheets import LIBRARY_SHEETS
from services.disclosure.api.intake.comments import UPLOADS
from services.disclosure.api.library_rooms import LIBRARY_ROOMS
from services.disclosure.api.policy import POLICY
from services.disclosure.api.vocabulary import VOCABULARY
from services.disclosure.domain.deciders import DECIDERS
from services.disclosure.projections.manifest import PROJECTIONS
from services.disclosure.publishing import publish
from services.disclosure.reactions import HEARS, fall_due, react, schedule
from services.disclosure.settings import DisclosureSettings
from shared.contracts import disclosure
from shared.manifest import Service

service = Service(
    name="disclosure",
    title="Public disclosure",
    settings=DisclosureSettings,
    deciders=DECIDERS,
    projections=PROJECTIONS,
    commands=COMMANDS,
    queries=tuple(
        room.router
        for room in (queries, bulletins, report_queries, *LIBRARY_ROOMS, registers, loop, feeds)
    ),
    policy=POLICY,
    says=disclosure.PUBLISHED,
    publish=publish,
    hears=HEARS,
    react=react,
    schedule=schedule,
    fall_due=fall_due,
    vocabulary=VOCABULARY,
    sheets=LIBRARY_SHEETS,
    uploads=UPLOADS,
)
