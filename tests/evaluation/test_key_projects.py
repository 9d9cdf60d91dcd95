"""A key project is one by its amount, or for what it means (§3.7b)."""

from dataclasses import replace
from typing import Any, Final

import pytest

from services.evaluation.domain.judging.key_project import (
    DesignateKeyProject,
    KeyGround,
    KeyProjectDesignated,
    KeyProjectReleased,
    ReleaseKeyProject,
    key_project_decider,
)
from services.evaluation.domain.judging.refusals import (
    DesignationUnfounded,
    KeyProjectKnown,
    KeyProjectUnknown,
)
from services.evaluation.domain.refusals import SelfEvaluationUnknown
from services.evaluation.domain.self_evaluation.states import Open, Unopened
from shared.http.policy import Role
from shared.testing.spec import Given, Spec
from tests.evaluation.county import County
from tests.evaluation.story import BUREAU, NOW, PROJECT, TODAY

key = Spec(key_project_decider)
DESIGNATE: Final = DesignateKeyProject(
    project_code="P1",
    fiscal_year=2021,
    ground=KeyGround.LIVELIHOOD,
    reason="饮水安全，群众反映集中",
    document_no="喀署办〔2021〕30号",
    by=BUREAU,
    now=NOW,
)
RELEASE: Final = ReleaseKeyProject(project_code="P1", reason="已竣工", by=BUREAU, now=NOW)
BODY: Final[dict[str, Any]] = {
    "project_code": "P1",
    "fiscal_year": 2021,
    "ground": "LIVELIHOOD",
    "reason": "饮水安全",
    "document_no": "喀署办〔2021〕30号",
}


def known() -> Given:
    return key.knowing(Open(project=PROJECT))


def test_a_project_is_designated_once_released_once_and_designated_anew() -> None:
    fact = KeyProjectDesignated(
        whose=PROJECT.whose,
        project_name=PROJECT.name,
        ground=KeyGround.LIVELIHOOD,
        reason="饮水安全，群众反映集中",
        document_no="喀署办〔2021〕30号",
        designated_by=BUREAU,
        designated_on=TODAY,
    )
    known().when(DESIGNATE).then(fact)
    designated = known().after(DESIGNATE)
    designated.when(DESIGNATE).then_nothing()
    released = KeyProjectReleased(reason="已竣工", released_by=BUREAU, released_on=TODAY)
    designated.when(RELEASE).then(released)
    designated.after(RELEASE).when(RELEASE).then_nothing()
    assert designated.after(RELEASE).when(DESIGNATE).facts == (fact,)


def test_without_reason_document_or_target_it_is_refused() -> None:
    for name in ("reason", "document_no"):
        blank: dict[str, Any] = {name: " "}
        refused = known().when(replace(DESIGNATE, **blank))
        assert refused.then_refused(DesignationUnfounded).pointer == f"/{name}"
    key.knowing(Unopened()).when(DESIGNATE).then_refused(SelfEvaluationUnknown)
    other = replace(DESIGNATE, ground=KeyGround.PUBLIC_ATTENTION)
    known().after(DESIGNATE).when(other).then_refused(KeyProjectKnown, ground="LIVELIHOOD")
    key.when(RELEASE).then_refused(KeyProjectUnknown)
    known().after(DESIGNATE).when(replace(RELEASE, reason="")).then_refused(DesignationUnfounded)


@pytest.mark.parametrize("ground", list(KeyGround))
async def test_what_is_designated_is_listed_and_due_whatever_it_costs(
    real_county: County, ground: KeyGround
) -> None:
    county = real_county
    await county.founded()
    assert await county.read("/evaluations/due", fiscal_year=2021) == []  # five million
    await county.done(Role.FB_PERFORMANCE, "/key-projects", {**BODY, "ground": ground.value})
    (listed,) = (await county.read("/key-projects", fiscal_year=2021))["items"]
    assert (listed["project_code"], listed["ground"]) == ("P1", ground.value)
    assert (await county.read("/key-projects", fiscal_year=2020))["items"] == []
    (due,) = await county.read("/evaluations/due", fiscal_year=2021)
    assert (due["project_code"], due["grounds"], due["due_year"]) == ("P1", [ground.value], 2025)
    await county.done(
        Role.FB_PERFORMANCE, "/key-projects/P1/release", {"reason": "工程已竣工并移交"}
    )
    assert await county.read("/evaluations/due", fiscal_year=2021) == []
    assert (await county.read("/key-projects"))["items"] == []


async def test_a_unit_does_not_designate(real_county: County) -> None:
    await real_county.founded()
    answer = await real_county.ask(Role.UNIT_HEAD, "/key-projects", BODY)
    assert answer.status_code == 403
