"""What readers are shown, on a real database: registers, statistics, explanations."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from shared.http.policy import Role
from tests.evaluation.county import County
from tests.evaluation.story import PROJECT, REGION, UNIT


async def test_a_score_is_listed_shown_and_explained(real_county: County) -> None:
    county = real_county
    await county.founded()
    await county.accepted()
    listed = await county.read("/self-evaluations", fiscal_year=2021, unit=UNIT)
    (row,) = listed["items"]
    assert (row["status"], row["machine_score"], row["grade"]) == ("ACCEPTED", "93.89", "EXCELLENT")
    assert (row["budget"], row["paid"]) == ("5000000.00", "4100000.00")
    assert row["findings"] == "GOAL_OVER_EXECUTION"
    why = await county.read("/self-evaluations/P1-2021/explanation")
    scores = {line["indicator_id"]: line["score"] for line in why["explanation"]["lines"]}
    assert (scores["income"], scores["happy"]) == ("13.50", "9.44")
    assert (why["explanation"]["execution_score"], why["rule_set_version"]) == ("8.20", 1)
    lowered = {"score": "80.00", "reason": "现场核实里程不足"}
    one = "/self-evaluations/P1-2021"
    await county.done(Role.FB_PERFORMANCE, f"{one}/recheck", lowered, subject="other")
    shown = await county.read(one)
    assert (shown["status"], shown["final_score"], shown["inflation"]) == (
        "RECHECKED",
        "80.00",
        "INFLATED",
    )
    (unit,) = await county.read("/evaluations/deviation", fiscal_year=2021)
    assert (unit["unit_code"], unit["mean_deviation"], unit["inflated"]) == (UNIT, "13.89", 1)
    assert (await county.read("/self-evaluations", status="FINAL"))["items"] == []


async def test_only_booked_money_is_counted(real_county: County) -> None:
    county = real_county
    await county.founded()
    await county.recovered()
    query: dict[str, Any] = {"year": 2021, "region": REGION}
    assert (await county.read("/recoveries/statistics", **query))["amount"] == "0.00"
    await county.booked()
    for region, scope, amount in (
        (REGION, "self", "500000.00"),
        ("653100", "tree", "500000.00"),
        ("653100", "self", "0.00"),
    ):
        query = {"year": 2021, "region": region, "scope": scope}
        assert (await county.read("/recoveries/statistics", **query))["amount"] == amount
    figures = await county.read("/recoveries/statistics", year=2021, region=REGION)
    assert (figures["unit_count"], figures["project_count"]) == (1, 1)
    listed = (await county.read("/recoveries", status="BOOKED", fiscal_year=2021))["items"]
    assert [row["booked_on"] for row in listed] == ["2021-11-03"]
    why = await county.read("/recoveries/P1-2021-1/explanation")
    assert (why["quota"], why["paid"], why["amount"]) == (
        "5000000.00",
        "4100000.00",
        "500000.00",
    )


@pytest.mark.parametrize("day", ["2021-01-01", "2021-12-31"])
async def test_money_counts_in_the_year_of_its_booking_from_the_first_day_to_the_last(
    real_county: County, day: str
) -> None:
    county = real_county
    await county.founded()
    await county.recovered()
    await county.booked(day)
    for year, found in ((2020, 0), (2021, 1), (2022, 0)):
        listed = (await county.read("/recoveries", booked_in=year))["items"]
        assert len(listed) == found, year
        figures = await county.read("/recoveries/statistics", year=year, region=REGION)
        assert figures["project_count"] == found, year


async def test_confirmed_cuts_and_their_basis_are_counted(real_county: County) -> None:
    county = real_county
    await county.founded()
    await county.cut()
    query: dict[str, Any] = {"budget_year": 2022, "basis_fiscal_year": 2020, "region": "653100"}
    figures = await county.read("/budget-cuts/statistics", **query)
    assert (figures["unit_count"], figures["project_count"]) == (1, 1)
    assert figures["amount"] == "4000000.00"
    (row,) = (await county.read("/budget-cuts", budget_year=2022, status="CONFIRMED"))["items"]
    assert (row["grade"], row["unit_code"]) == ("POOR", UNIT)
    assert (await county.read("/budget-cuts/P9-2022"))["status"] == "CONFIRMED"
    assert len((await county.read("/budget-cuts", confirmed=True))["items"]) == 1
    (prior,) = (await county.read("/prior-results", fiscal_year=2020))["items"]
    assert (prior["score"], prior["grade"]) == ("52.00", "POOR")


async def test_a_grade_its_cap_and_its_rank_are_shown(real_county: County) -> None:
    county = real_county
    await county.founded()
    await county.appraised()
    (row,) = (await county.read("/appraisals", fiscal_year=2021))["items"]
    assert (row["score"], row["grade"], row["status"]) == ("54.00", "POOR", "CONCLUDED")
    body = {"unit_code": UNIT, "basis_fiscal_year": 2021, "previous_budget": "20000000.00"}
    await county.done(Role.FB_LEADER, "/linkages", body)
    bound = await county.read(f"/linkages/{UNIT}-2021")
    assert (bound["budget_year"], bound["cap"], bound["priority"]) == (2023, "18000000.00", False)
    assert len((await county.read("/linkages", budget_year=2023))["items"]) == 1
    ranking = {
        "ranking_id": "R1",
        "subject": "BUDGET_UNIT",
        "fiscal_year": 2021,
        "period": "2021",
        "subjects": [UNIT],
    }
    await county.done(Role.FB_LEADER, "/rankings", ranking)
    (shown,) = (await county.read("/rankings", fiscal_year=2021))["items"]
    (row,) = shown["rows"]
    assert (row["subject"], row["score"], row["rank"]) == (UNIT, "54.00", 1)
    told = await county.read(f"/appraisals/{UNIT}-2021/explanation")
    inputs = told["explanation"]
    assert sum(Decimal(link["score"]) for link in inputs["links"]) == Decimal(54)
    assert (inputs["points"], told["score"], told["grade"]) == ("54", "54.00", "POOR")
    assert told["rule_set_version"] == 1


async def test_what_superiors_said_is_public(real_county: County) -> None:
    county = real_county
    await county.told()
    anybody = county.client
    ranks = await anybody.get("/v1/external-rankings", params={"scheme": "XJ_COMPREHENSIVE"})
    scores = await anybody.get("/v1/external-scores", params={"fund_year": 2021})
    (rank,), (score,) = ranks.json()["items"], scores.json()["items"]
    assert (rank["rank"], rank["document_no"]) == (3, "新财绩〔2021〕1号")
    assert (score["score"], score["rank"]) == ("95.94", 2)


async def test_readers_see_their_own_things_only(real_county: County) -> None:
    county = real_county
    await county.founded()
    elsewhere = replace(PROJECT, project_code="P2", region_code="653101", unit_code="U9")
    await county.founded(elsewhere)
    assert len((await county.read("/self-evaluations"))["items"]) == 1
    hidden = await county.client.get(
        "/v1/self-evaluations/P2-2021", headers=county.by(Role.FB_PERFORMANCE)
    )
    assert hidden.status_code == 404


async def test_a_case_and_an_evaluation_are_followed_to_their_end(real_county: County) -> None:
    county = real_county
    await county.founded()
    select = {
        "evaluation_id": "FINANCE-P1-2021",
        "kind": "FINANCE",
        "project_code": "P1",
        "fiscal_year": 2021,
        "notice_no": "绩评通1号",
    }
    await county.done(Role.FB_PERFORMANCE, "/evaluations", select)
    shown = await county.read("/evaluations/FINANCE-P1-2021")
    assert (shown["status"], shown["budget"]) == ("NOTICE_ISSUED", "5000000.00")
    assert len((await county.read("/evaluations", kind="FINANCE"))["items"]) == 1
    case = {
        "case_id": "C1",
        "unit_code": UNIT,
        "subject": "自评虚高",
        "clue": "抽查",
        "opened_on": "2022-03-01",
    }
    circular = {
        "rung": "CIRCULAR",
        "authority": "县财政局",
        "document_no": "通报〔2022〕1号",
        "measured_on": "2022-03-02",
    }
    await county.done(Role.FB_SUPERVISION, "/cases", case)
    begun = {"office": "财政监督科", "started_on": "2022-03-01"}
    await county.done(Role.FB_SUPERVISION, "/cases/C1/start-investigation", begun)
    await county.done(Role.FB_SUPERVISION, "/cases/C1/record-measure", circular)
    await county.done(Role.FB_SUPERVISION, "/cases/C1/close", {"outcome": "已整改"})
    shown = await county.read("/cases/C1", Role.FB_SUPERVISION)
    assert (shown["last_rung"], shown["outcome"]) == ("CIRCULAR", "已整改")
