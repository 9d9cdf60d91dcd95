"""The public feed: everything disclosure has said, in order, provably complete.

Sequences are dense, so a reader who holds one page knows whether another is missing; hashes,
checkpoints and proofs let anybody show that nothing was changed or left out (RFC 6962).
"""

from asyncio import Lock
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from services.disclosure.api.atom import MEDIA_TYPE as ATOM_MEDIA_TYPE
from services.disclosure.api.atom import atom_feed
from services.disclosure.api.entries import Entry, entry_of
from services.disclosure.domain.refusals import (
    NothingSaidThere,
    NothingSignedYet,
    ProofOutOfRange,
)
from shared.eventstore import EventStore
from shared.eventstore.log import Proofs
from shared.http.problems import Unavailable
from shared.http.reading import IMMUTABLE_SECONDS
from shared.http.runtime import Runtime

PAGE_SIZE: Final = 100
PAGE_SIZE_MAX: Final = 1_000
ARCHIVE_PAGE: Final = 100
JSON_FEED: Final = "https://jsonfeed.org/version/1.1"
JSON_MEDIA_TYPE: Final = "application/feed+json"
TITLE: Final = "预算绩效公开专栏"
FEED_ID: Final = "urn:abacus:disclosure:feed"

router: Final = APIRouter(tags=["Feed"])

Sequence_ = Annotated[int, Query(ge=1, description="Sequence of a word, from 1.")]
Size = Annotated[int, Query(ge=0, description="Number of words in the log.")]


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
    """A JSON Feed 1.1, the newest first."""

    version: str = JSON_FEED
    title: str
    home_page_url: str
    feed_url: str
    next_url: str | None = None
    language: str
    items: list[FeedItem]


class Checkpoint(BaseModel):
    """A signed note (C2SP): the root of the log of words at a size."""

    size: int
    note: str


class Proof(BaseModel):
    """Hashes in base64, from the leaf to the root; roots are those of the sizes asked about."""

    size: int
    hashes: list[str]
    root: str


@router.get(
    "/feed.json",
    operation_id="get_json_feed",
    response_class=Response,
    responses={200: {"model": JsonFeed, "content": {JSON_MEDIA_TYPE: {}}}},
)
async def get_json_feed(
    request: Request,
    before: Annotated[int | None, Query(ge=1, description="Only older than this.")] = None,
    limit: Annotated[int, Query(ge=1, le=PAGE_SIZE_MAX)] = PAGE_SIZE,
) -> Response:
    """What was said, the newest first, page by page to the very first word."""
    store, base = _store(request), _base(request)
    head = (await store.head()).number
    upto = head if before is None else min(head, before - 1)
    after = max(0, upto - limit)
    entries = await _entries(store, after, upto)
    older = f"{base}/v1/feed.json?before={after + 1}&limit={limit}" if after else None
    feed = JsonFeed(
        title=TITLE,
        home_page_url=f"{base}/v1/feed.json",
        feed_url=f"{base}/v1/feed.json",
        next_url=older,
        language=_runtime(request).settings.language,
        items=[_item(entry) for entry in entries],
    )
    body = feed.model_dump_json(by_alias=True, exclude_none=True)
    return Response(body, media_type=JSON_MEDIA_TYPE)


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
    store, base = _store(request), _base(request)
    head = (await store.head()).number
    closed = head // ARCHIVE_PAGE
    if page is not None and page > closed:
        raise NothingSaidThere(page=page, closed=closed)
    after = (closed if page is None else page - 1) * ARCHIVE_PAGE
    entries = await _entries(store, after, min(head, after + ARCHIVE_PAGE))
    address = f"{base}/v1/feed.atom"
    links = {"self": address if page is None else f"{address}?page={page}", "current": address}
    older = closed if page is None else page - 1
    if older:
        links["prev-archive"] = f"{address}?page={older}"
    if page is not None and page < closed:
        links["next-archive"] = f"{address}?page={page + 1}"
    body = atom_feed(TITLE, FEED_ID, links, entries, archive=page is not None)
    response = Response(body, media_type=ATOM_MEDIA_TYPE)
    if page is not None:
        response.headers["cache-control"] = f"public, max-age={IMMUTABLE_SECONDS}, immutable"
    return response


