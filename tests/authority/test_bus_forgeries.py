"""Whatever a service lets its own feed do, no hearer of another's feed hears a word of it.

A real server with the accounts of `deploy/nats` decides, and in each account somebody listens to
everything: what was tried is heard in the forger's own account, so that it was tried indeed, and
in no other. Source: S14, `features` T9.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import pytest
from msgspec.structs import replace
from nats.aio.client import Client
from nats.aio.msg import Msg

from shared.bus import FeedWord
from shared.bus.connection import Address
from shared.bus.jetstream import JetStreamBus
from shared.bus.provision import plan, provision
from shared.bus.streams import stream_name
from shared.embedded import Nats
from shared.eventstore import SaidWord
from shared.testing.bus_suite import hear, word
from shared.testing.servers import private_nats
from tests.authority.bus_forgeries import FORGERIES, Forgery, forged
from tests.authority.bus_law import PROVISIONER, SERVICES, access, login, spy_of

SECONDS_MAX: Final = 60
FORGED: Final = b"forged"
HERE: Final = "here"  # what a spy says to hear itself
# Pulls and direct reads answer at the subject they are asked to: these are asked to forge.
ANSWERING: Final = (
    ("DIRECT.GET.{stream}", '{"seq": 1, "batch": 5}'),
    ("CONSUMER.MSG.NEXT.{stream}.{forger}-from-{victim}", '{"batch": 5, "no_wait": true}'),
    ("STREAM.INFO.{stream}", ""),
)


@dataclass(slots=True)
class Spies:
    """Who hears everything, in the account of every service."""

    clients: dict[str, Client] = field(default_factory=dict)
    heard: dict[str, list[Msg]] = field(default_factory=dict)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def listen(self, server: Nats, service: str) -> None:
        """Hear what is said in one account."""
        client = await _joined(server, spy_of(service))
        heard = self.heard[service] = []

        async def hear_it(message: Msg) -> None:
            heard.append(message)
            async with self.news:
                self.news.notify_all()

        await client.subscribe(">", cb=hear_it)
        await client.publish(HERE)
        await self.until(service, HERE)
        self.clients[service] = client

    async def until(self, service: str, subject: str) -> None:
        """Wait until something was said at a subject, or below it."""
        async with asyncio.timeout(SECONDS_MAX), self.news:
            await self.news.wait_for(
                lambda: any(one.subject.startswith(subject) for one in self.heard[service])
            )

    async def forgeries(self, service: str) -> Sequence[str]:
        """Where the forger's bytes, or a forged subject, were heard in an account so far."""
        await self.clients[service].flush(SECONDS_MAX)
        return [
            one.subject
            for one in self.heard[service]
            if FORGED in one.data or one.subject.endswith(".Forged.v1")
        ]


async def _joined(server: Nats, user: str) -> Client:
    client = Client()
    await client.connect(
        server.url, user=user, password=login(user), inbox_prefix=f"_INBOX.{user}",
        connect_timeout=SECONDS_MAX, allow_reconnect=False,
    )  # fmt: skip
    return client


def _address(server: Nats, user: str) -> Address:
    return Address(
        url=server.url, name=user, monitoring_url=server.monitoring_url,
        user=user, password=login(user),
    )  # fmt: skip


