"""How often one principal may ask, and how much is read at once."""

import time
from collections.abc import MutableMapping
from typing import Any

import pytest

from shared.http.import_lines import LINES_MAX, numbered
from shared.http.limits import BODY_BYTES_MAX, READING, CallerGone, read_body
from shared.http.pace import PAYERS_MAX, Pace, Paces
from shared.http.problems import ContentTooLarge, TooManyRequests, Unavailable
from shared.settings import ServiceSettings

type Message = MutableMapping[str, Any]


class Clock:
    """Time that goes when it is told to."""

    def __init__(self) -> None:
        """The beginning."""
        self.now = 100.0

    def __call__(self) -> float:
        """Now."""
        return self.now


def paced(clock: Clock) -> Pace:
    """Two a second, three seconds' worth of them at once."""
    return Pace(per_second=2, burst_seconds=3, now=clock, pause_seconds=0.0)


def allowed(pace: Pace, principal: str, times: int) -> int:
    """How many of so many requests are let through at once."""
    return sum(pace.wait(principal) == 0 for _ in range(times))


def test_a_burst_is_let_through_and_then_the_rate() -> None:
    clock = Clock()
    pace = paced(clock)
    assert allowed(pace, "li", 100) == 7
    clock.now += 1
    assert allowed(pace, "li", 100) == 2
    clock.now += 1_000
    assert allowed(pace, "li", 100) == 7


def test_everybody_has_a_pace_of_their_own() -> None:
    pace = paced(Clock())
    assert allowed(pace, "li", 100) == allowed(pace, "wang", 100)


def test_a_body_is_paid_for_when_it_comes_not_when_it_was_asked() -> None:
    clock = Clock()
    pace = paced(clock)
    assert pace.wait("li") == 0
    clock.now += 1_000
    pace.charge("li", 6)
    assert allowed(pace, "li", 100) == 1


async def test_who_asks_too_often_is_told_when_to_come_again() -> None:
    clock = Clock()
    pace = paced(clock)
    assert allowed(pace, "li", 7) == 7
    with pytest.raises(TooManyRequests) as caught:
        await pace.refuse(pace.wait("li"))
    headers: Any = caught.value.details["headers"]
    assert headers["retry-after"] == "1"
    assert headers["ratelimit-policy"] == '"principal";q=6;w=3'
    clock.now += int(headers["retry-after"])
    assert pace.wait("li") == 0


async def test_a_refusal_lets_a_flood_wait() -> None:
    pace = Pace(per_second=2, burst_seconds=3, pause_seconds=0.1)
    began = time.monotonic()
    with pytest.raises(TooManyRequests):
        await pace.refuse(1.0)
    assert time.monotonic() - began >= pace.pause_seconds


def test_whoever_has_asked_for_nothing_longest_is_forgotten() -> None:
    pace = paced(Clock())
    for payer in ("busy", "idle"):
        assert allowed(pace, payer, 6) == 6
    for number in range(PAYERS_MAX - 2):
        pace.wait(str(number))
    assert pace.wait("busy") == 0
    pace.wait("one more")
    assert len(pace._due) == PAYERS_MAX  # noqa: SLF001 - what it costs
    assert pace.wait("busy") > 0
    assert allowed(pace, "idle", 100) == 7


def test_a_rate_of_nothing_is_no_limit() -> None:
    none = Paces.of(ServiceSettings(requests_per_second_max=0, address_requests_per_second_max=0))
    assert none == Paces(principal=None, address=None)
    both = Paces.of(ServiceSettings(requests_per_second_max=5, address_requests_per_second_max=7))
    assert both.principal is not None
    assert both.address is not None
    assert (both.principal.per_second, both.address.per_second) == (5, 7)


def receiving(*messages: Message) -> Any:  # noqa: ANN401 - of ASGI
    """What a connection brings, one after the other."""
    left = list(messages)

    async def receive() -> Message:
        return left.pop(0)

    return receive


def part(size: int, *, more: bool) -> Message:
    """A part of a body."""
    return {"type": "http.request", "body": b"x" * size, "more_body": more}


GONE: Message = {"type": "http.disconnect"}


@pytest.mark.parametrize("before", [[], [part(10, more=True)]])
async def test_a_body_that_broke_off_is_none(before: list[Message]) -> None:
    with pytest.raises(CallerGone):
        await read_body(receiving(*before, GONE), {b"content-length": b"99"}, BODY_BYTES_MAX)
    assert READING.held == 0


async def test_many_bodies_at_once_have_one_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(READING, "bytes_max", 100)
    parts = [part(40, more=True), part(40, more=False)]
    assert len(await read_body(receiving(*parts), {}, BODY_BYTES_MAX)) == 80
    assert READING.held == 0
    with READING.share() as other:
        other.add(b"y" * 30)
        with pytest.raises(Unavailable) as caught:
            await read_body(receiving(*parts), {}, BODY_BYTES_MAX)
    assert caught.value.details["headers"] == {"retry-after": "5"}
    assert READING.held == 0


def test_lines_are_numbered_as_they_stand() -> None:
    assert numbered(b"\n  a \r\n\n\tb\n\n") == [(2, b"a"), (4, b"b")]
    assert numbered(b"") == numbered(b"\n" * 100) == []
    with pytest.raises(ContentTooLarge):
        numbered(b"x\n" * (LINES_MAX + 1))
    assert len(numbered(b"\n" * 5_000_000 + b"x\n" * LINES_MAX)) == LINES_MAX
