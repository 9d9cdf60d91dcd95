"""A self-evaluation asked over HTTP: hands, locks, refusals with field and remedy, repeats."""

import json
from typing import Any, Final

import pytest

from services.evaluation.domain.self_evaluation.commands import NameDuty
from shared.http.policy import Role
from tests.evaluation.county import REPORT, County
from tests.evaluation.story import NOW

ONE: Final = "/self-evaluations/P1-2021"
PROOF: Final = "a" * 64
FILE: Final[dict[str, Any]] = {
    "sha256": PROOF,
    "kind": "OFFICIAL_DOCUMENT",
    "name": "竣工验收报告.pdf",
    "mime": "application/pdf",
    "bytes": 182_331,
    "obtain_method": "DIRECT_PROOF",
    "data_source": "DEPARTMENT_RECORDS",
    "captured_on": "2021-12-20",
}
FILLED: Final[dict[str, Any]] = {
    "reports": REPORT["reports"],
    "evidence": [FILE],
    "self_score": "93.89",
    "summary": "完成农村公路18公里",
}
TEXT: Final = "年初按三年均值设定目标，年中政策扩面后受益人数增加，下年度按新口径设定目标。"


async def named(county: County) -> None:
    """Everything is known, and three persons are named."""
    await county.founded()
    await county.heard(
        NameDuty(
            self_evaluation_id="P1-2021",
            business="李",
            finance="王",
            head="张",
            by="abacus",
            now=NOW,
        )
    )


async def signed(county: County, filled: dict[str, Any] = FILLED) -> None:
    """Both offices and the head have done their part."""
    await county.done(Role.UNIT_BUSINESS, f"{ONE}/enter", filled)
    await county.done(Role.UNIT_FINANCE, f"{ONE}/confirm")
    await county.done(Role.UNIT_HEAD, f"{ONE}/submit")


async def test_it_goes_from_hand_to_hand_until_its_finding_is_kept(county: County) -> None:
    await named(county)
    early = await county.ask(Role.UNIT_HEAD, f"{ONE}/submit")
    assert early.status_code == 409
    assert early.json()["type"].endswith("/self-evaluation-part-open")
    await signed(county)
    accepted = {"verdicts": [{"sha256": PROOF, "acceptance": "ACCEPTED"}]}
    await county.done(Role.DEPT_REVIEWER, f"{ONE}/audit", accepted)
    await county.done(Role.FB_PERFORMANCE, f"{ONE}/request-explanation", {"text": "请说明"})
    pending = await county.ask(Role.FB_PERFORMANCE, f"{ONE}/accept")
    assert pending.json()["type"].endswith("/findings-not-settled")
    await county.done(Role.UNIT_HEAD, f"{ONE}/answer-findings", {"text": TEXT})
    await county.done(Role.FB_PERFORMANCE, f"{ONE}/settle-findings", {"reason": "记录在案"})
    await county.done(Role.FB_PERFORMANCE, f"{ONE}/accept")


@pytest.mark.parametrize(
    ("role", "verb", "body"),
    [
        (Role.UNIT_BUSINESS, "enter", FILLED),
        (Role.UNIT_FINANCE, "confirm", {}),
        (Role.UNIT_HEAD, "submit", REPORT),
    ],
)
@pytest.mark.parametrize("field", ["paid", "execution_rate", "budget"])
async def test_nobody_types_the_execution_in(
    county: County, role: Role, verb: str, body: dict[str, Any], field: str
) -> None:
    await named(county)
    answer = await county.ask(role, f"{ONE}/{verb}", {**body, field: "1.00"})
    assert answer.status_code == 422
    assert f"/{field}" in answer.text


@pytest.mark.parametrize(
    ("verb", "allowed"),
    [
        ("enter", Role.UNIT_BUSINESS),
        ("confirm", Role.UNIT_FINANCE),
        ("submit", Role.UNIT_HEAD),
    ],
)
async def test_each_part_has_its_office(county: County, verb: str, allowed: Role) -> None:
    await named(county)
    for role in (Role.UNIT_BUSINESS, Role.UNIT_FINANCE, Role.UNIT_HEAD, Role.FB_PERFORMANCE):
        answer = await county.ask(role, f"{ONE}/{verb}", FILLED if verb == "enter" else {})
        assert (answer.status_code == 403) is (role is not allowed)


async def test_one_person_cannot_hold_both_locks(county: County) -> None:
    await named(county)
    await county.done(Role.UNIT_BUSINESS, f"{ONE}/enter", FILLED, subject="same")
    answer = await county.ask(Role.UNIT_FINANCE, f"{ONE}/confirm", subject="same")
    assert answer.status_code == 403
    assert answer.json()["type"].endswith("/self-evaluation-offices-not-separate")


async def test_a_refusal_names_field_and_remedy_in_chinese(county: County) -> None:
    await named(county)
    lines = [{**REPORT["reports"][0], "evidence": []}, *REPORT["reports"][1:]]
    headers = {
        **county.by(Role.UNIT_BUSINESS),
        "if-match": "*",
        "accept-language": "zh-CN",
    }
    body = {**FILLED, "reports": lines}
    answer = await county.client.post(f"/v1{ONE}/enter", json=body, headers=headers)
    assert answer.status_code == 422
    told = answer.json()
    assert told["title"] == "实际完成值缺少印证资料"
    assert "/reports/0/evidence" in answer.text
    assert told["remedy"]


async def test_a_repeated_request_says_what_it_said(county: County) -> None:
    await named(county)
    first = await county.ask(Role.UNIT_BUSINESS, f"{ONE}/enter", FILLED, key="once")
    again = await county.ask(Role.UNIT_BUSINESS, f"{ONE}/enter", FILLED, key="once")
    other = await county.ask(Role.UNIT_BUSINESS, f"{ONE}/enter", FILLED, key="twice")
    assert {first.headers["etag"], again.headers["etag"], other.headers["etag"]} == {'"3"'}


async def test_every_act_is_entered_for_a_whole_region(county: County) -> None:
    await named(county)
    path = {"self_evaluation_id": "P1-2021"}
    acts: tuple[tuple[str, Role, dict[str, Any]], ...] = (
        ("enter_self_evaluation", Role.UNIT_BUSINESS, FILLED),
        ("confirm_self_evaluation", Role.UNIT_FINANCE, {}),
        ("submit_self_evaluation", Role.UNIT_HEAD, {}),
        ("audit_self_evaluation", Role.DEPT_REVIEWER, {"hold": True}),
        ("send_self_evaluation", Role.DEPT_REVIEWER, {}),
        ("accept_self_evaluation", Role.FB_PERFORMANCE, {}),
    )
    for operation, role, body in acts:
        answer = await county.client.post(
            "/v1/imports",
            params={"operation": operation, "accept": "true"},
            content=json.dumps({"path": path, "body": body}),
            headers={**county.by(role), "content-type": "application/x-ndjson"},
        )
        assert answer.is_success, f"{operation}: {answer.text[:800]}"
        assert answer.json()["refused_rows"] == 0, answer.text[:800]


async def test_evidence_used_by_two_projects_is_noted_in_the_same_act(county: County) -> None:
    await named(county)
    await county.done(Role.UNIT_BUSINESS, f"{ONE}/enter", FILLED)
    await county.done(Role.UNIT_FINANCE, f"{ONE}/confirm")
    tried = await county.done(Role.UNIT_HEAD, f"{ONE}/submit?dry_run=true")
    told = [fact["type"] for fact in tried.json()["facts"]]
    assert (told[0], told.count("ProofUsed")) == ("SelfEvaluationSubmitted", 1)
