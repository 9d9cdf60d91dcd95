"""Who may keep a connection, and who makes room for whom: one server over real sockets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any, Final

import pytest
import uvicorn

from shared.embedded.server import LOOPBACK
from shared.http.addresses import Gateways
from shared.http.connections import connection_class
from tests.shared.http.parties import Party, application, asking

MAX: Final = 12
SECONDS_MAX: Final = 60.0
HONEST, ATTACKER, OTHER = LOOPBACK, "127.0.0.2", "127.0.0.3"
LONG: Final = 1_000.0
SLOW_BODY: Final = b"POST /body HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n%b\r\nx"
CHUNKED: Final = b"POST /body HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"
FULL: Final = b"HTTP/1.1 503"


def chunk(size: int) -> bytes:
    """A part of a body; the last one is empty."""
    return b"%x\r\n%b\r\n" % (size, b"x" * size)


@asynccontextmanager
async def serving(grace: float, *gateways: str) -> AsyncIterator[Party]:
    """A process that keeps a dozen connections, and whoever comes to it."""
    kind = connection_class(MAX, Gateways(gateways))
    kind.grace_seconds = grace
    config = uvicorn.Config(
        application, http=kind, ws="none", lifespan="off", log_config=None, proxy_headers=False,
        host=LOOPBACK, port=0,
    )  # fmt: skip
    server = uvicorn.Server(config)
    async with asyncio.timeout(SECONDS_MAX), AsyncExitStack() as stack:
        running = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 - uvicorn says so by a flag
            await asyncio.sleep(0.01)
        try:
            yield Party(server, kind, stack)
        finally:
            with suppress(OSError):
                await stack.aclose()
            server.force_exit = server.should_exit = True
            await running


async def test_of_whom_most_are_silent_the_oldest_goes_first() -> None:
    async with serving(0.0) as party:
        honest = await party.come(HONEST)
        attackers = [await party.come(ATTACKER) for _ in range(MAX - 1)]
        for _ in range(3):
            await party.come(OTHER)
        for attacker in attackers[:3]:
            assert (await attacker.rest()).startswith(FULL)
        assert await honest.ask() == {"client": HONEST}
        assert party.open == MAX


async def test_newcomers_of_one_address_do_not_put_out_others() -> None:
    async with serving(0.0) as party:
        honest = await party.come(HONEST)
        for _ in range(5 * MAX):
            await party.come(ATTACKER, settled=False)
        assert await honest.ask() == {"client": HONEST}


async def test_who_has_just_come_stays_and_the_newcomer_comes_again() -> None:
    """All of one address, none older than a moment: nobody can say who is honest."""
    async with serving(LONG) as party:
        here = [await party.come(HONEST) for _ in range(MAX)]
        late = await party.come(HONEST, settled=False)
        refused = await late.rest()
        assert refused.startswith(FULL)
        assert b"retry-after: 1\r\n" in refused
        for one in here:
            assert await one.ask() == {"client": HONEST}


async def test_who_comes_from_elsewhere_finds_room_all_the_same() -> None:
    async with serving(LONG) as party:
        attackers = [await party.come(ATTACKER) for _ in range(MAX)]
        honest = await party.come(HONEST)
        assert await honest.ask() == {"client": HONEST}
        assert (await attackers[0].rest()).startswith(FULL)


async def test_who_is_being_answered_stays() -> None:
    async with serving(0.0) as party:
        busy = [await party.come(ATTACKER) for _ in range(MAX)]
        for one in busy:
            one.send(asking("/wait"))
        await party.until(lambda: party.waiting == MAX)
        refused = await (await party.come(HONEST, settled=False)).rest()
        assert refused.startswith(FULL)
        party.go_on()
        for one in busy:
            assert await one.answer() == {"client": ATTACKER}


async def test_who_waits_for_a_refusal_makes_room() -> None:
    async with serving(0.0) as party:
        floods = [await party.come(ATTACKER) for _ in range(MAX)]
        for flood in floods:
            flood.send(asking("/refused"))
        await party.until(lambda: party.waiting == MAX)
        honest = await party.come(HONEST)
        assert await honest.ask() == {"client": HONEST}
        assert (await floods[0].rest()).startswith(FULL)
        party.go_on()
        assert await floods[1].answer() == {"client": ATTACKER}


async def test_who_does_not_read_makes_room() -> None:
    async with serving(0.0) as party:
        for _ in range(MAX):
            attacker = await party.come(ATTACKER)
            attacker.stop_reading()
            attacker.send(asking("/endless"))
        await party.until_settled(lambda: len(party.scopes) == len(party.silent) == MAX)
        unread = party.known
        honest = await party.come(HONEST)
        assert await honest.ask() == {"client": HONEST}
        # To count all would not do: the server lets go of who was answered, after a while.
        await party.until(lambda: len(unread & party.known) == MAX - 1)


async def test_who_was_answered_and_asks_no_more_makes_room() -> None:
    async with serving(0.0) as party:
        idle = [await party.come(ATTACKER) for _ in range(MAX)]
        for one in idle:
            assert await one.ask() == {"client": ATTACKER}
        honest = await party.come(HONEST)
        assert await honest.ask() == {"client": HONEST}
        assert await idle[0].rest() == b""


async def test_who_reads_on_is_not_silent_any_more() -> None:
    async with serving(0.0) as party:
        reader = await party.come(HONEST)
        reader.send(asking("/endless"))
        await party.until(lambda: len(party.scopes) == len(party.silent) == 1)
        async with asyncio.timeout(SECONDS_MAX):
            while len(party.silent):
                assert await reader.reader.read(1 << 20)


async def test_through_a_gateway_everybody_is_who_they_are() -> None:
    async with serving(0.0, LOOPBACK) as party:
        other = SLOW_BODY % b"x-forwarded-for: 203.0.113.7\r\n"
        honest = await party.come(HONEST)
        honest.send(other)
        await party.until(lambda: party.silent.of("203.0.113.7") == 1)
        attackers = [await party.come(HONEST) for _ in range(MAX - 1)]
        for number, attacker in enumerate(attackers):
            attacker.send(SLOW_BODY % (b"x-forwarded-for: 2001:db8:0:1::%x\r\n" % number))
        await party.until(lambda: party.silent.of("2001:db8:0:1::/64") == MAX - 1)
        newcomer = await party.come(HONEST)
        assert (await attackers[0].rest()).startswith(FULL)
        honest.send(b"x" * 8)
        assert await honest.answer() == {"client": "203.0.113.7"}
        told = await newcomer.ask("x-forwarded-for: 198.51.100.9, 203.0.113.9")
        assert told == {"client": "203.0.113.9"}


@pytest.mark.parametrize("name", ["x-forwarded-for", "forwarded", "x-real-ip", "x-client-ip"])
async def test_nobody_says_for_themselves_where_they_come_from(name: str) -> None:
    async with serving(0.0, "172.31.240.0/24") as party:
        liar = await party.come(ATTACKER)
        assert await liar.ask(f"{name}: 172.31.240.9, 203.0.113.7") == {"client": ATTACKER}


async def test_a_gateway_says_how_it_was_asked() -> None:
    async with serving(0.0, HONEST) as party:
        gateway, liar = await party.come(HONEST), await party.come(ATTACKER)
        for one, told, scheme in (
            (gateway, "https", "https"), (gateway, "gopher", "http"), (liar, "https", "http"),
        ):  # fmt: skip
            await one.ask(f"x-forwarded-proto: {told}")
            assert party.scopes[-1]["scheme"] == scheme
            assert ("abacus.gateway" in party.scopes[-1]) is (one is gateway)


async def test_a_slow_head_and_a_slow_body_have_a_deadline() -> None:
    async with serving(LONG) as party:
        kind: Any = party.kind
        kind.head_seconds_max = kind.body_seconds = 0.2
        head, body = await party.come(HONEST), await party.come(HONEST)
        head.send(b"GET / HTTP/1.1\r\nx-slow: ")
        body.send(SLOW_BODY % b"")
        for one in (head, body):
            assert (await one.rest()).startswith(b"HTTP/1.1 408")
        await party.until(lambda: party.open == 0)
        assert len(party.silent) == 0


async def test_a_body_that_moves_may_take_its_time_and_one_that_crawls_may_not() -> None:
    async with serving(LONG) as party:
        kind: Any = party.kind
        kind.body_seconds = 1.0
        steady = await party.come(HONEST)
        steady.send(CHUNKED)
        for _ in range(2):
            crawling = await party.come(OTHER)
            crawling.send(CHUNKED)
            while party.open == 2:
                steady.send(chunk(1_000))
                crawling.send(chunk(1))
                await asyncio.sleep(0.01)
        steady.send(chunk(0))
        assert await steady.answer() == {"client": HONEST}


async def test_a_body_that_is_not_read_is_not_late() -> None:
    """It lies with us: what has come fills the room there is, and the rest has to wait."""
    async with serving(LONG) as party:
        kind: Any = party.kind
        kind.body_seconds = 0.1
        unread = await party.come(HONEST)
        unread.send(CHUNKED.replace(b"/body", b"/wait") + chunk(1 << 20))
        await party.until(lambda: party.waiting == 1)
        for _ in range(3):
            late = await party.come(OTHER)
            late.send(SLOW_BODY % b"")
            assert (await late.rest()).startswith(b"HTTP/1.1 408")
        party.go_on()
        assert await unread.answer() == {"client": HONEST}
