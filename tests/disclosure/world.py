"""Disclosure on a real PostgreSQL, hearing words through its own inbox, asked over HTTP."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import httpx

from services.disclosure.main import service
from shared.asking import Answer, Ask
from shared.bus import FeedWord
from shared.contracts.envelope import say
from shared.contracts.public_event import PublicEvent
from shared.domain.refusals import Refusal
from shared.eventstore import EventStore
from shared.eventstore.hashes import word_hash
from shared.eventstore.postgres import PostgresStore, open_pool
from shared.eventstore.working import PostgresWorking
from shared.http.app import create_app
from shared.inbox import Inbox
from shared.messages import Recorded
from shared.testing.tokens import AUDIENCE, ISSUER, Tokens
from shared.worker import Worker

SAID_AT = datetime(2021, 3, 1, 2, tzinfo=UTC)
AFTERWARDS = datetime(2022, 7, 1, 2, tzinfo=UTC)
SPACE = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")


@dataclass(slots=True)
class StandingClock:
    """Business time that stands where the story put it."""

    moment: datetime

    def now(self) -> datetime:
        """The moment of the story."""
        return self.moment


@dataclass(slots=True)
class Feed:
    """What one producer has said; an ear that hears it."""

    producer: str
    words: list[FeedWord] = field(default_factory=list)

    def say(self, word: PublicEvent, at: datetime) -> None:
        """One more word, on a stream of its own."""
        number = len(self.words) + 1
        recorded: Recorded[Any] = Recorded(
            event=None,
            event_id=uuid5(SPACE, f"{self.producer}-{number}"),
            stream=f"{self.producer}-{number}",
            version=1,
            actor="story",
            unit="",
            occurred_at=at,
            effective_at=at,
            correlation_id="story",
            causation_id="story",
        )
        body = say(word, recorded)
        self.words.append(FeedWord(number, body, word_hash(body)))

    async def fetch(self, after: int, limit: int) -> Sequence[FeedWord]:
        """The words after a number."""
        return self.words[after : after + limit]


@dataclass(slots=True, kw_only=True)
class World:
    """The service, its worker stepped by hand, and a client."""

    client: httpx.AsyncClient
    worker: Worker
    store: EventStore
    tokens: Tokens
    clock: StandingClock
    database: str = ""
    app: Any = None
    feeds: dict[str, Feed] = field(default_factory=dict)

    async def hear(self, *words: PublicEvent, at: datetime = SAID_AT) -> None:
        """Other services say this at a moment, and disclosure hears it."""
        for word in words:
            self.feeds.setdefault(word.producer, Feed(word.producer)).say(word, at)
        for feed in self.feeds.values():
            inbox = Inbox(self.worker.desk, self.worker.understanding, feed.producer, feed)
            while await inbox.step():
                pass
            assert inbox.stopped is None
            assert await self.worker.desk.working.parked(inbox.reader, feed.producer) == []

    async def given(self, *commands: Any, now: datetime = SAID_AT) -> None:  # noqa: ANN401
        """What has been done here; nobody is asked whether they may."""
        asks = [
            Ask(
                commands=(command,),
                actor=command.by,
                unit="",
                now=now,
                correlation_id="story",
                causation_id="story",
            )
            for command in commands
        ]
        outcomes = await self.worker.desk.handling.handle_all(asks)
        refused = [one for one in outcomes if not isinstance(one, Answer)]
        assert not refused, [one for one in refused if isinstance(one, Refusal)]
        while (await self.store.sequence()).taken:
            pass

    async def get(self, path: str, status: int = 200) -> Any:  # noqa: ANN401 - JSON is what it is
        """Ask without a token, as anybody may."""
        answer = await self.client.get(path)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def figures(self, region: str, year: int, scope: str = "tree") -> dict[str, Any]:
        """The figures by id: a text, or a list."""
        path = f"/v1/annual-reports/{region}/{year}/figures?scope={scope}"
        found = await self.get(path)
        return {
            figure["id"]: figure.get("values", {}).get(figure["id"], figure["value"])
            for figure in found["figures"]
        }


@asynccontextmanager
async def world(database: str, data_dir: Path, now: datetime = AFTERWARDS) -> AsyncIterator[World]:
    """Everything started over a migrated database, and closed again; time stands at `now`."""
    tokens = Tokens.fresh()
    settings = service.settings.model_validate(
        {"issuer": ISSUER, "audience": AUDIENCE, "database_url": database, "data_dir": data_dir}
    )
    pool = await open_pool(database, connections_max=2)
    store, working = PostgresStore(pool), PostgresWorking(pool)
    clock = StandingClock(now)
    app = create_app(service, settings=settings, clock=clock, keys=tokens.keys)
    try:
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                worker = Worker(service, store=store, working=working, clock=clock)
                yield World(
                    client=client,
                    worker=worker,
                    store=store,
                    tokens=tokens,
                    clock=clock,
                    database=database,
                    app=app,
                )
    finally:
        await store.settle()
        await pool.close()
