"""What readers are shown of self-evaluations, on a real database."""

from dataclasses import replace
from typing import Any, Final

from services.evaluation.domain.self_evaluation.commands import NameDuty, NoteDuplicate
from services.evaluation.domain.self_evaluation.messages import OpenSelfEvaluation
from services.evaluation.domain.watched import NotePaid
from shared.http.policy import Role
from tests.evaluation.county import County
from tests.evaluation.story import NOW, PROJECT, REGION, UNIT, yuan
from tests.evaluation.test_self_evaluation_api import (
    FILE,
    FILLED,
    ONE,
    PROOF,
    named,
    signed,
)

SECOND: Final = "/self-evaluations/P2-2021"
BY: Final[dict[str, Any]] = {"by": "abacus", "now": NOW}


async def second_project(county: County) -> None:
    """Another project of the unit, with a target of its own."""
    other = replace(PROJECT, project_code="P2", name="农村饮水")
    await county.heard(OpenSelfEvaluation(project=other, by="abacus", now=NOW))


async def test_a_form_is_prefilled_and_tells_who_did_what(real_county: County) -> None:
    county = real_county
    await named(county)
    form = await county.read(f"{ONE}/form-data", role=Role.UNIT_BUSINESS)
    assert (form["budget"], form["paid"], form["reports"]) == ("5000000.00", "4100000.00", [])
    assert form["duty"] == {"business": "李", "finance": "王", "head": "张"}
    assert (await county.read(ONE))["status"] == "OPENED"
    await county.done(Role.UNIT_BUSINESS, f"{ONE}/enter", FILLED)
    assert (await county.read(ONE))["status"] == "FILLING"
    await county.done(Role.UNIT_FINANCE, f"{ONE}/confirm", {"note": "与国库一致"})
    assert (await county.read(ONE))["status"] == "SELF_SCORED"
    await county.done(Role.UNIT_HEAD, f"{ONE}/submit")
    form = await county.read(f"{ONE}/form-data")
    assert (form["filled_for"], form["confirmed_for"], form["signed_for"]) == ("李", "王", "张")
    by = (form["filled_by"], form["confirmed_by"], form["submitted_by"])
    assert [one.rpartition("|")[2] for one in by] == ["unit_business", "unit_finance", "unit_head"]
    assert (form["confirmed_paid"], form["summary"]) == ("4100000.00", FILLED["summary"])
    assert len(form["reports"]) == len(FILLED["reports"])
    assert form["evidence"][0]["sha256"] == PROOF


async def test_who_was_named_before_the_form_opened_stands_in_it_and_may_change(
    real_county: County,
) -> None:
    """Every fact is a version of the form: who changes it says which one was seen."""
    county = real_county
    duty = NameDuty(self_evaluation_id="P1-2021", business="李", finance="王", head="张", **BY)
    await county.heard(duty)
    await county.founded()
    form = await county.read(f"{ONE}/form-data", role=Role.UNIT_BUSINESS)
    assert form["duty"] == {"business": "李", "finance": "王", "head": "张"}
    before = (await county.read(ONE))["version"]
    await county.heard(replace(duty, head="赵"))
    assert (await county.read(ONE))["version"] == before + 1
    form = await county.read(f"{ONE}/form-data", role=Role.UNIT_BUSINESS)
    assert form["duty"]["head"] == "赵"


async def test_the_core_problem_page_stands_with_the_table(real_county: County) -> None:
    county = real_county
    await named(county)
    await signed(county)
    assert (await county.read(f"{ONE}/core-problems"))["problems"] == []
    await county.done(Role.DEPT_REVIEWER, f"{ONE}/audit")
    page = await county.read(f"{ONE}/core-problems")
    (problem,) = page["problems"]
    assert (problem["subject"], problem["lost"], problem["deviation"]) == ("income", "1.50", "0.5")
    assert problem["cause"]["owner"] == "李"
    assert (await county.read(ONE))["status"] == "FLAGGED"


