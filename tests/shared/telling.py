"""A service of jars that offers webhooks, on a real database, with a clock that can be set."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import asyncpg

from shared import past
from shared.asking import Answer, Ask
from shared.desk import Desk
from shared.domain.decider import AnyDecider
from shared.eventstore.postgres import PostgresStore, open_pool
from shared.eventstore.schema import v1
from shared.eventstore.working import PostgresWorking
from shared.handling import Handling
from shared.manifest import Service
from shared.settings import ServiceSettings
from shared.tables import service_table
from shared.webhooks import schema
from shared.webhooks.courier import Courier, Road
from shared.webhooks.deliveries import Deliveries
from shared.webhooks.keys import WebhookKeys
from shared.webhooks.register import webhook_tables
from shared.webhooks.subscription import RegisterWebhook, webhook_decider
from tests.shared.counters import NOW, CoinsSeen, PutCoins, jar_decider, publish

if TYPE_CHECKING:
    from sqlmodel import SQLModel as Table
else:
    Table = service_table("telling")

KEYS = WebhookKeys(b"a key of this installation")
CLERK: Final = "iss|clerk"
REGISTER_SQL = """
CREATE TABLE webhook_register (
  webhook_id text PRIMARY KEY, region_code text NOT NULL, url text NOT NULL,
  event_types json NOT NULL, wanted json NOT NULL, enabled boolean NOT NULL,
  disabled_because text NOT NULL,
  generation int NOT NULL, overlap_until timestamptz, registered_by text NOT NULL,
  version int NOT NULL);
CREATE TABLE webhook_replays (
  webhook_id text, version int, first_word bigint NOT NULL, last_word bigint NOT NULL,
  PRIMARY KEY (webhook_id, version));
"""


_ROW, _REPLAY, REGISTER = webhook_tables(Table)
DECIDERS: tuple[AnyDecider, ...] = (jar_decider, webhook_decider)
service = Service(
    name="telling",
    title="telling",
    settings=ServiceSettings,
    deciders=DECIDERS,
    projections=(REGISTER,),
    commands=(),
    queries=(),
    policy={},
    says=(CoinsSeen,),
    publish=lambda fact: publish(fact) if fact.stream.startswith("jar-") else None,
    offers=(CoinsSeen,),
)


@dataclass(slots=True)
class Moment:
    """Business time, set by the story."""

    value: datetime = NOW

    def now(self) -> datetime:
        """The moment it is."""
        return self.value


async def _nobody() -> None:
    return None


@dataclass(slots=True, kw_only=True)
class Telling:
    """The service, its courier and its database."""

    pool: Any
    store: PostgresStore
    road: Road
    clock: Moment = field(default_factory=Moment)
    courier: Courier = field(init=False)
    handling: Handling = field(init=False)

    def __post_init__(self) -> None:
        """Put the courier together."""
        self.handling = Handling(service.aggregates, self.store)
        self.restart(Deliveries(self.pool))

    def restart(self, deliveries: Deliveries) -> None:
        """Another worker, on the same database."""
        desk = Desk(
            service="telling",
            handling=self.handling,
            store=self.store,
            working=PostgresWorking(self.pool),
            clock=self.clock,
            committed=_nobody,
        )
        self.courier = Courier(desk, deliveries, self.road)

    async def do(self, command: object) -> Answer:
        """Put a command to the service."""
        ask = Ask(
            commands=(command,),
            actor=CLERK,
            unit="",
            now=self.clock.now(),
            correlation_id="c",
            causation_id="c",
        )
        return await self.handling.handle(ask)

    async def registered(self, url: str, webhook_id: str = "w1", region: str = "653100") -> None:
        """A webhook for coins."""
        await self.do(
            RegisterWebhook(
                webhook_id=webhook_id,
                region_code=region,
                url=url,
                event_types=(CoinsSeen.event_type(),),
                by=CLERK,
                now=self.clock.now(),
            )
        )

    async def say(self, *coins: int) -> None:
        """So many words, numbered."""
        for one in coins:
            await self.do(PutCoins(jar_id="a", coins=one))
        while (await self.store.sequence(1_000)).taken:
            pass

    async def delivered(self, **later: int) -> None:
        """Business time passes, and whatever is due by then is sent."""
        self.clock.value += timedelta(**later)
        while await self.courier.round():
            pass

    async def rows(self, query: str) -> Sequence[Any]:
        """Rows out of the database."""
        found: Sequence[Any] = await self.pool.fetch(query)
        return found


def install(url: str) -> None:
    """The kernel's tables, those of deliveries, and the read models."""
    asyncio.run(_install(url))


async def _install(url: str) -> None:
    connection = await asyncpg.connect(url)
    await v1.install(connection)
    for script in (*schema.install("telling"), *schema.keeping_steps("telling")):
        await connection.execute(script)
    await connection.execute(REGISTER_SQL + past.keep("telling"))
    await connection.close()


@asynccontextmanager
async def telling(url: str, **road: Any) -> AsyncIterator[Telling]:  # noqa: ANN401 - fields of Road
    """The service on a database, its worker stepped by hand."""
    pool = await open_pool(url)
    store = PostgresStore(pool)
    way = Road(**{"keys": KEYS, "network": "private", "chance": lambda: 0.0, **road})
    try:
        yield Telling(pool=pool, store=store, road=way)
    finally:
        await store.settle()
        await pool.close()
