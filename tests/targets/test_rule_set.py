"""A rule set: drafted with its sources, adopted by somebody else, superseded by the next."""

import json
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from services.targets.domain.events.rule_set import (
    RuleSetAdopted,
    RuleSetDrafted,
    RuleSetSuperseded,
)
from services.targets.domain.refusals import (
    DrafterAdopts,
    ProvenanceDangling,
    ReasonMissing,
    RuleSetNotAdopted,
    RuleSetNotDrafted,
    RulesIncoherent,
    SourceUnnamed,
    SourceWeakened,
    StatuteRelaxed,
    ValueUncovered,
)
from services.targets.domain.rule_set import Rules
from services.targets.domain.rule_set import in_force as adopted_in
from services.targets.domain.sourced_rules import Provenance, SourceTag, is_default
from services.targets.projections.rule_sets import RuleSetRow, RuleSetVersionRow, rule_sets
from shared.domain.rule_node import RuleSetUnreadable
from shared.testing.projection_spec import ProjectionSpec
from shared.testing.spec import Outcome
from tests.targets.stories import (
    GRADER,
    LEADER,
    NOW,
    REGION_CODE,
    RULES,
    SOURCES,
    YEAR,
    adopt_rules,
    draft_rules,
    rule_set,
    some_rules,
)

BASIS = "喀财绩〔2021〕1号"
DEFAULT = {"": Provenance(source_tag=SourceTag.D, legal_basis=BASIS)}
sourced = replace(draft_rules, provenance=SOURCES)
in_force = rule_set.given().after(sourced, adopt_rules)


def changed(place: str, value: object) -> str:
    """The rules with another value at a pointer; `...` removes it."""
    tree: Any = json.loads(draft_rules.rules_json)
    *way, last = place.split("/")[1:]
    at = tree
    for step in way:
        at = at[int(step)] if isinstance(at, list) else at[step]
    key = int(last) if isinstance(at, list) else last
    if value is ...:
        del at[key]
    else:
        at[key] = value
    return json.dumps(tree, sort_keys=True)


def names(outcome: Outcome) -> list[str]:
    """What is recorded, by its names."""
    assert outcome.refusal is None, outcome.refusal
    return [type(fact).__name__ for fact in outcome.facts]


def stated(**more: Provenance | None) -> dict[str, Provenance]:
    """The sources with others at some places; `None` states nothing there."""
    given = {place.replace("__", "/"): source for place, source in more.items()}
    return {p: source for p, source in {**SOURCES, **given}.items() if source is not None}


def test_rules_are_drafted_and_then_adopted_as_they_were() -> None:
    drafted = RuleSetDrafted(
        region_code=REGION_CODE,
        fiscal_year=YEAR,
        rule_set_version=1,
        rules_json=draft_rules.rules_json,
        provenance=SOURCES,
        drafted_by=GRADER,
    )
    rule_set.when(sourced).then(drafted)
    rule_set.given(drafted).when(sourced).then_nothing()
    rule_set.given(drafted).when(adopt_rules).then(
        RuleSetAdopted(
            region_code=REGION_CODE,
            fiscal_year=YEAR,
            rule_set_version=1,
            legal_basis=BASIS,
            rules_json=draft_rules.rules_json,
            adopted_on=NOW.date(),
            provenance=SOURCES,
        )
    )
    for story in (some_rules, in_force):
        story.when(adopt_rules).then_nothing()
        story.when(draft_rules).then_nothing()


def test_rules_without_any_source_are_adopted_as_defaults_and_say_so() -> None:
    assert some_rules.facts[-1].provenance == DEFAULT  # type: ignore[attr-defined]
    assert is_default(some_rules.state.adopted.stated.provenance)


def test_sources_once_stated_are_not_lost_in_silence() -> None:
    other = replace(draft_rules, rules_json=changed("/ex_ante/scorers_min", 3))
    drafted = in_force.after(other)
    drafted.when(adopt_rules).then_refused(ValueUncovered)
    assert names(some_rules.after(other).when(adopt_rules)) == [
        "RuleSetSuperseded",
        "RuleSetAdopted",
    ]


def test_a_source_that_is_stated_later_is_a_new_version() -> None:
    story = some_rules.after(sourced, adopt_rules)
    assert story.state.adopted.rules.version == 2
    assert story.state.adopted.stated.provenance == SOURCES


