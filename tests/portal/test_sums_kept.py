"""Sums are kept apart from pages: exactly as long as nobody who feeds them has said more."""

import inspect
import re
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Table
from sqlalchemy.sql import visitors

from services.disclosure.main import service
from services.disclosure.portal.kept import Kept
from services.disclosure.portal.site import SITE_FED_BY
from services.disclosure.portal.stamp import PRODUCERS, Place
from services.disclosure.portal.sums_kept import OWN, PARTS, standing
from services.disclosure.projections.portal_sums import generated_origins, years_known
from services.disclosure.projections.region_register import RegionRow
from services.disclosure.projections.span import Span
from shared.contracts import monitoring
from shared.domain.money import Money
from tests.disclosure.first_year import KASHGAR, A, first_year
from tests.disclosure.world import World, world
from tests.portal.reading import page
from tests.portal.year import units

SPAN: Final = Span(region_code=KASHGAR, fiscal_year=2021, tree=True, as_of=date(2022, 7, 1))
_ANY: Final = re.compile(r"\b(targets|monitoring|evaluation)\.[A-Z]\w+\(")
PLACE: Final = Place(position=7, number=5, heard=(1, 2, 3), day=date(2022, 7, 1))


def tables_of(statement: Any) -> set[str]:  # noqa: ANN401 - a select
    """The names of the tables that a question is asked of, also inside of another."""
    return {one.name for one in visitors.iterate(statement) if isinstance(one, Table)}


def fed_by(tables: set[str]) -> set[str]:
    """Whose words change these tables, by the matches in the source of their read models."""
    found: set[str] = set()
    for projection in service.projections:
        if not tables & {one.__tablename__ for one in projection.tables}:
            continue
        if projection.hear is not None:
            source = inspect.getsource(inspect.getmodule(projection.hear))  # type: ignore[arg-type]
            heard = {name for line in source.splitlines() for name in _ANY.findall(line)}
            assert heard, projection.name
            found |= heard
        if projection.project is not None:
            found.add(OWN)
    return found


@pytest.mark.parametrize("name", PARTS)
def test_a_sum_names_everybody_whose_words_change_it(name: str) -> None:
    tables = tables_of(PARTS[name].ask(SPAN))
    assert tables
    assert fed_by(tables) == PARTS[name].fed_by


def test_what_the_site_knows_of_itself_comes_from_one_producer() -> None:
    asked = (years_known(), generated_origins())
    tables = {RegionRow.__tablename__, *(one for query in asked for one in tables_of(query))}
    assert fed_by(tables) == {SITE_FED_BY}


def test_a_sum_stands_where_those_stand_who_feed_it() -> None:
    assert standing(PARTS["told"], PLACE) == (7,)
    assert standing(PARTS["graded"], PLACE) == (PLACE.heard[PRODUCERS.index("evaluation")],)
    assert standing(PARTS["promised"], PLACE) == (1, 2)


OF_A: Final[dict[str, Any]] = {
    "region_code": A.region, "project_code": A.code, "fiscal_year": 2021, "unit_code": A.unit,
}  # fmt: skip
DAY: Final = date(2021, 3, 1)


def paid(yuan: int) -> monitoring.PaymentsBooked:
    """Money of a project is paid."""
    amount = Money(yuan * 100)
    days: dict[str, Any] = {"first_on": DAY, "last_on": DAY, "payments": 1, "returns": 0}
    return monitoring.PaymentsBooked(
        **OF_A, **days, paid=amount, paid_total=amount, returned=Money(0)
    )


async def test_a_payment_is_on_the_next_page_and_asks_for_nothing_else(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        quota = monitoring.QuotaIssued(**OF_A, amount=Money(100_000), issued_on=DAY)
        await here.hear(*units(), *first_year(), quota)
        kept = await forgotten(here)
        assert "0.0%" in (await page(here.client, "/portal/regions")).text
        before = dict(kept.sums.known)
        await here.hear(paid(250))
        await forgotten(here)
        after = await page(here.client, "/portal/regions")
        assert "25.0%" in after.text
        renewed = {key[0] for key, rows in kept.sums.known.items() if before.get(key) is not rows}
        assert renewed == {"promised", "warned"}


async def forgotten(here: World) -> Kept:
    """What the process keeps, without its pages and without where it looked last."""
    await here.client.get("/")
    kept: Kept = here.client._transport.app.state.portal  # type: ignore[attr-defined]  # noqa: SLF001
    kept.stamp = None
    kept.pages.clear()
    return kept
