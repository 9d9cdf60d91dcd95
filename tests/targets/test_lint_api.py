"""The lint over HTTP on a real database: before anything is saved, answered, found again."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from services.targets.main import service
from shared.asking import Ask
from shared.handling import Handling
from shared.http.policy import Role
from tests.targets import stories as s
from tests.targets.stories import UNIT_CODE
from tests.targets.town import INDICATORS, SECOND_GOAL, Town, target_body

GOAL = "/targets/P1-2021"
TWIN = "L13/annual_goal"
ANSWER = {"L05/annual_goal": "续建项目，任务已在批复中列明。"}


def body(code: str = "P1", **more: object) -> Mapping[str, object]:
    """The good target with something else."""
    return {**target_body(code), **more}


def content(**more: object) -> Mapping[str, object]:
    """The same as a revision takes it."""
    said = {**target_body("P1"), **more}
    return {k: v for k, v in said.items() if k not in {"project_code", "fiscal_year"}}


def indicators(indicator_id: str, **more: object) -> list[Any]:
    """The good indicators with one changed."""
    return [{**i, **more} if i["indicator_id"] == indicator_id else i for i in INDICATORS]


async def begun(town: Town) -> None:
    """A project whose target can be written."""
    await town.founded()
    await town.registered()


async def test_a_draft_is_linted_without_saving_it(real_town: Town) -> None:
    town = real_town
    await begun(town)
    wrong = body(annual_goal="改善", indicators=indicators("I3", obtain_method=None))
    answer = await town.done(Role.UNIT_BUSINESS, "/targets?dry_run=true", wrong)
    [fact, noted] = answer.json()["facts"]
    assert noted["data"]["project_code"] == "P1"
    found = {f"{f['rule']}{f['pointer']}": f for f in fact["data"]["findings"]}
    assert found.keys() == {"L05/annual_goal", "L14/indicators/2/obtain_method"}
    assert found["L14/indicators/2/obtain_method"]["severity"] == "ERROR"
    assert found["L05/annual_goal"]["detail_zh"]
    assert found["L05/annual_goal"]["remedy"]
    missing = await town.client.get(f"/v1{GOAL}", headers=town.by(Role.UNIT_BUSINESS))
    assert missing.status_code == 404


async def test_findings_are_shown_answered_and_then_hold_nothing_back(real_town: Town) -> None:
    town = real_town
    await begun(town)
    await town.done(Role.UNIT_BUSINESS, "/targets", body(annual_goal="改善就学条件"))
    shown = await town.read(f"{GOAL}/findings")
    assert (shown["quality_score"], shown["warnings"], shown["unanswered"]) == (97, 1, 1)
    assert shown["submittable"] is False
    [finding] = shown["findings"]
    assert (finding["key"], finding["answer"]) == ("L05/annual_goal", None)
    refused = await town.ask(Role.UNIT_HEAD, f"{GOAL}/submit", {})
    assert refused.status_code == 409
    problem = refused.json()
    assert problem["type"].endswith("/warnings-unanswered")
    assert problem["errors"][0]["pointer"] == "/answers/L05~1annual_goal"
    revised = content(annual_goal="改善就学条件", answers=ANSWER)
    await town.done(Role.UNIT_BUSINESS, f"{GOAL}/revise", revised)
    shown = await town.read(f"{GOAL}/findings")
    assert (shown["quality_score"], shown["unanswered"], shown["submittable"]) == (97, 0, True)
    assert shown["findings"][0]["answer"] == ANSWER["L05/annual_goal"]
    row = await town.read(GOAL)
    assert (row["warnings"], row["unanswered"], row["quality_score"]) == (1, 0, 97)
    await town.confirmed(GOAL)
    await town.done(Role.UNIT_HEAD, f"{GOAL}/submit", {})


async def test_lists_are_narrowed_and_ordered_by_quality(real_town: Town) -> None:
    town = real_town
    await begun(town)
    for code, goal, unit in (
        ("P1", "改善", "件"),
        ("P2", body()["annual_goal"], "件"),
        ("P3", "加固", ""),
    ):
        if code != "P1":
            await town.registered(code)
        said = body(code, annual_goal=goal, indicators=indicators("I1", unit=unit))
        await town.done(Role.UNIT_BUSINESS, "/targets", said)

    async def codes(**query: str) -> list[str]:
        return [
            row["project_code"]
            for row in (await town.read("/targets", Role.FB_PERFORMANCE, **query))["items"]
        ]

    assert await codes(sort="quality_score") == ["P3", "P1", "P2"]
    assert await codes(sort="-quality_score") == ["P2", "P1", "P3"]
    assert await codes(quality_min="97") == ["P1", "P2"]
    assert await codes(quality_max="97", quality_min="88") == ["P1"]
    assert await codes(quality_max="87") == ["P3"]
    first = await town.read("/targets", sort="-quality_score", limit=1)
    following = await town.read("/targets", sort="-quality_score", limit=1, cursor=first["next"])
    assert [row["project_code"] for row in following["items"]] == ["P1"]
    unknown = await town.client.get(
        "/v1/targets", params={"sort": "budget"}, headers=town.by(Role.FB_PERFORMANCE)
    )
    assert unknown.status_code == 422


async def test_a_long_target_is_told_how_to_become_short(real_town: Town) -> None:
    town = real_town
    await begun(town)
    repeated = [{**INDICATORS[0], "indicator_id": f"R{n}", "weight": "1"} for n in range(12)]
    lighter = indicators("I1", weight="8")
    await town.done(Role.UNIT_BUSINESS, "/targets", body(indicators=[*lighter, *repeated]))
    assert [f["rule"] for f in (await town.read(f"{GOAL}/findings"))["findings"]] == ["L06"]
    suggested = await town.read(f"{GOAL}/suggestions")
    assert {m["indicator_id"] for m in suggested["merged"]} == {f"R{n}" for n in range(12)}
    assert {m["into"] for m in suggested["merged"]} == {"I1"}
    assert (suggested["points"], suggested["scheme"], suggested["dropped"]) == ("90", "A", [])
    weights = {one["indicator_id"]: one["weight"] for one in suggested["keep"]}
    revised = [{**i, "weight": weights[str(i["indicator_id"])]} for i in INDICATORS]
    # Weights move in every row, and each office changes its own: the costs are of finance.
    goals = [
        old if old["level2"] == "COST" else new
        for old, new in zip(INDICATORS, revised, strict=True)
    ]
    await town.done(Role.UNIT_BUSINESS, f"{GOAL}/revise", content(indicators=goals))
    await town.done(Role.UNIT_FINANCE, f"{GOAL}/revise", content(indicators=revised))
    assert (await town.read(f"{GOAL}/findings"))["findings"] == []


async def test_another_project_of_the_unit_with_the_same_words_is_named(real_town: Town) -> None:
    town = real_town
    await begun(town)
    other = "修缮防洪渠道12公里，工程验收合格率100%，保障三个乡镇两万名群众安全度汛。"
    renamed = [{**i, "name": f"渠道{n}"} for n, i in enumerate(INDICATORS)]
    for code, said in (
        ("P1", body()),
        ("P2", body("P2", annual_goal=body()["annual_goal"])),
        ("P3", body("P3", annual_goal=other, indicators=renamed)),
    ):
        if code != "P1":
            await town.registered(code)
        await town.done(Role.UNIT_BUSINESS, "/targets", said)
    shown = await town.read(f"{GOAL}/similar")
    assert (shown["compared"], shown["complete"]) == (2, True)
    [twin] = shown["similar"]
    assert (twin["project_code"], Decimal(twin["likeness"])) == ("P2", Decimal(1))
    assert [(f["rule"], f["pointer"], f["severity"]) for f in shown["findings"]] == [
        ("L13", "/annual_goal", "WARN")
    ]
    alone = await town.read("/targets/P3-2021/similar")
    assert (alone["similar"], alone["findings"]) == ([], [])


async def test_a_twin_is_answered_or_mended_before_it_is_handed_in(real_town: Town) -> None:
    town = real_town
    await begun(town)
    await town.registered("P2")
    await town.done(Role.UNIT_BUSINESS, "/targets", body())
    assert (await town.read(f"{GOAL}/findings"))["submittable"] is True
    same = body("P2", annual_goal=body()["annual_goal"])
    checked = await town.done(Role.UNIT_BUSINESS, "/targets?dry_run=true", same)
    facts = checked.json()["facts"]
    assert [f["rule"] for f in facts[0]["data"]["findings"]] == ["L13"]
    await town.done(Role.UNIT_BUSINESS, "/targets", same)
    row = await town.read("/targets/P2-2021")
    assert (row["warnings"], row["unanswered"], row["quality_score"]) == (1, 1, 97)
    # The first was written when there was no other; both are asked when they are handed in.
    for one, other in ((GOAL, "P2"), ("/targets/P2-2021", "P1")):
        shown = await town.read(f"{one}/findings")
        assert (shown["submittable"], [f["key"] for f in shown["findings"]]) == (False, [TWIN])
        assert other in shown["findings"][0]["detail_zh"]
        await town.confirmed(one)
        refused = await town.ask(Role.UNIT_HEAD, f"{one}/submit", {})
        assert refused.status_code == 409
        assert refused.json()["errors"][0]["pointer"] == "/answers/L13~1annual_goal"
    await town.done(Role.UNIT_BUSINESS, f"{GOAL}/revise", content(answers={TWIN: "一期工程。"}))
    await town.confirmed(GOAL)
    await town.done(Role.UNIT_HEAD, f"{GOAL}/submit", {})
    assert (await town.read(GOAL))["warnings"] == 1
    mended = {**content(), "annual_goal": SECOND_GOAL}
    await town.done(Role.UNIT_BUSINESS, "/targets/P2-2021/revise", mended)
    assert (await town.read("/targets/P2-2021/findings"))["findings"] == []
    # What was handed in shows what was found then.
    [kept] = (await town.read(f"{GOAL}/findings"))["findings"]
    assert (kept["key"], kept["answer"]) == (TWIN, "一期工程。")


async def test_a_warning_that_came_after_the_draft_is_counted_when_it_is_handed_in(
    real_town: Town,
) -> None:
    town = real_town
    await begun(town)
    await town.registered("P2")
    await town.done(Role.UNIT_BUSINESS, "/targets", body(answers={TWIN: "一期工程。"}))
    await town.confirmed(GOAL)
    same = body("P2", annual_goal=body()["annual_goal"])
    await town.done(Role.UNIT_BUSINESS, "/targets", same)
    assert (await town.read(GOAL))["warnings"] == 0
    await town.done(Role.UNIT_HEAD, f"{GOAL}/submit", {})
    row = await town.read(GOAL)
    assert (row["warnings"], row["unanswered"], row["quality_score"]) == (1, 0, 97)


async def test_twins_of_one_file_are_found_and_what_ended_is_no_twin(real_town: Town) -> None:
    town = real_town
    await begun(town)
    await town.registered("P2")
    await town.registered("P3")
    same = body()["annual_goal"]
    lines = [{"path": {}, "body": body(code, annual_goal=same)} for code in ("P1", "P2", "P3")]
    report = await town.imported(Role.UNIT_BUSINESS, "draft_target", lines)
    assert report["good"] == 3
    warned = {
        row["project_code"]: row["warnings"] for row in (await town.read("/targets"))["items"]
    }
    assert warned == {"P1": 0, "P2": 1, "P3": 1}
    for code in ("P1", "P2"):
        await town.done(Role.FB_BUDGET, f"/projects/{code}/terminate", {"reason": "撤销"})
    assert (await town.read("/targets/P3-2021/similar"))["similar"] == []
    assert (await town.read("/targets/P3-2021/findings"))["findings"] == []
    await town.confirmed("/targets/P3-2021")
    await town.done(Role.UNIT_HEAD, "/targets/P3-2021/submit", {})
    assert (await town.read("/targets/P3-2021"))["warnings"] == 0


async def test_two_processes_that_write_at_once_find_each_other(real_town: Town) -> None:
    town = real_town
    await begun(town)
    assert town.store is not None
    codes = [f"P{n}" for n in range(1, 9)]
    for code in codes[1:]:
        await town.registered(code)
    handlings = [Handling(service.aggregates, town.store) for _ in codes]
    drafts = [replace(s.draft_target, project_code=code, by="w") for code in codes]
    asks = [
        Ask(commands=(one,), actor="w", unit="", now=s.NOW, correlation_id="c", causation_id="c")
        for one in drafts
    ]
    await asyncio.gather(*(h.handle(one) for h, one in zip(handlings, asks, strict=True)))
    rows = (await town.read("/targets"))["items"]
    # Every one but the first found those that were before it.
    assert sorted(row["warnings"] for row in rows) == [0, *[1] * 7]


async def test_what_the_lint_says_is_not_for_strangers(real_town: Town) -> None:
    town = real_town
    await begun(town)
    await town.done(Role.UNIT_BUSINESS, "/targets", body())
    for what in ("findings", "suggestions", "similar"):
        path = f"/v1{GOAL}/{what}"
        foreign = await town.client.get(path, headers=town.by(Role.UNIT_FINANCE, "653121"))
        assert foreign.status_code == 404
        operator = await town.client.get(path, headers=town.by(Role.SYS_ADMIN))
        assert operator.status_code == 403
        assert (await town.client.get(path)).status_code == 401
        unknown = await town.client.get(
            f"/v1/targets/P9-2021/{what}", headers=town.by(Role.UNIT_FINANCE)
        )
        assert unknown.status_code == 404


async def test_the_core_library_is_consulted_when_it_was_published(real_town: Town) -> None:
    town = real_town
    await begun(town)
    entries = [
        {"code": "K1", "name": "维修数量", "reference_value": "40"},
        {"code": "K2", "name": "验收合格率"},
    ]
    library = {
        "library": "KS_CORE",
        "region_code": "653101",
        "class_code": "07",
        "class_name": "教育",
        "entries": entries,
    }
    await town.done(Role.FB_PERFORMANCE, "/libraries/classes", library)
    await town.done(Role.FB_PERFORMANCE, "/libraries/KS_CORE/publish")
    await town.done(Role.UNIT_BUSINESS, "/targets", body())
    shown = await town.read(f"{GOAL}/findings")
    assert [f["key"] for f in shown["findings"]] == ["L09/indicators"]
    codes = {"I1": "K1", "I2": "K2"}
    coded = [{**i, "library_code": codes.get(str(i["indicator_id"]), "")} for i in INDICATORS]
    await town.done(Role.UNIT_BUSINESS, f"{GOAL}/revise", content(indicators=coded))
    shown = await town.read(f"{GOAL}/findings")
    assert [f["key"] for f in shown["findings"]] == ["L10/indicators/0/target_value"]
    found = await town.read("/libraries/KS_CORE/entries", words="维修")
    assert [row["reference_value"] for row in found["items"]] == ["40"]


async def test_a_malformed_answer_names_its_field(real_town: Town) -> None:
    town = real_town
    await begun(town)
    wrong = await town.ask(Role.UNIT_BUSINESS, "/targets", body(answers={"L5": "说明"}))
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["pointer"].startswith("/answers")
    priced = indicators("I4", costing={"unit_cost": "74000.00", "quantity": "0"})
    wrong = await town.ask(Role.UNIT_BUSINESS, "/targets", body(indicators=priced))
    assert wrong.json()["errors"][0]["pointer"] == "/indicators/3/costing/quantity"
    assert UNIT_CODE not in wrong.text
