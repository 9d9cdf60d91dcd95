"""Evaluations asked over HTTP: nine steps with a third party, the report, sample and feedback."""

from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from typing import Any, Final

from docx import Document

from services.evaluation.api.evaluation_examples import EVALUATION_EXAMPLES
from services.evaluation.domain.sampling.roster import EnterUnit
from shared.http.policy import Role
from tests.evaluation.county import County
from tests.evaluation.story import DEPT, NOW, PROJECT, REGION, UNIT, yuan

ID: Final = "FINANCE-P1-2021"
ONE: Final = f"/evaluations/{ID}"
CODE: Final = "91653101MA77777777"
ASSIGNMENT: Final = f"/assignments/{ID}-{CODE}"
PROOF: Final = "9" * 64
SELECT: Final = {
    "evaluation_id": ID,
    "kind": "FINANCE",
    "project_code": "P1",
    "fiscal_year": 2021,
}
PLAN: Final = {"stage": "FINISHED", "methods": ["COMPARISON"], "standards": ["PLAN"]}
FIGURES: Final = [
    {"item_id": "C11", "planned": "9", "actual": "9", "evidence": ["E1"]},
    {"item_id": "C21", "actual": "9", "qualified": "9"},
    {"item_id": "C41", "planned_cost": "5000000.00", "actual_cost": "4900000.00"},
]
PARTY: Final = {
    **EVALUATION_EXAMPLES["register_third_party"],
    "lead_evaluators": [{"account": "lead", "name": "李华"}],
}
CONTRACT: Final = {
    **EVALUATION_EXAMPLES["commission_third_party"],
    "evaluation_id": ID,
    "lead_evaluator": "lead",
}
REPORT: Final = {**EVALUATION_EXAMPLES["submit_report"], "lead_evaluator": ""}
FB: Final = Role.FB_PERFORMANCE


async def told(county: County) -> None:
    """Selected, told, and the work given to a third party."""
    await county.founded()
    await county.done(FB, "/evaluations", SELECT)
    await county.done(FB, f"{ONE}/issue-notice", {"notice_no": "绩评通1号"})


async def commissioned(county: County) -> None:
    """A third party has the work."""
    await told(county)
    await county.done(FB, "/third-parties", PARTY)
    await county.done(FB, "/assignments", CONTRACT)
    await county.done(Role.THIRD_PARTY_LEAD, f"{ASSIGNMENT}/begin", subject="lead")


async def scores(county: County) -> list[dict[str, Any]]:
    """Points for every judged item of the framework of the rule set."""
    framework = await county.read("/evaluation-framework", fiscal_year=2021, stage="FINISHED")
    return [
        {"item_id": one["item_id"], "score": one["points"], "basis": "查阅资料", "evidence": ["E1"]}
        for one in framework["items"]
        if one["measure"] == "JUDGED"
    ]


async def planned(county: County) -> None:
    """The plan of the rule set is approved and materials are in."""
    await county.done(Role.THIRD_PARTY_LEAD, f"{ONE}/propose-plan", PLAN, subject="lead")
    await county.done(Role.FB_LEADER, f"{ONE}/approve-plan")
    material = {"number": "E1", "name": "验收报告", "sha256": PROOF}
    await county.done(
        Role.THIRD_PARTY_MEMBER, f"{ONE}/collect-data", {"materials": [material]}, subject="m"
    )
    visit = {
        "visited_on": "2022-04-12",
        "place": "兰干乡",
        "visitors": ["李"],
        "findings": "竣工",
    }
    await county.done(Role.EXPERT, f"{ONE}/record-site-visit", visit)


async def drafted(county: County) -> None:
    """The draft is with the unit."""
    draft = {
        "received": "4000000.00",
        "paid": "3800000.00",
        "scores": await scores(county),
        "figures": FIGURES,
    }
    await county.done(Role.THIRD_PARTY_LEAD, f"{ONE}/score", draft, subject="lead")


async def concluded(county: County) -> None:
    """Opinions were exchanged, and the score stands."""
    await county.done(Role.UNIT_HEAD, f"{ONE}/answer", {"agrees": True, "text": "无异议"})
    await county.done(FB, f"{ONE}/conclude", {}, subject="second")


