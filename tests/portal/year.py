"""The year the portal shows: the first year of the stories, with places, units and a bad joker."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

from services.disclosure.domain.item_words import PrepareDisclosure, PublishDisclosure
from shared.contracts import evaluation, targets
from shared.contracts.public_event import PublicEvent
from shared.eventstore.log import PostgresLog
from shared.eventstore.postgres import open_pool
from shared.eventstore.signing import Signing, signer_of
from tests.disclosure import years
from tests.disclosure.first_year import (
    CITY,
    KASHGAR,
    PREPARER,
    PUBLISHER,
    A,
    first_year,
    first_year_here,
)
from tests.disclosure.world import AFTERWARDS, World
from tests.disclosure.years import Project
from tests.portal.commented import ANSWERED, REJECTED, comments

HOSTILE: Final = "水利<script>alert(1)</script>\"'&{{7*7}}项目"
JOKER: Final = Project(code="J<b>&", region=CITY, unit="653101002", yuan=6_000_000)


def named(project: Project, name: str) -> Sequence[PublicEvent]:
    """A project with a name of its own, which is generated data."""
    registered = targets.ProjectRegistered(
        region_code=project.region,
        project_code=project.code,
        name=name,
        fiscal_year=2021,
        unit_code=project.unit,
        department_code="D1",
        requested=project.budget,
        needs_ex_ante=False,
        origin="SYNTHETIC",
    )
    approved = years.approved(project, 2021).model_copy(
        update={"project_name": name, "annual_goal": f"完成{name}"}
    )
    return registered, approved


def unit(code: str, region: str, name: str) -> PublicEvent:
    """A unit with a name."""
    return targets.UnitRegistered(
        region_code=region,
        unit_code=code,
        name=name,
        department_code="D1",
        department_name=name,
    )


def units() -> Sequence[PublicEvent]:
    """The three units of the year."""
    return [
        unit("653100001", KASHGAR, "喀什地区教育局"),
        unit("653101001", CITY, "喀什市水利局"),
        unit("653101002", CITY, "喀什市卫生健康委员会"),
    ]


def ranking(number: str, scores: Mapping[str, str], corrects: str = "") -> PublicEvent:
    """Units or counties as they were ranked."""
    rows = tuple(
        evaluation.RankedSubject(
            subject=subject,
            score=Decimal(score),
            rank=place,
            previous_rank=3 - place if corrects else None,
        )
        for place, (subject, score) in enumerate(scores.items(), 1)
    )
    return evaluation.RankingPublished(
        region_code=KASHGAR,
        ranking_id=number,
        period="2021",
        rows=rows,
        kind="BUDGET_UNIT",
        fiscal_year=2021,
        corrects=corrects,
        document_no="喀地财绩〔2022〕5号" if corrects else "",
    )


WRONG: Final = "R-2021-1"
RIGHT: Final = "R-2021-2"


def rankings() -> Sequence[PublicEvent]:
    """One that was wrong, and the one that took its place."""
    return [
        ranking(WRONG, {"653101001": "91.5", "653100001": "88.25"}),
        ranking(RIGHT, {"653100001": "93.00", "653101001": "91.50"}, WRONG),
    ]


async def play(here: World, database: str, folder: Path) -> None:
    """Let everybody say and do it, number it, and sign it."""
    await here.hear(*units(), *first_year(), *named(JOKER, HOSTILE), *rankings())
    await here.given(*first_year_here())
    item = f"TARGET-{JOKER.code}-2021"
    await here.given(
        PrepareDisclosure(item_id=item, supplement={}, by=PREPARER, now=AFTERWARDS),
        PublishDisclosure(item_id=item, opinion="可公开", by=PUBLISHER, now=AFTERWARDS),
    )
    await here.given(*comments())
    pool = await open_pool(database, connections_max=2)
    try:
        await Signing(PostgresLog(pool), signer_of(folder, "disclosure"), origin="story").sign()
    finally:
        await pool.close()


PAGES: Final = (
    "/",
    "/portal/regions",
    f"/portal/regions/{KASHGAR}",
    f"/portal/regions/{CITY}",
    f"/portal/units/{A.unit}",
    "/portal/projects",
    "/portal/projects/A",
    "/portal/projects/C",
    "/portal/items/TARGET-A-2021",
    "/portal/items/TARGET-D-2021",
    "/portal/search?q=水利",
    "/portal/rankings",
    f"/portal/rankings/{WRONG}",
    f"/portal/rankings/{RIGHT}",
    "/portal/calendar",
    "/portal/letters",
    "/portal/warnings",
    "/portal/recoveries",
    "/portal/disclosures",
    "/portal/policies",
    "/portal/policies/653100-P1",
    "/portal/bulletins",
    "/portal/bulletins/653100-2021-03",
    "/portal/annual-reports",
    f"/portal/annual-reports/{KASHGAR}/2021",
    "/portal/feeds",
    "/portal/verify?sequence=1",
    "/portal/comments",
    "/portal/comments/new?about=PROJECT&about_id=A",
    "/portal/comments/new",
    "/portal/comments/case",
    f"/portal/comments/{ANSWERED}",
    f"/portal/comments/{REJECTED}",
    "/portal/no-such-page",
)
"""One of each kind."""