async def test_evidence_shows_its_verdict_and_where_else_it_was_used(real_county: County) -> None:
    county = real_county
    await named(county)
    await second_project(county)
    await county.heard(NotePaid(project_code="P2", fiscal_year=2021, paid=yuan(410), **BY))
    late = {**FILLED, "evidence": [{**FILE, "captured_on": "2022-04-02"}]}
    await signed(county, late)
    await county.done(Role.UNIT_BUSINESS, f"{SECOND}/enter", {**FILLED, "self_score": None})
    doubt = {"sha256": PROOF, "acceptance": "DOUBTFUL", "reason": "缺少监理签字"}
    await county.done(Role.DEPT_REVIEWER, f"{ONE}/judge-evidence", {"verdicts": [doubt]})
    (shown,) = await county.read(f"{ONE}/evidence")
    assert (shown["acceptance"], shown["reason"]) == ("DOUBTFUL", "缺少监理签字")
    assert (shown["bytes"], shown["kind"]) == (182_331, "OFFICIAL_DOCUMENT")
    assert (shown["flags"], shown["also_in"]) == (["LATE_EVIDENCE"], [])
    await county.done(Role.UNIT_FINANCE, f"{SECOND}/confirm")
    await county.done(Role.UNIT_HEAD, f"{SECOND}/submit")
    (shown,) = await county.read(f"{ONE}/evidence")
    assert shown["flags"] == ["DUPLICATE_EVIDENCE", "LATE_EVIDENCE"]
    assert shown["also_in"] == ["P2-2021"]
    twice = await county.read("/self-evaluation-evidence/used-twice", fiscal_year=2021)
    assert sorted(one["self_evaluation_id"] for one in twice["items"]) == ["P1-2021", "P2-2021"]
    note = NoteDuplicate(
        self_evaluation_id="P1-2021", sha256=PROOF, also_in="P2-2021", by="abacus", now=NOW
    )
    await county.heard(note)
    assert (await county.read(ONE))["duplicate_evidence"] is True


async def test_every_project_is_covered_or_missing(real_county: County) -> None:
    county = real_county
    await named(county)
    await second_project(county)
    where: dict[str, Any] = {"region_code": REGION, "unit_code": UNIT, **BY}
    await county.heard(NotePaid(project_code="P3", fiscal_year=2021, paid=yuan(7), **where))
    await county.heard(NotePaid(project_code="P1", fiscal_year=2021, paid=yuan(411), **where))
    await county.done(Role.UNIT_BUSINESS, f"{ONE}/enter", FILLED)
    await county.done(Role.UNIT_FINANCE, f"{ONE}/confirm")
    (unit,) = await county.read("/self-evaluation-coverage", fiscal_year=2021)
    assert (unit["projects"], unit["signed"], unit["overdue"]) == (2, 0, 2)  # long after March 2022
    assert unit["statuses"] == {"SELF_SCORED": 1, "OPENED": 1}
    await county.done(Role.UNIT_HEAD, f"{ONE}/submit")
    (unit,) = await county.read("/self-evaluation-coverage", fiscal_year=2021)
    assert (unit["signed"], unit["overdue"], unit["missing"]) == (1, 1, ["P2-2021"])
    without = await county.read("/self-evaluation-coverage/without", fiscal_year=2021)
    assert [(one["self_evaluation_id"], one["paid"]) for one in without["items"]] == [
        ("P3-2021", "70000.00")
    ]


async def test_desks_and_returns_are_counted(real_county: County) -> None:
    county = real_county
    await named(county)
    await signed(county)
    reason = {"reason": "执行数与国库不符", "codes": ["EXECUTION_DOUBTFUL"]}
    await county.done(Role.DEPT_REVIEWER, f"{ONE}/return", reason)
    delays = await county.read("/self-evaluation-delays", fiscal_year=2021)
    assert delays["returns"] == {"EXECUTION_DOUBTFUL": 1}
    assert delays["returned_to"] == {"FINANCE": 1}
    assert delays["workdays"]["BUSINESS"] == delays["longest"]["BUSINESS"] > 0
    form = await county.read(f"{ONE}/form-data")
    (returned,) = form["returned"]
    assert (returned["codes"], returned["offices"]) == (["EXECUTION_DOUBTFUL"], ["FINANCE"])
    assert await county.read(f"{ONE}/evidence") == []


async def test_a_foreign_unit_sees_nothing_of_it(real_county: County) -> None:
    county = real_county
    await named(county)
    await signed(county)
    foreign = county.tokens.of(Role.UNIT_HEAD, region="653101", unit="653101001", subject="x")
    for path in ("form-data", "core-problems", "evidence", "form"):
        answer = await county.client.get(f"/v1{ONE}/{path}", headers=foreign)
        assert answer.status_code == 404
    listed = await county.client.get(
        "/v1/self-evaluation-coverage", params={"fiscal_year": 2021}, headers=foreign
    )
    assert listed.json() == []
