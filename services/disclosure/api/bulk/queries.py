"""The whole of what is public as files: which days there are, a manifest each, and the files.

    GET /v1/exports                                 which days
    GET /v1/exports/2021-05-31                      the manifest of a day
    GET /v1/exports/2021-05-31/projects/full.csv.gz a file of it

A file can be taken up where it broke off (`Range`, `If-Range`): its tag is its SHA-256.
"""

from base64 import b64encode
from datetime import date
from email.utils import format_datetime
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Request, Response
from fastapi import Path as InPath
from pydantic import BaseModel, Field

from services.disclosure.api.bulk.every_dataset import DATASETS
from services.disclosure.api.bulk.keeping import Kept, manifest_in
from services.disclosure.api.bulk.making import MANIFEST, Progress
from services.disclosure.api.bulk.manifest import (
    GZIP,
    LICENCE,
    LICENCE_URL,
    MEDIA_TYPES,
    ExportFile,
    ExportManifest,
)
from services.disclosure.api.bulk.places import Days, days_of
from services.disclosure.api.bulk.resuming import Resumable
from services.disclosure.api.feed.words import runtime_of
from services.disclosure.domain.bulk_refusals import DayNotExported, ExportUnknown
from services.disclosure.settings import DisclosureSettings
from shared.contracts.fields import Day
from shared.domain.workdays import day_over
from shared.http.problems import NotYet
from shared.http.reading import IMMUTABLE_SECONDS
from shared.http.waiting import wait_seconds

HEARD: Final = ("evaluation", "monitoring", "targets")
"""Whose words the registers are made of."""
NOT_MODIFIED, REDIRECT, ACCEPTED = 304, 307, 202
_FILES: Final[dict[str, Any]] = {
    kind: {"schema": {"type": "string", "format": "binary"}} for kind in MEDIA_TYPES.values()
}
_FOR_EVER: Final = f"public, max-age={IMMUTABLE_SECONDS}, immutable"

router: Final = APIRouter(tags=["Exports"])

OfDay = Annotated[Day, InPath(description="A day that is over.", examples=["2021-05-31"])]
Wait = Annotated[
    str | None,
    Header(max_length=256, alias="Prefer", description="`wait=N`: how long to wait for a day."),
]


class ExportIndex(BaseModel):
    """Which days can be had. Those that are kept come at once, others are made when asked for."""

    first_on: date | None = Field(description="Empty before the first day is over.")
    last_on: date | None
    latest: str | None = Field(
        description="The manifest of the last day.", examples=["exports/2021-05-31"]
    )
    kept: list[date] = Field(description="Days whose files lie ready.")
    datasets: list[str] = Field(examples=[["projects", "targets"]])
    catalogue: str = "catalogue"
    licence: str = LICENCE
    licence_url: str = LICENCE_URL


class ExportUnderway(BaseModel):
    """The files of the day are being made; ask again."""

    day: date
    done: int = Field(examples=[12])
    total: int = Field(examples=[63])


def kept_of(request: Request) -> Kept:
    """The made days of this process."""
    state = request.app.state
    if not hasattr(state, "exports"):
        settings = state.runtime.settings
        assert isinstance(settings, DisclosureSettings)
        folder = settings.exports_dir or settings.data_dir / "exports"
        state.exports = Kept(state.runtime, folder, settings.exports_days_max)
    kept: Kept = state.exports
    return kept


async def days_here(request: Request) -> Days:
    """The days that can be exported here."""
    return await days_of(runtime_of(request), HEARD)


async def known_days(request: Request) -> Days | None:
    """The same; nothing before the first of them is over."""
    try:
        return await days_here(request)
    except DayNotExported:
        return None


@router.get("/exports", operation_id="list_exports")
async def list_exports(request: Request) -> ExportIndex:
    """Which days there are, and which of them lie ready."""
    days = await known_days(request)
    return ExportIndex(
        first_on=days.first if days else None,
        last_on=days.last if days else None,
        latest=f"exports/{days.last}" if days else None,
        kept=[one for one in kept_of(request).days() if days and one <= days.last],
        datasets=[one.name for one in DATASETS],
    )


