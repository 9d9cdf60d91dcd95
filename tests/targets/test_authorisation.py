"""Every operation × every role × own, other and no unit: 403 for a role, 404 for foreign things."""

from collections.abc import Mapping
from typing import Any, Final

import httpx
import pytest
from fastapi.routing import APIRoute

from services.targets.api.policy import POLICY
from services.targets.main import service
from shared.http.policy import DEPARTMENT_ROLES, UNIT_ROLES, Role
from shared.testing.api_spec import Api
from tests.targets.assessments import DIMENSIONS
from tests.targets.division_of_labour import DONE_BY, LISTS, OF_A_UNIT, SEEN_BY, SINGLE
from tests.targets.stories import DEPARTMENT, REGION_CODE, UNIT_CODE
from tests.targets.test_joint_reviews_api import PLAN, SUPPORT
from tests.targets.town import PERSONS, POINTS, Town, project_body, report_body, target_body

ROLES: Final = sorted(set(Role) - {Role.PUBLIC})
EXPECTED: Final = {**DONE_BY, **SEEN_BY}
PATHS: Final[Mapping[str, str]] = {
    **{one.operation: one.path for one in service.commands},
    **{
        str(route.operation_id): route.path.removeprefix("/v1")
        for router in service.queries
        for route in router.routes
        if isinstance(route, APIRoute)
    },
}
THINGS: Final[dict[str, str]] = {
    "region_code": "653101",
    "unit_code": UNIT_CODE,
    "section_id": "653101-07",
    "responsibility_id": "P1-2021",
    "delegation_id": "5f0c8a52-0000-4000-8000-000000000000",
    "rule_set_id": "653101-2021",
    "before": "1",
    "after": "1",
    "library": "KS_CORE",
    "code": "1",
    "project_code": "P1",
    "assessment_id": "P1-2021",
    "target_id": "P1-2021",
    "adjustment_id": "A1",
    "joint_review_id": "HS2021.01",
    "request_id": f"{UNIT_CODE}-2022-P1",
    "unit_budget_id": f"{UNIT_CODE}-2022",
}
REASON: Final = {"reason": "理由"}
REASONS: Final = {"reasons": ["理由"]}
DELEGATION: Final = {
    "unit_code": UNIT_CODE,
    "office": "HEAD",
    "delegator": PERSONS["head"],
    "delegate": "赵敏",
    "from_on": "2021-03-01",
    "until_on": "2099-03-05",
}
BODIES: Final[Mapping[str, object]] = {
    "register_unit": {
        "unit_code": UNIT_CODE,
        "name": "教育局",
        "region_code": REGION_CODE,
        "department_code": DEPARTMENT,
        "department_name": "教育局",
    },
    "name_responsible_persons": {"responsible": PERSONS},
    "rename_unit": {"name": "教体局", "from_on": "2021-03-01"},
    "transfer_unit": {
        "department_code": "653102",
        "department_name": "文旅局",
        "from_on": "2021-03-01",
    },
    "close_unit": {"last_on": "2021-03-31"},
    "assign_responsibility": {"project_code": "P1", "fiscal_year": 2021},
    "transfer_responsibility": {
        "steps": ["TARGET"],
        "responsible": {**PERSONS, "business": "古丽"},
        **REASON,
    },
    "delegate_signature": DELEGATION,
    "withdraw_delegation": REASON,
    "retire_library_entry": REASON,
    "reinstate_library_entry": REASON,
    "register_project": project_body("P1", is_new=True),
    "change_responsible": {"responsible": PERSONS, **REASON},
    "suspend_project": REASON,
    "exempt_from_monitoring": REASON,
    "terminate_project": REASON,
    "archive_project": REASON,
    "submit_ex_ante_report": report_body("P1"),
    "review_ex_ante_report": {},
    "return_ex_ante_report": REASONS,
    "score_ex_ante_report": {"points": dict.fromkeys(DIMENSIONS, "18")},
    "reduce_ex_ante_amount": {
        "kind": "PARTIAL_CUT",
        "lines": [{"line": "设备", "amount": "1.00", "reason": "超标准"}],
    },
    "file_ex_ante_objection": {
        "grounds": "补充",
        "evidence": [{"name": "新证据.pdf", "sha256": "c" * 64}],
    },
    "decide_ex_ante_objection": {"upheld": False, **REASON},
    "draft_target": target_body("P1"),
    "revise_target": {k: v for k, v in target_body("P1").items() if k[-4:] not in ("code", "year")},
    "confirm_target": {"office": "BUSINESS"},
    "submit_target": {},
    "review_target": {},
    "check_target": {},
    "return_target": REASONS,
    "grade_target": {"points": POINTS},
    "complete_target": {
        **{k: v for k, v in target_body("P1").items() if k[-4:] not in ("code", "year")},
        "amended": ["/annual_goal"],
    },
    "approve_target": {"budget": "7400000.00"},
    "plan_joint_review": PLAN,
    "record_review_opinion": SUPPORT,
    "adopt_joint_review_minutes": {"minutes": "同意", "decisions": {}},
    "request_target_adjustment": {
        "cause": "ERROR_PROVEN",
        "evidence": [],
        "target_values": {},
        **REASON,
    },
    "approve_adjustment": {},
    "refuse_adjustment": REASON,
    "record_approval": {
        "body": "GOVERNMENT",
        "document_no": "喀政发〔2021〕1号",
        "decided_on": "2021-03-01",
        "sha256": "0" * 64,
    },
    "request_budget": {
        "unit_code": UNIT_CODE,
        "budget_year": 2022,
        "project_code": "P1",
        "amount": "1.00",
    },
    "approve_budget_request": {},
    "reject_budget_request": REASON,
}


