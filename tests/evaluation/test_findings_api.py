"""Scores, findings, explanations and the index over HTTP, on a real database."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from services.evaluation.domain.adopted_rules import Rules, adopted_rules_decider
from services.evaluation.domain.history import Told, judged
from services.evaluation.domain.recomputing import recompute
from services.evaluation.domain.watched import NotePaid
from services.evaluation.main import service
from shared.http.policy import Role
from tests.evaluation.county import REPORT, TOLD_CAUSE, County
from tests.evaluation.story import NOW, POLICY, PROJECT, REGION, UNIT, yuan
from tests.evaluation.test_records import adopt

ONE = "/self-evaluations/P1-2021"


def changed(**lines: dict[str, Any]) -> dict[str, Any]:
    """The report of V1 with other lines, by indicator."""
    told = [{**line, **lines.get(line["indicator_id"], {})} for line in REPORT["reports"]]
    return {**REPORT, "reports": told}


async def listed(county: County, why: Any) -> dict[str, list[Told]]:  # noqa: ANN401 - JSON
    """The events that an explanation lists, read from the ledger, by category."""
    ids = {one["event_id"] for one in why["inputs"]}
    codec = service.aggregates.codec
    found: dict[str, list[Told]] = {}
    await county.store.sequence()
    for entry in await county.store.read_ledger(0, 10_000):
        fact = codec.decode(entry.event, entry.position)
        if str(fact.event_id) in ids:
            told = Told(event_id=str(fact.event_id), event=fact.event)
            found.setdefault(fact.stream.partition("-")[0], []).append(told)
    assert sum(map(len, found.values())) == len(ids)
    return found


async def test_v1_is_93_89_with_a_cause_of_its_own_and_95_39_without(real_county: County) -> None:
    county = real_county
    await county.founded()
    other = replace(PROJECT, project_code="P2", department_code="653121-D2")
    await county.founded(other)
    cause = {**TOLD_CAUSE, "code": POLICY.code.value, "text": POLICY.text}
    variant = {**changed(income={"cause": cause}), "self_score": "95.39"}
    for one, report in (("P1-2021", REPORT), ("P2-2021", variant)):
        path = f"/self-evaluations/{one}"
        await county.done(Role.UNIT_HEAD, f"{path}/submit", report)
        reviewer = county.tokens.of(
            Role.DEPT_REVIEWER, region=REGION, unit="*", department="653121-D2", subject="d2"
        )
        if one == "P1-2021":
            await county.done(Role.DEPT_REVIEWER, f"{path}/audit")
        else:
            headers = {**reviewer, "if-match": "*"}
            answer = await county.client.post(f"/v1{path}/audit", json={}, headers=headers)
            assert answer.is_success, answer.text
        await county.done(Role.FB_PERFORMANCE, f"{path}/accept")
    scores = [
        (await county.read(f"/self-evaluations/{p}-2021"))["machine_score"] for p in ("P1", "P2")
    ]
    assert scores == ["93.89", "95.39"]


async def test_an_explanation_is_recomputed_from_the_events_it_lists(real_county: County) -> None:
    county = real_county
    await county.founded()
    await county.accepted()
    # What came later changes nothing of what was judged.
    late = NotePaid(project_code="P1", fiscal_year=2021, paid=yuan(100), by="abacus", now=NOW)
    await county.heard(late, adopt(2))
    why = await county.read(f"{ONE}/explanation")
    assert (why["agrees"], why["differences"], why["provisional"]) == (True, [], False)
    assert why["applied"]["rule_set_version"] == 1
    assert why["weight_case"] == "A"
    assert {part["part"]: part["score"] for part in why["parts"]} == {
        "OUTPUT": "48.50",
        "BENEFIT": "27.75",
        "SATISFACTION": "9.44",
    }
    [noticed] = why["noticed"]
    assert (noticed["finding"], noticed["level"], noticed["effect"]) == (
        "GOAL_OVER_EXECUTION",
        "RED",
        "KEPT",
    )
    values = {step["name"]: step["value"] for step in noticed["steps"]}
    assert values["f_exec"] == "0.1388"
    events = await listed(county, why)
    report = judged(events["self_evaluation"], events["watched"])
    assert report is not None
    rules = adopted_rules_decider.fold([one.event for one in events["rules"]])  # type: ignore[misc]
    assert isinstance(rules, Rules)
    result = recompute(report.basis, rules.rule_set)
    assert (str(result.score), result.grade.value) == (why["machine_score"], why["grade"])
    assert [one.value for one in result.findings] == [noticed["finding"]]


async def test_what_is_not_accepted_yet_is_computed_from_what_is_known(real_county: County) -> None:
    county = real_county
    await county.founded()
    empty = await county.read(f"{ONE}/explanation")
    assert (empty["provisional"], empty["lines"]) == (True, [])
    await county.done(Role.UNIT_HEAD, f"{ONE}/submit", {**REPORT, "self_score": "99"})
    why = await county.read(f"{ONE}/explanation")
    found = {one["finding"]: one["treatment"] for one in why["noticed"]}
    assert found == {"ARITHMETIC": "RETURNED", "GOAL_OVER_EXECUTION": "FLAGGED"}
    assert why["provisional"] is True


async def test_a_value_told_in_yuan_is_counted_in_the_unit_of_its_indicator(
    real_county: County,
) -> None:
    county = real_county
    await county.founded()
    refused = await county.ask(Role.UNIT_HEAD, f"{ONE}/submit", changed(road={"unit": "公里"}))
    assert refused.status_code == 422
    assert refused.json()["type"].endswith("/unit-not-convertible")
    told = changed(cost={"value": "227800", "unit": "元/km"})
    await county.done(Role.UNIT_HEAD, f"{ONE}/submit", told)
    why = await county.read(f"{ONE}/explanation")
    [cost] = [line for line in why["lines"] if line["indicator_id"] == "cost"]
    assert (Decimal(cost["counted"]), cost["told_unit"], cost["score"]) == (
        Decimal("22.78"),
        "元/km",
        "10.00",
    )


async def test_a_copied_report_is_flagged_and_names_what_it_copies(real_county: County) -> None:
    county = real_county
    await county.founded()
    await county.founded(replace(PROJECT, project_code="P2"))
    long = {**REPORT, "summary": "全年完成农村公路改建十八公里，" * 6}
    for one in ("P1-2021", "P2-2021"):
        path = f"/self-evaluations/{one}"
        await county.done(Role.UNIT_HEAD, f"{path}/submit", long)
        await county.done(Role.DEPT_REVIEWER, f"{path}/audit")
        await county.done(Role.FB_PERFORMANCE, f"{path}/accept")
    first = await county.read("/self-evaluations/P1-2021")
    second = await county.read("/self-evaluations/P2-2021")
    assert "COPY_PASTE" not in first["findings"]
    assert second["findings"] == "GOAL_OVER_EXECUTION COPY_PASTE"
    why = await county.read("/self-evaluations/P2-2021/explanation")
    [copied] = [one for one in why["noticed"] if one["finding"] == "COPY_PASTE"]
    assert copied["steps"][0] == {
        "name": "P1-2021",
        "formula": "shared ÷ mean pairs",
        "value": "1.0000",
    }
    assert why["agrees"] is True


async def test_the_index_is_asked_for_and_told(real_county: County) -> None:
    county = real_county
    await county.founded()
    await county.accepted()
    early = await county.ask(Role.FB_LEADER, "/deviations", {"fiscal_year": 2021})
    assert early.json()["type"].endswith("/nothing-rechecked")
    await county.founded(replace(PROJECT, project_code="P2"))
    second = "/self-evaluations/P2-2021"
    await county.done(Role.UNIT_HEAD, f"{second}/submit", {**REPORT, "self_score": "94.29"})
    await county.done(Role.DEPT_REVIEWER, f"{second}/audit")
    await county.done(Role.FB_PERFORMANCE, f"{second}/accept")
    lowered = {"score": "80.39", "reason": "现场核实里程不足"}
    await county.done(Role.FB_PERFORMANCE, f"{ONE}/recheck", lowered, subject="other")
    [line] = await county.read("/evaluations/deviation", fiscal_year=2021)
    assert line == {
        "unit_code": UNIT,
        "evaluations": 2,
        "rechecked": 1,
        "mean_deviation": "13.50",
        "inflated": 1,
        "share_inflated": "1.0000",
        "mean_arithmetic": "0.20",
        "rank": 1,
    }
    told = await county.done(Role.FB_LEADER, "/deviations", {"fiscal_year": 2021})
    published = await county.read(f"/deviations/{told.json()['id']}")
    assert published["rows"] == [
        {name: line[name] for name in published["rows"][0]},
    ]
    await county.store.sequence()
    words = [word.event_type for word in await county.store.read_words(0, 100)]
    assert sum("DeviationPublished" in word for word in words) == 1
    why = await county.read(f"{ONE}/explanation")
    [inflated] = [one for one in why["noticed"] if one["finding"].startswith("INFLATED")]
    values = {step["name"]: step["value"] for step in inflated["steps"]}
    assert (values["d2"], values["penalty"], inflated["effect"]) == ("13.50", "2", "CORRECTS")
    wrong = await county.ask(Role.UNIT_HEAD, "/deviations", {"fiscal_year": 2021})
    assert wrong.status_code == 403
