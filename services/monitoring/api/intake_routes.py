"""Files of banks and of the treasury: report first, then acceptance; or booked as they come.

POST /v1/treasury-files?system=ICBC              a file of up to 20 MiB → a report of every line
POST /v1/treasury-files/{file_id}/accept         make it true in one transaction
POST /v1/treasury-files?system=…&accept=true     a CSV or NDJSON list of any length, part by part
GET  /v1/treasury-files/{file_id}[/lines]        the report, or how far it is
"""

from collections.abc import Coroutine
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from fastapi import APIRouter, Header, Query, Request, Response

from services.monitoring.api.bank.files import CSV, KINDS, NDJSON, XLSX, XML, expect_kind
from services.monitoring.api.bank.refusals import MessageIdMissing
from services.monitoring.api.intake.files import OPERATION, TreasuryFiles
from services.monitoring.api.intake.lists import TreasuryLists
from services.monitoring.api.intake.spooling import Spool
from services.monitoring.api.intake_views import FileLine, TreasuryFile
from services.monitoring.domain.treasury_line import LineOutcome
from shared.domain.refusals import NotFound
from shared.http.idempotency import scoped_key
from shared.http.identity import Person
from shared.http.import_answers import Prefer, answered
from shared.http.import_jobs import ACCEPTED, ACCEPTING, UNFINISHED, ImportJob
from shared.http.language import Language
from shared.http.limits import read_body, too_large
from shared.http.operations import fresh_id
from shared.http.problems import (
    ContentTooLarge,
    KeyReusedForAnother,
    MalformedRequest,
    MediaTypeUnsupported,
)
from shared.http.routes import refusals
from shared.http.runtime import Runtime

FILE_BYTES_MAX: Final = 20 * 1024 * 1024
LIST_BYTES_MAX: Final = 1024 * 1024 * 1024
UPLOADS: Final = {"/v1/treasury-files": LIST_BYTES_MAX}
LINES_A_PAGE: Final = 200
_BINARY: Final = {"schema": {"type": "string", "format": "binary"}}
_TEXT: Final = {"schema": {"type": "string"}}
_UPLOAD: Final = {
    "requestBody": {
        "required": True,
        "content": {
            XML: {
                "schema": {
                    "type": "string",
                    "description": "camt.052/053/054, pacs.004, pain.002, camt.029.",
                }
            },
            CSV: {
                **_TEXT,
                "example": "voucher_no,pay_cert_no,pro_code,fiscal_year,xpay_amt,xpay_date\n"
                "5201,ZF20210415000123,65312121T000000000042,2021,860000.00,2021-04-15\n",
            },
            NDJSON: {
                **_TEXT,
                "example": '{"pay_cert_no": "ZF20210415000123", "xpay_amt": "860000.00", '
                '"pro_code": "65312121T000000000042", "fiscal_year": "2021", '
                '"xpay_date": "2021-04-15"}\n',
            },
            XLSX: _BINARY,
        },
    }
}

router: Final = APIRouter(tags=["Treasury files"])
System = Annotated[
    str,
    Query(
        pattern="^[A-Za-z0-9_.]{1,32}$",
        examples=["ICBC"],
        description="Which system sent it: a bank, the treasury.",
    ),
]
MessageId = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=100,
        pattern=r"^[^\x00-\x1f\x7f]+$",
        examples=["GK20210415"],
        description="The number of a payment list; a bank message has its own.",
    ),
]


@router.post(
    "/treasury-files",
    operation_id="create_treasury_file",
    status_code=201,
    openapi_extra=_UPLOAD,
    responses={202: {"model": TreasuryFile}, **refusals(409, 413, 415)},
)
async def create_treasury_file(  # noqa: PLR0913 - each is a parameter of the request
    request: Request,
    response: Response,
    system: System,
    message_id: MessageId = None,
    *,
    accept: Annotated[
        bool, Query(description="Book a CSV or NDJSON list as it comes, part by part.")
    ] = False,
    idempotency_key: Annotated[str | None, Header(max_length=256)] = None,
    prefer: Prefer = None,
) -> TreasuryFile:
    """Report what a file would do, line by line; nothing is booked before it is accepted.

    What a bank says of payment orders (pain.002, camt.029) is reported per order that it answers.
    A list may be one JSON document, too: `{"message_id": "…", "lines": [{"pay_cert_no": "…"}]}`.
    """
    files, person, language = _asked(request)
    kind = _kind(request, accept=accept)
    file = {"system": system, "message_id": message_id or "", "kind": kind}
    job = _job(files.runtime, person, file, idempotency_key)
    prefix = request.headers.get("x-forwarded-prefix", "").rstrip("/")
    response.headers["location"] = f"{prefix}/v1/treasury-files/{job.id}"
    job = await files.find(job.id, person) or job
    take = _book_list if accept else _report
    work = await take(request, files, job, person)
    done = await answered(response, files, (work.job, work.work, prefer))
    return TreasuryFile.of(done, language)


@router.post(
    "/treasury-files/{file_id}/accept",
    operation_id="accept_treasury_file",
    responses={202: {"model": TreasuryFile}, **refusals(409)},
)
async def accept_treasury_file(
    request: Request, response: Response, file_id: UUID, prefer: Prefer = None
) -> TreasuryFile:
    """Book what was reported, in one transaction. Accepting twice is harmless."""
    files, person, language = _asked(request)
    job = await _found(files, file_id, person)
    work = files.accept(job, person) if job.state != ACCEPTED else None
    return TreasuryFile.of(await answered(response, files, (job, work, prefer)), language)


