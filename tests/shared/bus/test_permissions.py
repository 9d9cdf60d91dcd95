"""Who may say and hear what, tried on a server that runs with the production accounts."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import nats as client
import pytest
from msgspec.structs import replace
from nats.aio.client import Client
from nats.errors import Error

from shared.bus.connection import Address
from shared.bus.jetstream import JetStreamBus
from shared.bus.provision import SERVICES, plan, provision
from shared.bus.streams import durable_name, stream_name
from shared.embedded import Nats
from shared.eventstore import SaidWord
from shared.testing.bus_suite import hear, numbers, word
from shared.testing.servers import private_nats

DEPLOY = Path(__file__).parents[3] / "deploy" / "nats"
USERS = (*SERVICES, "provisioner", "operator")
END = "end"  # nobody may say this
DENIED_SECONDS_MAX = 60


def password(user: str) -> str:
    """What a user of this test logs in with; digits only, which a careless file would misread."""
    return f"{USERS.index(user) + 1}" * 8


@pytest.fixture(scope="module")
def guarded() -> Iterator[Nats]:
    """A server with the accounts of `deploy/nats`."""
    access = (DEPLOY / "accounts.conf").read_text()
    for user in USERS:
        access = access.replace(f"$NATS_{user.upper()}_PASSWORD", f'"{password(user)}"')
    with private_nats(access) as server:
        asyncio.run(provision(_address(server, "provisioner"), plan()))
        yield server


def _address(nats: Nats, user: str) -> Address:
    return Address(
        url=nats.url,
        name=user,
        monitoring_url=nats.monitoring_url,
        user=user,
        password=password(user),
    )


def test_the_file_of_streams_is_what_the_code_makes() -> None:
    assert json.loads((DEPLOY / "streams.json").read_text()) == plan()


async def test_provisioning_again_makes_nothing(guarded: Nats) -> None:
    assert await provision(_address(guarded, "provisioner"), plan()) == 0


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_says_its_own_words_and_hears_everybodys(
    guarded: Nats, service: str
) -> None:
    bus = await JetStreamBus.connect(_address(guarded, service))
    last = await bus.last_number(service)
    said = [_word(service, last + 1), _word(service, last + 2)]
    assert await bus.publish(service, said) == last + 2
    for producer in SERVICES:
        end = await bus.last_number(producer)
        heard = await hear(bus.ear(producer, service), 0, end)
        assert numbers(heard) == list(range(1, end + 1))
        assert numbers(await bus.read(producer, 0, 500)) == list(range(1, end + 1))
    await bus.forget(service)
    await bus.provision(service)
    await bus.close()
    await provision(_address(guarded, "provisioner"), plan())


def _word(producer: str, number: int) -> SaidWord:
    return replace(word(number), subject=f"abacus.653100.{producer}.Test.v1")


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_may_do_nothing_else(guarded: Nats, service: str) -> None:
    other = SERVICES[(SERVICES.index(service) + 1) % len(SERVICES)]
    stream = stream_name(other)
    forbidden = [
        f"abacus.653100.{other}.Forged.v1",
        f"poke.{other}",
        f"$JS.API.STREAM.CREATE.{stream}",
        f"$JS.API.STREAM.INFO.{stream}",
        f"$JS.API.STREAM.PURGE.{stream_name(service)}",
        f"$JS.API.STREAM.UPDATE.{stream_name(service)}",
        f"$JS.API.STREAM.MSG.DELETE.{stream_name(service)}",
        f"feed.{other}.STREAM.DELETE.{stream}",
        f"feed.{other}.CONSUMER.DURABLE.CREATE.{stream}.spy",
        f"feed.{other}.CONSUMER.CREATE.{stream}.spy",
        f"feed.{other}.CONSUMER.DELETE.{stream}.{durable_name(other, service)}",
        f"feed.{other}.CONSUMER.RESET.{stream}.{durable_name(other, other)}",
        f"feed.{other}.CONSUMER.MSG.NEXT.{stream}.{durable_name(other, other)}",
        f"feed.{service}.STREAM.INFO.{stream_name(service)}",
        "$SYS.REQ.SERVER.PING",
    ]
    denied: list[str] = []

    ended = asyncio.Event()

    async def note(error: Exception) -> None:
        denied.append(str(error).lower())
        if f'"{END}"' in denied[-1]:
            ended.set()

    connection = await _login(guarded, service, note)
    for subject in forbidden:
        await connection.publish(subject, b"{}")
    for subject in (f"_INBOX.{other}.>", "abacus.>", "_INBOX.>", f"poke.{other}", "$SYS.>"):
        await connection.subscribe(subject)
    # The server reads in order: when it has denied the last, it has denied all that it denies.
    await connection.publish(END)
    async with asyncio.timeout(DENIED_SECONDS_MAX):
        await ended.wait()
    await connection.close()
    refused = [one for one in denied if "permissions violation" in one]
    assert len(refused) == len(forbidden) + 5 + 1, denied


async def test_nobody_comes_in_without_a_password(guarded: Nats) -> None:
    for login in ({"user": "targets", "password": "guessed"}, {}):
        stranger = Client()
        with pytest.raises(Error):
            await stranger.connect(guarded.url, allow_reconnect=False, **login)  # type: ignore[arg-type]
        await stranger.close()


async def _login(nats: Nats, user: str, note: Callable[[Exception], Awaitable[None]]) -> Client:
    return await client.connect(
        nats.url,
        user=user,
        password=password(user),
        inbox_prefix=f"_INBOX.{user}",
        error_cb=note,
        allow_reconnect=False,
    )
