"""Stories of the re-check: who is drawn, from which seed, and what the new score does."""

import hashlib
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.api.third_party_queries import reproduced
from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.checks import Finding, Inflation, penalty_of
from services.evaluation.domain.judging import refusals as no
from services.evaluation.domain.judging.commands import RecheckEvaluation
from services.evaluation.domain.judging.events import EvaluationRechecked
from services.evaluation.domain.judging.values import Side
from services.evaluation.domain.rechecking import recheck
from services.evaluation.domain.refusals import (
    EvaluationStepOutOfOrder,
    RecheckAlreadyConcluded,
    SamePersonDecidesAgain,
    ScoreOutOfRange,
)
from services.evaluation.domain.sampling import refusals as lacking
from services.evaluation.domain.sampling.draw import ALGORITHM, drawn, lot, size
from services.evaluation.domain.sampling.messages import (
    DrawRecheckSample,
    FindRecheckPopulation,
    RecheckPopulationFound,
    RecheckSampled,
    Sampled,
    SampleReason,
)
from services.evaluation.domain.sampling.roster import EnterUnit, UnitRoster, unit_roster_decider
from services.evaluation.domain.sampling.sample import recheck_sample_decider
from services.evaluation.domain.self_evaluation.evolving import evolve
from services.evaluation.domain.self_evaluation.messages import RecheckConcluded
from services.evaluation.domain.self_evaluation.states import (
    Accepted,
    Open,
    Rechecked,
    final_result,
)
from services.evaluation.domain.unit import ApprovedBudgetNoted, RegisterUnit, Unit
from services.evaluation.main import service
from services.evaluation.reactions import react
from shared.bus.memory import MemoryBus
from shared.domain.decider import Owner
from shared.domain.grades import Grade
from shared.domain.roll import Roll
from shared.eventstore.memory import MemoryStore
from shared.testing.spec import Given, Spec
from tests.crashing.house import House
from tests.crashing.saga import Standing
from tests.evaluation import judging_story as story
from tests.evaluation import money_words as words
from tests.evaluation import test_self_evaluation as reports
from tests.evaluation.story import (
    ADOPTED,
    BUREAU,
    HEAD,
    NOW,
    PROJECT,
    REGION,
    RULES,
    SECOND,
    THIRD,
    UNIT,
    yuan,
)
from tests.evaluation.test_reactions import heard

sample = Spec(recheck_sample_decider)
SEED: Final = "0190-kashgar-2021"
FIND: Final = FindRecheckPopulation(region_code=REGION, fiscal_year=2021, by=BUREAU, now=NOW)
DRAW: Final = DrawRecheckSample(
    region_code=REGION,
    fiscal_year=2021,
    round=1,
    seed=SEED,
    is_seed_stated=True,
    by=BUREAU,
    now=NOW,
)
LAW: Final = (ADOPTED, Rules(), Rules())


def accepted(number: int, department: str = "D1", **changes: Any) -> Accepted:  # noqa: ANN401
    """An accepted self-evaluation."""
    project = replace(PROJECT, project_code=f"P{number:03}", department_code=department)
    usual = {
        "project": project,
        "self_score": Decimal(90),
        "score": Decimal(90),
        "grade": Grade.EXCELLENT,
        "rate": Decimal("0.95"),
        "findings": (),
        "submitted_by": HEAD,
        "accepted_by": BUREAU,
    }
    return Accepted(**{**usual, **changes})


def name_of(state: Accepted) -> str:
    """The name of a self-evaluation."""
    return f"{state.project.project_code}-2021"


def listed(states: list[Accepted]) -> Given:
    """A population that was listed, department by department."""
    found: dict[str, list[str]] = {}
    for one in states:
        found.setdefault(one.project.department_code, []).append(name_of(one))
    return sample.given(
        *(
            RecheckPopulationFound(
                region_code=REGION, fiscal_year=2021, department_code=department, names=tuple(names)
            )
            for department, names in found.items()
        )
    )


