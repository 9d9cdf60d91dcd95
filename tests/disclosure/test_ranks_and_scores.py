"""What superiors ranked and scored: of whom, of which year and scheme, and up to which place."""

from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal

from shared.contracts import evaluation
from shared.contracts.public_event import PublicEvent
from tests.disclosure import years
from tests.disclosure.first_year import CITY, KASHGAR
from tests.disclosure.library_acts import YEAR
from tests.disclosure.world import World, world

ELSEWHERE: Final = "652900"
ABOVE: Final = "650000"
RANKS: Final = f"/v1/external-ranks?{YEAR}&limit=100"
SCORES: Final = f"/v1/external-scores?{YEAR}"


def rank(
    subject: str,
    level: Literal["region", "county"] = "county",
    **changed: Any,  # noqa: ANN401 - fields
) -> evaluation.ExternalRankingRecorded:
    """A rank of the comprehensive assessment of 2021, told to Kashgar of one of its counties."""
    said: dict[str, Any] = {
        "region_code": KASHGAR,
        "scheme": "XJ_COMPREHENSIVE",
        "period": "2021H1",
        "parent": KASHGAR if level == "county" else None,
        "document_no": f"新财〔2021〕{subject}号",
    }
    return evaluation.ExternalRankingRecorded(subject=subject, level=level, **{**said, **changed})


COUNTIES: Final = (
    rank("653101", rank=20),
    rank("653121", rank=21),
    rank("653122", rank_at_most=20),
    rank("653123", rank_at_most=21),
    rank("653124", rank=20, rank_at_most=30),
    rank("653125", rank=21, rank_at_most=20),
    rank("653126"),
    rank("653127", rank=1, region_code=ABOVE),
    rank("653128", rank=2, parent=None),
    rank("653129", rank=3, region_code="653129", parent=None),
)
AMONG_TWENTY: Final = {"653101", "653122", "653124", "653127", "653128", "653129"}
NOT_COUNTED: Final = (
    rank("653101", rank=3, period="2021H2"),  # the same county in another half of the year
    rank("653130", rank=4, period="2020H2"),
    rank("653131", rank=5, period="2022H1"),
    rank("653132", rank=6, scheme="KS_OTHER"),
    rank("652901", rank=7, region_code=ELSEWHERE, parent=ELSEWHERE),
    rank("652902", rank=8, region_code=ABOVE, parent=ELSEWHERE),
)


async def listed(here: World, figure: str, region: str = KASHGAR, more: str = "") -> Any:  # noqa: ANN401
    """The figure, and what the items of it are about, in their order."""
    path = f"/v1/annual-reports/{region}/2021/figures/{figure}/items?limit=100{more}"
    found = await here.get(path)
    return found["value"], [one["counts"] for one in found["items"]]


