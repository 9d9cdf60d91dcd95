"""Rule sets asked over HTTP, on a real database: sources, versions, differences, explanations."""

from collections.abc import Mapping
from typing import Any

from services.targets.main import service
from shared.asking import Ask
from shared.domain.grades import Grade
from shared.handling import Handling
from shared.http.policy import Role
from tests.targets.coming import cap
from tests.targets.stories import NOW, REGION_CODE, RULES, SOURCES, UNIT_CODE, YEAR, yuan
from tests.targets.town import POINTS, Town, target_body

ONE = f"/rule-sets/{REGION_CODE}-{YEAR}"
STATED = {
    pointer: {"source_tag": source.source_tag.value, "legal_basis": source.legal_basis}
    for pointer, source in SOURCES.items()
}


def body(*, region: str = REGION_CODE, sources: object = STATED, **groups: object) -> Any:  # noqa: ANN401
    """A draft in which these groups are others."""
    changed = {
        name: {**RULES[name], **values} if isinstance(values, Mapping) else values
        for name, values in groups.items()
    }
    rules = {**RULES, **changed}
    return {
        "region_code": region,
        "fiscal_year": YEAR,
        "rules": rules,
        "provenance": sources,
    }


async def adopted(town: Town, draft: object, basis: str = "喀财绩〔2021〕9号") -> None:
    """A further version is in force."""
    await town.done(Role.FB_PERFORMANCE, "/rule-sets", draft)
    await town.done(Role.FB_LEADER, f"{ONE}/adopt", {"legal_basis": basis})


async def test_a_draft_is_checked_compared_adopted_and_supersedes(real_town: Town) -> None:
    town = real_town
    await town.founded()
    draft = body(grades={"EXCELLENT": 93})
    await town.done(Role.FB_PERFORMANCE, "/rule-sets", draft)
    waiting = await town.read(f"{ONE}/draft")
    assert waiting["check"] == {
        "can_be_drafted": True,
        "can_be_adopted": True,
        "sources_stated": True,
        "defects": [],
    }
    assert waiting["drafted_by"].endswith("fb_performance")
    [grade] = [d for d in waiting["differences"] if d["change"] == "CHANGED"]
    assert (grade["pointer"], grade["before"], grade["after"]) == ("/grades/EXCELLENT", 90, 93)
    assert (grade["label_zh"], grade["label_en"]) == (
        "等级下限 · 优",
        "Lower bounds of the grades · Excellent",
    )
    assert grade["source_before"] == {"source_tag": "D", "legal_basis": "喀财绩〔2021〕1号"}
    assert grade["source_after"] == {"source_tag": "R2", "legal_basis": "财预〔2020〕10号"}
    await town.done(Role.FB_LEADER, f"{ONE}/adopt", {"legal_basis": "喀财绩〔2021〕9号"})
    first, second = await town.read(f"{ONE}/versions")
    assert (first["effective_to"], second["effective_to"]) == (second["effective_from"], None)
    assert first["rules"]["grades"]["EXCELLENT"] == 90
    assert (second["legal_basis"], second["provenance"]) == ("喀财绩〔2021〕9号", STATED)
    assert await town.read(f"{ONE}/versions/2/diff/2") == []
    there = await town.read(f"{ONE}/versions/1/diff/2")
    back = await town.read(f"{ONE}/versions/2/diff/1")
    assert [(d["before"], d["after"]) for d in there] == [(d["after"], d["before"]) for d in back]
    assert there == waiting["differences"]
    headers = town.by(Role.FB_PERFORMANCE)
    for gone in (f"{ONE}/draft", f"{ONE}/versions/1/diff/3", f"{ONE}/values?version=7"):
        assert (await town.client.get(f"/v1{gone}", headers=headers)).status_code == 404


async def test_every_value_is_shown_with_its_source(real_town: Town) -> None:
    town = real_town
    await town.founded()
    before = await town.read(f"{ONE}/values")
    assert {(v["source_tag"], v["legal_basis"]) for v in before} == {("D", "喀财绩〔2021〕1号")}
    await adopted(town, body())
    values = {value["pointer"]: value for value in await town.read(f"{ONE}/values")}
    assert len(values) == len(before)
    law = values["/disclosure/with_budget_days"]
    assert (law["value"], law["source_tag"], law["legal_basis"]) == (20, "R1", "预算法 第14条")
    assert values["/over_achievement/tolerance"]["value"] == 0.3
    assert values["/pass_line"]["value"] is None
    assert await town.read(f"{ONE}/values", version=1) == before