def draw(states: list[Accepted], command: DrawRecheckSample = DRAW) -> list[RecheckSampled]:
    """What is drawn from these."""
    known = listed(states)
    others = [None] * len(states)
    facts = known.knowing(*LAW, *states, *others).when(command).facts
    assert all(isinstance(one, RecheckSampled) for one in facts)
    return list(facts)  # type: ignore[arg-type]


def test_a_lot_is_the_sha256_of_seed_stratum_and_name() -> None:
    assert ALGORITHM == "sha256-rank-1"
    expected = hashlib.sha256(b"seed-1234|SELF_EVALUATION|D1|P001-2021").hexdigest()
    assert lot("seed-1234", "SELF_EVALUATION|D1", "P001-2021") == expected
    # As sha256sum and sort draw them: fixed for ever, or nobody could draw again.
    names = [f"P{number:03}-2021" for number in range(20)]
    assert drawn("seed-1234", "SELF_EVALUATION|D1", names, 3) == (
        "P001-2021",
        "P002-2021",
        "P008-2021",
    )


@given(st.sets(st.text(min_size=1, max_size=8), max_size=40), st.text(max_size=8), st.randoms())
def test_a_draw_depends_on_seed_and_names_alone(names: set[str], seed: str, chance: Any) -> None:  # noqa: ANN401
    ordered = sorted(names)
    shuffled = list(ordered)
    chance.shuffle(shuffled)
    count = size(ordered, Decimal("0.10"), 1)
    assert drawn(seed, "x", ordered, count) == drawn(seed, "x", shuffled, count)
    assert len(drawn(seed, "x", ordered, count)) == count


@pytest.mark.parametrize(
    ("population", "count"), [(0, 0), (1, 1), (9, 1), (10, 1), (11, 2), (20, 2), (21, 3), (100, 10)]
)
def test_a_tenth_is_drawn_rounded_up_and_at_least_one(population: int, count: int) -> None:
    assert size([str(n) for n in range(population)], Decimal("0.10"), 1) == count


def test_every_department_is_drawn_and_all_that_is_suspicious() -> None:
    plain = [accepted(number) for number in range(25)]
    flagged = accepted(30, findings=(Finding.PERFECT_SCORE,))
    high = accepted(31, self_score=Decimal("98.00"), rate=Decimal("0.5999"))
    small = accepted(40, "D2")
    d1, d2 = draw([*plain, flagged, high, small])
    reasons = {item.name: set(item.reasons) for item in d1.items}
    assert reasons["P030-2021"] == {SampleReason.FLAGGED}
    assert reasons["P031-2021"] == {SampleReason.HIGH_SCORE_LOW_EXECUTION}
    at_random = [name for name, why in reasons.items() if SampleReason.RANDOM in why]
    assert len(at_random) == 3  # a tenth of 27, rounded up, beside the two
    assert [item.name for item in d2.items] == ["P040-2021"]
    assert (d1.seed, d1.algorithm, d1.ratio, d1.least) == (SEED, ALGORITHM, Decimal("0.10"), 1)
    assert (d1.rule_set_version, len(d1.population)) == (1, 27)
    drawn_first = {item.name: item for item in d1.items}["P031-2021"]
    assert (drawn_first.score, drawn_first.unit_code) == (Decimal("98.00"), UNIT)


@pytest.mark.parametrize(
    ("score", "rate", "suspicious"),
    [("98.00", "0.5999", True), ("97.99", "0.5", False), ("98.00", "0.60", False)],
)
def test_a_high_score_with_low_execution_is_always_drawn(
    score: str, rate: str, *, suspicious: bool
) -> None:
    one = accepted(1, self_score=Decimal(score), rate=Decimal(rate))
    (stratum,) = draw([one, *(accepted(number) for number in range(2, 12))])
    reasons = {item.name: item.reasons for item in stratum.items}
    found = SampleReason.HIGH_SCORE_LOW_EXECUTION in reasons.get("P001-2021", ())
    assert found is suspicious


