"""The withholding register: of this region and year, one by one, and again after an end."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from services.disclosure.domain.item_words import WithholdDisclosure
from tests.disclosure import years
from tests.disclosure.first_year import CITY, KASHGAR, PUBLISHER, A, C
from tests.disclosure.settled import settle
from tests.disclosure.test_years_apart import ELSEWHERE
from tests.disclosure.world import AFTERWARDS, World, world

ABROAD: Final = years.Project(code="Z", region=ELSEWHERE, unit="652900001", yuan=1)
LIST: Final = "/v1/disclosures/withheld"
YEAR: Final = f"{LIST}?region={KASHGAR}&fiscal_year=2021"


def withhold(item_id: str, until: date, now: datetime = AFTERWARDS) -> WithholdDisclosure:
    """Not to tell an item until a day."""
    return WithholdDisclosure(
        item_id=item_id,
        legal_basis="STATE_SECRET",
        authority=f"局{item_id}",
        expires_on=until,
        by=PUBLISHER,
        now=now,
    )


async def listed(here: World, path: str) -> list[str]:
    """Which items a list names."""
    return [one["item_id"] for one in (await here.get(path))["items"]]


async def test_what_is_withheld_is_told_of_the_region_and_the_year(
    database: str, tmp_path: Path
) -> None:
    until = date(2022, 7, 2)
    items = ("TARGET-A-2021", "TARGET-C-2021", "TARGET-A-2020", "TARGET-Z-2021")
    async with world(database, tmp_path) as here:
        await here.hear(*(years.rules(KASHGAR, year) for year in (2020, 2021)))
        await here.hear(
            *(years.approved(one, 2021) for one in (A, C, ABROAD)), years.approved(A, 2020)
        )
        await here.given(*(withhold(item, until) for item in items))
        assert await listed(here, YEAR) == ["TARGET-A-2021", "TARGET-C-2021"]
        assert await listed(here, f"{YEAR}&scope=self") == ["TARGET-A-2021"]
        assert await listed(here, YEAR.replace(KASHGAR, CITY)) == ["TARGET-C-2021"]
        assert await listed(here, YEAR.replace("2021", "2020")) == ["TARGET-A-2020"]
        for item in items:
            assert (await here.get(f"{LIST}/{item}"))["authority"] == f"局{item}"
        here.clock.moment = datetime(2022, 7, 3, 2, tzinfo=UTC)
        await settle(here)
        assert await listed(here, YEAR) == []
        assert await listed(here, f"{YEAR}&ended=true") == ["TARGET-A-2021", "TARGET-C-2021"]


async def test_what_is_withheld_again_has_no_end_any_more(database: str, tmp_path: Path) -> None:
    later = datetime(2022, 7, 3, 2, tzinfo=UTC)
    async with world(database, tmp_path) as here:
        await here.hear(years.rules(KASHGAR, 2021), years.approved(A, 2021))
        await here.given(withhold("TARGET-A-2021", date(2022, 7, 2)))
        here.clock.moment = later
        await settle(here)
        assert (await here.get(f"{LIST}/TARGET-A-2021"))["ended_on"] == "2022-07-02"
        await here.given(withhold("TARGET-A-2021", date(2022, 9, 1), later), now=later)
        again = await here.get(f"{LIST}/TARGET-A-2021")
        told = (again["withheld_on"], again["expires_on"], again["ended_on"])
        assert told == ("2022-07-03", "2022-09-01", None)
        assert await listed(here, YEAR) == ["TARGET-A-2021"]
