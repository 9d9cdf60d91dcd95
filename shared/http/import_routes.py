"""The routes of bulk import; the kernel adds them to every service.

POST /v1/imports?operation=draft_target    NDJSON, one command per line → report
POST /v1/imports/{import_id}/accept        make them true together
"""

from collections.abc import Mapping
from typing import Annotated, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from fastapi import APIRouter, Header, Query, Request, Response
from pydantic import BaseModel, Field
from uuid_utils.compat import uuid7

from shared.domain.refusals import NotFound
from shared.http.idempotency import scoped_key
from shared.http.identity import Person
from shared.http.import_jobs import ImportJob
from shared.http.import_lines import numbered
from shared.http.imports import Importing
from shared.http.language import Language
from shared.http.limits import UPLOAD_BYTES_MAX, read_body
from shared.http.operations import Operation
from shared.http.policy import SIGNED_IN, Policy
from shared.http.problems import KeyReusedForAnother, MediaTypeUnsupported
from shared.http.routes import refusals
from shared.http.runtime import Runtime

NDJSON: Final = "application/x-ndjson"
IMPORT_POLICY: Final[Policy] = {
    "create_import": SIGNED_IN,
    "accept_import": SIGNED_IN,
    "get_import": SIGNED_IN,
}
"""Signed in; beyond that the role of the operation that is imported."""

_UPLOAD: Final = {
    "requestBody": {
        "required": True,
        "content": {
            NDJSON: {
                "schema": {"type": "string", "description": "At most 20,000 lines, 20 MiB."},
                "example": '{"path": {}, "body": {}}\n',
            }
        },
    }
}


class RefusedRow(BaseModel):
    """One thing that is wrong in one row."""

    row: int = Field(description="Line number in the file, from 1.", examples=[7])
    problem: str = Field(description="Problem type, as of the single command.")
    detail: str
    pointer: str | None = None
    remedy: str | None = None


class ImportReport(BaseModel):
    """What an import would do, or has done."""

    id: str
    operation: str
    state: str = Field(description="REPORTED or ACCEPTED.", examples=["REPORTED"])
    rows: int
    good: int
    refused_rows: int
    refused: list[RefusedRow] = Field(description="Of at most 1,000 rows.")
    ids: list[str] = Field(description="The things, in the order of the lines, once accepted.")
    position: str | None = Field(default=None, description="`Abacus-Position` of the last one.")

    @classmethod
    def of(cls, job: ImportJob) -> "ImportReport":
        """The report of a job."""
        known = {"id": job.id, "operation": job.operation, "state": job.state}
        return cls.model_validate({**job.report, **known})


def import_router(runtime: Runtime, operations: Mapping[str, Operation]) -> APIRouter:
    """The three routes, for these operations."""
    importing = Importing(runtime, operations)
    router = APIRouter(tags=["Imports"])
    _add_create(router, runtime, importing)
    _add_accept(router, importing)

    @router.get("/v1/imports/{import_id}", operation_id="get_import")
    async def get_import(request: Request, import_id: UUID) -> ImportReport:
        """The report of one's own import."""
        person, _ = _caller(request)
        return ImportReport.of(await _found(importing, import_id, person))

    return router


def _add_create(router: APIRouter, runtime: Runtime, importing: Importing) -> None:
    @router.post(
        "/v1/imports",
        operation_id="create_import",
        status_code=201,
        openapi_extra=_UPLOAD,
        responses=refusals(409, 413, 415),
    )
    async def create_import(
        request: Request,
        response: Response,
        operation: Annotated[str, Query(max_length=100, examples=["draft_target"])],
        *,
        accept: Annotated[bool, Query(description="Apply at once when every row is good.")] = False,
        idempotency_key: Annotated[str | None, Header(max_length=256)] = None,
    ) -> ImportReport:
        """Check a file of commands, line by line, and report; nothing is imported yet.

        With `accept=true` a file without a bad row is imported at once, for other systems.
        """
        person, language = _caller(request)
        importing.operation(operation, person)
        rows = await _upload(request)
        job = _job(runtime, operation, person, rows, idempotency_key)
        known = await importing.find(job.id, person)
        if known is not None and (known.rows != rows or known.operation != operation):
            raise KeyReusedForAnother
        job = known or job
        if known is None and not accept:
            job = await importing.report(job, person, language)
        elif accept:
            job = await importing.accept(job, person, language, only_good_rows=False)
        response.headers["location"] = f"{_prefix(request)}/v1/imports/{job.id}"
        _tell(response, job)
        return ImportReport.of(job)


def _add_accept(router: APIRouter, importing: Importing) -> None:
    @router.post(
        "/v1/imports/{import_id}/accept",
        operation_id="accept_import",
        responses=refusals(409),
    )
    async def accept_import(
        request: Request,
        response: Response,
        import_id: UUID,
        *,
        only_good_rows: Annotated[bool, Query(description="Leave the refused rows out.")] = False,
    ) -> ImportReport:
        """Import what was reported, in one transaction. Accepting twice is harmless."""
        person, language = _caller(request)
        job = await _found(importing, import_id, person)
        job = await importing.accept(job, person, language, only_good_rows=only_good_rows)
        _tell(response, job)
        return ImportReport.of(job)


def _caller(request: Request) -> tuple[Person, Language]:
    return request.scope["abacus.person"], request.scope["abacus.language"]


def _prefix(request: Request) -> str:
    return request.headers.get("x-forwarded-prefix", "").rstrip("/")


async def _upload(request: Request) -> bytes:
    headers = request.scope["abacus.headers"]
    kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if kind != NDJSON.encode():
        raise MediaTypeUnsupported(
            f"Send {NDJSON}.", detail_zh=f"请发送 {NDJSON}。", headers={"accept-post": NDJSON}
        )
    rows = await read_body(request.receive, headers, UPLOAD_BYTES_MAX)
    numbered(rows)
    return rows


def _job(
    runtime: Runtime, operation: str, person: Person, rows: bytes, key: str | None
) -> ImportJob:
    """A new job; with an idempotency key its id follows from the key, so a retry finds it."""
    scoped = scoped_key(key.encode() if key else None, person.actor, required=False)
    fresh = uuid7() if scoped is None else uuid5(NAMESPACE_URL, scoped)
    return ImportJob(
        id=str(fresh),
        operation=operation,
        actor=person.actor,
        created_at=runtime.clock.now(),
        rows=rows,
    )


async def _found(importing: Importing, import_id: UUID, person: Person) -> ImportJob:
    job = await importing.find(str(import_id), person)
    if job is None:
        raise NotFound
    return job


def _tell(response: Response, job: ImportJob) -> None:
    if position := job.report.get("position"):
        response.headers["abacus-position"] = position
