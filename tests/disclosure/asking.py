"""Questions of the read models themselves, as they are made for a region, a year and a day."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from services.disclosure.projections.span import Span
from shared.http.reading import looking
from tests.disclosure.first_year import KASHGAR
from tests.disclosure.world import World

LAST: Final = date(2022, 7, 1)


def span(day: date = LAST, region: str = KASHGAR, *, tree: bool = True) -> Span:
    """The year 2021 as on a day."""
    return Span(region_code=region, fiscal_year=2021, tree=tree, as_of=day)


async def rows_of(here: World, question: Any) -> Sequence[tuple[Any, ...]]:  # noqa: ANN401 - a select
    """What the database answers, row by row."""
    async with looking(here.app.state.runtime) as session:
        return [tuple(row) for row in (await session.execute(question)).all()]
