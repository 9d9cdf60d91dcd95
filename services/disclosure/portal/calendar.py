"""The calendar of what is owed to the public: by month, what is late, what comes next."""

from collections.abc import Mapping, Sequence
from typing import Final

from services.disclosure.api.report.year import coverage_of
from services.disclosure.domain.values import ItemKind
from services.disclosure.portal.listing import project_names, unit_names
from services.disclosure.portal.visit import Facts, Visit
from services.disclosure.projections.bulletin_register import BulletinRow, bulletins
from services.disclosure.projections.disclosure_register import overdue_by_kind, told_by_channel
from services.disclosure.projections.portal_sums import coming_items, due_by_month, late_items

SHOWN_MAX: Final = 20

type Cells = Mapping[str, tuple[int, int]]


async def calendar(visit: Visit) -> Facts:
    """Everything with a term, and how it stands."""
    read, span = visit.read, visit.span
    months: dict[str, dict[str, tuple[int, int]]] = {}
    for month, kind, owed, published in await read.rows(due_by_month(span)):
        months.setdefault(month, {})[kind] = (owed, published)
    late = await read.all(late_items(span).limit(SHOWN_MAX))
    coming = await read.all(coming_items(span).limit(SHOWN_MAX))
    return {
        "kinds": [kind.value for kind in ItemKind],
        "months": months,
        "late": late,
        "coming": coming,
        "late_by_kind": dict(await read.rows(overdue_by_kind(span))),
        "coverage": await coverage_of(read, span),
        "channels": await read.rows(told_by_channel(span)),
        "bulletins": _states(await read.all(bulletins(span)), span.region_code),
        "units": await unit_names(read, {row.unit_code for row in (*late, *coming)}),
        "projects": await project_names(read, {row.project_code for row in (*late, *coming)}),
    }


def _states(rows: Sequence[BulletinRow], region_code: str) -> Sequence[BulletinRow]:
    """The bulletins of the region itself, month by month."""
    own = [row for row in rows if row.region_code == region_code]
    return sorted(own, key=lambda row: row.month)
