"""The log as people and their readers have it: JSON Feed 1.1, Atom, and a list in every form."""

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from services.disclosure.api.feed.atom import atom_feed
from services.disclosure.api.feed.entries import Entry
from services.disclosure.api.feed.words import (
    Choice,
    Chosen,
    backwards,
    forwards,
    fresh_of,
    runtime_of,
    store_of,
)
from services.disclosure.domain.refusals import NothingSaidThere
from shared.http.caching import holds_while
from shared.http.freshness import Seen
from shared.http.list_formats_asked import base_of
from shared.http.list_formats_atom import MEDIA_TYPE as ATOM_MEDIA_TYPE
from shared.http.list_formats_atom import atom_document
from shared.http.list_formats_page import DOCUMENTED
from shared.http.pages import Page, PageRequest
from shared.http.reading import IMMUTABLE_SECONDS

PAGE_SIZE: Final = 100
PAGE_SIZE_MAX: Final = 1_000
ARCHIVE_PAGE: Final = 100
JSON_FEED: Final = "https://jsonfeed.org/version/1.1"
JSON_MEDIA_TYPE: Final = "application/feed+json"
TITLE: Final = "预算绩效公开专栏"
_FOR_EVER: Final = (b"cache-control", f"public, max-age={IMMUTABLE_SECONDS}, immutable".encode())

router: Final = APIRouter(tags=["Feed"])


