"""Everything a running API holds, made at start and closed at the end."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncEngine

from shared.clock import Clock
from shared.eventstore import EventStore
from shared.eventstore.checkpoints import Log
from shared.handling import Handling
from shared.http.background import Background
from shared.http.identity import Identity
from shared.http.import_jobs import ImportJobs
from shared.http.language import Language
from shared.http.pace import Paces
from shared.http.policy import Policy
from shared.http.problems import Problems
from shared.sealing import Vault
from shared.settings import ServiceSettings


@dataclass(slots=True, kw_only=True)
class Runtime:
    """One per process. What needs the database is there only after start-up."""

    service: str
    settings: ServiceSettings
    policy: Policy
    identity: Identity
    problems: Problems
    paces: Paces
    language: Language
    cursor_key: bytes
    clock: Clock
    handling: Handling | None = None
    store: EventStore | None = None
    log: Log | None = None
    engine: AsyncEngine | None = None
    past_engine: AsyncEngine | None = None
    jobs: ImportJobs | None = None
    vault: Vault | None = None
    background: Background = field(default_factory=Background)
    event_names: Mapping[type, str] = field(default_factory=dict)
    uploads: Mapping[str, int] = field(default_factory=dict)
    """Paths that take whole files, and of how many bytes at most."""
    later: tuple[str, ...] = ()
    """Names of the read models that the worker folds after the commit."""
    offers: tuple[str, ...] = ()
    """Types of public events that webhooks may be registered for."""
    hears_itself: bool = False
    """Whether the service reacts to its own words; their effects come after the commit, too."""