async def asked(
    client: httpx.AsyncClient,
    operation: str,
    headers: Mapping[str, str],
    body: object = None,
    things: Mapping[str, str] = THINGS,
) -> httpx.Response:
    """An operation asked for in a dry run, which leaves nothing."""
    path = "/v1" + PATHS[operation].format(**things)
    if operation == "translate_national_projects":
        return await client.post(path, json=[], headers=headers)  # it answers and keeps nothing
    if operation in SEEN_BY:
        return await client.get(path, headers=headers)
    return await client.post(
        path,
        json=BODIES.get(operation) if body is None else body,
        params={"dry_run": "true"},
        headers={**headers, "if-match": "*"},
    )


def problem(answer: httpx.Response) -> str:
    """The type of a refusal, without its address."""
    if answer.is_success:
        return ""
    return str(answer.json()["type"]).rsplit("/", 1)[1]


def test_the_policy_is_the_division_of_labour_and_nothing_else() -> None:
    assert {operation: set(map(str, roles)) for operation, roles in POLICY.items()} == EXPECTED


def test_every_operation_of_the_service_stands_in_the_matrix() -> None:
    assert set(PATHS) == set(EXPECTED)


@pytest.mark.parametrize("operation", sorted(EXPECTED))
async def test_a_role_is_admitted_or_refused_as_the_matrix_says(
    served: Api, operation: str
) -> None:
    for role in ROLES:
        token = served.tokens.of(role, region=REGION_CODE, unit=UNIT_CODE, department=DEPARTMENT)
        answer = await asked(served.client, operation, token)
        refused = (answer.status_code, problem(answer)) == (403, "role-missing")
        assert refused is (role.value not in EXPECTED[operation]), (role, answer.text[:300])
        assert answer.status_code != 401
    assert (await asked(served.client, operation, {})).status_code == 401


