"""The catalogue over HTTP: DCAT 3, a Data Package, schemas of rows, OCDS and IATI."""

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi import Path as InPath

from services.disclosure.api.bulk.every_dataset import dataset_of
from services.disclosure.api.bulk.keeping import manifest_in
from services.disclosure.api.bulk.making import Progress
from services.disclosure.api.bulk.manifest import ExportManifest
from services.disclosure.api.bulk.queries import kept_of, known_days
from services.disclosure.api.catalogue import dcat, iati, ocds
from services.disclosure.api.catalogue.data_package import descriptor
from services.disclosure.api.catalogue.promises import Promise, promises
from services.disclosure.api.catalogue.publishing_office import Office, office_of
from services.disclosure.api.catalogue.spooling import spooled
from services.disclosure.api.feed.words import runtime_of
from services.disclosure.api.spans import Asked, Today
from services.disclosure.domain.bulk_refusals import NothingToTell
from services.disclosure.projections.span import Span
from services.disclosure.settings import DisclosureSettings
from shared.http.list_formats_asked import address_of, base_of
from shared.http.reading import IMMUTABLE_SECONDS, Read, Reading, ReadingNow
from shared.http.runtime import Runtime
from shared.http.snapshots import snapshot
from shared.http.waiting import WAIT_SECONDS

JSON: Final = "application/json"
_OBJECT: Final[dict[str, Any]] = {"schema": {"type": "object"}}
_TEXT: Final[dict[str, Any]] = {"schema": {"type": "string"}}
_encode: Final = msgspec.json.Encoder().encode

router: Final = APIRouter(tags=["Catalogue"])


@router.get(
    "/catalogue",
    operation_id="get_catalogue",
    response_class=Response,
    responses={200: {"content": {dcat.MEDIA_TYPE: _OBJECT}}},
)
async def get_catalogue(request: Request, read: ReadingNow) -> Response:
    """Everything that can be had, and how, as DCAT 3 in JSON-LD."""
    day, manifest = await _latest(request)
    office = await office_of(read)
    shelf = dcat.Shelf(base=base_of(request.scope), office=office, day=day, manifest=manifest)
    return Response(_encode(dcat.catalogue(shelf)), media_type=dcat.MEDIA_TYPE)


@router.get(
    "/catalogue/datapackage.json",
    operation_id="get_data_package",
    response_class=Response,
    responses={200: {"content": {JSON: _OBJECT}}},
)
async def get_data_package(request: Request, read: ReadingNow) -> Response:
    """The tables of the last day that is over, column by column, as a Data Package 2.0."""
    day, manifest = await _latest(request)
    told = descriptor(base_of(request.scope), await office_of(read), day, manifest)
    return Response(_encode(told), media_type=JSON)


@router.get(
    "/catalogue/schemas/{dataset}",
    operation_id="get_dataset_schema",
    response_class=Response,
    responses={200: {"content": {"application/schema+json": _OBJECT}}},
)
async def get_dataset_schema(
    dataset: Annotated[str, InPath(max_length=50, examples=["projects"])],
) -> Response:
    """What a row of a dataset is, as a JSON Schema (2020-12)."""
    schema = dataset_of(dataset).view.model_json_schema(mode="serialization")
    told = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return Response(_encode(told), media_type="application/schema+json")


@router.get(
    "/catalogue/ocds/budget-breakdown",
    operation_id="get_ocds_budget_breakdown",
    response_class=Response,
    responses={200: {"content": {JSON: _OBJECT}}},
)
async def get_ocds_budget_breakdown(
    request: Request, read: Reading, today: Today, span: Asked
) -> Response:
    """The budgets of the projects that have a target, as an OCDS 1.1 release package."""
    runtime, address = runtime_of(request), address_of(request.scope)
    head = ocds.opening(address, await _office(read), _told_at(runtime, span))
    found = await _begun(_promises(runtime, span))
    body = ocds.package(head, _settings(runtime).ocds_prefix, found)
    return await _answered(request, body, JSON, span, today)


@router.get(
    "/catalogue/iati/results",
    operation_id="get_iati_results",
    response_class=Response,
    responses={200: {"content": {iati.MEDIA_TYPE: _TEXT}}},
)
async def get_iati_results(request: Request, read: Reading, today: Today, span: Asked) -> Response:
    """The results of the projects that have a target, as an IATI 2.03 file of activities."""
    runtime, office = runtime_of(request), await _office(read)
    found = await _begun(_promises(runtime, span))
    told_at = ocds.instant(_told_at(runtime, span))
    reporter = _settings(runtime).iati_organisation or f"CN-{office.code}"
    body = iati.document(iati.opening(told_at), reporter, span.as_of, found)
    return await _answered(request, body, iati.MEDIA_TYPE, span, today)


async def _latest(request: Request) -> tuple[date | None, ExportManifest | None]:
    """The last day that is over, and its manifest where that does not take long."""
    days = await known_days(request)
    if days is None:
        return None, None
    found = await kept_of(request).ask(days, days.last, WAIT_SECONDS)
    return days.last, None if isinstance(found, Progress) else manifest_in(found)


async def _office(read: Read) -> Office:
    """Who publishes; from then on a reader who takes long holds no connection."""
    office = await office_of(read)
    await read.session.close()
    return office


async def _promises(runtime: Runtime, span: Span) -> AsyncIterator[Sequence[Promise]]:
    """The projects of the span, out of one state of the registers."""
    async with snapshot(runtime, span.as_of) as registers:
        async for batch in promises(registers, span):
            yield batch


async def _begun(
    found: AsyncIterator[Sequence[Promise]],
) -> AsyncIterator[Sequence[Promise]]:
    """The same, once it is known that there is anything at all."""
    first = await anext(found, None)
    if not first:
        raise NothingToTell(
            "No project of this region and year has a target.",
            pointer="/fiscal_year",
            remedy="Ask for another year or a region above; GET /v1/projects lists what there is.",
            detail_zh="该地区该年度没有设置绩效目标的项目。",
        )
    return _with(first, found)


async def _with(
    first: Sequence[Promise], rest: AsyncIterator[Sequence[Promise]]
) -> AsyncIterator[Sequence[Promise]]:
    yield first
    async for batch in rest:
        yield batch


async def _answered(
    request: Request, body: AsyncIterator[bytes], media_type: str, span: Span, today: date
) -> Response:
    """Piece by piece; for a day that is over, for ever."""
    over = f"public, max-age={IMMUTABLE_SECONDS}, immutable"
    headers = {
        "cache-control": over if span.as_of < today else "public, no-cache",
        "abacus-as-of": span.as_of.isoformat(),
    }
    return await spooled(body, kept_of(request).folder, headers, media_type)


def _told_at(runtime: Runtime, span: Span) -> datetime:
    return ocds.told_at(span.as_of, runtime.clock.now())


def _settings(runtime: Runtime) -> DisclosureSettings:
    settings = runtime.settings
    assert isinstance(settings, DisclosureSettings)
    return settings
