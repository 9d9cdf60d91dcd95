"""Whatever a target says, its table says it, and reading the table says it again."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.targets.api.forms.target_lines import Stated, body, on_sheet, unshowable
from services.targets.api.forms.target_sheet import TARGET_SHEET
from services.targets.api.target_schemas import DraftTargetBody
from services.targets.api.translation import content
from services.targets.domain.events.target import TargetDrafted
from services.targets.domain.values import Basis, Content, Origin
from services.targets.projections.target_register import TargetRow
from services.targets.projections.target_versions import TargetVersionRow, target_versions
from shared.documents.reading import read_workbook
from shared.documents.writing import write_workbook
from shared.projections import Put
from shared.testing.projection_spec import recorded
from tests.targets.applications import full_body

ROW = TargetRow(
    target_id="P1-2021",
    project_code="P1",
    project_name="校舍维修改造",
    fiscal_year=2021,
    region_code="653101",
    unit_code="653101001",
    department_code="653101",
    status="DRAFT",
    scheme="A",
)
BASIS = Basis(
    project_code="P1",
    project_name="校舍维修改造",
    fiscal_year=2021,
    region_code="653101",
    unit_code="653101001",
    department_code="653101",
    function_code="",
    fund_type_code="",
    direct_fund_flag="",
    needs_ex_ante=False,
    origin=Origin.OFFICIAL,
)


def stored(said: Content) -> Mapping[str, Any]:
    """The line that a service would export of this content."""
    fact = TargetDrafted(
        basis=BASIS,
        content=said,
        scheme="A",
        findings=(),
        rule_set_version=1,
        drafted_by="w",
    )
    assert target_versions.project is not None
    [change] = target_versions.project(recorded("target-P1-2021", fact)[0])
    assert isinstance(change, Put)
    said_of_it: Any = change.row
    row = TargetVersionRow(**said_of_it)
    return body(Stated(row=ROW, draft=row, standing=row))


def read(line: Mapping[str, Any]) -> Content:
    """The content that a service makes of a line."""
    return content(DraftTargetBody.model_validate_json(json.dumps(line)))


def test_a_full_target_becomes_the_same_line_again() -> None:
    line = stored(read(full_body()))
    assert stored(read(line)) == line
    assert read(line) == read(full_body())


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40
)
numbers = st.decimals("-1e9", "1e9", places=3).map(str)
# The calendar of spreadsheets begins in 1900, and its first two months are wrong.
days = st.dates(min_value=date(1900, 3, 1)).map(str)
yuan = st.integers(0, 10**13).map(lambda fen: f"{fen // 100}.{fen % 100:02d}")
marks = st.sampled_from(["OFFICIAL_DOCUMENT", "WORKING_PAPER", "ORIGINAL_VOUCHER", "STATEMENT"])
indicators = st.fixed_dictionaries(
    {
        "level1": st.sampled_from(["COST", "OUTPUT", "BENEFIT", "SATISFACTION"]),
        "level2": st.sampled_from(["QUANTITY", "COST", "SOCIAL_COST", "RECIPIENTS"]),
        "name": texts,
        "operator": st.sampled_from([">=", "<=", "=", "QUALITATIVE"]),
        "weight": st.integers(0, 100).map(str),
    },
    optional={
        "target_value": numbers,
        "unit": texts,
        "lower_is_better": st.booleans(),
        "is_core": st.booleans(),
        "cumulative": st.booleans(),
        "milestones": st.dictionaries(st.sampled_from(["M05", "M08"]), numbers),
        "standard": texts,
        "due_on": days,
        "library_code": texts,
        "levels": st.dictionaries(st.sampled_from(["MET", "PARTLY_MET", "NOT_MET"]), texts),
        "evidence": st.lists(marks, unique=True),
        "last_actual": numbers,
        "costing": st.fixed_dictionaries({"unit_cost": yuan, "quantity": st.just("2.5")}),
        "remark": texts,
    },
)
applications = st.fixed_dictionaries(
    {},
    optional={
        "starts_on": days,
        "phone": texts,
        "grounds": texts,
        "plan": texts,
        "midterm_funds": st.fixed_dictionaries({"total": yuan, "other": yuan}),
        "annual_funds": st.fixed_dictionaries({"total": yuan, "carried_over": yuan}),
    },
)
targets = st.fixed_dictionaries(
    {"annual_goal": texts, "indicators": st.lists(indicators, max_size=4)},
    optional={
        "application": applications,
        "waivers": st.dictionaries(st.sampled_from(["L02", "L09"]), texts),
        "answers": st.dictionaries(st.sampled_from(["L05/annual_goal", "L06/indicators"]), texts),
    },
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(targets, min_size=1, max_size=8))
def test_any_targets_survive_their_table(every: list[dict[str, Any]]) -> None:
    lines = [kept(f"P{number}", said) for number, said in enumerate(every)]
    assert not [found for line in lines for found in unshowable(line)]
    shown = [on_sheet(line, {"project_name": "x"}) for line in lines]
    found = list(read_workbook(write_workbook(TARGET_SHEET, shown), TARGET_SHEET))
    assert not [one for one in found if one.wrong]
    assert [stored(read(one.fields["body"])) for one in found] == lines


def kept(project_code: str, said: Mapping[str, Any]) -> Mapping[str, Any]:
    """The line of a target that was drafted so."""
    named = [{**one, "indicator_id": f"I{n}"} for n, one in enumerate(said["indicators"])]
    whose = {"project_code": project_code, "fiscal_year": 2021}
    return stored(read({**said, **whose, "indicators": named}))
