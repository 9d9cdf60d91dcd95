"""What proves the log: its raw lines, signed checkpoints, inclusion and consistency (RFC 6962).

Whoever has the lines computes every leaf and the root; a checkpoint that somebody else keeps holds
us to it. `deploy/verify/verify.py` does all of it without a line of ours.
"""

from asyncio import Lock
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Final

import msgspec
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from services.disclosure.api.feed.words import fresh_of, runtime_of, store_of
from services.disclosure.domain.refusals import NothingSignedYet, ProofOutOfRange
from shared.eventstore.checkpoints import Verifier
from shared.eventstore.log import Proofs
from shared.http.caching import holds_while
from shared.http.problems import Unavailable
from shared.http.reading import IMMUTABLE_SECONDS

LINES_MAX: Final = 1_000
NDJSON: Final = "application/x-ndjson"
_encode: Final = msgspec.json.Encoder().encode

router: Final = APIRouter(tags=["Feed"])

Sequence_ = Annotated[int, Query(ge=1, description="Sequence of a word, from 1.")]
Size = Annotated[int, Query(ge=0, description="Number of words in the log.")]


class Checkpoint(BaseModel):
    """A signed note (C2SP): the root of the log of words at a size."""

    size: int
    note: str


class VerifierKey(BaseModel):
    """The public key of the checkpoints, as C2SP writes it. Keep it: later ones must fit it.

    One that follows it is named by a line `successor …` in checkpoints that both have signed.
    """

    key: str


class Proof(BaseModel):
    """Hashes in base64, from the leaf to the root; roots are those of the sizes asked about."""

    size: int
    hashes: list[str]
    root: str


class Line(msgspec.Struct):
    """A line of the log: `word` is the text of the CloudEvent, byte for byte as it was said."""

    sequence: int
    leaf_hash: str
    word: str


@router.get(
    "/feed/lines",
    operation_id="get_feed_lines",
    response_class=Response,
    responses={200: {"content": {NDJSON: {"schema": {"type": "string"}}}}},
)
async def get_feed_lines(
    request: Request,
    after: Annotated[int, Query(ge=0, description="Only words behind this sequence.")] = 0,
    limit: Annotated[int, Query(ge=1, le=LINES_MAX)] = LINES_MAX,
) -> Response:
    """The log itself, a word a line: SHA-256 of a zero byte and `word` is its leaf hash."""
    seen = await fresh_of(request).now()
    upto = min(seen.number, after + limit)
    words = await store_of(request).read_words(after, upto - after) if upto > after else ()
    lines = [Line(one.number, one.leaf_hash.hex(), one.body.decode()) for one in words]
    response = Response(b"".join(_encode(one) + b"\n" for one in lines), media_type=NDJSON)
    whole = upto == after + limit
    holds_while(request.scope, None if whole else seen.number)
    if whole:
        response.headers["cache-control"] = f"public, max-age={IMMUTABLE_SECONDS}, immutable"
    else:
        response.raw_headers += fresh_of(request).headers(seen)
    if upto < seen.number:
        response.headers["link"] = f'<?after={upto}&limit={limit}>; rel="next"'
    return response


@router.get("/feed/key", operation_id="get_feed_key")
async def get_feed_key(request: Request) -> VerifierKey:
    """The key that verifies checkpoints: fetch it once, keep it, and compare it with others'."""
    log = runtime_of(request).log
    key = await log.introduced() if log else None
    if key is None:
        raise NothingSignedYet
    return VerifierKey(key=Verifier.of("abacus/disclosure", key).text)


@router.get("/feed/checkpoint", operation_id="get_checkpoint")
async def get_checkpoint(request: Request) -> Checkpoint:
    """The latest signed root of everything that was said."""
    log = runtime_of(request).log
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


@dataclass(frozen=True, slots=True)
class _Prover:
    """One tree per process, grown by one request at a time."""

    proofs: Proofs
    lock: Lock


@asynccontextmanager
async def _proving(request: Request, size: int) -> AsyncIterator[Proofs]:
    """The tree of the words; it reads only what was said since it was last asked."""
    runtime, state = runtime_of(request), request.app.state
    if runtime.log is None:
        raise Unavailable("This process has no log to prove from.")
    if size > (head := (await store_of(request).head()).number):
        raise ProofOutOfRange(size=size, head=head)
    if not hasattr(state, "prover"):
        state.prover = _Prover(Proofs(runtime.log, "words"), Lock())
    prover: _Prover = state.prover
    async with prover.lock:
        yield prover.proofs


def _proof(size: int, hashes: list[bytes], root: bytes) -> Proof:
    return Proof(
        size=size,
        hashes=[b64encode(one).decode() for one in hashes],
        root=b64encode(root).decode(),
    )
