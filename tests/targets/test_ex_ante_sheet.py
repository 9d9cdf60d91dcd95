"""The score sheet of an ex-ante assessment: items judged 优良中差, and what may not be mixed."""

import json
from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest

from services.targets.domain.commands.ex_ante import ScoreExAnteReport
from services.targets.domain.events.ex_ante import ExAnteScored
from services.targets.domain.ex_ante_items import ITEMS, ExAnteItem, judged_points
from services.targets.domain.refusals import ScoredTwoWays, ScoreIncomplete, ScorerHasScored
from services.targets.domain.refusals.assessments import DimensionUnknown, ScoreUnexplained
from shared.domain.grades import Grade
from tests.targets.assessments import DIMENSIONS, grade_report, reviewed, scored
from tests.targets.stories import RULES, adopt_rules, draft_rules, ex_ante, rule_set, ungoverned


def judged(by: str, **grades: Grade) -> ScoreExAnteReport:
    """Every item is excellent unless it is named."""
    judgements = {item: grades.get(item.value, Grade.EXCELLENT) for item in ExAnteItem}
    return replace(scored(by, "0"), points={}, judgements=judgements, reasons={})


def test_every_dimension_has_four_items_and_every_item_one_dimension() -> None:
    assert set(ITEMS) == set(DIMENSIONS)
    assert [len(items) for items in ITEMS.values()] == [4] * 5
    assert len({item for items in ITEMS.values() for item in items}) == len(ExAnteItem) == 20


@pytest.mark.parametrize(
    ("grade", "points"),
    [
        (Grade.EXCELLENT, "20.00"),
        (Grade.GOOD, "17.00"),
        (Grade.FAIR, "14.00"),
        (Grade.POOR, "8.00"),
    ],
)
def test_a_dimension_judged_alike_has_its_share_of_the_points(grade: Grade, points: str) -> None:
    found = judged_points(dict.fromkeys(ExAnteItem, grade), {"NECESSITY": Decimal(20)})
    assert found == {"NECESSITY": Decimal(points)}


def test_judgements_become_points_and_are_kept_with_their_remarks() -> None:
    sheet = judged("s1", UNIQUE=Grade.POOR, COST_BASIS=Grade.GOOD)
    remarked = replace(sheet, remarks={ExAnteItem.UNIQUE: "与在建项目重复"})
    [fact] = reviewed().when(remarked).facts
    assert isinstance(fact, ExAnteScored)
    assert fact.points == {
        "NECESSITY": Decimal("17.00"),
        "ECONOMY": Decimal("19.25"),
        "TARGET_REASONABLENESS": Decimal("20.00"),
        "FEASIBILITY": Decimal("20.00"),
        "FUNDING_COMPLIANCE": Decimal("20.00"),
    }
    assert fact.total == Decimal("96.25")
    assert fact.judgements[ExAnteItem.UNIQUE] is Grade.POOR
    assert fact.remarks == {ExAnteItem.UNIQUE: "与在建项目重复"}


def test_sheets_and_points_are_graded_together() -> None:
    story = reviewed(judged("s1", UNIQUE=Grade.POOR), scored("s2", "90"))
    assert story.after(grade_report).state.grading.score == Decimal("93.50")


def test_the_same_sheet_again_is_silent_and_another_is_refused() -> None:
    story = reviewed(judged("s1"))
    story.when(judged("s1")).then_nothing()
    story.when(judged("s1", THRIFT=Grade.FAIR)).then_refused(ScorerHasScored)


def test_every_item_is_judged_and_points_are_not_given_beside() -> None:
    lacking = judged("s1")
    del lacking.judgements[ExAnteItem.THRIFT]
    assert reviewed().when(lacking).then_refused(ScoreIncomplete).pointer == "/judgements/THRIFT"
    both = replace(scored("s1", "100"), judgements=judged("s1").judgements)
    assert reviewed().when(both).then_refused(ScoredTwoWays).pointer == "/points"
    neither = replace(scored("s1", "90"), points={})
    assert reviewed().when(neither).then_refused(ScoreIncomplete).pointer == "/points"