@router.get("/feed/checkpoint", operation_id="get_checkpoint")
async def get_checkpoint(request: Request) -> Checkpoint:
    """The latest signed root of everything that was said."""
    log = _runtime(request).log
    signed = await log.latest("words") if log else None
    if signed is None:
        raise NothingSignedYet
    return Checkpoint(size=signed.size, note=signed.note)


@router.get("/feed/proofs/inclusion", operation_id="get_inclusion_proof")
async def get_inclusion_proof(request: Request, sequence: Sequence_, size: Size) -> Proof:
    """What proves that a word is in the log of this size."""
    if sequence > size:
        raise ProofOutOfRange(sequence=sequence, size=size)
    async with _proving(request, size) as proofs:
        hashes = await proofs.inclusion(sequence, size)
        return _proof(size, hashes, await proofs.root(size))


@router.get("/feed/proofs/consistency", operation_id="get_consistency_proof")
async def get_consistency_proof(
    request: Request,
    first: Annotated[int, Query(alias="from", ge=0, description="The earlier size.")],
    second: Annotated[int, Query(alias="to", ge=0, description="The later size.")],
) -> Proof:
    """What proves that the later log only continues the earlier one."""
    if first > second:
        raise ProofOutOfRange(first=first, second=second)
    async with _proving(request, second) as proofs:
        hashes = await proofs.consistency(first, second)
        return _proof(second, hashes, await proofs.root(second))


def _runtime(request: Request) -> Runtime:
    runtime: Runtime = request.app.state.runtime
    return runtime


def _store(request: Request) -> EventStore:
    store = _runtime(request).store
    if store is None:
        raise Unavailable("This process has no store to read from.")
    return store


@dataclass(frozen=True, slots=True)
class _Prover:
    """One tree per process, grown by one request at a time."""

    proofs: Proofs
    lock: Lock


@asynccontextmanager
async def _proving(request: Request, size: int) -> AsyncIterator[Proofs]:
    """The tree of the words; it reads only what was said since it was last asked."""
    runtime, state = _runtime(request), request.app.state
    if runtime.log is None:
        raise Unavailable("This process has no log to prove from.")
    if size > (head := (await _store(request).head()).number):
        raise ProofOutOfRange(size=size, head=head)
    if not hasattr(state, "prover"):
        state.prover = _Prover(Proofs(runtime.log, "words"), Lock())
    prover: _Prover = state.prover
    async with prover.lock:
        yield prover.proofs


async def _entries(store: EventStore, after: int, upto: int) -> list[Entry]:
    words = await store.read_words(after, upto - after) if upto > after else ()
    return [entry_of(word) for word in reversed(words)]


def _base(request: Request) -> str:
    prefix = request.headers.get("x-forwarded-prefix", "").rstrip("/")
    return f"{request.url.scheme}://{request.url.netloc}{prefix}"


def _item(entry: Entry) -> FeedItem:
    return FeedItem(
        id=f"urn:uuid:{entry.id}",
        title=entry.title,
        content_text=entry.text,
        date_published=entry.said_at.isoformat(),
        tags=entry.tags,
        abacus={
            "about": "https://www.rfc-editor.org/rfc/rfc6962",
            "sequence": entry.sequence,
            "event_type": entry.event_type,
            "subject": entry.subject,
            "leaf_hash": entry.leaf_hash,
            "data": entry.data,
        },
    )


def _proof(size: int, hashes: list[bytes], root: bytes) -> Proof:
    return Proof(
        size=size,
        hashes=[b64encode(one).decode() for one in hashes],
        root=b64encode(root).decode(),
    )