def test_adoption_needs_the_source_of_every_value_and_names_all_that_lack_one() -> None:
    lacking = replace(sourced, provenance=stated(__grades=None, __letters=None))
    refusal = rule_set.given().after(lacking).when(adopt_rules).then_refused(ValueUncovered)
    assert refusal.pointer == "/grades/EXCELLENT"
    told = [defect["pointer"] for defect in refusal.details["defects"]]  # type: ignore[attr-defined]
    assert {pointer.split("/")[1] for pointer in told} == {"grades", "letters"}
    assert len(told) == 4 + 8


def test_a_source_above_covers_everything_below_it() -> None:
    whole = replace(draft_rules, provenance={"": Provenance(source_tag=SourceTag.F)})
    assert names(rule_set.given().after(whole).when(adopt_rules)) == ["RuleSetAdopted"]


@pytest.mark.parametrize("pointer", ["/grads", "/grades/BEST", "/monitoring/nodes/2", "/"])
def test_a_source_of_nothing_is_refused_by_its_pointer(pointer: str) -> None:
    wrong = replace(draft_rules, provenance={**SOURCES, pointer: SOURCES["/grades"]})
    assert rule_set.when(wrong).then_refused(ProvenanceDangling).pointer == pointer


@pytest.mark.parametrize("tag", [SourceTag.S, SourceTag.R1, SourceTag.R2, SourceTag.R3])
def test_who_claims_a_law_or_a_rule_names_it(tag: SourceTag) -> None:
    wrong = replace(draft_rules, provenance=stated(__grades=Provenance(source_tag=tag)))
    assert rule_set.when(wrong).then_refused(SourceUnnamed).pointer == "/grades"


@pytest.mark.parametrize("tag", [SourceTag.F, SourceTag.D])
def test_what_is_fixed_becomes_a_default_only_on_a_stated_ground(tag: SourceTag) -> None:
    place = "__disclosure__with_budget_days"
    bare, founded = Provenance(source_tag=tag), Provenance(source_tag=tag, legal_basis="新文件")
    stricter = changed("/disclosure/with_budget_days", 15)
    wrong = replace(sourced, rules_json=stricter, provenance=stated(**{place: bare}))
    refusal = in_force.when(wrong).then_refused(
        SourceWeakened, source_tag=SourceTag.R1, legal_basis="预算法 第14条"
    )
    assert refusal.pointer == "/disclosure/with_budget_days"
    right = replace(sourced, rules_json=stricter, provenance=stated(**{place: founded}))
    assert names(in_force.when(right)) == ["RuleSetDrafted"]
    assert names(rule_set.when(wrong)) == ["RuleSetDrafted"]


def test_what_is_fixed_does_not_vanish_without_a_ground() -> None:
    shorter = changed("/monitoring/nodes/1", ...)
    wrong = replace(sourced, rules_json=shorter, provenance=stated(__monitoring__nodes=None))
    assert in_force.when(wrong).then_refused(SourceWeakened).pointer == "/monitoring/nodes/0/code"
    nowhere = replace(wrong, provenance=stated(__monitoring=None, __monitoring__nodes=None))
    refusal = in_force.when(nowhere).then_refused(SourceWeakened)
    assert refusal.pointer == "/monitoring/nodes/1/code"
    alone = replace(sourced, rules_json=shorter)
    assert names(in_force.when(alone)) == ["RuleSetDrafted"]


@pytest.mark.parametrize("term", ["with_budget_days", "with_final_accounts_days"])
@pytest.mark.parametrize("tag", list(SourceTag))
def test_no_source_makes_a_rule_milder_than_the_law(term: str, tag: SourceTag) -> None:
    place = f"/disclosure/{term}"
    claimed = {**SOURCES, place: Provenance(source_tag=tag, legal_basis="本地报告")}
    milder = replace(draft_rules, rules_json=changed(place, 21), provenance=claimed)
    assert rule_set.when(milder).then_refused(StatuteRelaxed, days_max=20).pointer == place
    stricter = replace(draft_rules, rules_json=changed(place, 19), provenance=claimed)
    assert names(rule_set.when(stricter)) == ["RuleSetDrafted"]


