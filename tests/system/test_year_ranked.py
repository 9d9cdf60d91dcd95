"""Who manages performance well is judged, ranked and told: the room in which a newcomer looks."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import httpx
import pytest

from deploy.demo.standing import Plan
from tests.system.running import FISCAL_YEAR, REGION, Year

pytestmark = pytest.mark.real
SPAN = f"region={REGION}&fiscal_year={FISCAL_YEAR}"


def ranked(year: Year) -> Mapping[str, Plan]:
    """The plans that end with a ranking, by its id."""
    told = year.play.standings
    return {f"{plan.id}-1": plan for plan in (*told.half_year, *told.counties)}


def public(year: Year) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=year.running.urls["disclosure"])


async def rows_of(client: httpx.AsyncClient, path: str) -> list[dict[str, Any]]:
    answer = await client.get(path)
    assert answer.status_code == httpx.codes.OK, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def test_the_rankings_of_the_year_are_told_with_every_subject(year: Year) -> None:
    expected = ranked(year)
    assert {plan.period for plan in expected.values()} == {"H1", "YEAR"}
    async with public(year) as client:
        told = await rows_of(client, f"/v1/rankings?{SPAN}")
        assert {one["ranking_id"]: one["kind"] for one in told} == {
            name: plan.kind for name, plan in expected.items()
        }
        for name, plan in expected.items():
            rows = await rows_of(client, f"/v1/rankings/{name}/rows")
            assert {row["subject"] for row in rows} == set(plan.subjects)
            scores = [Decimal(row["score"]) for row in rows]
            assert scores == sorted(scores, reverse=True)
            assert rows[0]["rank"] == 1


async def test_each_ranking_is_an_item_that_was_published_and_is_in_the_feed(year: Year) -> None:
    async with public(year) as client:
        said = await rows_of(client, f"/v1/feed?kind=RANKING&region={REGION}&limit=1000")
        names = {one["data"]["item_id"] for one in said}
        assert names == {f"RANKING-{name}" for name in ranked(year)}
        for name in names:
            item = (await client.get(f"/v1/disclosures/{name}")).json()
            assert item["status"] == "PUBLISHED"


async def test_the_portal_shows_them_and_says_that_they_were_generated(year: Year) -> None:
    async with public(year) as client:
        board = (await client.get(f"/portal/rankings?{SPAN}")).text
        for name, plan in ranked(year).items():
            assert f"/portal/rankings/{name}" in board
            page = (await client.get(f"/portal/rankings/{name}")).text
            assert "SYNTHETIC" in page
            assert plan.document(3) in page
            assert all(subject in page for subject in plan.subjects)


async def test_every_subject_has_its_evaluation_with_what_its_points_rest_on(year: Year) -> None:
    told = year.play.standings
    async with year.running.stage() as stage:
        for plan in (*told.half_year, *told.of_units, *told.counties):
            person = plan.office.performance
            for name in plan.names:
                one = await stage.get("evaluation", f"/v1/effectiveness/{name}/explanation", person)
                sources = {line["source"] for line in one["lines"]}
                assert "COMPUTED" in sources
                assert sources <= {"COMPUTED", "JUDGED"}
                assert one["grade"]