async def accepted(county: County) -> None:
    """The report of the third party was delivered, reviewed and accepted."""
    delivered = EVALUATION_EXAMPLES["submit_draft_report"]
    lead = Role.THIRD_PARTY_LEAD
    await county.done(lead, f"{ASSIGNMENT}/submit-draft-report", delivered, subject="lead")
    await county.done(FB, f"{ASSIGNMENT}/review", EVALUATION_EXAMPLES["review_assignment"])
    await county.done(Role.FB_LEADER, f"{ASSIGNMENT}/accept")


async def test_nine_steps_with_a_third_party_to_the_report_on_file(real_county: County) -> None:
    county = real_county
    await commissioned(county)
    await planned(county)
    await drafted(county)
    await concluded(county)
    early = await county.ask(FB, f"{ONE}/submit-report", REPORT, subject="second")
    assert early.json()["type"].endswith("/report-not-reviewed")
    await accepted(county)
    await county.done(FB, f"{ONE}/submit-report", REPORT, subject="second")
    await county.done(FB, f"{ONE}/file-report", {"archive_no": "档1"})
    shown = await county.read(ONE)
    assert (shown["status"], shown["report_no"]) == ("FILED", REPORT["report_no"])
    assert (shown["assignment_id"], shown["evaluator"]) == (f"{ID}-{CODE}", PARTY["name"])
    steps = [step["fact"] for step in await county.read(f"{ONE}/steps")]
    assert steps == [
        "EvaluationSelected",
        "EvaluationNoticeIssued",
        "EvaluationCommissioned",
        "PlanProposed",
        "PlanApproved",
        "EvaluationDataCollected",
        "EvaluationSiteVisited",
        "EvaluationScored",
        "DraftAnswered",
        "EvaluationConcluded",
        "ReportSubmitted",
        "ReportFiled",
    ]
    paid = {"amount": CONTRACT["fee"], "document_no": "支1号"}
    await county.done(Role.FB_BUDGET, f"{ASSIGNMENT}/pay", paid)
    assert (await county.read(ASSIGNMENT))["status"] == "PAID"


async def test_the_file_is_the_one_that_was_submitted_byte_for_byte(real_county: County) -> None:
    county = real_county
    await told(county)
    await planned(county)
    await drafted(county)
    await concluded(county)
    own = {**REPORT, "lead_evaluator": "王芳"}
    await county.done(FB, f"{ONE}/submit-report", own, subject="second")
    report = await county.read(f"{ONE}/report")
    assert report["content"]["chapters"]["overview"] == own["chapters"]["overview"]
    assert report["content"]["lead_evaluator"] == "王芳"
    headers = county.by(FB)
    path = f"/v1{ONE}/report/file"
    first = await county.client.get(path, headers=headers)
    again = await county.client.get(path, headers=headers)
    assert first.content == again.content
    assert sha256(first.content).hexdigest() == report["pdf_sha256"]
    assert first.headers["etag"] == f'"{report["pdf_sha256"]}"'
    assert "immutable" in first.headers["cache-control"]
    work = await county.client.get(path, params={"format": "docx"}, headers=headers)
    text = "".join(one.text for one in Document(BytesIO(work.content)).paragraphs)
    assert "七、其他需要说明的问题" in text
    other = {**own, "report_no": "另一号"}
    refused = await county.ask(FB, f"{ONE}/submit-report", other, subject="second")
    assert refused.json()["type"].endswith("/report-already-submitted")


async def test_a_result_explains_itself(real_county: County) -> None:
    county = real_county
    await told(county)
    await planned(county)
    await drafted(county)
    await concluded(county)
    why = await county.read(f"{ONE}/explanation")
    assert (why["rule_set_version"], why["legal_basis"]) == (1, "财预〔2020〕10号")
    assert why["weights"] == {
        "DECISION": "10.00",
        "PROCESS": "20.00",
        "OUTPUT": "35.00",
        "BENEFIT": "35.00",
    }
    assert why["execution_rate"] == "0.9500"
    items = {one["item_id"]: one for one in why["items"]}
    execution = items["B12"]
    assert (execution["points"], execution["score"]) == ("5.60", "5.32")
    assert execution["basis"] == "paid ÷ received = 3800000.00 ÷ 4000000.00"
    whole = sum(float(one["score"]) for one in items.values())
    assert f"{whole:.2f}" == why["score"]


