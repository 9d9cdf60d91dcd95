"""Whatever has no end state is listed with its age, its office and its next step."""

from pathlib import Path
from typing import Final

from shared.contracts import targets
from tests.disclosure.clean_year import (
    IN_MARCH,
    RED,
    SUMMARIES,
    begun,
    judged,
    loose,
    put_right,
    tell_everything,
    tied_up,
)
from tests.disclosure.first_year import CITY, KASHGAR
from tests.disclosure.world import AFTERWARDS, World, world

LETTER: Final = "喀财绩函〔2021〕1号"
OPEN: Final = f"/v1/loop/open-items?region={KASHGAR}&fiscal_year=2021"


async def test_nothing_is_open_after_a_clean_year(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path, AFTERWARDS) as here:
        await here.hear(*begun(), *put_right(), *loose(), *tied_up(), *judged())
        await tell_everything(here, *SUMMARIES)
        found = await here.get(OPEN)
        assert (found["count"], found["red"], found["counts"], found["items"]) == (0, 0, [], [])
        rates = await here.get(OPEN.replace("open-items", "closure-rates"))
        assert (rates["total"]["projects"], rates["total"]["rate"]) == (2, "1.0000")


async def test_every_loose_end_has_age_office_and_next_step(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path, IN_MARCH) as here:
        await here.hear(*begun(), *loose(), *judged())
        found = await here.get(OPEN)
        assert {one["kind"]: (one["count"], one["red"]) for one in found["counts"]} == {
            "WARNING_OPEN": (1, 1),
            "LETTER_OPEN": (1, 1),
            "FINDING_OPEN": (2, 1),
            "RECOVERY_NOT_BOOKED": (1, 0),
            "CUT_NOT_WRITTEN": (1, 0),
            "ADJUSTMENT_OPEN": (1, 0),
            "DISCLOSURE_OVERDUE": (3, 0),
            "DISCLOSURE_OWED": (2, 0),
            "BULLETIN_OVERDUE": (12, 0),
        }
        assert (found["count"], found["red"], found["rule_set_version"]) == (24, 3, 1)
        by_id = {one["id"]: one for one in found["items"] if one["kind"] != "DISCLOSURE_OWED"}
        warning = by_id[RED]
        assert (warning["opened_on"], warning["age_days"]) == ("2021-04-30", 324)
        assert (warning["owner"], warning["owner_zh"]) == ("UNIT_HEAD", "单位负责人")
        assert (warning["due_on"], warning["overdue"]) == ("2021-06-03", True)
        opened = {one: by_id[one]["opened_on"] for one in (LETTER, "TZ1", "FF1", "BR1")}
        assert opened == {
            LETTER: "2021-05-06",
            "TZ1": "2021-06-01",
            "FF1": "2021-07-01",
            "BR1": "2021-08-01",
        }
        assert by_id["R-C"]["next_step"] == "收回入账"
        assert by_id["BR1"]["owner"] == "FB_TREASURY"
        assert by_id["FF1"]["owner"] == "FB_BUSINESS"
        assert all(one["next_step"] and one["next_step_en"] for one in found["items"])


async def test_loose_ends_are_found_by_level_unit_project_and_lateness(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, IN_MARCH) as here:
        await here.hear(*begun(), *loose(), *judged())
        assert await ids(here, "level=RED") == {RED, LETTER, "FF1"}
        assert await ids(here, "kind=FINDING_OPEN&overdue=true") == {"FF1"}
        assert await ids(here, "kind=FINDING_OPEN&overdue=false") == {"BR1"}
        assert await ids(here, "unit=653100001&overdue=true") == {"TARGET-A-2021"}
        assert "TARGET-A-2021" not in await ids(here, "project=C")
        assert await ids(here, "kind=WARNING_OPEN&level=BLUE") == set()
        page = await here.get(f"{OPEN}&kind=BULLETIN_OVERDUE&limit=5")
        assert (page["count"], len(page["items"])) == (12, 5)
        rest = await here.get(f"{OPEN}&kind=BULLETIN_OVERDUE&limit=50&cursor={page['next']}")
        assert len(rest["items"]) == 7
        city = await here.get(OPEN.replace(KASHGAR, CITY))
        assert "BULLETIN_OVERDUE" not in {one["kind"] for one in city["counts"]}


async def test_what_ended_later_is_open_on_an_earlier_day(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path, IN_MARCH) as here:
        await here.hear(*begun(), *put_right())
        assert await ids(here, "kind=WARNING_OPEN") == set()
        assert await ids(here, "kind=WARNING_OPEN&effective_at=2021-05-24") == {RED}
        assert await ids(here, "kind=LETTER_OPEN&effective_at=2021-05-19") != set()
        assert await ids(here, "kind=LETTER_OPEN&effective_at=2021-05-21") == set()
        assert await ids(here, "kind=WARNING_OPEN&as_of=2021-05-24") == set()  # not heard of yet
        late = await here.client.get(f"{OPEN}&as_of=2031-01-01")
        assert late.status_code == 422


async def test_a_cut_is_written_by_a_decision_about_its_own_budget_year(
    database: str, tmp_path: Path
) -> None:
    (decided,) = (one for one in tied_up() if isinstance(one, targets.BudgetRequestDecided))
    later = decided.model_copy(update={"budget_year": decided.budget_year + 1})
    async with world(database, tmp_path, IN_MARCH) as here:
        await here.hear(*begun(), *loose(), later)
        assert len(await ids(here, "kind=CUT_NOT_WRITTEN")) == 1
        await here.hear(decided)
        assert await ids(here, "kind=CUT_NOT_WRITTEN") == set()


async def ids(here: World, asked: str) -> set[str]:
    """The names of the loose ends that are asked for."""
    return {one["id"] for one in (await here.get(f"{OPEN}&{asked}"))["items"]}