def test_the_flagged_are_drawn_by_lot_only_where_the_rule_set_says_so() -> None:
    rules = {**RULES, "recheck": {**RULES["recheck"], "full_when_flagged": False}}
    law = (Rules(version=2, legal_basis="x", text=json.dumps(rules)), Rules(), Rules())
    states = [accepted(number, findings=(Finding.LOW_EXECUTION,)) for number in range(20)]
    facts = listed(states).knowing(*law, *states, *[None] * 20).when(DRAW).facts
    (stratum,) = facts
    assert isinstance(stratum, RecheckSampled)
    assert [item.reasons for item in stratum.items] == [(SampleReason.RANDOM,)] * 2


def test_a_draw_is_made_again_from_what_is_kept_and_a_changed_one_is_found() -> None:
    states = [accepted(number, f"D{number % 3}") for number in range(60)]
    facts = draw(states)
    assert reproduced(facts)
    assert draw(states) == facts
    assert draw(states, replace(DRAW, seed="another-seed")) != facts
    first = facts[0]
    outside = next(n for n in first.population if n not in {i.name for i in first.items})
    exchanged = (replace(first.items[0], name=outside), *first.items[1:])
    assert not reproduced([replace(first, items=exchanged), *facts[1:]])


def test_rounds_follow_one_another_and_do_not_overlap() -> None:
    early = [accepted(number) for number in range(10)]
    late = [accepted(number) for number in range(10, 20)]
    first = listed([*early, *late])
    nobody = [Open(project=PROJECT)] * 10
    known = (*LAW, *early, *nobody, *[None] * 20)
    once = first.knowing(*known).after(DRAW)
    once.knowing(*known).when(DRAW).then_nothing()
    once.knowing(*known).when(replace(DRAW, seed="x", is_seed_stated=False)).then_nothing()
    other = replace(DRAW, seed="another-seed")
    once.knowing(*known).when(other).then_refused(lacking.RoundAlreadyDrawn, seed=SEED)
    once.knowing(*known).when(replace(DRAW, round=3)).then_refused(lacking.RoundOutOfOrder)
    second = replace(DRAW, round=2)
    once.knowing(*known).when(second).then_refused(lacking.NothingToSample)
    later = (*LAW, *early, *late, *[None] * 20)
    (stratum,) = once.knowing(*later).when(second).facts
    assert isinstance(stratum, RecheckSampled)
    assert set(stratum.population) == {name_of(one) for one in late}


def test_the_population_is_every_project_of_every_unit_of_the_region() -> None:
    def unit(region: str, *budgets: tuple[str, int]) -> Unit:
        noted = {
            f"{code}-{year}": ApprovedBudgetNoted(
                project_code=code, fiscal_year=year, budget=yuan(1)
            )
            for code, year in budgets
        }
        return Unit(name="x", region_code=region, department_code="D1", budgets=noted)

    roster = UnitRoster(region_code=REGION, units=Roll.of("U1", "U2", "U3"))
    units = (
        unit(REGION, ("P1", 2021), ("P2", 2020)),
        unit(REGION, ("P3", 2021)),
        unit("653101", ("P4", 2021)),
    )
    known = sample.knowing(roster, *units)
    found = RecheckPopulationFound(
        region_code=REGION, fiscal_year=2021, department_code="D1", names=("P1-2021", "P3-2021")
    )
    known.when(FIND).then(found)
    known.after(FIND).when(FIND).then_nothing()
    listed_once = recheck_sample_decider.owner(known.after(FIND).state)
    assert listed_once == Owner(region_code=REGION)
    sample.knowing(*LAW).when(DRAW).then_refused(lacking.PopulationUnknown)


def test_a_unit_enters_the_roster_once() -> None:
    enter = EnterUnit(region_code=REGION, unit_code="U1", by="abacus", now=NOW)
    Spec(unit_roster_decider).given().after(enter).when(enter).then_nothing()


