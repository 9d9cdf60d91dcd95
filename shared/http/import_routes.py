"""The routes of bulk import; the kernel adds them to every service.

POST /v1/imports?operation=draft_target    NDJSON or the form as XLSX → report
POST /v1/imports/{import_id}/accept        make them true together
GET  /v1/imports/{import_id}               the report; while it is made, how far it is

With `Prefer: respond-async` the first two answer 202 at once. What a process that died had begun
is begun again by the next `accept`, or by the same upload with its `Idempotency-Key`.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from fastapi import APIRouter, Header, Query, Request, Response
from pydantic import BaseModel, Field
from uuid_utils.compat import uuid7

from shared.documents.sheet import Sheet
from shared.domain.refusals import NotFound
from shared.http import idempotency
from shared.http.flat_records import commands_of
from shared.http.idempotency import scoped_key
from shared.http.identity import Person
from shared.http.import_answers import Prefer, answered
from shared.http.import_jobs import ACCEPTED, UNFINISHED, ImportJob
from shared.http.import_lines import numbered
from shared.http.imports import Importing
from shared.http.language import Language
from shared.http.limits import UPLOAD_BYTES_MAX, read_body
from shared.http.operations import Operation
from shared.http.policy import SIGNED_IN, Policy
from shared.http.problems import KeyReusedForAnother, MediaTypeUnsupported
from shared.http.routes import refusals
from shared.http.runtime import Runtime
from shared.http.sealing_lines import sealed_rows
from shared.http.workbooks import NDJSON, XLSX, lines_of

UPLOAD_PATH: Final = "/v1/imports"
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
                "schema": {
                    "type": "string",
                    "description": "At most 20,000 lines, 64 MiB: command lines, or records by the "
                    "headings of the operation's form.",
                },
                "example": '{"path": {}, "body": {}}\n',
            },
            XLSX: {
                "schema": {
                    "type": "string",
                    "format": "binary",
                    "description": "The form of the operation, as it is exported; values only.",
                }
            },
        },
    }
}


class RefusedRow(BaseModel):
    """One thing that is wrong in one row."""

    row: int = Field(description="Row of the sheet or line of the file, from 1.", examples=[7])
    cell: str | None = Field(default=None, description="In a workbook.", examples=["K12"])
    problem: str = Field(description="Problem type, as of the single command.")
    detail: str
    pointer: str | None = None
    remedy: str | None = None


class ImportReport(BaseModel):
    """What an import would do, or has done."""

    id: str
    operation: str
    state: str = Field(
        description="CHECKING, REPORTED, ACCEPTING, ACCEPTED or FAILED.", examples=["REPORTED"]
    )
    rows: int
    done: int = Field(default=0, description="How many rows have been gone through.")
    good: int
    refused_rows: int
    refused: list[RefusedRow] = Field(default=[], description="Of at most 1,000 rows.")
    ids: list[str] = Field(
        default=[], description="The things, in the order of the lines, once accepted."
    )
    position: str | None = Field(default=None, description="`Abacus-Position` of the last one.")
    failure: str | None = Field(default=None, description="Why it could not be done, if FAILED.")

    @classmethod
    def of(cls, job: ImportJob) -> "ImportReport":
        """The report of a job."""
        known = {"id": job.id, "operation": job.operation, "state": job.state}
        return cls.model_validate({**job.report, **known})


def import_router(
    runtime: Runtime, operations: Mapping[str, Operation], sheets: Sequence[Sheet] = ()
) -> APIRouter:
    """The three routes, for these operations; some can be sent as a form."""
    importing = Importing(runtime, operations, sheets)
    router = APIRouter(tags=["Imports"])
    _add_create(router, runtime, importing)
    _add_accept(router, importing)

    @router.get("/v1/imports/{import_id}", operation_id="get_import")
    async def get_import(request: Request, import_id: UUID) -> ImportReport:
        """The report of one's own import, or how far it is."""
        person, _ = _caller(request)
        return ImportReport.of(await _found(importing, import_id, person))

    return router