async def test_counties_up_to_the_twentieth_place_count_once(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        ours = (rank(KASHGAR, "region", rank=5), rank(ELSEWHERE, "region", rank=9))
        await here.hear(years.rules(KASHGAR, 2021), *COUNTIES, *NOT_COUNTED, *ours)
        assert (await here.figures(KASHGAR, 2021))["F02"] == str(len(AMONG_TWENTY))
        value, counted = await listed(here, "F02")
        assert (value, set(counted)) == (str(len(AMONG_TWENTY)), AMONG_TWENTY)
        assert len(counted) == len(AMONG_TWENTY) + 1, "one county was ranked twice in the year"
        alone = AMONG_TWENTY - {"653129"}
        assert (await here.figures(KASHGAR, 2021, "self"))["F02"] == str(len(alone))
        assert set((await listed(here, "F02", more="&scope=self"))[1]) == alone
        assert (await here.figures(ELSEWHERE, 2021))["F02"] == "2"
        assert (await here.figures("653129", 2021))["F02"] == "1"
        assert (await here.figures(KASHGAR, 2020))["F02"] == "1"
        assert (await listed(here, "F02", ELSEWHERE))[1] == ["652901", "652902"]


async def test_the_rank_of_a_region_is_its_own_and_the_last_of_the_year(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(
            rank(KASHGAR, "region", rank=6, period="2021H1", region_code=ABOVE),
            rank(KASHGAR, "region", rank=4, period="2021H2", region_code=ABOVE),
            rank(KASHGAR, "region", rank_at_most=3, period="2021Y"),
            rank(KASHGAR, "region", rank=1, period="2020H2"),
            rank(KASHGAR, "region", rank=2, period="2022H1"),
            rank(KASHGAR, "region", rank=7, scheme="KS_OTHER", period="2021Z"),
            rank(ELSEWHERE, "region", rank=8, period="2021Y", region_code=ELSEWHERE),
            rank(CITY, rank=9),
        )
        assert await listed(here, "F01") == ("4", [KASHGAR, KASHGAR])
        assert [(await here.figures(KASHGAR, year))["F01"] for year in (2020, 2022, 2023)] == [
            "1",
            "2",
            "",
        ]
        assert (await here.figures(ELSEWHERE, 2021))["F01"] == "8"
        assert (await here.figures(CITY, 2021))["F01"] == "", "it was ranked among the counties"


async def test_the_list_of_ranks_has_the_region_and_its_counties(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(
            *COUNTIES,
            *NOT_COUNTED,
            rank(KASHGAR, "region", rank=5, region_code=ABOVE),
            rank(ABOVE, "region", rank=1, region_code=ABOVE),
            rank(ELSEWHERE, "region", rank=9, region_code=ELSEWHERE),
        )

        async def subjects(more: str = "") -> set[tuple[str, str]]:
            found = (await here.get(f"{RANKS}{more}"))["items"]
            return {(one["subject"], one["period"]) for one in found}

        counties = {(one.subject, "2021H1") for one in COUNTIES} | {("653101", "2021H2")}
        region = {(KASHGAR, "2021H1")}
        assert await subjects() == counties | region
        assert await subjects("&level=county") == counties
        assert await subjects("&level=region") == region
        assert await subjects("&scope=self") == (counties | region) - {("653129", "2021H1")}


def score(kind: str, year: int, points: str, **changed: Any) -> PublicEvent:  # noqa: ANN401 - fields
    """A review of the linkage fund of a year."""
    said: dict[str, Any] = {
        "region_code": KASHGAR,
        "fund": "RURAL_LINKAGE",
        "subject": KASHGAR,
        "document_no": f"〔{year}〕{points}号",
    }
    return evaluation.ExternalScoreRecorded(
        kind=kind, fund_year=year, score=Decimal(points), **{**said, **changed}
    )


async def test_a_review_is_of_its_fund_its_kind_its_year_and_its_region(
    database: str, tmp_path: Path
) -> None:
    review, target = "SELF_EVAL_REVIEW", "TARGET_REVIEW"
    async with world(database, tmp_path) as here:
        await here.hear(
            *(
                score(kind, year, f"{number}{year - 2015}.00", rank=number)
                for number, kind in ((7, review), (8, target))
                for year in (2019, 2020, 2021, 2022)
            ),
            score(review, 2020, "11.00", fund="OTHER_FUND", rank=11),
            score(target, 2021, "12.00", fund="OTHER_FUND", rank=12),
            score("OTHER_REVIEW", 2020, "13.00", rank=13),
            score("OTHER_REVIEW", 2021, "14.00", rank=14),
            score(review, 2020, "15.00", subject=CITY, rank=15),
            score(target, 2021, "16.00", subject=CITY, rank=16),
        )
        told = {}
        for region, year in (
            *((KASHGAR, year) for year in (2020, 2021, 2022)),
            *((CITY, year) for year in (2021, 2022)),
            (ELSEWHERE, 2021),
        ):
            figures = await here.figures(region, year)
            told[region, year] = tuple(figures[one] for one in ("F23", "F24", "F25"))
        assert told == {
            (KASHGAR, 2020): ("74.00", "85.00", "8"),
            (KASHGAR, 2021): ("75.00", "86.00", "8"),
            (KASHGAR, 2022): ("76.00", "87.00", "8"),
            (CITY, 2021): ("15.00", "16.00", "16"),
            (CITY, 2022): ("", "", ""),
            (ELSEWHERE, 2021): ("", "", ""),
        }
        found = (await here.get(f"{SCORES}&limit=100"))["items"]
        assert sorted(one["score"] for one in found) == [
            "11.00", "12.00", "13.00", "14.00", "75.00", "76.00", "85.00", "86.00",
        ]  # fmt: skip
        await here.hear(score(target, 2021, "88.05", rank=4))
        corrected = await here.figures(KASHGAR, 2021)
        assert (corrected["F24"], corrected["F25"]) == ("88.05", "4")