def test_department_evaluations_are_a_stratum_of_their_own() -> None:
    own = story.after(*(story.departments(command) for command in story.STEPS)).state
    done = accepted(1)
    known = listed([done]).knowing(*LAW, done, own)
    facts = known.when(DRAW).facts
    kinds = {one.kind: one for one in facts if isinstance(one, RecheckSampled)}
    department = kinds[Sampled.DEPARTMENT_EVALUATION]
    assert [item.name for item in department.items] == ["DEPARTMENT-P1-2021"]


def test_v6_an_inflated_score_is_replaced_for_linkage_and_counts_against_the_unit() -> None:
    """Self 98.00, recomputed 98.00, re-check 84.50: d2 = 13.50, INFLATED, 优 falls to 良."""
    before = accepted(1, self_score=Decimal("98.00"), score=Decimal("98.00"))
    told = replace(
        reports.recheck("84.50", THIRD), rules=ADOPTED, self_evaluation_id=name_of(before)
    )
    (fact,) = recheck(told, before)
    assert isinstance(fact, RecheckConcluded)
    assert (fact.before, fact.score, fact.grade) == (
        Decimal("98.00"),
        Decimal("84.50"),
        Grade.GOOD,
    )
    assert (fact.inflation, fact.rule_set_version) == (Inflation.INFLATED, 1)
    assert penalty_of(fact.inflation, ADOPTED.rule_set.checks) == 2
    after = evolve(before, fact)
    result = final_result(after)
    assert isinstance(after, Rechecked)
    assert result is not None
    assert (result.score, result.grade) == (Decimal("84.50"), Grade.GOOD)


OWN: Final = "DEPARTMENT-P1-2021"
RECHECK: Final = RecheckEvaluation(
    evaluation_id=OWN,
    region_code=REGION,
    fiscal_year=2021,
    score=Decimal("76.00"),
    reason="现场核实",
    by="iss|fb9",
    now=NOW,
)


def own(*, until: int = 8) -> Given:
    """A department's evaluation, concluded by its own people."""
    return story.after(*(story.departments(command) for command in story.STEPS[:until]))


def test_the_bureau_rechecks_what_a_department_evaluated() -> None:
    known = own().knowing(*LAW)
    (fact,) = known.when(RECHECK).facts
    assert isinstance(fact, EvaluationRechecked)
    assert (fact.before, fact.score, fact.grade) == (
        Decimal("89.00"),
        Decimal("76.00"),
        Grade.FAIR,
    )
    assert fact.inflation is Inflation.INFLATED
    again = known.after(RECHECK)
    again.when(RECHECK).then_nothing()
    again.when(replace(RECHECK, score=Decimal(70))).then_refused(RecheckAlreadyConcluded)
    assert again.state.result == (Decimal("76.00"), Grade.FAIR)


def test_what_the_bureau_may_not_recheck() -> None:
    finance = story.until(story.CONCLUDE).knowing(*LAW)
    finance.when(replace(RECHECK, evaluation_id=story.ID)).then_refused(no.RecheckOfFinance)
    known = own().knowing(*LAW)
    known.when(replace(RECHECK, side=Side.DEPARTMENT)).then_refused(no.AnotherSideEvaluates)
    for by in (BUREAU, SECOND, THIRD):
        known.when(replace(RECHECK, by=by)).then_refused(SamePersonDecidesAgain)
    known.when(replace(RECHECK, score=Decimal(101))).then_refused(ScoreOutOfRange)
    own(until=7).knowing(*LAW).when(RECHECK).then_refused(EvaluationStepOutOfOrder)


async def test_a_unit_heard_before_there_was_a_roster_enters_it_with_its_result() -> None:
    house = House(service, MemoryBus(patience=0.0), MemoryStore(), Standing(NOW))
    before = RegisterUnit(
        unit_code=UNIT, name="交通局", region_code=REGION, department_code="D1", by="a", now=NOW
    )
    await house.ask(before, by="a", now=NOW)
    assert (await house.state(f"unit_roster-{REGION}")).units == Roll()
    for _again in range(2):
        for command in react(heard(words.accepted("GOOD"))):
            await house.ask(command, by="a", now=NOW)
    assert (await house.state(f"unit_roster-{REGION}")).units == Roll.of(UNIT)