class FeedItem(BaseModel):
    """An item of a JSON Feed 1.1."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    title: str
    content_text: str
    date_published: str
    tags: list[str]
    abacus: dict[str, JsonValue] = Field(serialization_alias="_abacus")


class JsonFeed(BaseModel):
    """A JSON Feed 1.1, the newest first; `_abacus` says how fresh it is, unless it is for ever."""

    model_config = ConfigDict(populate_by_name=True)

    version: str = JSON_FEED
    title: str
    home_page_url: str
    feed_url: str
    next_url: str | None = None
    language: str
    abacus: dict[str, JsonValue] | None = Field(default=None, serialization_alias="_abacus")
    items: list[FeedItem]


class WordView(BaseModel):
    """A word of the log: its place, what it tells of, and the hash of exactly what was said."""

    sequence: int
    id: str
    event_type: str
    subject: str
    region_code: str | None
    unit_code: str | None
    kind: str | None
    title: str
    said_at: datetime
    leaf_hash: str
    data: dict[str, JsonValue]

    @classmethod
    def of(cls, entry: Entry) -> "WordView":
        """An entry as a row."""
        return cls(
            sequence=entry.sequence,
            id=str(entry.id),
            event_type=entry.event_type,
            subject=entry.subject,
            region_code=entry.code("region_code"),
            unit_code=entry.code("unit_code"),
            kind=entry.code("kind"),
            title=entry.title,
            said_at=entry.said_at,
            leaf_hash=entry.leaf_hash,
            data=entry.data,
        )


@router.get("/feed", operation_id="list_feed")
async def list_feed(request: Request, page: PageRequest, wanted: Chosen) -> Page[WordView]:
    """What was said, the oldest first: the log as a list, in every form of lists."""
    head = (await fresh_of(request).now()).number
    (after,) = page.after([int]) or (0,)
    found = await forwards(store_of(request), wanted, after=after, upto=head, limit=page.limit)
    for entry in found.entries:
        page.mark([entry.id], [entry.sequence])
    holds_while(request.scope, head)
    following = page.lead_to([found.reached]) if found.reached < head else None
    return Page(items=[WordView.of(entry) for entry in found.entries], next=following)


@router.get(
    "/feed.json",
    operation_id="get_json_feed",
    response_class=Response,
    responses={200: {"model": JsonFeed, "content": {JSON_MEDIA_TYPE: {}}}},
)
async def get_json_feed(
    request: Request,
    wanted: Chosen,
    before: Annotated[int | None, Query(ge=1, description="Only older than this.")] = None,
    limit: Annotated[int, Query(ge=1, le=PAGE_SIZE_MAX)] = PAGE_SIZE,
) -> Response:
    """What was said, the newest first, page by page to the very first word."""
    seen, base = await fresh_of(request).now(), base_of(request.scope)
    closed = before is not None and before <= seen.number + 1
    start = before if before is not None and closed else seen.number + 1
    found = await backwards(store_of(request), wanted, before=start, limit=limit)
    older = request.url.include_query_params(before=found.reached, limit=limit).query
    feed = JsonFeed(
        title=TITLE,
        home_page_url=f"{base}/v1/feed.json",
        feed_url=f"{base}/v1/feed.json",
        next_url=f"{base}/v1/feed.json?{older}" if found.reached > 1 else None,
        language=runtime_of(request).settings.language,
        items=[_item(entry) for entry in found.entries],
    )
    told = _json(feed)
    if not closed:
        feed.abacus = {"about": DOCUMENTED, **fresh_of(request).shown(seen)}
    return _answered(request, (told, _json(feed)), JSON_MEDIA_TYPE, None if closed else seen)


@router.get(
    "/feed.atom",
    operation_id="get_atom_feed",
    response_class=Response,
    responses={200: {"content": {ATOM_MEDIA_TYPE: {}}}},
)
async def get_atom_feed(
    request: Request,
    page: Annotated[int | None, Query(ge=1, description="A closed page, from 1.")] = None,
) -> Response:
    """The current words; closed pages of a hundred are archives and never change."""
    seen, base = await fresh_of(request).now(), base_of(request.scope)
    closed = seen.number // ARCHIVE_PAGE
    if page is not None and page > closed:
        raise NothingSaidThere(page=page, closed=closed)
    after = (closed if page is None else page - 1) * ARCHIVE_PAGE
    upto = min(seen.number, after + ARCHIVE_PAGE)
    found = await forwards(store_of(request), Choice(), after=after, upto=upto, limit=ARCHIVE_PAGE)
    feed = atom_feed(
        TITLE,
        _links(f"{base}/v1/feed.atom", page, closed),
        found.entries[::-1],
        archive=page is not None,
    )
    told = atom_document(feed)
    # The last closed page changes once more: as soon as the next one is closed, it leads there.
    for_ever = page is not None and page < closed
    if page is None:
        shown = fresh_of(request).shown(seen).items()
        feed = replace(feed, more={name.replace("_", "-"): str(text) for name, text in shown})
    bodies = (told, atom_document(feed))
    return _answered(request, bodies, ATOM_MEDIA_TYPE, None if for_ever else seen)


def _links(address: str, page: int | None, closed: int) -> dict[str, str]:
    links = {"self": address if page is None else f"{address}?page={page}", "current": address}
    older = closed if page is None else page - 1
    if older:
        links["prev-archive"] = f"{address}?page={older}"
    if page is not None and page < closed:
        links["next-archive"] = f"{address}?page={page + 1}"
    return links


def _answered(
    request: Request, bodies: tuple[bytes, bytes], media_type: str, seen: Seen | None
) -> Response:
    """A feed under the tag of what it tells, which its age is no part of; for ever without one."""
    told, body = bodies
    holds_while(request.scope, None if seen is None else seen.number)
    fresh = [_FOR_EVER] if seen is None else fresh_of(request).headers(seen)
    tag = f'W/"{hashlib.sha256(told).hexdigest()[:32]}"'.encode()
    response = Response(body, media_type=media_type)
    response.raw_headers += [*fresh, (b"etag", tag)]
    return response


def _json(feed: JsonFeed) -> bytes:
    return feed.model_dump_json(by_alias=True, exclude_none=True).encode()


def _item(entry: Entry) -> FeedItem:
    return FeedItem(
        id=f"urn:uuid:{entry.id}",
        title=entry.title,
        content_text=entry.text,
        date_published=entry.said_at.isoformat(),
        tags=entry.tags,
        abacus={
            "about": DOCUMENTED,
            "sequence": entry.sequence,
            "event_type": entry.event_type,
            "subject": entry.subject,
            "leaf_hash": entry.leaf_hash,
            "data": entry.data,
        },
    )
