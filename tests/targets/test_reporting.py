"""What the report of an ex-ante assessment records, and what it lacks when it is refused."""

from dataclasses import replace
from typing import Any

import pytest

from services.targets.domain.asker import Asker
from services.targets.domain.events.ex_ante import ExAnteReportSubmitted
from services.targets.domain.project_states import UnknownProject
from services.targets.domain.refusals import (
    DimensionUnanswered,
    EvidenceMissing,
    ExAnteReportExists,
    GoalMissing,
    ProjectUnknown,
    RuleSetNotAdopted,
    TargetNotDrafted,
    TargetRejectedForGood,
)
from services.targets.domain.values import Origin
from shared.domain.refusals import Refusal
from tests.targets import stories as s
from tests.targets.assessments import AT_REPORT, DIMENSIONS, submit_report
from tests.targets.duties import DEPUTY, a_delegation

PROJECT, DRAFT, MATRIX, *RULES = AT_REPORT
known = s.ex_ante.knowing(*AT_REPORT)
RECORDED = ExAnteReportSubmitted(
    project_code=s.CODE,
    fiscal_year=s.YEAR,
    region_code=s.REGION_CODE,
    unit_code=s.UNIT_CODE,
    department_code=s.DEPARTMENT,
    project_name="校舍维修改造",
    requested=s.yuan("8_000_000"),
    goal="改善就学条件",
    statements=dict.fromkeys(DIMENSIONS, "依据充分。"),
    evidence=submit_report.evidence,
    round=1,
    submitted_by=s.HEAD,
    signed_by=s.PERSONS.head,
    in_place_of="",
    origin=Origin.OFFICIAL,
)


def test_a_report_records_the_project_as_it_is_and_who_signed() -> None:
    known.when(submit_report).then(RECORDED)
    registered = replace(PROJECT.registered, origin=Origin.SYNTHETIC, name="别名")
    generated = s.ex_ante.knowing(replace(PROJECT, registered=registered), *AT_REPORT[1:])
    generated.when(submit_report).then(
        replace(RECORDED, origin=Origin.SYNTHETIC, project_name="别名")
    )
    story = s.ex_ante.knowing(PROJECT, DRAFT, MATRIX, a_delegation.state, *RULES)
    command = replace(submit_report, delegation_id="D1")
    story.when(command).then(replace(RECORDED, signed_by=DEPUTY, in_place_of=s.PERSONS.head))


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_dimension_is_spoken_on(dimension: str) -> None:
    silent = {name: said for name, said in submit_report.statements.items() if name != dimension}
    for statements in (silent, {**silent, dimension: " "}):
        refusal = known.when(replace(submit_report, statements=statements)).then_refused(
            DimensionUnanswered, dimension=dimension
        )
        assert refusal.pointer == f"/statements/{dimension}"


YEAR = {"project_code": s.CODE, "fiscal_year": s.YEAR}


@pytest.mark.parametrize(
    ("story", "changes", "refusal", "pointer", "details"),
    [
        (s.ex_ante.knowing(UnknownProject(), *AT_REPORT[1:]), {}, ProjectUnknown, None, YEAR),
        (
            known,
            {"fiscal_year": s.YEAR + 1},
            ProjectUnknown,
            None,
            {**YEAR, "fiscal_year": s.YEAR + 1},
        ),
        (
            known,
            {"asker": Asker(region_code=s.REGION_CODE, unit_code="653101999")},
            ProjectUnknown,
            None,
            YEAR,
        ),
        (
            s.ex_ante.knowing(PROJECT, DRAFT, MATRIX, *s.ungoverned),
            {},
            RuleSetNotAdopted,
            None,
            {"region_code": s.REGION_CODE},
        ),
        (known, {"goal": " "}, GoalMissing, "/goal", {}),
        (known, {"evidence": ()}, EvidenceMissing, "/evidence", {}),
        (
            s.ex_ante.knowing(PROJECT, s.target.decider.initial, MATRIX, *RULES),
            {},
            TargetNotDrafted,
            "/project_code",
            YEAR,
        ),
        (
            s.ex_ante.knowing(PROJECT, s.ready(50).state, MATRIX, *RULES),
            {},
            TargetRejectedForGood,
            "/project_code",
            {},
        ),
        (
            known.after(submit_report),
            {"goal": "别的"},
            ExAnteReportExists,
            None,
            {"project_code": s.CODE},
        ),
    ],
)
def test_who_is_refused_is_told_where_and_why(
    story: Any,  # noqa: ANN401 - a story
    changes: dict[str, Any],
    refusal: type[Refusal],
    pointer: str | None,
    details: dict[str, object],
) -> None:
    told = story.when(replace(submit_report, **changes)).then_refused(refusal)
    assert (told.pointer, told.details) == (pointer, details)


def test_the_own_unit_hands_its_report_in() -> None:
    own = Asker(region_code=s.REGION_CODE, unit_code=s.UNIT_CODE)
    known.when(replace(submit_report, asker=own)).then(RECORDED)