async def test_jumps_sides_and_wrong_terms_are_refused_with_their_names(county: County) -> None:
    await told(county)
    jump = await county.ask(FB, f"{ONE}/conclude", {})
    assert (jump.status_code, jump.json()["details"]["step"]) == (409, "NOTICE_ISSUED")
    side = await county.ask(Role.DEPT_HEAD, f"{ONE}/propose-plan", PLAN)
    assert side.json()["type"].endswith("/another-side-evaluates")
    methodless = await county.ask(FB, f"{ONE}/propose-plan", {"stage": "FINISHED"})
    assert methodless.json()["type"].endswith("/method-missing")
    wrong_role = await county.ask(Role.UNIT_HEAD, f"{ONE}/propose-plan", PLAN)
    assert wrong_role.status_code == 403


async def test_who_is_not_independent_is_refused_with_every_reason(county: County) -> None:
    await told(county)
    tied = {**PARTY, "affiliations": [REGION, UNIT]}
    await county.done(FB, "/third-parties", tied)
    refused = await county.ask(FB, "/assignments", CONTRACT)
    assert refused.status_code == 409
    assert refused.json()["details"]["reasons"] == ["OF_THE_CLIENT", "OF_THE_OBJECT"]
    by_score = await county.ask(FB, "/assignments", {**CONTRACT, "fee_basis": "SCORE"})
    assert by_score.json()["type"].endswith("/fee-tied-to-score")
    wrong = await county.ask(
        FB, "/third-parties", {**PARTY, "unified_credit_code": CODE[:-1] + "8"}
    )
    assert wrong.json()["type"].endswith("/credit-code-wrong")


async def test_a_third_party_sees_and_signs_its_own_assignment_only(real_county: County) -> None:
    county = real_county
    await commissioned(county)
    path = f"/v1{ASSIGNMENT}"
    lead = county.by(Role.THIRD_PARTY_LEAD, "lead")
    other = county.by(Role.THIRD_PARTY_LEAD, "somebody")
    assert (await county.client.get(path, headers=lead)).status_code == 200
    assert (await county.client.get(path, headers=other)).status_code == 404
    signed = await county.ask(
        Role.THIRD_PARTY_LEAD,
        f"{ASSIGNMENT}/submit-draft-report",
        EVALUATION_EXAMPLES["submit_draft_report"],
        subject="somebody",
    )
    assert signed.json()["type"].endswith("/not-the-lead-evaluator")
    listed = (await county.read("/assignments", status="IN_PROGRESS"))["items"]
    assert [one["contract_no"] for one in listed] == [CONTRACT["contract_no"]]
    (party,) = (await county.read("/third-parties"))["items"]
    assert party["credit_platform_no"] == PARTY["credit_platform_no"]
    assert party["excluded_in"] == []
    no_more = EVALUATION_EXAMPLES["exclude_third_party"]
    await county.done(FB, f"/third-parties/{CODE}/exclude", no_more)
    await county.done(FB, "/third-parties", {**PARTY, "credit_level": "B"})
    (party,) = (await county.read("/third-parties"))["items"]
    assert (party["credit_level"], party["excluded_in"]) == ("B", [REGION])


