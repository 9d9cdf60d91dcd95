"""What is another's answers as what is not there, word for word, whatever else is wrong."""

import json
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Final

import httpx
import pytest

from services.targets.domain.asker import Asker
from services.targets.domain.refusals import DelegationUnknown, ProjectUnknown, UnitUnknown
from shared.http.policy import Role
from tests.targets import stories as s
from tests.targets.division_of_labour import DONE_BY, OF_A_UNIT, SEEN_BY, SINGLE
from tests.targets.duties import DEPUTY, a_delegation, delegate, delegation
from tests.targets.stories import UNIT_CODE
from tests.targets.test_authorisation import BODIES, DELEGATION, THINGS, asked, lived, tokens
from tests.targets.town import PERSONS, Town, project_body, report_body, target_body

__all__ = ["lived"]

NOT_THERE: Final = {
    UNIT_CODE: "653101777",
    "P1": "P9",
    "5f0c8a52": "5f0c8a53",
    "HS2021.01": "HS2021.09",
}
"""What is there, and what stands in its place where nothing is."""
FAR_UNIT: Final = "653121001"
SAME_OFFICE: Final = {**PERSONS, "finance": PERSONS["business"]}
REQUEST: Final[Any] = BODIES["request_budget"]
BENT: Final[Mapping[str, tuple[object, ...]]] = {
    "delegate_signature": (
        DELEGATION,
        *({**DELEGATION, "office": office} for office in ("BUSINESS", "FINANCE", "HEAD")),
        {**DELEGATION, "delegator": " "},
        {**DELEGATION, "until_on": "2021-02-01"},
    ),
    "register_project": (
        project_body("P1"),
        project_body("P9"),
        project_body("P9", requested="0.00"),
        project_body("P9", region_code="653121"),
        project_body("P9", fiscal_year=2029),
        project_body("P9", responsible=SAME_OFFICE),
    ),
    "submit_ex_ante_report": (
        report_body("P1"),
        {**report_body("P1"), "fiscal_year": 2029},
        {**report_body("P1"), "goal": " "},
        {**report_body("P1"), "evidence": []},
    ),
    "draft_target": (target_body("P1"), {**target_body("P1"), "fiscal_year": 2029}),
    "assign_responsibility": (
        {"project_code": "P1", "fiscal_year": 2021},
        {"project_code": "P1", "fiscal_year": 2029},
        {"project_code": "P1", "fiscal_year": 2029, "responsible": SAME_OFFICE},
    ),
    "request_budget": (
        REQUEST,
        {**REQUEST, "amount": "0.00"},
        {**REQUEST, "budget_year": 2029},
        {**REQUEST, "budget_year": 2029, "exemption": "STATUTORY"},
    ),
}
"""Bodies with something wrong in them, or about a year of which nobody knows anything."""


def elsewhere(value: Any) -> Any:  # noqa: ANN401 - JSON
    """The same question about things that are not there."""
    text = json.dumps(value)
    for there, nowhere in NOT_THERE.items():
        text = text.replace(there, nowhere)
    return json.loads(text)


def said(answer: httpx.Response) -> Any:  # noqa: ANN401 - JSON
    """The status and the whole problem, without what names this one request."""
    problem = answer.json()
    kept = {key: problem[key] for key in problem.keys() - {"instance", "correlation_id"}}
    return answer.status_code, elsewhere(kept)


async def test_a_foreign_thing_answers_as_a_missing_one(lived: Town) -> None:
    different = []
    for operation in (*OF_A_UNIT, *SINGLE):
        for role in map(Role, sorted({**DONE_BY, **SEEN_BY}[operation])):
            for who, token in tokens(lived, role, beyond=FAR_UNIT).items():
                if who != "own":
                    asks = await _answers(lived.client, operation, token)
                    different += [
                        f"{operation} by {role} of {who}: {there} {missing}"
                        for there, missing in asks
                        if there != missing or there[0] != HTTPStatus.NOT_FOUND
                    ]
    assert not different, "\n".join(different)


async def _answers(
    client: httpx.AsyncClient, operation: str, token: Mapping[str, str]
) -> list[tuple[Any, Any]]:
    """What is said of the things that are there, and of others in their place."""
    answers = []
    for body in BENT.get(operation, (BODIES.get(operation),)):
        there = await asked(client, operation, token, body)
        missing = await asked(client, operation, token, elsewhere(body), elsewhere(THINGS))
        answers.append((said(there), said(missing)))
    return answers


STRANGERS = (
    Asker(region_code=s.REGION_CODE, unit_code="653101999"),
    Asker(region_code="653121", unit_code=s.UNIT_CODE),
    Asker(region_code=s.REGION_CODE, unit_code=""),
)


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_strangers_unit_is_missing_before_anything_else_is_wrong(stranger: Asker) -> None:
    wrong = replace(delegate, asker=stranger, offices=frozenset(), delegate="")
    refusal = delegation.knowing(s.a_unit.state).when(wrong).then_refused(UnitUnknown)
    assert str(refusal) == str(delegation.knowing(None).when(wrong).then_refused(UnitUnknown))
    assigned = replace(s.assign_all, asker=stranger)
    s.matrix.knowing(s.a_project.state).when(assigned).then_refused(ProjectUnknown)
    drafted = replace(s.draft_target, asker=stranger)
    s.target.knowing(s.a_project.state, *s.AT_WRITING).when(drafted).then_refused(ProjectUnknown)


@pytest.mark.parametrize("unit_code", [s.UNIT_CODE, "*"])
def test_ones_own_unit_is_there(unit_code: str) -> None:
    own = replace(delegate, asker=Asker(region_code=s.REGION_CODE, unit_code=unit_code))
    assert delegation.knowing(s.a_unit.state).after(own).facts


FOREIGN = replace(a_delegation.state, given=replace(a_delegation.state.given, unit_code="x"))


@pytest.mark.parametrize("given", [delegation.decider.initial, FOREIGN])
@pytest.mark.parametrize("person", ["", DEPUTY, s.PERSONS.head])
def test_a_claimed_delegation_that_is_not_there_names_nobody(given: object, person: str) -> None:
    story = s.target.given(*s.confirmed().facts).knowing(*s.AT_SIGNING, given)
    command = replace(s.submit_target, delegation_id="D1", person=person)
    refusal = story.when(command).then_refused(DelegationUnknown)
    assert (refusal.pointer, refusal.details) == ("/delegation_id", {"delegation_id": "D1"})
