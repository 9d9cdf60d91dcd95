"""The sandbox over HTTP, on a real database: in the background, with progress, writing nothing."""

import asyncio
from copy import deepcopy
from dataclasses import replace
from typing import Any

from services.evaluation.domain.self_evaluation.messages import OpenSelfEvaluation
from shared.http.policy import Role
from tests.evaluation.county import County
from tests.evaluation.story import NOW, PROJECT, REGION, RULES

ONE = "/self-evaluations/P1-2021"


async def asked(county: County, rules: object, key: str = "", **more: object) -> Any:  # noqa: ANN401
    """A draft that is tried."""
    headers = county.by(Role.FB_LEADER)
    if key:
        headers["idempotency-key"] = key
    body = {"rules": rules, "fiscal_year": 2021, **more}
    return await county.client.post("/v1/sandboxes", json=body, headers=headers)


async def replayed(county: County, answer: Any) -> dict[str, Any]:  # noqa: ANN401 - an answer
    """What a replay found."""
    assert answer.status_code == 202, answer.text
    where = answer.headers["location"].removeprefix("/v1")
    for _ in range(100):
        found: dict[str, Any] = await county.read(where, Role.FB_LEADER)
        if found["state"] != "CHECKING":
            break
        await asyncio.sleep(0.05)
    assert found["state"] == "REPORTED", found
    assert (found["total"], found["done"]) == (1, 1)
    return found


async def events(county: County) -> int:
    """How many facts the store has."""
    await county.store.sequence()
    return (await county.store.head()).position


def graded(excellent: int) -> dict[str, Any]:
    """The rules with another bound of 优, and a lighter cap of 差."""
    rules: dict[str, Any] = deepcopy(RULES)
    rules["grades"]["EXCELLENT"] = excellent
    rules["linkage"]["POOR"]["cap_factor"] = 0.95
    return rules


async def test_under_the_adopted_rules_the_difference_is_empty_and_under_others_it_is_not(
    real_county: County,
) -> None:
    county = real_county
    await county.founded()
    await county.accepted()
    await county.appraised()
    binding = {"unit_code": "653121001", "basis_fiscal_year": 2021}
    await county.done(Role.FB_LEADER, "/linkages", {**binding, "previous_budget": "20000000.00"})
    before = await events(county)
    same = await replayed(county, await asked(county, RULES))
    assert same["difference"]["empty"] is True
    assert same["difference"]["unreplayed"] == []
    assert same["difference"]["caps"]["compared"] == 1
    other = await replayed(county, await asked(county, graded(94), region_code="653100"))
    found = other["difference"]
    assert found["self_evaluations"]["grades"] == {"EXCELLENT>GOOD": 1}
    assert found["self_evaluations"]["changes"][0]["before"]["score"] == "93.89"
    assert found["caps"]["difference"] == "1000000.00"
    assert await events(county) == before
    shown = await county.read(ONE)
    assert (shown["grade"], shown["rule_set_version"]) == ("EXCELLENT", 1)


async def test_what_has_no_score_yet_and_what_is_of_another_year_is_not_replayed(
    real_county: County,
) -> None:
    county = real_county
    await county.founded()
    await county.accepted()
    second = replace(PROJECT, project_code="P2", name="农村饮水")
    await county.heard(OpenSelfEvaluation(project=second, by="abacus", now=NOW))
    assert len((await county.read("/self-evaluations", fiscal_year=2021))["items"]) == 2
    found = await replayed(county, await asked(county, RULES))
    assert found["difference"]["self_evaluations"]["compared"] == 1
    later = await asked(county, RULES, fiscal_year=2022)
    empty = await county.read(later.headers["location"].removeprefix("/v1"), Role.FB_LEADER)
    assert (empty["fiscal_year"], empty["total"]) == (2022, 0)


async def test_a_sandbox_is_found_again_by_its_key_and_only_by_its_owner(
    real_county: County,
) -> None:
    county = real_county
    await county.founded()
    await county.accepted()
    first = await asked(county, RULES, key="k1")
    await replayed(county, first)
    again = await asked(county, RULES, key="k1")
    assert again.json()["sandbox_id"] == first.json()["sandbox_id"]
    assert again.json()["state"] == "REPORTED"
    reused = await asked(county, graded(95), key="k1")
    assert reused.status_code in {409, 422}
    where = f"/v1/sandboxes/{first.json()['sandbox_id']}"
    stranger = await county.client.get(where, headers=county.by(Role.FB_LEADER, "somebody"))
    assert stranger.status_code == 404


async def test_who_may_not_and_what_cannot_be_read_is_refused(real_county: County) -> None:
    county = real_county
    await county.founded()
    await county.accepted()
    body = {"rules": RULES, "fiscal_year": 2021}
    head = await county.client.post("/v1/sandboxes", json=body, headers=county.by(Role.UNIT_HEAD))
    assert head.status_code == 403
    broken = await asked(county, {**RULES, "grades": {"EXCELLENT": 90}})
    assert broken.status_code == 422
    assert "/grades/GOOD" in broken.text
    foreign = await asked(county, RULES, region_code="653101")
    found = await county.read(foreign.headers["location"].removeprefix("/v1"), Role.FB_LEADER)
    assert found["total"] == 0  # what is not one's own is not there
    assert found["region_code"] == "653101" != REGION
