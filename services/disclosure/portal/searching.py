"""Search: what a reader types, by name or code, Chinese as well as Latin."""

from collections.abc import Sequence
from typing import Final

from services.disclosure.domain.search_words import QUERY_CHARACTERS_MAX, terms_of
from services.disclosure.portal.listing import names_of
from services.disclosure.portal.visit import Facts, Visit
from services.disclosure.projections.disclosure_register import item
from services.disclosure.projections.search_register import (
    Sought,
    found,
    found_by_kind,
    found_items,
    found_items_count,
)

PAGE: Final = 20
PAGES_MAX: Final = 50
FIRST: Final = 5
"""How many of a kind are shown before a reader asks for more of it."""
ITEM: Final = "ITEM"


async def search(visit: Visit) -> Facts:
    """What was found, kind by kind; of one kind, page by page."""
    given = visit.request.query_params
    query = given.get("q", "")[:QUERY_CHARACTERS_MAX].strip()
    terms = terms_of(query)
    if not terms:
        return {"query": query, "terms": (), "groups": (), "kind": None, "page": 1, "last": 1}
    counts = dict(await visit.read.rows(found_by_kind(terms)))
    counts[ITEM] = await visit.read.scalar(found_items_count(terms)) or 0
    kinds = [*(kind.value for kind in Sought), ITEM]
    kind = given.get("kind") if given.get("kind") in kinds else None
    page = _page(given.get("page", "1"))
    size, after = (PAGE, (page - 1) * PAGE) if kind else (FIRST, 0)
    groups = [
        (one, counts[one], await _found(visit, terms, one, size, after))
        for one in ([kind] if kind else kinds)
        if counts.get(one)
    ]
    told = next((rows for one, _, rows in groups if one == ITEM), ())
    whole = counts.get(kind, 0) if kind else 0
    return {
        "query": query,
        "terms": terms,
        "groups": groups,
        "projects": (await names_of(visit.read, told))["project"],
        "kind": kind,
        "page": page,
        "last": min(PAGES_MAX, max(1, -(-whole // PAGE))),
        "item": await visit.read.first(item(query)),
    }


async def _found(
    visit: Visit, terms: Sequence[str], kind: str, size: int, after: int
) -> Sequence[object]:
    if kind == ITEM:
        return await visit.read.all(found_items(terms).offset(after).limit(size))
    return await visit.read.all(found(terms, Sought(kind)).offset(after).limit(size))


def _page(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1  # noqa: PLR2004
    return min(PAGES_MAX, max(1, number))
