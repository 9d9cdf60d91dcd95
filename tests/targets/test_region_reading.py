"""What a region keeps for all, its units and departments read; sums tell them of their own."""

import json
from collections.abc import Mapping
from typing import Any, Final

import pytest

from shared.http.policy import Role
from tests.targets.stories import DEPARTMENT, REGION_CODE, UNIT_CODE
from tests.targets.town import Town, target_body

SECTION: Final = {
    "region_code": REGION_CODE,
    "section_code": "07",
    "name": "教科文科",
    "from_on": "2021-01-01",
}
RULES: Final = f"/rule-sets/{REGION_CODE}-2021"
KEPT: Final = (
    f"/regions/{REGION_CODE}",
    f"/sections/{REGION_CODE}-07",
    f"/offices?place={REGION_CODE}",
    f"/rule-sets/in-force?region={REGION_CODE}&fiscal_year=2021",
    *(RULES, f"{RULES}/versions", f"{RULES}/versions/1/diff/1", f"{RULES}/values"),
)
YEAR: Final = f"region={REGION_CODE}&fiscal_year=2021"
DELAYS: Final = f"/statistics/delay-by-office?{YEAR}"
RETURNS: Final = f"/statistics/returns?{YEAR}"
OTHER: Final = "653101002"


@pytest.fixture
async def kept(real_town: Town) -> Town:
    """A region with a section, rules, and two units of two departments."""
    town = real_town
    await town.founded()
    await town.done(Role.FB_PERFORMANCE, "/sections", SECTION)
    other = {
        "unit_code": OTHER,
        "name": "文旅局",
        "region_code": REGION_CODE,
        "department_code": "653102",
        "department_name": "文旅局",
    }
    await town.done(Role.COUNTY_FB, "/units", other)
    return town


def people(town: Town, region: str = REGION_CODE) -> Mapping[str, Mapping[str, str]]:
    """A unit and a department, and others beside them."""
    mint = town.tokens.of
    return {
        "unit": mint(Role.UNIT_HEAD, region=region, unit=UNIT_CODE),
        "department": mint(Role.DEPT_REVIEWER, region=region, department=DEPARTMENT),
        "another unit": mint(Role.UNIT_HEAD, region=region, unit=OTHER),
        "another department": mint(Role.DEPT_HEAD, region=region, department="653102"),
    }


async def told(town: Town, path: str, token: Mapping[str, str]) -> Any:  # noqa: ANN401 - JSON
    """What somebody reads, or the status with which it is refused."""
    answer = await town.client.get(f"/v1{path}", headers=dict(token))
    if not answer.is_success:
        return answer.status_code
    lines = answer.text.splitlines()
    return answer.json() if len(lines) == 1 and "/export" not in path else [*map(json.loads, lines)]


async def test_what_a_region_keeps_is_read_by_its_own_and_missing_to_others(kept: Town) -> None:
    for path in KEPT:
        for who, token in people(kept).items():
            assert isinstance(await told(kept, path, token), dict | list), (path, who)
        for who, token in people(kept, "653121").items():
            assert await told(kept, path, token) == 404, (path, who)


async def test_a_unit_exports_its_own_entry_and_a_department_those_of_its_units(
    kept: Town,
) -> None:
    path = f"/units/export?region={REGION_CODE}"
    found = {
        who: [line["body"]["unit_code"] for line in await told(kept, path, token)]
        for who, token in people(kept).items()
    }
    mine, others = [UNIT_CODE], [OTHER]
    assert found == {
        "unit": mine,
        "department": mine,
        "another unit": others,
        "another department": others,
    }
    for token in people(kept, "653121").values():
        assert await told(kept, path, token) == 404


async def test_sums_tell_a_unit_and_a_department_of_their_own_targets(kept: Town) -> None:
    town = kept
    await town.registered()
    await town.done(Role.UNIT_BUSINESS, "/targets", target_body("P1"))
    await town.confirmed("/targets/P1-2021")
    await town.done(Role.UNIT_HEAD, "/targets/P1-2021/submit", {})
    await town.done(Role.DEPT_REVIEWER, "/targets/P1-2021/return", {"codes": ["GOAL_UNCLEAR"]})
    await town.worker_done()
    for who, token in people(town).items():
        own = not who.startswith("another")
        desks = (await told(town, DELAYS, token))["desks"]
        stays = sum(desk["stays"] for desk in desks), sum(desk["waiting"] for desk in desks)
        assert stays == ((4, 1) if own else (0, 0)), who
        assert (await told(town, RETURNS, token))["total"] == int(own), who
    for token in people(town, "653121").values():
        assert (await told(town, DELAYS, token), await told(town, RETURNS, token)) == (404, 404)
    # What lies below a prefecture is in its tree, and neither its own nor another county's.
    prefecture = town.tokens.of(Role.FB_PERFORMANCE, region="653100")
    for region, scope, count in (
        ("653100", "tree", 1),
        ("653100", "self", 0),
        ("653121", "tree", 0),
        (REGION_CODE, "self", 1),
    ):
        asked = f"region={region}&fiscal_year=2021&scope={scope}"
        desks = (await told(town, f"/statistics/delay-by-office?{asked}", prefecture))["desks"]
        stays = sum(desk["stays"] for desk in desks), sum(desk["waiting"] for desk in desks)
        assert stays == (4 * count, count), asked
        returns = await told(town, f"/statistics/returns?{asked}", prefecture)
        assert returns["total"] == count, asked
    later = YEAR.replace("2021", "2022")
    bureau = town.tokens.of(Role.FB_PERFORMANCE, region=REGION_CODE)
    for year, count in ((YEAR, 4), (later, 0)):
        desks = (await told(town, f"/statistics/delay-by-office?{year}", bureau))["desks"]
        assert sum(desk["stays"] for desk in desks) == count
        assert sum(desk["waiting"] for desk in desks) == min(count, 1)
        total = (await told(town, f"/statistics/returns?{year}", bureau))["total"]
        assert total == min(count, 1)
