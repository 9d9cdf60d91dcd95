"""The service asked over HTTP, in memory: people, roles, scopes, refusals, repeats."""

from shared.http.policy import Role
from tests.evaluation.county import REPORT, County
from tests.evaluation.story import UNIT

ONE = "/self-evaluations/P1-2021"


async def test_a_self_evaluation_lives_from_the_unit_to_the_bureau(county: County) -> None:
    await county.founded()
    await county.accepted()
    lowered = {"score": "80.00", "reason": "现场核实里程不足"}
    same = await county.ask(Role.FB_PERFORMANCE, f"{ONE}/recheck", lowered)
    assert same.status_code == 403
    assert same.json()["type"].endswith("/same-person-decides-again")
    await county.done(Role.FB_PERFORMANCE, f"{ONE}/recheck", lowered, subject="other")
    await county.done(Role.UNIT_HEAD, f"{ONE}/file-objection", {"text": "口径不同"})
    decision = {"score": "85.00", "reason": "部分采纳"}
    answer = await county.done(Role.FB_LEADER, f"{ONE}/decide-objection", decision)
    assert answer.headers["etag"] == '"9"'


async def test_every_rule_is_told_in_the_callers_language(county: County) -> None:
    await county.founded()
    headers = {
        **county.by(Role.FB_PERFORMANCE),
        "if-match": "*",
        "accept-language": "zh-CN",
    }
    answer = await county.client.post(f"/v1{ONE}/accept", json={}, headers=headers)
    assert answer.status_code == 409
    assert "单位自评尚未经主管部门审核" in answer.text


async def test_roles_scopes_and_unknown_fields_are_held(county: County) -> None:
    await county.founded()
    wrong_role = await county.ask(Role.UNIT_BUSINESS, f"{ONE}/submit", REPORT)
    assert wrong_role.status_code == 403
    foreign = county.tokens.of(Role.UNIT_HEAD, region="653101", unit="*", subject="x")
    answer = await county.client.post(
        f"/v1{ONE}/submit", json=REPORT, headers={**foreign, "if-match": "*"}
    )
    assert answer.status_code == 404
    typo = await county.ask(Role.UNIT_HEAD, f"{ONE}/submit", {**REPORT, "summry": ""})
    assert typo.status_code == 422
    unknown = await county.ask(Role.UNIT_HEAD, "/self-evaluations/P7-2021/submit", REPORT)
    assert unknown.status_code == 404


async def test_a_dry_run_shows_the_recomputation_and_stores_nothing(county: County) -> None:
    await county.founded()
    await county.done(Role.UNIT_HEAD, f"{ONE}/submit", REPORT)
    await county.done(Role.DEPT_REVIEWER, f"{ONE}/audit")
    tried = await county.done(Role.FB_PERFORMANCE, f"{ONE}/accept?dry_run=true")
    (fact,) = tried.json()["facts"]
    assert (fact["type"], fact["data"]["machine_score"]) == ("SelfEvaluationAccepted", "93.89")
    assert (await county.done(Role.FB_PERFORMANCE, f"{ONE}/accept")).headers["etag"] == '"6"'


async def test_a_claim_needs_its_rules_steps_and_key(county: County) -> None:
    await county.founded()
    await county.recovered()
    headers = {**county.by(Role.FB_BUDGET), "if-match": "*"}
    body = {"document_no": "准〔2021〕1号"}
    keyless = await county.client.post(
        "/v1/recoveries/P1-2021-1/approve", json=body, headers=headers
    )
    assert keyless.status_code in {400, 428}
    await county.booked()
    early = await county.ask(Role.FB_BUSINESS, "/recoveries/P1-2021-1/withdraw", {"reason": "x"})
    assert early.status_code == 409
    assert early.json()["type"].endswith("/recovery-step-out-of-order")


async def test_an_application_is_cut_on_a_judged_basis_and_under_its_own_name(
    county: County,
) -> None:
    await county.founded()
    proposal = {
        "cut_id": "P9-2022",
        "project_code": "P9",
        "project_name": "新项目",
        "budget_year": 2022,
        "basis_project_code": "P0",
        "basis_fiscal_year": 2020,
        "requested": "10000000.00",
        "amount": "4000000.00",
        "similarity": "同单位",
    }
    refused = await county.ask(Role.FB_BUSINESS, "/budget-cuts", proposal)
    assert refused.json()["type"].endswith("/basis-not-judged")
    misnamed = {**proposal, "cut_id": "anything"}
    refused = await county.ask(Role.FB_BUSINESS, "/budget-cuts", misnamed)
    assert refused.json()["type"].endswith("/not-its-name")
    await county.cut()
    late = await county.ask(Role.FB_BUSINESS, "/budget-cuts/P9-2022/withdraw", {"reason": "x"})
    assert late.status_code == 409


async def test_an_import_line_is_judged_like_a_request(county: County) -> None:
    await county.founded()
    lines = (
        '{"path": {"self_evaluation_id": "P1-2021"}, "body": {}}\n'
        '{"path": {"self_evaluation_id": "P7-2021"}, "body": {}}'
    )
    answer = await county.client.post(
        "/v1/imports",
        params={"operation": "audit_self_evaluation"},
        content=lines,
        headers={**county.by(Role.DEPT_REVIEWER), "content-type": "application/x-ndjson"},
    )
    assert "self-evaluation-not-submitted" in answer.text
    assert "not-found" in answer.text


async def test_a_poor_unit_is_bound_two_years_on(county: County) -> None:
    await county.founded()
    early = await county.ask(
        Role.FB_LEADER, "/linkages", {"unit_code": UNIT, "basis_fiscal_year": 2021}
    )
    assert early.json()["type"].endswith("/appraisal-not-concluded")
    await county.appraised()
    body = {
        "unit_code": UNIT,
        "basis_fiscal_year": 2021,
        "previous_budget": "20000000.00",
    }
    answer = await county.done(Role.FB_LEADER, "/linkages", body)
    assert answer.status_code == 201
