"""The service asked over HTTP, in memory: people, roles, scopes, refusals, repeats."""

from shared.domain.grades import Grade
from shared.http.policy import Role
from shared.testing.api_spec import Api
from tests.targets.coming import cap
from tests.targets.stories import UNIT_CODE, yuan
from tests.targets.town import Town, project_body, target_body


async def test_a_target_lives_from_draft_to_budget(town: Town) -> None:
    await town.founded()
    await town.registered(is_new=True)
    await town.assessed()
    one = await town.graded()
    answer = await town.done(Role.FB_BUDGET, f"{one}/approve", {"budget": "7400000.00"})
    assert answer.status_code == 204
    assert answer.headers["etag"] == '"8"'


async def test_a_new_project_is_not_budgeted_without_its_assessment(town: Town) -> None:
    await town.founded()
    await town.registered(is_new=True)
    one = await town.graded()
    answer = await town.ask(Role.FB_BUDGET, f"{one}/approve", {"budget": "7400000.00"})
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("/ex-ante-not-included")


async def test_a_project_that_was_given_up_is_not_budgeted_with_its_target(
    town: Town, served: Api
) -> None:
    await town.founded()
    await town.registered()
    one = await town.graded()
    await town.done(Role.FB_BUDGET, "/projects/P1/terminate", {"reason": "政策取消"})
    await served.get("/livez")
    answer = await served.post(
        f"/v1{one}/approve",
        {"budget": "7400000.00"},
        if_match="*",
        by=town.by(Role.FB_BUDGET),
    )
    answer.refused("project-closed").recorded_nothing()


async def test_errors_of_a_draft_keep_it_back_with_pointers(town: Town) -> None:
    await town.founded()
    await town.registered()
    body = {**target_body("P1")}
    body["indicators"] = list(body["indicators"])[:-1]  # type: ignore[call-overload]
    await town.done(Role.UNIT_BUSINESS, "/targets", body)
    answer = await town.ask(Role.UNIT_HEAD, "/targets/P1-2021/submit", {})
    assert answer.status_code == 409
    assert "L03 /indicators" in answer.text


async def test_roles_scopes_and_unknown_fields_are_held(town: Town) -> None:
    await town.founded()
    body = project_body("P1")
    wrong_role = await town.ask(Role.FB_BUDGET, "/projects", body)
    assert wrong_role.status_code == 403
    foreign = await town.ask(Role.UNIT_BUSINESS, "/projects", body, region="653121")
    assert foreign.status_code == 404
    typo = await town.ask(Role.UNIT_BUSINESS, "/projects", {**body, "requestd": "1.00"})
    assert typo.status_code == 422
    float_money = await town.ask(Role.UNIT_BUSINESS, "/projects", {**body, "requested": 8e6})
    assert float_money.status_code == 422
    unknown = await town.ask(Role.UNIT_HEAD, "/targets/P9/submit", {})
    assert unknown.status_code == 404


async def test_a_repeated_request_changes_nothing(town: Town, served: Api) -> None:
    await town.founded()
    await town.registered()
    before = (await served.store.head()).position
    while (await served.store.sequence()).taken:
        before = (await served.store.head()).position
    await town.registered()
    while (await served.store.sequence()).taken:
        pass
    assert (await served.store.head()).position == before


async def test_one_fact_binds_and_one_fact_enters_the_budget(town: Town, served: Api) -> None:
    await town.founded()
    await town.registered()
    one = await town.graded()
    await served.get("/livez")
    answer = await served.post(
        f"/v1{one}/approve",
        {"budget": "7400000.00"},
        if_match="*",
        by=town.by(Role.FB_BUDGET),
    )
    answer.then(204)
    assert [type(fact).__name__ for fact in answer.facts] == ["TargetApproved", "ProjectBudgeted"]


async def test_above_the_cap_nothing_is_recorded(town: Town, served: Api) -> None:
    await town.founded()
    await town.registered()
    await served.given(cap(Grade.GOOD, yuan("20_000_000")))
    body = {
        "unit_code": UNIT_CODE,
        "budget_year": 2022,
        "project_code": "P1",
        "amount": "23000000.00",
    }
    refused = await served.post("/v1/budget-requests", body, by=town.by(Role.UNIT_FINANCE))
    refused.then(409).refused("budget-cap-exceeded").recorded_nothing()
    assert refused.json["details"]["excess"] == "3000000.00"
    met = {**body, "at_cap": True}
    (await served.post("/v1/budget-requests", met, by=town.by(Role.UNIT_FINANCE))).then(201)
    named = f"{UNIT_CODE}-2022-P1"
    granted = await served.post(
        f"/v1/budget-requests/{named}/approve", {}, if_match="*", by=town.by(Role.FB_BUDGET)
    )
    granted.then(204)
    assert str(granted.facts[0].granted) == "20000000.00"  # type: ignore[attr-defined]


async def test_every_code_has_a_label_in_both_languages(town: Town) -> None:
    enums = (await town.client.get("/v1/vocabulary")).json()["enums"]
    assert {"TargetStatus", "GrantReason", "Level2"} <= enums.keys()
    assert all(term["zh"] and term["en"] for terms in enums.values() for term in terms)


async def test_the_document_tells_every_operation(town: Town) -> None:
    document = (await town.client.get("/openapi.json")).json()
    assert "/v1/targets/{target_id}/approve" in document["paths"]


async def test_a_target_is_approved_with_what_its_project_was_granted(town: Town) -> None:
    await town.founded()
    await town.registered()
    one = await town.graded()
    asked = {"unit_code": UNIT_CODE, "budget_year": 2021, "project_code": "P1"}
    await town.done(Role.UNIT_FINANCE, "/budget-requests", {**asked, "amount": "7000000.00"})
    await town.done(Role.FB_BUDGET, f"/budget-requests/{UNIT_CODE}-2021-P1/approve", {})
    above = await town.ask(Role.FB_BUDGET, f"{one}/approve", {"budget": "7400000.00"})
    assert above.status_code == 409
    assert above.json()["type"].endswith("/budget-above-grant")
    assert above.json()["details"]["granted"] == "7000000.00"
    await town.done(Role.FB_BUDGET, f"{one}/approve", {"budget": "7000000.00"})
