"""The least an account of the bus needs, and nothing more: every user × every kind of subject.

The users are those of `deploy/nats/accounts.conf`, the subjects are generated, the rights are those
of `reliability` §5.6, and a real server with the production accounts decides. Source: S14.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import nats as client
import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import NoRespondersError

from shared.bus.connection import Address
from shared.bus.provision import plan, provision
from shared.embedded import Nats
from shared.testing.servers import private_nats
from tests.authority.bus_law import (
    PROVISIONER,
    SERVICES,
    access,
    attempts,
    calls,
    granted,
    login,
    users,
)

ATTEMPTS_MIN: Final = 5_000
ANSWER_SECONDS_MAX: Final = 60.0
END: Final = "end"  # nobody may say this
_DENIED: Final = re.compile(r'permissions violation for (publish|subscription) to "([^"]+)"')
WAYS: Final = {"publish": "pub", "subscription": "sub"}


@dataclass(slots=True)
class Denied:
    """What a user was denied, by way and subject, until `END` was."""

    tried: set[tuple[str, str]] = field(default_factory=set)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def note(self, error: Exception) -> None:
        """Keep what the server says no to."""
        found = _DENIED.search(str(error).lower())
        if found is None:
            return
        if found[2] == END:
            self.ended.set()
        else:
            self.tried.add((WAYS[found[1]], found[2]))


@pytest.fixture(scope="module")
def guarded() -> Iterator[Nats]:
    """A server with the accounts of `deploy/nats` and every feed, empty."""
    with private_nats(access()) as server:
        asyncio.run(provision(_address(server), plan()))
        yield server


@pytest.fixture(scope="module")
def unheld() -> Iterator[Nats]:
    """The same, where the users of services may say everything in their accounts."""
    with private_nats(access(held=False)) as server:
        asyncio.run(provision(_address(server), plan()))
        yield server


def _address(server: Nats) -> Address:
    return Address(
        url=server.url,
        name=PROVISIONER,
        monitoring_url=server.monitoring_url,
        user=PROVISIONER,
        password=login(PROVISIONER),
    )


async def _connected(server: Nats, user: str, denied: Denied) -> Client:
    return await client.connect(
        server.url,
        user=user,
        password=login(user),
        inbox_prefix=f"_INBOX.{user}",
        error_cb=denied.note,
        allow_reconnect=False,
        connect_timeout=int(ANSWER_SECONDS_MAX),
    )


def test_the_users_are_those_of_the_file() -> None:
    assert set(users()) == {*SERVICES, PROVISIONER, "operator"}
    kinds = Counter(one.kind for user in users() for one in attempts(user))
    assert kinds.total() >= ATTEMPTS_MIN
    wanted = {"own publish", "foreign publish", "own fetch", "foreign fetch", "foreign inbox",
              "DIRECT.GET", "STREAM.DELETE", "STREAM.PURGE", "CONSUMER.CREATE"}  # fmt: skip
    assert wanted <= set(kinds)


@pytest.mark.parametrize("user", [*SERVICES, PROVISIONER])
async def test_a_user_may_do_what_the_law_says_and_nothing_else(guarded: Nats, user: str) -> None:
    denied = Denied()
    connection = await _connected(guarded, user, denied)
    tried = list(attempts(user))
    for one in tried:
        if one.way == "sub":
            await connection.subscribe(one.subject)
        elif one.kind not in {"STREAM.DELETE", "STREAM.PURGE"} or not one.allowed:
            # Without a body no call does anything; a deletion needs none, so it waits below.
            await connection.publish(one.subject, b"-")
    # The server reads in order: when it has denied this, it has denied all that it denies.
    await connection.publish(END)
    async with asyncio.timeout(ANSWER_SECONDS_MAX):
        await denied.ended.wait()
    await connection.close()
    expected = {(one.way, one.subject.lower()) for one in tried if not one.allowed}
    assert denied.tried - expected == set(), "denied, although the law allows it"
    assert expected - denied.tried == set(), "allowed, although the law denies it"
    assert await _feeds(guarded) == set(SERVICES)


async def test_whatever_the_file_grants_was_tried() -> None:
    for user in SERVICES:
        tried = {one.subject for one in attempts(user) if one.allowed}
        for subject in (*granted()[user]["publish"], *granted()[user]["subscribe"]):
            pattern = re.escape(subject).replace(r"\*", "[^.]+").replace(">", ".+")
            assert any(re.fullmatch(pattern, one) or one == subject for one in tried), subject


async def test_the_operator_sees_the_server_and_no_word(guarded: Nats) -> None:
    operator = await _connected(guarded, "operator", Denied())
    heard: list[str] = []
    something = asyncio.Event()

    async def hear(message: Msg) -> None:
        heard.append(message.subject)
        something.set()

    await operator.subscribe("abacus.>", cb=hear)
    await operator.publish("abacus.653100.targets.Forged.v1", b"-")
    async with asyncio.timeout(ANSWER_SECONDS_MAX):
        await something.wait()
    service = await _connected(guarded, "monitoring", Denied())
    await service.request("abacus.653100.monitoring.Test.v1", b"-", ANSWER_SECONDS_MAX)
    await operator.flush(int(ANSWER_SECONDS_MAX))
    assert heard == ["abacus.653100.targets.Forged.v1"]
    assert await _words(guarded, "targets", "Forged") == 0
    for one in (operator, service):
        await one.close()


async def test_nobody_comes_in_without_a_login(guarded: Nats) -> None:
    for user, password in ((None, None), ("targets", ""), ("root", "x")):
        stranger = Client()
        with pytest.raises(Exception, match=r"(?i)authorization|unexpected EOF|closed"):
            await stranger.connect(guarded.url, allow_reconnect=False, user=user, password=password)
        await stranger.close()


@pytest.mark.parametrize("user", SERVICES)
async def test_an_account_reaches_of_another_what_a_hearer_needs(unheld: Nats, user: str) -> None:
    """Settings of a feed let the server speak for a service, and no permission holds the server.

    So nothing but what the account imports may keep it from the feeds of others: here its user may
    say everything.
    """
    connection = await _connected(unheld, user, Denied())
    foreign = [one for one in SERVICES if one != user]
    tried = [one for asked in SERVICES for p in foreign for one in calls(user, asked, p)]
    reached = await asyncio.gather(*(_answered(connection, one.subject) for one in tried))
    wrong = [
        (one.subject, answered)
        for one, answered in zip(tried, reached, strict=True)
        if answered != one.allowed
    ]
    assert not wrong
    await connection.close()
    assert await _feeds(unheld) == set(SERVICES)


async def _answered(connection: Client, subject: str) -> bool:
    """Whether anybody is there; one who is answers that these bytes mean nothing."""
    nothing = b'{"batch": 1, "no_wait": true}' if "MSG.NEXT" in subject else b"-"
    try:
        await connection.request(subject, nothing, ANSWER_SECONDS_MAX)
    except NoRespondersError:
        return False
    return True


async def _feeds(server: Nats) -> set[str]:
    connection = await _connected(server, PROVISIONER, Denied())
    found: set[str] = set()
    for producer in SERVICES:
        feeds = connection.jetstream(prefix=f"feed.{producer}")
        found |= {str(one.config.name).lower() for one in await feeds.streams_info()}
    await connection.close()
    return found


async def _words(server: Nats, producer: str, kind: str) -> int:
    connection = await _connected(server, PROVISIONER, Denied())
    info = await connection.jetstream(prefix=f"feed.{producer}").stream_info(
        producer.upper(), subjects_filter=f"abacus.*.{producer}.{kind}.>"
    )
    await connection.close()
    return len(info.state.subjects or {})