async def test_a_sample_is_drawn_shown_and_drawn_again(real_county: County) -> None:
    county = real_county
    await county.founded()
    await county.heard(EnterUnit(region_code=REGION, unit_code=UNIT, by="abacus", now=NOW))
    await county.accepted()
    sample = f"/recheck-samples/{REGION}-2021"
    created = await county.done(FB, "/recheck-samples", {"fiscal_year": 2021})
    assert created.headers["location"].endswith(sample)
    await county.done(FB, f"{sample}/draw", {"round": 1, "seed": "kashgar-2021"})
    shown = await county.read(sample)
    (stratum,) = shown["strata"]
    assert (stratum["seed"], stratum["department_code"]) == ("kashgar-2021", DEPT)
    assert (stratum["population"], stratum["sampled"], shown["reproduced"]) == (1, 1, True)
    (item,) = (await county.read(f"{sample}/items", status="OPEN"))["items"]
    assert (item["name"], item["reasons"]) == ("P1-2021", "FLAGGED")  # GOAL_OVER_EXECUTION
    lowered = {"score": "84.50", "reason": "现场核实"}
    await county.done(FB, "/self-evaluations/P1-2021/recheck", lowered, subject="other")
    (item,) = (await county.read(f"{sample}/items"))["items"]
    assert (item["status"], item["rechecked"]) == ("RECHECKED", "84.50")
    foreign = county.tokens.of(FB, region="653101", unit="*", subject="x")
    asked = await county.client.get(f"/v1{sample}", headers=foreign)
    assert asked.status_code == 404


async def test_a_result_is_told_put_right_verified_and_closed(real_county: County) -> None:
    county = real_county
    await told(county)
    early = {**EVALUATION_EXAMPLES["issue_feedback"], "feedback_id": ID}
    refused = await county.ask(FB, "/feedbacks", early)
    assert refused.json()["type"].endswith("/nothing-to-tell")
    await planned(county)
    await drafted(county)
    await concluded(county)
    one = f"/feedbacks/{ID}"
    await county.done(FB, "/feedbacks", early)
    shown = await county.read(one)
    await county.done(Role.UNIT_HEAD, f"{one}/acknowledge")
    (step,) = EVALUATION_EXAMPLES["plan_rectification"]["steps"]
    plan = {"steps": [{**step, "due_on": shown["rectify_by"]}]}
    await county.done(Role.UNIT_HEAD, f"{one}/plan", plan)
    cure = EVALUATION_EXAMPLES["report_rectification"]
    await county.done(Role.UNIT_HEAD, f"{one}/report", cure)
    found = EVALUATION_EXAMPLES["verify_rectification"]
    await county.done(Role.FB_BUSINESS, f"{one}/verify", found)
    await county.done(FB, f"{one}/close", {})
    shown = await county.read(one)
    assert (shown["status"], shown["grade"], shown["overdue_on"]) == ("CLOSED", "EXCELLENT", None)
    facts = [one["fact"] for one in await county.read(f"{one}/steps")]
    assert facts[-2:] == ["RectificationVerified", "FeedbackClosed"]
    assert (await county.read("/feedbacks", overdue="true"))["items"] == []


async def test_an_objection_to_an_evaluation_is_decided_by_another(real_county: County) -> None:
    county = real_county
    await told(county)
    await planned(county)
    await drafted(county)
    await concluded(county)
    objection = {"text": "口径不同"}
    untold = await county.ask(Role.UNIT_HEAD, f"{ONE}/object", objection)
    assert untold.json()["type"].endswith("/result-not-notified")
    feedback = {"feedback_id": ID, "document_no": "绩反1号"}
    await county.done(FB, "/feedbacks", feedback)
    await county.done(Role.UNIT_HEAD, f"{ONE}/object", objection)
    decision = {"score": "88.00", "reason": "部分采纳"}
    same = await county.ask(FB, f"{ONE}/decide-objection", decision, subject="second")
    assert same.json()["type"].endswith("/same-person-decides-again")
    await county.done(FB, f"{ONE}/decide-objection", decision, subject="third")
    shown = await county.read(ONE)
    assert (shown["score"], shown["grade"], shown["objection"]) == ("88.00", "GOOD", "LOWERED")


async def test_key_projects_are_due_until_their_department_evaluates_them(
    real_county: County,
) -> None:
    county = real_county
    await county.founded()
    assert await county.read("/evaluations/due", fiscal_year=2021) == []  # five million
    await county.founded(replace(PROJECT, project_code="P8", budget=yuan(1_000)))
    (due,) = await county.read("/evaluations/due", fiscal_year=2021)
    assert (due["project_code"], due["due_year"], due["overdue"]) == ("P8", 2025, False)
    assert (due["last_evaluated_year"], due["grounds"]) == (None, ["AMOUNT"])
