"""Reading the libraries: classes and entries of any version, search, differences, usage."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from services.targets.api.library_drafts import draft_of
from services.targets.api.library_reading import compared, entry_of, kept_at, reasons
from services.targets.api.library_schemas import (
    ClassCode,
    EntryBody,
    EntryCode,
    VersionNumber,
    Words,
)
from services.targets.api.library_views import (
    LibraryClassView,
    LibraryDifference,
    LibraryEntryView,
    LibraryHit,
    LibraryStatistics,
    LibraryVersionView,
    LibraryView,
    differences,
    hit,
    shown,
)
from services.targets.api.schemas import Code, Year
from services.targets.api.target_schemas import DraftTargetBody
from services.targets.api.translation import library_entry
from services.targets.domain.library_use import check_use
from services.targets.domain.values import Level1, Library
from services.targets.projections import library_shelves as shelves
from services.targets.projections.library_search import PLACE_KINDS, Sought, search
from shared.domain.workdays import business_date
from shared.http.pages import Page, PageRequest
from shared.http.reading import Reading

router = APIRouter(tags=["Libraries"])
_ONE = "/v1/libraries/{library}"


@router.get(_ONE, operation_id="get_library")
async def get_library(read: Reading, library: Library) -> LibraryView:
    """One library."""
    row = await read.one(shelves.library(library))
    read.tag(row.version)
    return LibraryView.model_validate(row)


@router.get(f"{_ONE}/versions", operation_id="list_library_versions")
async def list_library_versions(read: Reading, library: Library) -> list[LibraryVersionView]:
    """Every published version. Each stays readable."""
    rows = await read.all(shelves.versions(library))
    return [LibraryVersionView.model_validate(row) for row in rows]


@router.get(f"{_ONE}/classes", operation_id="list_library_classes")
async def list_library_classes(
    read: Reading, page: PageRequest, library: Library, version: VersionNumber = None
) -> Page[LibraryClassView]:
    """The classes of a library as it is kept, or as they stood in a version."""
    rows = shelves.classes(library, await kept_at(read, library, version))
    return await read.page(rows, page, into=LibraryClassView.model_validate)


@router.get(f"{_ONE}/entries", operation_id="list_library_entries")
async def list_library_entries(  # noqa: PLR0913, PLR0917 - one argument per filter
    read: Reading,
    page: PageRequest,
    library: Library,
    version: VersionNumber = None,
    class_code: ClassCode = None,
    words: Words = None,
) -> Page[LibraryEntryView]:
    """Entries as they are kept, or of a version; of one class, or with words in their name."""
    at = await kept_at(read, library, version)
    retired = await reasons(read, library, at)
    rows = shelves.entries(library, at, class_code=class_code, words=words)
    return await read.page(rows, page, into=lambda row: shown(row, retired))


@router.get(f"{_ONE}/entries/{{code}}", operation_id="get_library_entry")
async def get_library_entry(
    read: Reading, library: Library, code: EntryCode, version: VersionNumber = None
) -> LibraryEntryView:
    """One entry, as it is kept or as it stood in a version. A retired one stays readable."""
    at = await kept_at(read, library, version)
    row = await read.one(entry_of(library, code, at))
    return shown(row, await reasons(read, library, at))


@router.get(f"{_ONE}/entries/{{code}}/draft", operation_id="draft_from_library_entry")
async def draft_from_library_entry(
    read: Reading,
    library: Library,
    code: EntryCode,
    project_code: Code,
    fiscal_year: Year,
) -> DraftTargetBody:
    """The body of a new target, taken from an indicator or a case of the version in use."""
    told = await read.one(shelves.latest(library))
    row = await read.one(entry_of(library, code, told.revision))
    found = library_entry(EntryBody.model_validate_json(row.entry_json))
    retired = await reasons(read, library, None)
    check_use(found, retired.get(code), business_date(read.runtime.clock.now()))
    return draft_of(library, found, project_code, fiscal_year)


@router.get(f"{_ONE}/diff", operation_id="compare_library_versions")
async def compare_library_versions(
    read: Reading,
    library: Library,
    from_version: Annotated[int, Query(ge=1)],
    to_version: Annotated[int, Query(ge=1)],
) -> LibraryDifference:
    """What came, what says something else, and what may not be taken any more."""
    before, after = [
        (await read.one(shelves.version(library, number))).revision
        for number in (from_version, to_version)
    ]
    found, names = await compared(read, library, before, after)
    return differences(library, (from_version, to_version), names, found)


@router.get(f"{_ONE}/statistics", operation_id="get_library_statistics")
async def get_library_statistics(read: Reading, library: Library) -> LibraryStatistics:
    """How much is in a library, counted from its entries."""
    row = await read.one(shelves.library(library))
    [(classes, entries)] = await read.rows(shelves.counts(library))
    return LibraryStatistics(
        library=library,
        library_version=row.library_version,
        class_count=classes,
        entry_count=entries,
        published_on=row.published_on,
    )


@router.get("/v1/library-entries", operation_id="search_library_entries")
async def search_library_entries(  # noqa: PLR0913, PLR0917 - one argument per filter
    read: Reading,
    page: PageRequest,
    words: Annotated[str, Query(min_length=1, max_length=40, examples=["验收合格率"])],
    library: Library | None = None,
    version: VersionNumber = None,
    class_code: ClassCode = None,
    level1: Level1 | None = None,
    *,
    retired: Annotated[bool, Query(description="Also those nobody may take any more.")] = False,
) -> Page[LibraryHit]:
    """Published entries whose name shares neighbouring characters with the words.

    The more it shares the earlier it comes; a name that contains the words is always found.
    A version is that of the library that is named.
    """
    sought = Sought(
        words=words,
        library=library,
        library_version=version,
        class_code=class_code,
        level1=level1,
        retired=retired,
    )
    last = page.after(PLACE_KINDS)
    rows = search(sought, None if last is None else tuple(last))
    found: Any = await read.rows(rows.limit(page.limit + 1))
    hits, following = found[: page.limit], None
    if len(found) > page.limit:
        row = hits[-1]
        following = page.lead_to([row.rank, row.library, row.class_code, row.code])
    libraries = {row.library for row in hits} if retired else ()
    why = {one: await reasons(read, one, None) for one in libraries}
    return Page(items=[hit(row, why.get(row.library, {})) for row in hits], next=following)