def _add_create(router: APIRouter, runtime: Runtime, importing: Importing) -> None:
    @router.post(
        "/v1/imports",
        operation_id="create_import",
        status_code=201,
        openapi_extra=_UPLOAD,
        responses={202: {"model": ImportReport}, **refusals(409, 413, 415)},
    )
    async def create_import(  # noqa: PLR0913 - each is a parameter of the request
        request: Request,
        response: Response,
        operation: Annotated[str, Query(max_length=100, examples=["draft_target"])],
        *,
        accept: Annotated[bool, Query(description="Apply at once when every row is good.")] = False,
        idempotency_key: Annotated[
            str | None, Header(max_length=256, json_schema_extra={"pattern": idempotency.PATTERN})
        ] = None,
        prefer: Prefer = None,
    ) -> ImportReport:
        """Check a file of commands, line by line, and report; nothing is imported yet.

        With `accept=true` a file without a bad row is imported at once, for other systems.
        """
        person, language = _caller(request)
        importing.operation(operation, person)
        job = await _job(runtime, importing, request, operation, idempotency_key)
        # An id that was drawn just now is nobody's; one that follows from a key may be.
        known = await importing.find(job.id, person) if idempotency_key else None
        if known is not None and (known.rows != job.rows or known.operation != operation):
            raise KeyReusedForAnother
        job = known or job
        response.headers["location"] = f"{_prefix(request)}/v1/imports/{job.id}"
        if known is not None and not accept and known.state not in UNFINISHED:
            work = None
        elif accept:
            work = importing.accept(job, person, language, only_good_rows=False)
        else:
            work = importing.report(job, person, language)
        return ImportReport.of(await answered(response, importing, (job, work, prefer)))


def _add_accept(router: APIRouter, importing: Importing) -> None:
    @router.post(
        "/v1/imports/{import_id}/accept",
        operation_id="accept_import",
        responses={202: {"model": ImportReport}, **refusals(409)},
    )
    async def accept_import(
        request: Request,
        response: Response,
        import_id: UUID,
        *,
        only_good_rows: Annotated[bool, Query(description="Leave the refused rows out.")] = False,
        prefer: Prefer = None,
    ) -> ImportReport:
        """Import what was reported, in one transaction. Accepting twice is harmless."""
        person, language = _caller(request)
        job = await _found(importing, import_id, person)
        work = None
        if job.state != ACCEPTED:
            work = importing.accept(job, person, language, only_good_rows=only_good_rows)
        return ImportReport.of(await answered(response, importing, (job, work, prefer)))


def _caller(request: Request) -> tuple[Person, Language]:
    return request.scope["abacus.person"], request.scope["abacus.language"]


def _prefix(request: Request) -> str:
    return request.headers.get("x-forwarded-prefix", "").rstrip("/")


async def _job(
    runtime: Runtime,
    importing: Importing,
    request: Request,
    operation: str,
    key: str | None,
) -> ImportJob:
    """A new job; with an idempotency key its id follows from the key, so a retry finds it."""
    person, _ = _caller(request)
    headers = request.scope["abacus.headers"]
    kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower().decode("latin-1")
    sheet = importing.by_operation.get(operation)
    readable = [NDJSON, XLSX] if sheet else [NDJSON]
    if kind not in readable:
        wanted = ", ".join(readable)
        raise MediaTypeUnsupported(
            f"Send {wanted}.", detail_zh=f"请发送 {wanted}。", headers={"accept-post": wanted}
        )
    rows = await read_body(request.receive, headers, UPLOAD_BYTES_MAX)
    if kind == XLSX and sheet:
        rows = await lines_of(rows, sheet)
    numbered(rows)
    if kind == NDJSON and sheet:
        rows = await commands_of(rows, sheet)
    wanted_operation = importing.operations[operation]
    if wanted_operation.endpoint.confidential is not None:
        rows = await sealed_rows(runtime, wanted_operation, rows)
    scoped = scoped_key(key.encode() if key else None, person.actor, required=False)
    fresh = uuid7() if scoped is None else uuid5(NAMESPACE_URL, scoped)
    return ImportJob(
        id=str(fresh),
        operation=operation,
        actor=person.actor,
        created_at=runtime.clock.now(),
        rows=rows,
        sheet=sheet.title if sheet and kind == XLSX else "",
    )


async def _found(importing: Importing, import_id: UUID, person: Person) -> ImportJob:
    job = await importing.find(str(import_id), person)
    if job is None:
        raise NotFound
    return job
