"""A half-year over HTTP on a real database: from the plan to the ranking, with forms in and out."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx

from shared.contracts import monitoring, targets
from shared.http.policy import Role
from tests.evaluation.living import Living
from tests.evaluation.standing import H1
from tests.evaluation.story import DEPT, REGION, RULES, UNIT

ONE = f"/effectiveness/{H1}-{UNIT}"
PLAN = f"/effectiveness-plans/{H1}"
DOCUMENT = {"document_no": "绩〔2022〕10号"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PROJECT: dict[str, Any] = {
    "region_code": REGION,
    "project_code": "P1",
    "fiscal_year": 2022,
    "unit_code": UNIT,
}


async def begun(world: Living) -> None:
    """Rules and unit are known; the plan stands and its framework is fixed."""
    county = world.county
    await world.hear(
        targets.RuleSetAdopted(
            region_code=REGION,
            rule_set_id="r",
            rule_set_version=3,
            fiscal_year=2022,
            legal_basis="x",
            rules=RULES,
        ),
        targets.UnitRegistered(
            region_code=REGION,
            unit_code=UNIT,
            name="交通局",
            department_code=DEPT,
            department_name="交通局",
        ),
    )
    body = {
        "subject": "BUDGET_UNIT",
        "fiscal_year": 2022,
        "period": "H1",
        "subjects": [UNIT],
        "cut_off_on": "2022-06-30",
        "document_no": "绩〔2021〕40号",
    }
    answer = await county.done(Role.FB_PERFORMANCE, "/effectiveness-plans", body)
    assert answer.headers["location"].endswith(H1)
    await county.done(Role.FB_LEADER, f"{PLAN}/fix-indicators")


async def computed(world: Living) -> list[dict[str, Any]]:
    """Something was said, and the cut-off has passed."""
    await world.clock.advance_to(datetime(2022, 6, 10, 2, tzinfo=UTC))
    await world.hear(
        monitoring.MonitoringScored(
            **PROJECT, node="M05", score=Decimal(90), level="NORMAL", execution_rate=Decimal(1)
        ),
        monitoring.MonitoringMissed(
            **PROJECT | {"project_code": "P2"},
            node="M05",
            execution_rate=Decimal(0),
            reasons=(),
            due_on=date(2022, 6, 8),
            rule_set_version=3,
        ),
    )
    await world.clock.advance_to(datetime(2022, 7, 1, 0, 59, tzinfo=UTC))
    assert (await world.county.read(PLAN))["status"] == "INDICATORS_FIXED"
    await world.clock.advance_to(datetime(2022, 7, 1, 1, 1, tzinfo=UTC))
    await world.until_it_is(ONE, status="AUTO_SCORED")
    shown: dict[str, Any] = await world.county.read(f"{ONE}/explanation")
    lines: list[dict[str, Any]] = shown["lines"]
    return lines


def judged_of(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Everything that waits, at its full points and with a document."""
    return [
        {"aspect": line["aspect"], "score": line["points"], "basis": "台账", **DOCUMENT}
        for line in lines
        if line["source"] != "COMPUTED"
    ]


async def scored(world: Living) -> None:
    """People have judged the rest, and the unit was told."""
    lines = await computed(world)
    body = {"judged": judged_of(lines)}
    await world.county.done(Role.FB_BUSINESS, f"{ONE}/score", body)
    await world.county.done(Role.FB_PERFORMANCE, f"{ONE}/open-objection-window", DOCUMENT)


async def test_from_the_plan_to_the_ranking(living_county: Living) -> None:
    world, county = living_county, living_county.county
    await begun(world)
    early = await county.ask(Role.FB_BUSINESS, f"{ONE}/score", {"judged": []})
    assert early.json()["type"].endswith("/effectiveness-step-out-of-order")
    await scored(world)
    lines = {one["aspect"]: one for one in (await county.read(f"{ONE}/explanation"))["lines"]}
    assert (lines["FORMS_ON_TIME"]["part"], lines["FORMS_ON_TIME"]["whole"]) == ("1", "2")
    assert (lines["FORMS_ON_TIME"]["score"], lines["MONITORING_SCORE"]["score"]) == ("3.00", "5.40")
    assert (lines["CAPS"]["source"], lines["CAPS"]["document_no"]) == ("JUDGED", "绩〔2022〕10号")
    await county.done(Role.UNIT_HEAD, f"{ONE}/object", {"text": "第二个项目已批准延期"})
    early = await county.ask(Role.FB_LEADER, f"{ONE}/conclude")
    assert early.json()["type"].endswith("/objection-window-not-over")
    right = {"aspect": "FORMS_ON_TIME", "score": "6", "basis": "延期批复", **DOCUMENT}
    answer = {"reason": "属实", **DOCUMENT, "corrections": [right]}
    await county.done(Role.FB_LEADER, f"{ONE}/decide-objection", answer)
    object_by = date.fromisoformat((await county.read(ONE))["object_by"])
    over = datetime.combine(object_by, datetime.min.time(), UTC) + timedelta(hours=17)
    await world.clock.advance_to(over)
    late = await county.ask(Role.UNIT_HEAD, f"{ONE}/object", {"text": "还有一条"})
    assert late.json()["type"].endswith("/objection-window-not-open")
    await county.done(Role.FB_LEADER, f"{ONE}/conclude")
    shown = await county.read(ONE)
    assert (shown["status"], shown["score"], shown["grade"]) == ("FINAL", "99.40", "EXCELLENT")
    assert shown["rule_set_version"] == 3
    await county.done(Role.FB_PERFORMANCE, f"{PLAN}/rank")
    await county.done(Role.FB_LEADER, f"{PLAN}/publish", DOCUMENT)
    await county.done(Role.FB_LEADER, f"{PLAN}/apply", {**DOCUMENT, "use": "经费分配因素"})
    ranking = (await county.client.get(f"/v1/rankings/{H1}-1")).json()
    assert (ranking["rows"][0]["rank"], ranking["plan_id"]) == (1, H1)
    assert (await county.read(PLAN))["status"] == "APPLIED"
    await corrected(world, right)