@pytest.fixture(scope="module")
def guarded() -> Iterator[Nats]:
    """A server with the accounts of `deploy/nats`, a spy in each."""
    with private_nats(access(spies=True)) as server:
        yield server


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A forger, its victim, and those who look on."""

    server: Nats
    forger: str
    victim: str
    hand: Client
    said: list[SaidWord]
    buses: Mapping[str, JetStreamBus]
    spies: Spies
    provisioner: Client

    async def call(self, call: str, settings: object = None) -> dict[str, Any]:
        """What the forger asks about its own feed."""
        body = json.dumps(settings).encode() if settings is not None else b""
        subject = f"$JS.API.{call}.{stream_name(self.forger)}"
        answer = await self.hand.request(subject, body, SECONDS_MAX)
        found: dict[str, Any] = json.loads(answer.data)
        return found

    async def say(self) -> None:
        """The victim says its next word."""
        number = len(self.said) + 1
        self.said.append(replace(word(number), subject=f"abacus.653100.{self.victim}.Test.v1"))
        assert await self.buses[self.victim].publish(self.victim, self.said[-1:]) == number

    async def feed(self) -> tuple[object, int, int]:
        """The feed of the victim: its settings, its words, its consumers."""
        subject = f"feed.{self.victim}.STREAM.INFO.{stream_name(self.victim)}"
        told = json.loads((await self.provisioner.request(subject, b"", SECONDS_MAX)).data)
        state = told["state"]
        assert state["last_seq"] == state["messages"]
        return told["config"], state["messages"], state["consumer_count"]

    async def heard(self, hearer: str) -> list[FeedWord]:
        """All that somebody hears of the victim, and what lies there for them to read."""
        bus, end = self.buses[hearer], len(self.said)
        heard = await hear(bus.ear(self.victim, hearer), 0, end, SECONDS_MAX)
        assert list(await bus.read(self.victim, 0, 500)) == heard
        return heard

    async def forge(self, forgery: Forgery) -> None:
        """The forger makes its feed anew and says a word that is its own to say."""
        assert "error" not in await self.call("STREAM.DELETE")
        settings = {"name": stream_name(self.forger), **forgery.settings(self.forger, self.victim)}
        made = await self.call("STREAM.CREATE", settings)
        assert "error" not in made, (forgery.name, made)
        self.spies.heard[self.forger].clear()
        await self.hand.publish(forged(self.forger), FORGED)
        await self.spies.until(self.forger, forgery.tells(self.forger, self.victim))

    async def judge(self, before: tuple[object, int, int], what: str) -> None:
        """Whether the victim's feed holds its own words and no other, and everybody hears them."""
        settings, _words, consumers = before
        assert await self.feed() == (settings, len(self.said), consumers), what
        told = [one.body for one in self.said]
        for service in SERVICES:
            if service != self.forger:
                assert [one.body for one in await self.heard(service)] == told, (what, service)
                assert await self.spies.forgeries(service) == [], (what, service)


@asynccontextmanager
async def _scene(server: Nats, forger: str) -> AsyncIterator[Scene]:
    """The forger is in place; the next service is its victim and has said three words."""
    await provision(_address(server, PROVISIONER), plan())
    victim = SERVICES[(SERVICES.index(forger) + 1) % len(SERVICES)]
    async with AsyncExitStack() as leaving:
        buses = {}
        for service in SERVICES:
            buses[service] = await JetStreamBus.connect(_address(server, service))
            leaving.push_async_callback(buses[service].close)
        for service in (forger, victim):  # whatever an earlier story left
            await buses[service].forget(service)
            await buses[service].provision(service)
        await provision(_address(server, PROVISIONER), plan())
        hand, provisioner = [await _joined(server, user) for user in (forger, PROVISIONER)]
        spies = Spies()
        for service in SERVICES:
            await spies.listen(server, service)
        for client in (hand, provisioner, *spies.clients.values()):
            leaving.push_async_callback(client.close)
        scene = Scene(
            server=server, forger=forger, victim=victim, hand=hand, said=[], buses=buses,
            spies=spies, provisioner=provisioner,
        )  # fmt: skip
        for _ in range(3):
            await scene.say()
        yield scene
        await buses[forger].forget(forger)


@pytest.mark.parametrize("forger", SERVICES)
async def test_no_setting_of_a_feed_puts_a_word_into_anothers(guarded: Nats, forger: str) -> None:
    async with _scene(guarded, forger) as scene:
        for forgery in FORGERIES:
            before = await scene.feed()
            await scene.forge(forgery)
            await scene.say()
            await scene.judge(before, forgery.name)


@pytest.mark.parametrize("forger", SERVICES)
async def test_no_answer_is_led_into_the_feed_of_another(guarded: Nats, forger: str) -> None:
    """Who asks says where the answer goes, and it may be a word: it stays with whoever asked."""
    async with _scene(guarded, forger) as scene:
        before = await scene.feed()
        victim = scene.victim
        for call, body in ANSWERING:
            names = {"stream": stream_name(victim), "forger": forger, "victim": victim}
            subject = f"feed.{victim}.{call.format(**names)}"
            for place in (f"$JS.ACK.{stream_name(victim)}.x.1.1.1.1.1", forged(victim)):
                await scene.hand.publish(subject, body.encode(), reply=place)
            await scene.spies.until(forger, forged(victim))
            scene.spies.heard[forger].clear()
        await scene.say()
        await scene.judge(before, "answers")