@router.get(
    "/exports/latest",
    operation_id="get_latest_export",
    status_code=REDIRECT,
    response_class=Response,
    responses={REDIRECT: {"description": "To the manifest of the last day that is over."}},
)
async def get_latest_export(request: Request) -> Response:
    """To the manifest of the last day that is over."""
    days = await days_here(request)
    return Response(status_code=REDIRECT, headers={"location": f"{days.last}"})


@router.get(
    "/exports/{day}",
    operation_id="get_export",
    response_class=Response,
    responses={200: {"model": ExportManifest}, ACCEPTED: {"model": ExportUnderway}},
)
async def get_export(request: Request, day: OfDay, prefer: Wait = None) -> Response:
    """The manifest of a day; 202 while its files are being made."""
    found = await _asked(request, day, prefer)
    if isinstance(found, Progress):
        underway = ExportUnderway(day=day, done=found.done, total=found.total)
        headers = {"retry-after": "2", "cache-control": "no-store"}
        return Response(
            underway.model_dump_json(), ACCEPTED, headers, media_type="application/json"
        )
    body = (found / MANIFEST).read_bytes()
    return Response(body, headers={"cache-control": _FOR_EVER}, media_type="application/json")


@router.get(
    "/exports/{day}/{dataset}/{file}",
    operation_id="get_export_file",
    response_class=Response,
    responses={
        200: {"description": "The file, whole.", "content": _FILES},
        206: {"description": "The part that was asked for by `Range`.", "content": _FILES},
        NOT_MODIFIED: {"description": "You have it already (`If-None-Match`)."},
        416: {"description": "The file ends before the part that was asked for."},
    },
)
async def get_export_file(
    request: Request,
    day: OfDay,
    dataset: Annotated[str, InPath(max_length=50, examples=["projects"])],
    file: Annotated[str, InPath(max_length=50, examples=["full.ndjson.gz"])],
    prefer: Wait = None,
) -> Response:
    """A file of a day, whole or from where it broke off; the manifest names them."""
    found = await _asked(request, day, prefer)
    if isinstance(found, Progress):
        raise NotYet(
            f"The files of {day} are being made: {found.done} of {found.total} steps.",
            remedy="Ask again, or wait longer with `Prefer: wait=30`.",
            headers={"retry-after": "2"},
        )
    named = _named(manifest_in(found), f"{day}/{dataset}/{file}")
    return _answer(request, named, found.parent / named.path, day)


async def _asked(request: Request, day: date, prefer: str | None) -> Path | Progress:
    days = await days_here(request)
    days.expect(day)
    return await kept_of(request).ask(days, day, wait_seconds(prefer))


def _named(manifest: ExportManifest, path: str) -> ExportFile:
    for dataset in manifest.datasets:
        for file in dataset.files:
            if file.path == path:
                return file
    raise ExportUnknown(
        f"The export of {manifest.day} has no file {path}.",
        pointer="/file",
        remedy=f"Read its manifest at /v1/exports/{manifest.day}.",
        detail_zh="该日导出清单中没有此文件。",
    )


def _answer(request: Request, file: ExportFile, path: Path, day: date) -> Response:
    """The bytes as they lie there: what packs answers would break a `Range` of them."""
    tag = f'"{file.sha256}"'
    digest = b64encode(bytes.fromhex(file.sha256)).decode()
    headers = {
        "etag": tag,
        "cache-control": f"{_FOR_EVER}, no-transform",
        "last-modified": format_datetime(day_over(day), usegmt=True),
        "repr-digest": f"sha-256=:{digest}:",  # RFC 9530
    }
    if file.media_type != GZIP:
        headers["content-encoding"] = "identity"
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=NOT_MODIFIED, headers=headers)
    name = file.path.replace("/", "-")
    return Resumable(path, headers=headers, media_type=file.media_type, filename=name)
