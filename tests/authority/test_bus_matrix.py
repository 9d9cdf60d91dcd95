"""The least an account of the bus needs, and nothing more: every user × every kind of subject.

The users are those of `deploy/nats/accounts.conf`, the subjects are generated, the rights are those
of `reliability` §5.6, and a real server with the production accounts decides. Source: S14.
"""

import asyncio
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import nats as client
import pytest
from nats.aio.client import Client

from shared.bus.connection import Address
from shared.bus.provision import plan, provision
from shared.embedded import Nats
from shared.testing.servers import private_nats
from tests.authority.bus_law import PROVISIONER, SERVICES, access, attempts, granted, login, users

ATTEMPTS_MIN: Final = 1_000
_DENIED: Final = re.compile(r'permissions violation for (publish|subscription) to "([^"]+)"')
FORGING: Final = {"src": "abacus.*.targets.>", "dest": "abacus.$1.monitoring.>"}
WAYS: Final = {"publish": "pub", "subscription": "sub"}

type Denied = set[tuple[str, str]]


@pytest.fixture(scope="module")
def guarded() -> Iterator[Nats]:
    """A server with the accounts of `deploy/nats` and every feed, empty."""
    with private_nats(access()) as server:
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
    async def note(error: Exception) -> None:
        if found := _DENIED.search(str(error).lower()):
            denied.add((WAYS[found[1]], found[2]))

    return await client.connect(
        server.url,
        user=user,
        password=login(user),
        inbox_prefix=f"_INBOX.{user}",
        error_cb=note,
        allow_reconnect=False,
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
    denied: Denied = set()
    connection = await _connected(guarded, user, denied)
    tried = list(attempts(user))
    for one in tried:
        if one.way == "sub":
            await connection.subscribe(one.subject)
        elif one.kind not in {"STREAM.DELETE", "STREAM.PURGE"} or not one.allowed:
            # Without a body no call does anything; a deletion needs none, so it waits below.
            await connection.publish(one.subject, b"-")
    await connection.flush()
    await asyncio.sleep(0.05)
    await connection.flush()
    await connection.close()
    expected = {(one.way, one.subject.lower()) for one in tried if not one.allowed}
    assert denied - expected == set(), "denied, although the law allows it"
    assert expected - denied == set(), "allowed, although the law denies it"
    assert await _feeds(guarded) == set(SERVICES)


async def test_whatever_the_file_grants_was_tried() -> None:
    for user in SERVICES:
        tried = {one.subject for one in attempts(user) if one.allowed}
        for subject in (*granted()[user]["publish"], *granted()[user]["subscribe"]):
            pattern = re.escape(subject).replace(r"\*", "[^.]+").replace(">", ".+")
            assert any(re.fullmatch(pattern, one) or one == subject for one in tried), subject


async def test_the_operator_sees_the_server_and_no_word(guarded: Nats) -> None:
    operator = await _connected(guarded, "operator", set())
    heard: list[Any] = []

    async def hear(message: Any) -> None:  # noqa: ANN401 - whatever comes
        heard.append(message)

    await operator.subscribe("abacus.>", cb=hear)
    await operator.publish("abacus.653100.targets.Forged.v1", b"-")
    await operator.flush()
    service = await _connected(guarded, "monitoring", set())
    await service.publish("abacus.653100.monitoring.Test.v1", b"-")
    await service.flush()
    await asyncio.sleep(0.05)
    assert [one.subject for one in heard] == ["abacus.653100.targets.Forged.v1"]
    assert await _words(guarded, "targets", "Forged") == 0
    for one in (operator, service):
        await one.close()


async def test_nobody_comes_in_without_a_login(guarded: Nats) -> None:
    for user, password in ((None, None), ("targets", ""), ("root", "x")):
        stranger = Client()
        with pytest.raises(Exception, match=r"(?i)authorization|unexpected EOF|closed"):
            await stranger.connect(guarded.url, allow_reconnect=False, user=user, password=password)
        await stranger.close()


async def test_what_is_not_promised_of_whoever_may_make_a_feed_again(guarded: Nats) -> None:
    """The one hole that is left, so that nobody believes it closed (`accounts.conf` names it).

    A feed is healed by making it again, and the server looks at no setting of who may make one:
    republished, an own word arrives on a foreign subject. The day that this test is red is the day
    to write the promise into `accounts.conf`.
    """
    service = await _connected(guarded, "targets", set())
    before = await _words(guarded, "monitoring", "Forged")
    for call, settings in (
        ("DELETE", {}),
        ("CREATE", {"name": "TARGETS", "subjects": ["abacus.*.targets.>"], "republish": FORGING}),
    ):
        answer = await service.request(
            f"$JS.API.STREAM.{call}.TARGETS", json.dumps(settings).encode()
        )
        assert "error" not in json.loads(answer.data), answer.data
    await service.request("abacus.653100.targets.Forged.v1", b"-")
    assert await _words(guarded, "monitoring", "Forged") == before + 1
    await service.request("$JS.API.STREAM.DELETE.TARGETS", b"{}")
    await service.close()
    await provision(_address(guarded), plan())


async def _feeds(server: Nats) -> set[str]:
    connection = await _connected(server, PROVISIONER, set())
    found = {one.config.name for one in await connection.jetstream().streams_info()}
    await connection.close()
    return {str(name).lower() for name in found}


async def _words(server: Nats, producer: str, kind: str) -> int:
    connection = await _connected(server, PROVISIONER, set())
    info = await connection.jetstream().stream_info(
        producer.upper(), subjects_filter=f"abacus.*.{producer}.{kind}.>"
    )
    await connection.close()
    return len(info.state.subjects or {})
