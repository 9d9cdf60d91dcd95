"""A past year under draft rules: empty under those that were applied, and nothing is written."""

from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import pytest

from services.evaluation.api.draft_rules import read_draft
from services.evaluation.domain.checks import Inflation
from services.evaluation.domain.findings.words import Finding
from services.evaluation.domain.history import Told, excess, judged
from services.evaluation.domain.sandbox import (
    Bound,
    Difference,
    Pair,
    difference,
    rebound,
    replayed,
)
from services.evaluation.domain.self_evaluation.evidence import Demand
from services.evaluation.domain.watched import PaidNoted
from shared.domain.grades import Grade
from shared.domain.rule_node import RuleSetUnreadable
from shared.domain.rules import RuleSet
from shared.testing.spec import Given
from tests.evaluation import test_self_evaluation as stories
from tests.evaluation.story import ADOPTED, RULES, SLOW, UNIT, accept, reports, submit, yuan

SET: Final = ADOPTED.rule_set
MOST: Final = Decimal(20)
PAID: Final = [Told(event_id="0", event=PaidNoted(paid=yuan(410)))]
CAPPED: Final = Bound(
    linkage_id=f"{UNIT}-2021",
    unit_code=UNIT,
    grade=Grade.GOOD,
    score=Decimal("80.50"),
    previous_budget=yuan(2000),
    cap=yuan(2000),
)


def draft(**places: object) -> RuleSet:
    """The adopted rules with other values, by section and name."""
    rules: dict[str, Any] = deepcopy(RULES)
    for place, value in places.items():
        section, _, name = place.partition("__")
        rules[section][name] = value
    return read_draft(rules)


def pair(story: Given, rules: RuleSet) -> Pair:
    """A story of a report under these rules."""
    report = judged(told(story), PAID)
    assert report is not None
    found = replayed("P1-2021", report, rules, Demand.ATTACHED)
    assert found is not None
    return found


ACCEPTED: Final = stories.audited().after(accept())
RECHECKED: Final = ACCEPTED.after(stories.recheck("80.39"))
MORE: Final = tuple(
    replace(one, value=Decimal(1350)) if one.indicator_id == "income" else one
    for one in reports(SLOW)
)
JUDGED_LOW: Final = stories.audited(reports=MORE, self_score=None).after(
    accept(judged_low=("income",))
)
STORIES: Final = (
    ACCEPTED,
    RECHECKED,
    RECHECKED.after(stories.file_objection(), stories.decide_objection("90")),
    stories.audited(self_score=Decimal("94.20")).after(accept()),
    stories.audited(self_score=None).after(accept(judged_low=("road",))),
    JUDGED_LOW,
)


def told(story: Given) -> list[Told]:
    """The facts of a report in their order."""
    return [Told(event_id=f"{n:03}", event=event) for n, event in enumerate(story.facts, 1)]


def test_what_the_reviewer_called_too_low_stays_so_in_the_replay() -> None:
    found = pair(JUDGED_LOW, SET)
    # 15 × (1 - 0.5 × (1.35 - 1.30)) = 14.63 of the 15 points that were claimed for the income.
    assert found.before.score == found.after.score == Decimal("95.02")


def test_how_far_a_self_score_lay_above_is_known_where_it_was_rechecked() -> None:
    for story, gap in ((ACCEPTED, None), (RECHECKED, Decimal("13.50"))):
        report = judged(told(story), PAID)
        assert report is not None
        assert excess(report) == gap


def test_a_draft_that_asks_for_accepted_proofs_leaves_unjudged_ones_without_points() -> None:
    report = judged(told(ACCEPTED), PAID)
    assert report is not None
    strict = replayed("P1-2021", report, SET, Demand.ACCEPTED)
    assert strict is not None
    assert strict.before.score == Decimal("93.89")
    assert strict.after.score == Decimal("8.20")  # the execution alone needs no file


@pytest.mark.parametrize("story", STORIES)
def test_under_the_rules_that_were_applied_nothing_differs(story: Given) -> None:
    found = pair(story, SET)
    assert found.before == found.after
    cap = rebound(CAPPED, [found], SET, MOST)
    assert difference([found], [cap]) == Difference(
        compared=1,
        changed=(),
        score_before=found.before.score,
        score_after=found.before.score,
        caps_compared=1,
        cap_before=yuan(2000),
        cap_after=yuan(2000),
    )