async def test_validation_tells_everything_at_once_and_stores_nothing(real_town: Town) -> None:
    town = real_town
    await town.founded()
    lacking = {p: s for p, s in STATED.items() if p != "/grades"}
    wrong = body(sources={**lacking, "/grads": STATED["/grades"]}, letters={"ack_wd": "soon"})
    answer = await town.client.post(
        "/v1/rule-sets/validate", json=wrong, headers=town.by(Role.FB_PERFORMANCE)
    )
    told = answer.json()
    assert (answer.status_code, told["can_be_drafted"], told["can_be_adopted"]) == (
        200,
        False,
        False,
    )
    assert [(d["rule"], d["pointer"]) for d in told["defects"]] == [
        ("rule-set-unreadable", "/letters/ack_wd"),
        ("provenance-dangling", "/grads"),
        *[("value-uncovered", f"/grades/{g}") for g in ("EXCELLENT", "FAIR", "GOOD", "POOR")],
    ]
    assert all(d["title_zh"] and d["title"] for d in told["defects"])
    refused = await town.ask(Role.FB_PERFORMANCE, "/rule-sets", wrong)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/letters/ack_wd"
    assert len(refused.json()["details"]["defects"]) == 2
    assert (await town.read(ONE))["draft"] is None


async def test_who_may_not_is_refused_and_what_is_foreign_is_missing(real_town: Town) -> None:
    town = real_town
    await town.founded()
    draft = body(sources={p: s for p, s in STATED.items() if p != "/recovery"})
    await town.done(Role.COUNTY_FB, "/rule-sets", draft)
    basis = {"legal_basis": "x"}
    own = await town.ask(Role.COUNTY_FB, f"{ONE}/adopt", basis)
    assert (own.status_code, own.json()["type"].endswith("/drafter-adopts")) == (403, True)
    section = await town.ask(Role.FB_PERFORMANCE, f"{ONE}/adopt", basis)
    assert (section.status_code, section.json()["type"].endswith("/role-missing")) == (403, True)
    open_point = await town.ask(Role.FB_LEADER, f"{ONE}/adopt", basis)
    assert open_point.status_code == 422
    assert open_point.json()["errors"][0]["pointer"] == "/recovery/by_clock"
    tag = await town.ask(Role.FB_PERFORMANCE, "/rule-sets", body(sources={"": {"source_tag": "X"}}))
    assert tag.status_code == 422
    foreign = town.by(Role.FB_LEADER, "653121")
    for path in ("", "/draft", "/versions", "/values", "/versions/1/diff/1"):
        hidden = await town.client.get(f"/v1{ONE}{path}", headers=foreign)
        assert hidden.status_code == 404, path
    in_force = f"/v1/rule-sets/in-force?region={REGION_CODE}&fiscal_year={YEAR}"
    assert (await town.client.get(in_force, headers=foreign)).status_code == 404
    checked = await town.client.post("/v1/rule-sets/validate", json=draft, headers=foreign)
    assert checked.status_code == 404
    assert (
        await town.ask(Role.FB_LEADER, f"{ONE}/adopt", basis, region="653121")
    ).status_code == 404
    unit = await town.ask(Role.UNIT_HEAD, "/rule-sets/validate", draft)
    assert unit.status_code == 403


async def test_a_county_without_rules_is_bound_by_its_prefecture(real_town: Town) -> None:
    town = real_town
    await town.founded()
    own = await town.read("/rule-sets/in-force", region=REGION_CODE, fiscal_year=YEAR)
    assert (own["region_code"], own["inherited_from"]) == (REGION_CODE, None)
    above = {**body(region="653100"), "fiscal_year": 2022}
    await town.done(Role.FB_PERFORMANCE, "/rule-sets", above, region="653100")
    basis = {"legal_basis": "喀地财绩〔2022〕1号"}
    await town.done(Role.FB_LEADER, "/rule-sets/653100-2022/adopt", basis, region="653100")
    lent = await town.read("/rule-sets/in-force", region=REGION_CODE, fiscal_year=2022)
    assert (lent["asked_region"], lent["region_code"]) == (REGION_CODE, "653100")
    assert (lent["inherited_from"], lent["legal_basis"]) == ("653100", "喀地财绩〔2022〕1号")
    assert lent["provenance"] == STATED
    await town.registered("P9", fiscal_year=2022)
    why = await town.read("/projects/P9/explanation")
    assert why["applied"]["legal_basis"] == "喀地财绩〔2022〕1号"
    nobody = town.client.get(
        f"/v1/rule-sets/in-force?region={REGION_CODE}&fiscal_year=2030",
        headers=town.by(Role.FB_PERFORMANCE),
    )
    assert (await nobody).status_code == 404
    target = {"project_code": "P9", "fiscal_year": 2022, **content()}
    await town.done(Role.UNIT_BUSINESS, "/targets", target)
    why = await town.read("/targets/P9-2022/explanation")
    assert why["written_by"]["rule_set_id"] == "653100-2022"
    assert why["applied"]["legal_basis"] == "喀地财绩〔2022〕1号"