@router.get("/treasury-files/{file_id}", operation_id="get_treasury_file")
async def get_treasury_file(request: Request, file_id: UUID) -> TreasuryFile:
    """The report of one's own file, or how far it is."""
    files, person, language = _asked(request)
    return TreasuryFile.of(await _found(files, file_id, person), language)


@router.get("/treasury-files/{file_id}/lines", operation_id="list_treasury_file_lines")
async def list_treasury_file_lines(
    request: Request,
    file_id: UUID,
    outcome: LineOutcome | None = None,
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="The last line seen.")] = 0,
    limit: Annotated[int, Query(ge=1, le=1_000)] = LINES_A_PAGE,
) -> list[FileLine]:
    """The lines of a report in their order, of one outcome if asked for."""
    files, person, language = _asked(request)
    job = await _found(files, file_id, person)
    wanted = (
        line
        for line in job.report.get("lines", [])
        if line["line_no"] > after and outcome in {None, line["outcome"]}
    )
    return [FileLine.of(line, language) for line, _ in zip(wanted, range(limit), strict=False)]


def _asked(request: Request) -> tuple[TreasuryFiles, Person, Language]:
    files = TreasuryFiles(request.app.state.runtime)
    return files, request.scope["abacus.person"], request.scope["abacus.language"]


def _kind(request: Request, *, accept: bool) -> str:
    headers = request.scope["abacus.headers"]
    kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower().decode("latin-1")
    wanted = (CSV, NDJSON) if accept else KINDS
    if kind not in wanted:
        named = ", ".join(wanted)
        raise MediaTypeUnsupported(
            f"Send {named}.", detail_zh=f"请发送 {named}。", headers={"accept-post": named}
        )
    return str(kind)


def _job(runtime: Runtime, person: Person, file: dict[str, str], key: str | None) -> ImportJob:
    """A new job; with an idempotency key its id follows from the key, so a retry finds it."""
    scoped = scoped_key(key.encode() if key else None, person.actor, required=False)
    fresh = fresh_id() if scoped is None else uuid5(NAMESPACE_URL, f"treasury-file|{scoped}")
    return ImportJob(
        id=str(fresh),
        operation=OPERATION,
        actor=person.actor,
        created_at=runtime.clock.now(),
        rows=b"",
        report={"file": file},
    )


@dataclass(frozen=True, slots=True)
class _Work:
    """A job, and what is still to be done for it."""

    job: ImportJob
    work: Coroutine[Any, Any, ImportJob] | None


async def _report(request: Request, files: TreasuryFiles, job: ImportJob, person: Person) -> _Work:
    rows = await read_body(request.receive, request.scope["abacus.headers"], FILE_BYTES_MAX)
    expect_kind(job.report["file"]["kind"], rows[:64])
    if job.rows and job.rows != rows:
        raise KeyReusedForAnother
    fresh = replace(job, rows=rows)
    unfinished = fresh.state in UNFINISHED
    return _Work(fresh, files.report(fresh, person) if unfinished else None)


async def _book_list(
    request: Request, files: TreasuryFiles, job: ImportJob, person: Person
) -> _Work:
    """The list is taken to disk first: only then it is known whole, and can be dealt out."""
    if not job.report["file"]["message_id"]:
        raise MessageIdMissing(
            pointer="/message_id",
            remedy="Say message_id in the query: the number under which the treasury sent it.",
        )
    folder = TemporaryDirectory(prefix="abacus-list-", ignore_cleanup_errors=True)
    try:
        spool = await _received(request, files, Path(folder.name), job.report["file"]["kind"])
    except BaseException:
        folder.cleanup()
        raise
    another = job.report.get("digest", spool.digest) != spool.digest
    if another or job.state == ACCEPTED:
        folder.cleanup()
        if another:
            raise KeyReusedForAnother
        return _Work(job, None)
    report = {**job.report, "digest": spool.digest}
    begun = await files.begin(replace(job, state=ACCEPTING, report=report))

    async def work() -> ImportJob:
        try:
            return await TreasuryLists(files).book(begun, spool, person)
        finally:
            folder.cleanup()

    return _Work(begun, work())


async def _received(request: Request, files: TreasuryFiles, folder: Path, kind: str) -> Spool:
    spool = Spool(folder=folder, kind=kind, vouchers=files.vouchers)
    size, more = 0, True
    while more:
        message = await request.receive()
        if message["type"] != "http.request":
            raise MalformedRequest("The list broke off before its end.")
        chunk: bytes = message.get("body", b"")
        if not size:
            expect_kind(kind, chunk[:64])
        size += len(chunk)
        if size > LIST_BYTES_MAX:
            raise too_large(LIST_BYTES_MAX)
        _dealt(spool, chunk)
        more = message.get("more_body", False)
    spool.close()
    return spool


def _dealt(spool: Spool, chunk: bytes) -> None:
    try:
        spool.feed(chunk)
    except OSError as full:
        raise ContentTooLarge(
            "There is no room for the list on this machine.",
            remedy="Send it in several lists, each with a number of its own.",
            detail_zh="服务器存储空间不足，无法接收该清单。",
            remedy_zh="请拆分为多份清单，并分别编号。",
        ) from full


async def _found(files: TreasuryFiles, file_id: UUID, person: Person) -> ImportJob:
    job = await files.find(str(file_id), person)
    if job is None:
        raise NotFound
    return job