def test_other_grades_other_findings_and_other_points_are_told() -> None:
    higher = pair(ACCEPTED, draft(grades__EXCELLENT=94))
    assert (higher.before.grade, higher.after.grade) == (Grade.EXCELLENT, Grade.GOOD)
    lenient = pair(ACCEPTED, draft(self_eval_checks__goal_over_execution=0.2))
    assert lenient.after.findings == frozenset()
    strict = pair(ACCEPTED, draft(self_eval_checks__unspent=0.1))
    assert Finding.LOW_EXECUTION in strict.after.findings
    banded = pair(ACCEPTED, draft(satisfaction__mode="bands"))
    assert (banded.before.score, banded.after.score) == (Decimal("93.89"), Decimal("92.45"))
    assert Finding.ARITHMETIC not in banded.after.findings  # the unit computes by the same rules
    dodging = pair(ACCEPTED, draft(self_eval_checks__deviation_cause=0.05))
    assert difference([dodging, higher], []).would_return == 1
    found = difference([higher, lenient, strict, banded], [])
    assert found.grades == {"EXCELLENT>GOOD": 1}
    assert found.gone == {"GOAL_OVER_EXECUTION": 1}
    assert found.appeared["LOW_EXECUTION"] == 1
    assert found.score_after - found.score_before == Decimal("-1.44")
    assert len(found.changed) == 4


def test_a_recheck_keeps_its_score_and_follows_the_bands_of_the_draft() -> None:
    found = pair(RECHECKED, draft(self_eval_checks__inflated=[5, 10, 12]))
    assert found.after.score == found.before.score == Decimal("80.39")
    assert (found.before.inflation, found.after.inflation) == (
        Inflation.INFLATED,
        Inflation.SERIOUS,
    )
    assert difference([found], []).inflations == {"INFLATED>SERIOUS": 1}


def test_a_cap_follows_grades_factors_and_penalties() -> None:
    inflated = pair(RECHECKED, SET)
    poorer = rebound(CAPPED, [inflated], draft(grades__GOOD=81), MOST)
    assert (poorer.grade, poorer.cap, poorer.changed) == (Grade.FAIR, yuan(2000), True)
    dear = draft(self_eval_checks__penalties=[3, 6])
    assert rebound(CAPPED, [pair(RECHECKED, dear)], dear, MOST).grade is Grade.FAIR
    then_dear = replace(CAPPED, penalties=(Decimal(3), Decimal(6)))
    assert not rebound(then_dear, [pair(RECHECKED, dear)], dear, MOST).changed
    cheaper = rebound(then_dear, [pair(RECHECKED, SET)], draft(grades__GOOD="81.5"), MOST)
    assert cheaper.grade is Grade.GOOD  # 80.50 + 3 - 2
    poor = replace(CAPPED, grade=Grade.POOR, score=Decimal(50), cap=yuan(1800))
    factor = draft(linkage__POOR={"cap_factor": 0.8})
    found = difference([], [rebound(poor, [], factor, MOST)])
    assert (found.cap_before, found.cap_after) == (yuan(1800), yuan(1600))
    on_paper = replace(CAPPED, score=None)
    assert rebound(on_paper, [inflated], draft(grades__GOOD=81), MOST).grade is Grade.GOOD


def test_what_was_never_accepted_is_not_replayed() -> None:
    handed_in = stories.started().after(submit())
    own = [Told(event_id=f"{n}", event=event) for n, event in enumerate(handed_in.facts, 1)]
    report = judged(own, PAID)
    assert report is not None
    assert replayed("P1-2021", report, SET, Demand.ATTACHED) is None
    assert judged(own[:1], PAID) is None


def test_what_was_paid_later_does_not_change_what_was_judged() -> None:
    own = [Told(event_id=f"{n:03}", event=event) for n, event in enumerate(ACCEPTED.facts, 1)]
    late = [*PAID, Told(event_id="999", event=PaidNoted(paid=yuan(100)))]
    report = judged(own, late)
    assert report is not None
    assert (report.basis.watched.paid, report.watched_facts) == (yuan(410), 1)
    # Another process' clock was ahead: the money that was recorded decides.
    ahead = [replace(PAID[0], event_id="998"), late[1]]
    report = judged(own, ahead)
    assert report is not None
    assert report.basis.watched.paid == yuan(410)


@pytest.mark.parametrize(
    ("place", "value", "pointer"),
    [
        ("grades", {"EXCELLENT": 90}, "/grades/GOOD"),
        ("pass_line", "1e999999999", "/pass_line"),
        ("pass_line", "NaN", "/pass_line"),
        ("pass_line", 1 << 70, "/pass_line"),
        ("rule_set", "x" * 2_001, "/rule_set"),
        ("letters", [], "/letters"),
    ],
)
def test_a_draft_that_cannot_be_read_is_refused_by_its_place(
    place: str, value: object, pointer: str
) -> None:
    with pytest.raises(RuleSetUnreadable) as refused:
        read_draft({**RULES, place: value})
    assert refused.value.pointer == pointer
