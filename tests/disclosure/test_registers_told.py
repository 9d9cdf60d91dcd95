"""Registers at their edges: called off, missed, on a last day, articles of the year before."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from services.disclosure.api.forms.library_sheets import ARTICLE_SHEET
from services.disclosure.domain.values import PressLevel
from shared.contracts import monitoring
from shared.documents.reading import read_workbook
from shared.http.policy import Role
from tests.disclosure import years
from tests.disclosure.first_year import KASHGAR, A, article
from tests.disclosure.library_acts import YEAR, Bureau
from tests.disclosure.test_api import ITEM, post
from tests.disclosure.world import world

PLAN = {
    "session_id": "T1",
    "region_code": KASHGAR,
    "topic": "目标编制",
    "channel": "ON_SITE",
    "planned_on": "2021-03-01",
}


async def test_a_training_that_was_called_off_is_listed_as_such(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        bureau = Bureau(here)
        await bureau.post("/v1/trainings", PLAN, 201)
        assert (await here.get("/v1/trainings/T1"))["status"] == "PLANNED"
        await bureau.post("/v1/trainings/T1/call-off", {"reason": "改期"})
        told = await here.get("/v1/trainings/T1")
        assert (told["status"], told["version"]) == ("CALLED_OFF", 2)


async def test_reports_that_a_closed_round_missed_are_told(database: str, tmp_path: Path) -> None:
    closed = monitoring.RoundClosed(
        region_code=KASHGAR,
        fiscal_year=2021,
        node="M05",
        cut_off_on=date(2021, 5, 31),
        reviewed=3,
        missed=2,
        levels={"NORMAL": 3},
        mean_score=Decimal("88.50"),
    )
    async with world(database, tmp_path) as here:
        await here.hear(years.rules(KASHGAR, 2021), years.planned(KASHGAR, 2021, "M05", 5, 31))
        [before] = (await here.get(f"/v1/monitoring-rounds?{YEAR}"))["items"]
        await here.hear(closed)
        [after] = (await here.get(f"/v1/monitoring-rounds?{YEAR}"))["items"]
        told = ("node", "reviewed", "missed", "closed")
        assert [before[one] for one in told] == ["M05", 0, 0, False]
        assert [after[one] for one in told] == ["M05", 3, 2, True]
        draft = await here.get(f"/v1/annual-reports/{KASHGAR}/2021/draft")
        assert {one["id"]: one["value"] for one in draft["figures"]}["P04"] == "2"


async def test_on_its_last_day_a_withheld_item_is_not_yet_open(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(years.rules(KASHGAR, 2021), years.approved(A, 2021))
        bureau = here.tokens.of(Role.FB_PERFORMANCE, subject="wang")
        body = {"legal_basis": "STATE_SECRET", "authority": "某局", "expires_on": "2022-08-31"}
        await post(here, f"{ITEM}/withhold", body, bureau)
        struck = {}
        for day in ("2022-08-30", "2022-08-31", "2022-09-01"):
            here.clock.moment = datetime.fromisoformat(f"{day}T02:00:00Z")
            total = (await here.get(f"/v1/disclosures/balance?{YEAR}&by=unit"))["total"]
            struck[day] = (total["owed"], total["withheld"], total["open"], total["overdue"])
        assert struck == {
            "2022-08-30": (1, 1, 0, 0),
            "2022-08-31": (1, 1, 0, 0),
            "2022-09-01": (1, 0, 1, 1),
        }


async def test_the_list_of_a_year_has_articles_of_before_that_were_adopted_in_it(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        bureau = Bureau(here)
        await here.given(
            *article(1, KASHGAR, 2020),
            *article(2, KASHGAR, 2020, 喀什日报=PressLevel.LOCAL_MEDIA),
            *article(3, KASHGAR, 2021),
        )
        adoption = {"outlet": "财政部", "level": "MINISTRY", "adopted_on": "2021-05-02"}
        await bureau.post("/v1/publicity/articles/653100-A1/adopt", adoption)
        lines = read_workbook(await bureau.file("/v1/publicity/form"), ARTICLE_SHEET)
        told = [line.fields["body"]["article_id"] for line in lines]
        assert told == ["653100-A1", "653100-A3"]
