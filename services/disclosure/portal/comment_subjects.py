"""What comments are about, by name and with the page of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import col, select

from services.disclosure.domain.comment.values import About
from services.disclosure.portal.addresses import segment
from services.disclosure.portal.listing import unit_names
from services.disclosure.projections.disclosure_register import DisclosureRow
from services.disclosure.projections.project_register import ProjectRow
from shared.domain.refusals import NotFound
from shared.http.reading import Read

type Subjects = Mapping[tuple[str, str], "Subject"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An item, a project or a unit; without a path it is nothing in particular."""

    about: str = About.NOTHING.value
    about_id: str = ""
    title: str = ""
    path: str = ""


NOTHING = Subject()


async def subject_of(read: Read, about: str, about_id: str) -> Subject:
    """The one that an address names; one that nobody knows is not found."""
    if about in {"", About.NOTHING.value}:
        return NOTHING
    found = (await subjects_of(read, [(about, about_id)])).get((about, about_id))
    if found is None:
        raise NotFound
    return found


async def subjects_of(read: Read, wanted: Iterable[tuple[str, str]]) -> Subjects:
    """Those of several comments; whatever is not known here is missing."""
    by_kind: dict[str, set[str]] = {kind.value: set() for kind in About}
    for about, about_id in wanted:
        if about_id:
            by_kind.get(about, set()).add(about_id)
    found = [
        *await _items(read, by_kind[About.ITEM.value]),
        *await _projects(read, by_kind[About.PROJECT.value]),
        *await _units(read, by_kind[About.UNIT.value]),
    ]
    return {(one.about, one.about_id): one for one in found}


async def _items(read: Read, codes: set[str]) -> list[Subject]:
    if not codes:
        return []
    row = DisclosureRow
    asked = select(row.item_id, row.title).where(col(row.item_id).in_(codes))
    return [_subject(About.ITEM, "items", code, title) for code, title in await read.rows(asked)]


async def _projects(read: Read, codes: set[str]) -> list[Subject]:
    """A project has a name in each of its years; the last one counts."""
    if not codes:
        return []
    row = ProjectRow
    asked = select(row.project_code, row.name).where(col(row.project_code).in_(codes))
    return [
        _subject(About.PROJECT, "projects", code, name)
        for code, name in await read.rows(asked.order_by(col(row.fiscal_year)))
    ]


async def _units(read: Read, codes: set[str]) -> list[Subject]:
    names = await unit_names(read, codes)
    return [_subject(About.UNIT, "units", code, name) for code, name in names.items()]


def _subject(about: About, room: str, about_id: str, title: str) -> Subject:
    path = f"/portal/{room}/{segment(about_id)}"
    return Subject(about=about.value, about_id=about_id, title=title, path=path)