def test_a_dimension_of_a_region_of_its_own_is_scored_by_points() -> None:
    own = {**RULES, "ex_ante": {**RULES["ex_ante"], "dimensions": {"GREEN": 100}}}
    rules = rule_set.given().after(replace(draft_rules, rules_json=json.dumps(own)), adopt_rules)
    story = reviewed().knowing(rules.state, *ungoverned[1:])
    refusal = story.when(judged("s1")).then_refused(ScoreIncomplete, dimensions=["GREEN"])
    assert refusal.pointer == "/judgements"
    story.after(replace(scored("s1", "0"), points={"GREEN": Decimal(90)}, reasons={}))


def given(**points: str) -> ScoreExAnteReport:
    """Full points for every dimension that is not named, without a word."""
    stated = {name: Decimal(points.get(name, "20")) for name in DIMENSIONS}
    return replace(scored("s1", "0"), points=stated, reasons={})


def test_whoever_takes_many_points_off_a_dimension_says_why() -> None:
    reviewed().after(given(ECONOMY="12"))
    low = given(ECONOMY="11.99")
    for silent in (low, replace(low, reasons={"ECONOMY": " ", "NECESSITY": "依据充分"})):
        refusal = reviewed().when(silent).then_refused(ScoreUnexplained)
        assert refusal.pointer == "/reasons/ECONOMY"
        assert refusal.details == {
            "dimension": "ECONOMY",
            "points": Decimal("11.99"),
            "points_unexplained_min": Decimal(12),
        }
        assert refusal.remedy is not None
        assert "/reasons" in refusal.remedy
    told = replace(low, reasons={"ECONOMY": "单价高于市场价", "NECESSITY": "依据充分"})
    [fact] = reviewed().when(told).facts
    assert isinstance(fact, ExAnteScored)
    assert fact.reasons == {"ECONOMY": "单价高于市场价", "NECESSITY": "依据充分"}


def test_judged_items_that_leave_a_dimension_low_need_a_reason_too() -> None:
    grades = dict.fromkeys(("CONTENT_MATCHES_DUTY", "DETAILS_CLEAR", "THRIFT"), Grade.POOR)
    sheet = judged("s1", COST_BASIS=Grade.FAIR, **grades)
    remarked = replace(sheet, remarks={ExAnteItem.THRIFT: "会议费过高"})
    reviewed().when(remarked).then_refused(ScoreUnexplained, dimension="ECONOMY")
    reviewed().after(replace(remarked, reasons={"ECONOMY": "测算粗放"}))


def test_a_reason_for_what_is_no_dimension_is_refused() -> None:
    wrong = replace(given(), reasons={"COST": "x"})
    refusal = reviewed().when(wrong).then_refused(DimensionUnknown)
    assert refusal.pointer == "/reasons/COST"
    assert refusal.details == {"dimension": "COST", "dimensions": sorted(DIMENSIONS)}


def test_the_same_reasons_again_are_silent_and_others_are_refused() -> None:
    told = replace(given(ECONOMY="5"), reasons={"ECONOMY": "单价高于市场价"})
    story = reviewed(told)
    story.when(told).then_nothing()
    story.when(replace(told, reasons={"ECONOMY": "其他"})).then_refused(ScorerHasScored)


def test_a_sheet_of_before_without_reasons_is_repeated_in_silence() -> None:
    [fact] = reviewed().when(replace(given(ECONOMY="5"), reasons={"ECONOMY": "x"})).facts
    old = reviewed()
    story = ex_ante.given(*old.facts, replace(fact, reasons={})).knowing(*old.known)
    story.when(given(ECONOMY="5")).then_nothing()
    stored = msgspec.to_builtins(fact, builtin_types=())
    del stored["reasons"]
    assert msgspec.convert(stored, ExAnteScored, strict=False).reasons == {}
