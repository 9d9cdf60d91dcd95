"""How the libraries are used, and a library as a file."""

from typing import Any, Final

from fastapi import APIRouter, Response

from services.targets.api.filters import Filters, Narrowing
from services.targets.api.library_export import lines
from services.targets.api.library_reading import kept_at
from services.targets.api.library_schemas import VersionNumber
from services.targets.api.library_sheets import CASES, case_lines, sheet_of
from services.targets.api.library_views import (
    ClassUsage,
    EntryUsage,
    LibraryEntryView,
    LibraryUsage,
    shown,
)
from services.targets.domain.values import Library
from services.targets.projections import library_shelves as shelves
from services.targets.projections import library_usage as usage
from services.targets.projections.narrowing import narrowed
from services.targets.projections.target_register import TargetRow
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading
from shared.http.workbooks import NDJSON, XLSX, Form, exported

router = APIRouter(tags=["Libraries"])
_ONE = "/v1/libraries/{library}"
MOST_USED_MAX: Final = 20


@router.get(f"{_ONE}/usage", operation_id="get_library_usage")
async def get_library_usage(read: Reading, library: Library, filters: Filters) -> LibraryUsage:
    """How often entries were taken by targets: by version and class, and the most used."""
    row = await read.one(shelves.library(library))
    [(_, entries)] = await read.rows(shelves.counts(library))
    pinned = _pinned(read, library, filters)
    [(targets, approved, used)] = await read.rows(usage.totals(pinned))
    by_class = await read.rows(usage.by_version_and_class(pinned))
    most_used = await read.rows(usage.by_entry(pinned).limit(MOST_USED_MAX))
    return LibraryUsage(
        library=library,
        library_version=row.library_version,
        entry_count=entries,
        used_entries=used,
        targets=targets,
        approved=approved,
        by_class=[_class_usage(one) for one in by_class],
        most_used=[_entry_usage(one) for one in most_used],
    )


@router.get(f"{_ONE}/unused-entries", operation_id="list_unused_library_entries")
async def list_unused_library_entries(
    read: Reading, page: PageRequest, library: Library, filters: Filters
) -> Page[LibraryEntryView]:
    """Entries of the version in use that no target has taken."""
    told = await read.one(shelves.latest(library))
    rows = usage.unused(library, told.revision, _pinned(read, library, filters))
    return await read.page(rows, page, into=lambda row: shown(row, {}))


@router.get(
    f"{_ONE}/export",
    operation_id="export_library",
    response_class=Response,
    responses={
        200: {
            "content": {
                NDJSON: {"schema": {"type": "string"}},
                XLSX: {"schema": {"type": "string", "format": "binary"}},
            }
        }
    },
)
async def export_library(
    read: Reading, library: Library, version: VersionNumber = None, form: Form = Form.XLSX
) -> Response:
    """A library as a file that POST /v1/imports takes, as it is kept or as of a version.

    NDJSON is for `import_library_class`; the form of the model cases is for `import_model_cases`.
    """
    at = await kept_at(read, library, version)
    classes = await read.all(shelves.classes(library, at))
    found = lines(classes, await read.all(shelves.in_order(library, at)))
    sheet = sheet_of(library)
    if sheet is CASES and form is Form.XLSX:
        found = case_lines(found)
    return exported(sheet, found, form, library if version is None else f"{library}-v{version}")


def _pinned(read: Read, library: Library, filters: Narrowing) -> Any:  # noqa: ANN401 - a select
    mine = read.scope.where(
        region=TargetRow.region_code,
        department=TargetRow.department_code,
        unit=TargetRow.unit_code,
    )
    return narrowed(usage.pins(library, mine), TargetRow, **vars(filters))


def _class_usage(row: tuple[int, str, int, int, int]) -> ClassUsage:
    version, class_code, targets, approved, entries = row
    return ClassUsage(
        library_version=version,
        class_code=class_code,
        targets=targets,
        approved=approved,
        entries=entries,
    )


def _entry_usage(row: tuple[str, str, int, int]) -> EntryUsage:
    class_code, code, targets, approved = row
    return EntryUsage(class_code=class_code, code=code, targets=targets, approved=approved)