@pytest.mark.parametrize(
    ("place", "value", "pointer"),
    [
        ("/grades/GOOD", 90, "/grades"),
        ("/grades/POOR", 1, "/grades"),
        ("/weights/scheme", "C", "/weights/scheme"),
        ("/weights/A", ..., "/weights/scheme"),
        ("/weights", {"scheme": "B", "B_cost": RULES["weights"]["B_cost"]}, "/weights/scheme"),
        ("/weights", {"scheme": "B", "B_nocost": RULES["weights"]["B_nocost"]}, "/weights/scheme"),
        ("/ex_ante/dimensions/ECONOMY", 21, "/ex_ante/dimensions"),
        ("/monitoring/score/execution", 31, "/monitoring/score"),
        (
            "/monitoring/score",
            {"timeliness": 0, "completeness": 0, "execution": 0, "goal": 100, "correction": 0},
            "/monitoring/score",
        ),
        ("/monitoring/red/ix", 0.81, "/monitoring/red/ix"),
        ("/monitoring/red/g", 0.81, "/monitoring/red/g"),
        ("/office_clock/reminder_wd", 8, "/office_clock"),
        ("/office_clock", {"listed_wd": 3}, "/office_clock"),
    ],
)
def test_values_that_contradict_each_other_are_refused(
    place: str, value: object, pointer: str
) -> None:
    wrong = replace(draft_rules, rules_json=changed(place, value))
    assert rule_set.when(wrong).then_refused(RulesIncoherent).pointer == pointer


@pytest.mark.parametrize("scheme", ["A", "B"])
def test_both_schemes_may_be_chosen_where_their_weights_are_there(scheme: str) -> None:
    chosen = replace(draft_rules, rules_json=changed("/weights/scheme", scheme))
    assert names(rule_set.when(chosen)) == ["RuleSetDrafted"]


@pytest.mark.parametrize("rate", ["ix", "g"])
def test_red_may_begin_where_blue_does(rate: str) -> None:
    same = replace(draft_rules, rules_json=changed(f"/monitoring/red/{rate}", 0.8))
    assert names(rule_set.when(same)) == ["RuleSetDrafted"]


def test_a_blank_is_no_document_and_no_ground() -> None:
    blank = Provenance(source_tag=SourceTag.R2, legal_basis=" ")
    claimed = replace(draft_rules, provenance=stated(__grades=blank))
    assert rule_set.when(claimed).then_refused(SourceUnnamed).pointer == "/grades"
    place = "/disclosure/with_budget_days"
    milder = Provenance(source_tag=SourceTag.D, legal_basis=" ")
    weaker = replace(sourced, rules_json=changed(place, 15), provenance={**SOURCES, place: milder})
    assert in_force.when(weaker).then_refused(SourceWeakened).pointer == place


def test_rules_from_before_offices_had_clocks_are_drafted_as_they_are() -> None:
    silent = replace(draft_rules, rules_json=changed("/office_clock", ...))
    assert names(rule_set.when(silent)) == ["RuleSetDrafted"]


def test_what_cannot_be_read_is_refused_by_its_field() -> None:
    broken = replace(draft_rules, rules_json=json.dumps({**RULES, "grades": {"GOOD": 80}}))
    refusal = rule_set.when(broken).then_refused(RuleSetUnreadable)
    assert refusal.pointer == "/grades/EXCELLENT"


def test_everything_that_is_wrong_is_told_at_once() -> None:
    tree = json.loads(draft_rules.rules_json)
    del tree["grades"]["GOOD"]
    tree["letters"]["ack_wd"] = "soon"
    tree["recovery"]["check_dates"][1] = "31-12"
    wrong = replace(
        draft_rules,
        rules_json=json.dumps(tree),
        provenance={"/nowhere": Provenance(source_tag=SourceTag.D)},
    )
    refusal = rule_set.when(wrong).then_refused(RuleSetUnreadable)
    assert [(d["rule"], d["pointer"]) for d in refusal.details["defects"]] == [  # type: ignore[attr-defined]
        ("rule-set-unreadable", "/grades/GOOD"),
        ("rule-set-unreadable", "/letters/ack_wd"),
        ("rule-set-unreadable", "/recovery/check_dates/1"),
        ("provenance-dangling", "/nowhere"),
    ]


def test_rules_need_a_draft_and_a_legal_basis() -> None:
    rule_set.when(adopt_rules).then_refused(RuleSetNotDrafted)
    drafted = rule_set.given().after(draft_rules)
    drafted.when(replace(adopt_rules, legal_basis=" ")).then_refused(ReasonMissing)


