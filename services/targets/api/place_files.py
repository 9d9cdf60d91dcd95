"""The registers of places as files that import unchanged.

A bureau exports what it keeps, so that whoever exports may import: the regions right below it
(and its own entry where it has no superior), and the units of its region. A line is the body of
`register_region` or `register_unit` with the whole history; nothing that is empty is written,
so equal registers give equal files.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response

from services.targets.api.reach import check_region, own_rows
from services.targets.domain.entries import SINCE_EVER
from services.targets.projections import region_register as regions
from services.targets.projections import unit_register as units
from services.targets.projections.office_terms import TermRow, terms
from services.targets.projections.region_register import RegionEntryRow, RegionRow
from services.targets.projections.unit_register import UnitEntryRow, UnitRow
from shared.http.reading import Reading

NDJSON: Final = "application/x-ndjson"
_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {NDJSON: {"schema": {"type": "string"}}}, "description": "One line each."}
}

router = APIRouter(tags=["Registers"])

Bureau = Annotated[
    str, Query(max_length=40, examples=["653100"], description="The bureau that keeps them.")
]


@router.get(
    "/v1/regions/export",
    operation_id="export_regions",
    response_class=Response,
    responses=_FILE,
)
async def export_regions(read: Reading, region: Bureau) -> Response:
    """The regions a bureau keeps, for `POST /v1/imports?operation=register_region`."""
    check_region(read, region)
    mine = read.scope.where(region=RegionRow.region_code)
    rows = await read.all(regions.kept_by(region).where(mine))
    codes = [row.region_code for row in rows]
    entries = _by_place(await read.all(regions.entries(codes)), "region_code")
    held = _by_place(await read.all(terms(codes, None)), "place")
    return _file(_region(row, entries[row.region_code], held[row.region_code]) for row in rows)


@router.get(
    "/v1/units/export", operation_id="export_units", response_class=Response, responses=_FILE
)
async def export_units(read: Reading, region: Bureau) -> Response:
    """The units of a region, for `POST /v1/imports?operation=register_unit`."""
    check_region(read, region)
    rows = await read.all(units.kept_by(region).where(own_rows(read, UnitRow)))
    codes = [row.unit_code for row in rows]
    entries = _by_place(await read.all(units.entries(codes)), "unit_code")
    held = _by_place(await read.all(terms(codes, None)), "place")
    return _file(_unit(row, entries[row.unit_code], held[row.unit_code]) for row in rows)


def _region(
    row: RegionRow, entries: Sequence[RegionEntryRow], held: Sequence[TermRow]
) -> Mapping[str, object]:
    first, *later = entries
    return {
        "region_code": row.region_code,
        "name": first.name,
        "parent_code": row.parent_code,
        "approval_authority": row.approval_authority,
        "level": first.level,
        "valid_from_on": _day(first.valid_from_on),
        "history": [_stated(_region_entry(entry)) for entry in later],
        "leaders": [_stated(_term(one)) for one in held],
        "end": _end(row.valid_to_on, row.successor_code, entries[-1].end_document),
    }


def _region_entry(entry: RegionEntryRow) -> Mapping[str, object]:
    return {
        "name": entry.name,
        "level": entry.level,
        "from_on": _day(entry.valid_from_on),
        "document": entry.document,
    }


def _term(term: TermRow) -> Mapping[str, object]:
    return {
        "leader": term.person,
        "from_on": term.from_on.isoformat(),
        "until_on": _day(term.until_on),
    }


def _unit(
    row: UnitRow, entries: Sequence[UnitEntryRow], held: Sequence[TermRow]
) -> Mapping[str, object]:
    first, *later = entries
    return {
        "unit_code": row.unit_code,
        "region_code": row.region_code,
        "origin": row.origin,
        **_seat(first),
        "valid_from_on": _day(first.valid_from_on),
        "history": [
            _stated({**_seat(one), "from_on": _day(one.valid_from_on), "document": one.document})
            for one in later
        ],
        "persons": _persons(held),
        "end": _end(row.valid_to_on, row.successor_code, entries[-1].end_document),
    }


def _seat(entry: UnitEntryRow) -> Mapping[str, object]:
    return {
        "name": entry.name,
        "department_code": entry.department_code,
        "department_name": entry.department_name,
        "credit_code": entry.credit_code,
        "manage_mof_dep_code": entry.manage_mof_dep_code,
    }


def _persons(held: Sequence[TermRow]) -> list[Mapping[str, object]]:
    """Those who answered, three on every day on which the three changed."""
    days: dict[date, dict[str, str]] = defaultdict(dict)
    for term in held:
        days[term.from_on][term.office.lower()] = term.person
    return [
        {"responsible": dict(sorted(three.items())), "from_on": day.isoformat()}
        for day, three in sorted(days.items())
    ]


def _end(last_on: date | None, successor: str, document: str) -> Mapping[str, object] | None:
    if last_on is None:
        return None
    return _stated(
        {"last_on": last_on.isoformat(), "successor_code": successor, "document": document}
    )


def _day(day: date | None) -> str | None:
    return None if day is None or day == SINCE_EVER else day.isoformat()


def _stated(values: Mapping[str, object]) -> Mapping[str, object]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _by_place(rows: Iterable[Any], key: str) -> Mapping[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found


def _file(bodies: Iterable[Mapping[str, object]]) -> Response:
    lines = (
        json.dumps({"body": _stated(body)}, ensure_ascii=False, separators=(",", ":"))
        for body in bodies
    )
    return Response("".join(f"{line}\n" for line in lines), media_type=NDJSON)
