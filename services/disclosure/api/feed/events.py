"""The log as it grows, by server-sent events: each word once, in order, also through restarts.

`id` is the sequence of a word. Whoever reconnects with `Last-Event-ID` goes on behind it, whichever
process answers and whatever was down meanwhile. Nobody is pushed faster than they read; a place
that nobody reads from is given away; there are only so many places in a process.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from typing import Annotated, Final

import structlog
from fastapi import APIRouter, Header, Query, Request, Response

from services.disclosure.api.feed.entries import entry_of
from services.disclosure.api.feed.feeds import WordView
from services.disclosure.api.feed.words import (
    Choice,
    Chosen,
    fresh_of,
    runtime_of,
    store_of,
)
from services.disclosure.domain.refusals import BeyondTheFeed
from services.disclosure.settings import DisclosureSettings
from shared.eventstore import EventStore
from shared.eventstore.working import is_defect
from shared.http.freshness import TROUBLE, Freshness
from shared.http.list_formats_events import EventStream, event, heartbeat, retry
from shared.http.problems import FieldError, FieldsInvalid, Unavailable

BATCH: Final = 100
LOOK_SECONDS: Final = 0.2
HEARTBEAT_SECONDS: Final = 10.0
SEQUENCE_DIGITS_MAX: Final = 18
RETRY_AFTER_SECONDS: Final = 30

log = structlog.get_logger(__name__)
router: Final = APIRouter(tags=["Feed"])


@router.get(
    "/feed/events",
    operation_id="follow_feed",
    response_class=Response,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
async def follow_feed(
    request: Request,
    wanted: Chosen,
    after: Annotated[
        int, Query(ge=0, description="Begin behind this sequence; `Last-Event-ID` goes before it.")
    ] = 0,
    last_event_id: Annotated[
        str | None, Header(max_length=100, description="The last event that arrived.")
    ] = None,
) -> Response:
    """What was said and what is being said, one event a word; `data` is a row of the list."""
    place = after if last_event_id is None else _place(last_event_id)
    await _check(fresh_of(request), place)
    leave = _take_place(request)
    state = request.app.state
    parts = follow(
        store_of(request),
        fresh_of(request),
        wanted,
        place,
        lambda: bool(getattr(state, "leaving", False)),
    )
    return EventStream(parts, (), leave)


async def follow(
    store: EventStore,
    fresh: Freshness,
    wanted: Choice,
    after: int,
    leaving: Callable[[], bool],
) -> AsyncGenerator[bytes]:
    """The frames of one stream; while the database is away it stays, and beats."""
    yield retry() + heartbeat(str(after))
    beaten = time.monotonic()
    while not leaving():
        try:
            seen = await fresh.lately(LOOK_SECONDS)
            behind = min(BATCH, seen.number - after)
            words = await store.read_words(after, behind) if behind > 0 else ()
        except Exception as trouble:
            if is_defect(trouble) and not isinstance(trouble, TROUBLE):
                raise
            log.warning("follower_waits", why=repr(trouble))
            words = ()
        frames = b""
        for word in words:
            after = word.number
            entry = entry_of(word)
            if wanted.admits(entry):
                frames += event(WordView.of(entry).model_dump_json().encode(), id_=str(after))
        if frames or time.monotonic() - beaten >= HEARTBEAT_SECONDS:
            beaten = time.monotonic()
            frames = frames or heartbeat(str(after))
        yield frames
        if not words:
            await asyncio.sleep(LOOK_SECONDS)


def _place(last_event_id: str) -> int:
    if last_event_id.isdecimal() and len(last_event_id) <= SEQUENCE_DIGITS_MAX:
        return int(last_event_id)
    wrong = FieldError(
        "This is no sequence of the feed.",
        parameter="Last-Event-ID",
        remedy="Send the `id` of the last event that arrived, or leave the header out.",
    )
    raise FieldsInvalid(
        "This is no sequence of the feed.", errors=[wrong], detail_zh="这不是公开信息流的序号。"
    )


async def _check(fresh: Freshness, place: int) -> None:
    """Nobody can have heard what was not said: such a place is of another log."""
    try:
        head = (await fresh.now()).number
    except TROUBLE:
        return  # away just now; the stream waits for it
    if place > head:
        raise BeyondTheFeed(place=place, head=head)


def _take_place(request: Request) -> Callable[[], None]:
    """One of the places of this process, given back by what is answered."""
    state, settings = request.app.state, runtime_of(request).settings
    assert isinstance(settings, DisclosureSettings)
    taken: int = getattr(state, "followers", 0)
    if taken >= settings.feed_followers_max:
        raise Unavailable(
            "All places to follow the feed are taken.",
            detail_zh="公开信息流的订阅连接已满。",
            headers={"retry-after": str(RETRY_AFTER_SECONDS)},
        )
    state.followers = taken + 1

    def leave() -> None:
        state.followers -= 1

    return leave