def content() -> Mapping[str, object]:
    """A target without its project."""
    told = dict(target_body("P"))
    return {name: told[name] for name in ("annual_goal", "indicators")}


async def test_a_threshold_changed_by_adoption_changes_the_next_grade_only(
    real_town: Town,
) -> None:
    town = real_town
    await town.founded()
    await town.registered("P1")
    await town.registered("P2")
    await town.graded("P1")
    await adopted(town, body(grades={"EXCELLENT": 93}))
    await town.graded("P2")
    first = await town.read("/targets/P1-2021/explanation")
    second = await town.read("/targets/P2-2021/explanation")
    for why, grade, version, bound, source in (
        (first, "EXCELLENT", 1, 90, ("D", "喀财绩〔2021〕1号")),
        (second, "GOOD", 2, 93, ("R2", "财预〔2020〕10号")),
    ):
        assert (why["target"]["score"], why["target"]["grade"]) == ("92.00", grade)
        applied = why["graded_by"]
        assert applied["rule_set_version"] == version
        [value] = [v for v in applied["values"] if v["pointer"] == "/grades/EXCELLENT"]
        assert (value["value"], value["source_tag"], value["legal_basis"]) == (bound, *source)
        assert why["grades"]["EXCELLENT"] == bound
    again = await town.ask(Role.FB_PERFORMANCE, "/targets/P1-2021/grade", {"points": POINTS})
    assert again.status_code == 204
    assert (await town.read("/targets/P1-2021"))["grade"] == "EXCELLENT"


async def test_a_draft_written_before_and_graded_after_names_both_versions(
    real_town: Town,
) -> None:
    town = real_town
    await town.founded()
    await town.registered("P1")
    one = "/targets/P1-2021"
    await town.done(Role.UNIT_BUSINESS, "/targets", target_body("P1"))
    await town.confirmed(one)
    await town.done(Role.UNIT_HEAD, f"{one}/submit", {})
    await adopted(town, body(grades={"EXCELLENT": 93}))
    await town.done(Role.DEPT_REVIEWER, f"{one}/review", {})
    await town.done(Role.FB_BUSINESS, f"{one}/check", {})
    await town.done(Role.FB_PERFORMANCE, f"{one}/grade", {"points": POINTS})
    why = await town.read(f"{one}/explanation")
    assert why["written_by"]["rule_set_version"] == 1
    assert why["graded_by"]["rule_set_version"] == 2
    assert {v["pointer"].split("/")[1] for v in why["written_by"]["values"]} == {
        "weights",
        "monitoring",
    }


async def test_an_assessment_and_a_cap_show_the_basis_of_the_values_used(real_town: Town) -> None:
    town = real_town
    await town.founded()
    await adopted(town, body())
    await town.registered(is_new=True)
    await town.assessed()
    why = await town.read("/ex-ante-assessments/P1-2021/explanation")
    used = {v["pointer"]: v for v in why["graded_by"]["values"]}
    assert why["graded_by"]["rule_set_version"] == 2
    assert used["/ex_ante/included_grades/0"]["source_tag"] == "S"
    assert used["/ex_ante/objection_days"]["legal_basis"] == ""
    heard = cap(Grade.GOOD, yuan("20_000_000"))
    await told(town, heard)
    wanted = {"unit_code": UNIT_CODE, "budget_year": 2022, "project_code": "P1"}
    await town.done(Role.UNIT_FINANCE, "/budget-requests", {**wanted, "amount": "1000000.00"})
    why = await town.read(f"/budget-requests/{UNIT_CODE}-2022-P1/explanation")
    assert (why["capped_by"]["rule_set_id"], why["capped_by"]["rule_set_version"]) == (
        f"{REGION_CODE}-{YEAR}",
        1,
    )
    assert [(v["pointer"], v["value"]) for v in why["capped_by"]["values"]] == [
        ("/linkage/GOOD/cap", "prev"),
        ("/linkage/budget_year_offset", 2),
    ]


async def told(town: Town, command: object) -> None:
    """What another service said has been heard."""
    assert town.store is not None
    ask = Ask(
        commands=(command,), actor="evaluation", unit="", now=NOW, correlation_id="c",
        causation_id="c",
    )  # fmt: skip
    await Handling(service.aggregates, town.store).handle(ask)