async def corrected(world: Living, right: dict[str, Any]) -> None:
    """A final score was wrong: a new ranking names the old one, which stays."""
    county = world.county
    wrong = {"reason": "漏计", "document_no": "绩〔2022〕31号"}
    body = {**wrong, "corrections": [{**right, "score": "0"}]}
    same = await county.ask(Role.FB_LEADER, f"{ONE}/correct", body)
    assert same.status_code == 403
    await county.done(Role.FB_LEADER, f"{ONE}/correct", body, subject="other")
    await county.done(Role.FB_PERFORMANCE, f"{PLAN}/rank", subject="again")
    await county.done(Role.FB_LEADER, f"{PLAN}/publish", {"document_no": "绩〔2022〕32号"})
    old = (await county.client.get(f"/v1/rankings/{H1}-1")).json()
    new = (await county.client.get(f"/v1/rankings/{H1}-2")).json()
    assert (old["superseded_by"], new["corrects"]) == (f"{H1}-2", f"{H1}-1")
    assert (old["rows"][0]["score"], new["rows"][0]["score"]) == ("99.40", "93.40")


async def test_the_score_sheet_is_filled_in_and_comes_back(living_county: Living) -> None:
    world = living_county
    await begun(world)
    lines = await computed(world)
    for form in ("ndjson", "xlsx"):
        blank = await sheet(world, f"{PLAN}/score-sheet", form)
        answer = await uploaded(world, "score_effectiveness", blank, form, Role.FB_BUSINESS)
        assert (answer["good"], answer["refused_rows"]) == (0, 1)  # nobody has judged anything
    extra = [{"points": "1.5", "basis": "典型案例", **DOCUMENT}]
    judged = {"judged": judged_of(lines), "bonuses": extra, "penalties": extra}
    await world.county.done(Role.FB_BUSINESS, f"{ONE}/score", judged)
    before = await world.county.read(ONE)
    for form in ("ndjson", "xlsx"):
        filled = await sheet(world, f"{PLAN}/score-sheet", form)
        answer = await uploaded(world, "score_effectiveness", filled, form, Role.FB_BUSINESS)
        assert (answer["good"], answer["refused_rows"]) == (1, 0), answer
    assert (await world.county.read(ONE))["version"] == before["version"]  # unchanged


async def sheet(world: Living, path: str, form: str) -> bytes:
    headers = world.county.by(Role.FB_BUSINESS)
    answer = await world.county.client.get(f"/v1{path}", params={"form": form}, headers=headers)
    assert answer.status_code == httpx.codes.OK, answer.text
    return answer.content


async def uploaded(
    world: Living, operation: str, content: bytes, form: str, role: Role
) -> dict[str, Any]:
    kind = XLSX if form == "xlsx" else "application/x-ndjson"
    answer = await world.county.client.post(
        "/v1/imports",
        params={"operation": operation},
        content=content,
        headers={**world.county.by(role), "content-type": kind},
    )
    report: dict[str, Any] = answer.json()
    return report


async def test_the_ranking_sheet_comes_back_unchanged(living_county: Living) -> None:
    world, county = living_county, living_county.county
    await begun(world)
    links = {"organisation": 8, "ex_ante": 5, "targets": 10, "monitoring": 10, "evaluation": 10}
    links |= {"application": 5, "disclosure": 4, "training_publicity": 2}
    told = [{"link": name, "score": str(points)} for name, points in links.items()]
    body = {"subject_code": UNIT, "fiscal_year": 2022, "subject": "BUDGET_UNIT", "links": told}
    await county.done(Role.FB_BUSINESS, "/appraisals", body)
    await county.done(Role.FB_LEADER, f"/appraisals/{UNIT}-2022/conclude")
    ranking = {"subject": "BUDGET_UNIT", "fiscal_year": 2022, "period": "2022"}
    ranking |= {"ranking_id": "R1", "subjects": [UNIT]}
    await county.done(Role.FB_LEADER, "/rankings", ranking)
    for form in ("ndjson", "xlsx"):
        content = await sheet(world, "/rankings/R1/form", form)
        answer = await uploaded(world, "publish_ranking", content, form, Role.FB_LEADER)
        assert (answer["good"], answer["refused_rows"]) == (1, 0), answer
    assert len((await county.read("/rankings"))["items"]) == 1