@pytest.fixture
async def lived(real_town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A unit with a project of every kind of thing that can be asked about."""
    town = real_town
    await town.founded()
    await town.registered(is_new=True)
    await town.assessed()
    await town.checked()
    await town.done(Role.FB_PERFORMANCE, "/joint-reviews", PLAN)
    await town.done(Role.UNIT_FINANCE, "/budget-requests", BODIES["request_budget"])
    await town.done(Role.UNIT_HEAD, "/delegations", DELEGATION)
    given = (await town.read("/delegations"))["items"][0]
    monkeypatch.setitem(THINGS, "delegation_id", given["delegation_id"])
    return town


async def test_commands_reach_ones_own_things_and_no_others(lived: Town) -> None:
    for operation in OF_A_UNIT:
        for role in map(Role, sorted(DONE_BY[operation])):
            await _reaches(lived, operation, role)


async def test_single_things_are_read_by_their_own_and_missing_to_others(lived: Town) -> None:
    for operation in SINGLE:
        for role in map(Role, sorted(SEEN_BY[operation])):
            await _reaches(lived, operation, role)


async def _reaches(town: Town, operation: str, role: Role) -> None:
    body = None
    if operation == "delegate_signature":  # each office lets another sign for itself alone
        body = {**DELEGATION, "office": role.removeprefix("UNIT_")}
    for name, token in tokens(town, role).items():
        answer = await asked(town.client, operation, token, body)
        told = f"{operation} by {role} of {name}: {answer.status_code} {answer.text[:200]}"
        if name == "own":
            assert answer.status_code not in (401, 404), told
            assert problem(answer) != "role-missing", told
        else:
            assert answer.status_code == 404, told


async def test_lists_hold_ones_own_things_and_no_others(lived: Town) -> None:
    for operation in LISTS:
        for role in map(Role, sorted(SEEN_BY[operation])):
            for name, token in tokens(lived, role).items():
                answer = await asked(lived.client, operation, token)
                assert answer.status_code == 200
                assert bool(answer.json()["items"]) is (name == "own"), (operation, role, name)


def tokens(town: Town, role: Role, beyond: str = UNIT_CODE) -> Mapping[str, Any]:
    """The same role at home, elsewhere, and nowhere."""
    mint = town.tokens.of
    if role in UNIT_ROLES:
        return {
            "own": mint(role, region=REGION_CODE, unit=UNIT_CODE),
            "another unit": mint(role, region=REGION_CODE, unit="653101999"),
            "no unit": mint(role, region=REGION_CODE),
            "another region": mint(role, region="653121", unit=beyond),
        }
    if role in DEPARTMENT_ROLES:
        return {
            "own": mint(role, region=REGION_CODE, department=DEPARTMENT),
            "another department": mint(role, region=REGION_CODE, department="653199"),
            "no department": mint(role, region=REGION_CODE),
            "another region": mint(role, region="653121", department=DEPARTMENT),
        }
    return {
        "own": mint(role, region=REGION_CODE),
        "another region": mint(role, region="653121"),
        "no region": mint(role, region=None),
    }


async def test_a_superior_reads_the_counties_below_and_changes_nothing_there(lived: Town) -> None:
    prefecture = lived.tokens.of(Role.FB_PERFORMANCE, region="653100")
    for operation in SINGLE:
        assert (await asked(lived.client, operation, prefecture)).status_code == 200, operation
    for operation in ("grade_target", "conclude_ex_ante_assessment", "check_target"):
        assert (await asked(lived.client, operation, prefecture)).status_code == 404, operation


async def test_nobody_is_of_a_unit_and_of_the_bureau(served: Api) -> None:
    both = served.tokens.of(Role.UNIT_HEAD, Role.FB_PERFORMANCE, region=REGION_CODE, unit="*")
    assert (await asked(served.client, "submit_target", both)).status_code == 401


async def test_who_handed_a_target_in_does_not_review_it_for_the_department(town: Town) -> None:
    await town.founded()
    await town.registered()
    await town.done(Role.UNIT_BUSINESS, "/targets", target_body("P1"))
    both = town.tokens.of(
        Role.UNIT_HEAD,
        Role.DEPT_REVIEWER,
        region=REGION_CODE,
        unit=UNIT_CODE,
        department=DEPARTMENT,
        subject="head",
    )
    headers = {**both, "if-match": "*"}
    await town.confirmed("/targets/P1-2021")
    one = "/v1/targets/P1-2021"
    signed = await town.client.post(f"{one}/submit", json={}, headers=headers)
    assert signed.status_code == 204, signed.text
    answer = await town.client.post(f"{one}/review", json={}, headers=headers)
    assert (answer.status_code, problem(answer)) == (403, "reviewer-drafted-target")
    await town.done(Role.DEPT_REVIEWER, "/targets/P1-2021/review", {})


async def test_who_wrote_a_report_does_not_score_it(town: Town) -> None:
    await town.founded()
    await town.registered(is_new=True)
    both = town.tokens.of(
        Role.UNIT_HEAD, Role.EXPERT, region=REGION_CODE, unit=UNIT_CODE, subject="head"
    )
    headers = {**both, "if-match": "*"}
    await town.done(Role.UNIT_BUSINESS, "/targets", target_body("P1"))
    report = await town.client.post(
        "/v1/ex-ante-assessments", json=report_body("P1"), headers=headers
    )
    assert report.status_code == 201
    await town.done(Role.DEPT_REVIEWER, "/ex-ante-assessments/P1-2021/review", {})
    answer = await town.client.post(
        "/v1/ex-ante-assessments/P1-2021/score",
        json=BODIES["score_ex_ante_report"],
        headers=headers,
    )
    assert (answer.status_code, problem(answer)) == (403, "scorer-wrote-report")


@pytest.mark.parametrize("decider", [Role.FB_PERFORMANCE, Role.COUNTY_FB])
async def test_who_decided_before_does_not_decide_the_objection(town: Town, decider: Role) -> None:
    await town.founded()
    await town.registered(is_new=True)
    one = await town.reported()
    await town.done(Role.DEPT_REVIEWER, f"{one}/review", {})
    for role in (Role.COUNTY_FB, Role.EXPERT):
        await town.done(role, f"{one}/score", BODIES["score_ex_ante_report"])
    await town.done(Role.FB_PERFORMANCE, f"{one}/conclude")
    await town.done(Role.UNIT_HEAD, f"{one}/file-objection", BODIES["file_ex_ante_objection"])
    decision = BODIES["decide_ex_ante_objection"]
    answer = await town.ask(decider, f"{one}/decide-objection", decision)
    assert (answer.status_code, problem(answer)) == (403, "decider-concluded-before")
    await town.done(Role.FB_LEADER, f"{one}/decide-objection", decision)