def test_nobody_adopts_what_they_drafted() -> None:
    drafted = rule_set.given().after(draft_rules)
    drafted.when(replace(adopt_rules, by=GRADER)).then_refused(DrafterAdopts)
    mine = drafted.after(replace(sourced, by=LEADER))
    mine.when(adopt_rules).then_refused(DrafterAdopts)
    # What another has drafted anew since is no less hers.
    refused = mine.when(replace(adopt_rules, by=GRADER)).then_refused(DrafterAdopts)
    assert refused.details["person"] == GRADER.rpartition("|")[2]
    adopted = mine.when(replace(adopt_rules, by="iss|third"))
    assert names(adopted) == ["RuleSetAdopted"]


def test_the_next_version_supersedes_the_one_before_in_the_same_decision() -> None:
    other = replace(sourced, rules_json=changed("/rule_set", "v2"))
    drafted = in_force.after(other)
    assert drafted.state.adopted.rules.version == 1
    drafted.when(adopt_rules).then(
        RuleSetSuperseded(
            region_code=REGION_CODE,
            fiscal_year=YEAR,
            rule_set_version=1,
            superseded_by_version=2,
            superseded_on=NOW.date(),
        ),
        RuleSetAdopted(
            region_code=REGION_CODE,
            fiscal_year=YEAR,
            rule_set_version=2,
            legal_basis=BASIS,
            rules_json=other.rules_json,
            adopted_on=NOW.date(),
            provenance=SOURCES,
        ),
    )
    adopted = drafted.after(adopt_rules)
    assert (adopted.state.adopted.rules.version, adopted.state.adopted.rules.name) == (2, "v2")


def test_histories_from_before_sources_were_stated_are_read_as_defaults() -> None:
    drafted = {"region_code": REGION_CODE, "fiscal_year": YEAR, "rule_set_version": 1}
    drafted |= {"rules_json": draft_rules.rules_json}
    adopted = {**drafted, "legal_basis": BASIS, "adopted_on": "2021-03-01"}
    story = rule_set.given(
        msgspec.convert(drafted, RuleSetDrafted), msgspec.convert(adopted, RuleSetAdopted)
    )
    assert story.state.adopted.stated.provenance == DEFAULT
    story.when(adopt_rules).then_nothing()


async def test_a_version_shows_until_when_it_bound() -> None:
    version, stream = (REGION_CODE, YEAR, 1), f"rule_set-{REGION_CODE}-{YEAR}"
    shown = ProjectionSpec(rule_sets)
    await shown.given(stream, *in_force.facts).then(RuleSetVersionRow, *version, effective_to=None)
    later = in_force.after(replace(sourced, rules_json=changed("/rule_set", "v2")), adopt_rules)
    superseded, adopted = later.facts[-2:]
    # Told by its own fact, and in histories that do not have it yet by the next adoption.
    for facts in ((*in_force.facts, superseded), (*in_force.facts, adopted)):
        rows = shown.given(stream, *facts)
        await rows.then(RuleSetVersionRow, *version, effective_to=NOW.date())
    rows = shown.given(stream, *later.facts)
    await rows.then(RuleSetVersionRow, REGION_CODE, YEAR, 2, effective_to=None)
    row = await rows.row(RuleSetVersionRow, REGION_CODE, YEAR, 2)
    assert row is not None
    assert RuleSetVersionRow.model_validate(row).stated.provenance == SOURCES


async def test_a_draft_is_shown_until_it_is_adopted() -> None:
    stream = f"rule_set-{REGION_CODE}-{YEAR}"
    shown = ProjectionSpec(rule_sets)
    row = await shown.given(stream, *rule_set.given().after(sourced).facts).row(
        RuleSetRow, REGION_CODE, YEAR
    )
    assert row is not None
    waiting = RuleSetRow.model_validate(row)
    assert waiting.drafted is not None
    assert (waiting.drafted.provenance, waiting.drafted_by) == (SOURCES, GRADER)
    rows = shown.given(stream, *in_force.facts)
    await rows.then(RuleSetRow, REGION_CODE, YEAR, draft_json=None, drafted_by=None, version=2)


def test_who_needs_rules_where_none_are_adopted_is_told_the_region() -> None:
    for nothing in (Rules(), rule_set.given().after(draft_rules).state, None):
        with pytest.raises(RuleSetNotAdopted) as told:
            adopted_in(nothing, REGION_CODE)
        assert told.value.details == {"region_code": REGION_CODE}
        assert told.value.remedy is not None
