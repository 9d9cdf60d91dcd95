"""A fact says who, when, by which rules and of whom, as it was asked: every one of a life.

`domain` §3: every transition stores actor, time, reason text and evidence; §4: each scored event
stores the version of its rule set.
"""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Any, Final

import pytest

from services.evaluation.domain.manifest import DECIDERS
from services.evaluation.domain.values import Whose
from shared.domain.decider import AnyDecider
from shared.domain.workdays import business_date
from shared.testing.spec import Given
from tests.evaluation.story import DEPT, PROJECT, REGION, UNIT
from tests.evaluation.test_repeating import COMMANDS, consulted

PLACE: Final = {"region_code": REGION, "unit_code": UNIT, "department_code": DEPT}
OTHERWISE: Final = {
    ("ThirdPartyExcluded", "region_code"),  # the story excludes it everywhere
    ("DuplicatesProposed", "project_codes"),  # in their order
    ("ThirdPartyCommissioned", "lead_evaluator"),  # the account is looked up
    ("RecheckSampled", "department_code"),  # that of the candidate
    ("EvaluationScored", "scores"),  # with those that are computed
    ("RecoveryBooked", "amount"),  # all parts together
    ("PaidNoted", "region_code"),  # as it was heard before words named a place
    ("PaidNoted", "unit_code"),
    ("EffectivenessPlanIssued", "subjects"),  # with their names
    ("SelfEvaluationSubmitted", "filled_by"),  # the offices, where they did their parts
    ("SelfEvaluationSubmitted", "confirmed_by"),
    ("ReportFilled", "reports"),  # every line with its file
    ("ReportFilled", "evidence"),
    ("IndicatorsFixed", "cut_off_on"),  # days of the plan and of the rule set
    ("DataFrozen", "cut_off_on"),
    ("SelfEvaluationOpened", "due_on"),
    ("SelfEvaluationOpened", "remind_on"),
    ("SelfEvaluationReminded", "due_on"),
    ("SelfEvaluationOverdue", "due_on"),
    ("RectificationOverdue", "due_on"),
}
"""What a fact has from elsewhere; stories of their own tell from where."""


def expected(command: object, name: str, value: object) -> object:
    """What a field must say where a rule for its name tells it, else what it says."""
    if asked := getattr(command, name, None):
        return asked
    now = getattr(command, "now", None)
    if name.endswith("_by") and not isinstance(value, date):
        return getattr(command, "by", value)
    if name.endswith("_on") and now is not None:
        return business_date(now)
    if name == "rule_set_version":
        return 1
    return PROJECT.whose if isinstance(value, Whose) else PLACE.get(name, value)


def told(decider: AnyDecider) -> Iterator[tuple[object, Any]]:
    """What is asked in the order of life, each time with the facts that it leads to."""
    story = Given(decider, ())
    for command in COMMANDS[decider.category]:
        known = consulted(decider, command, story.state)
        facts = story.knowing(*known).when(command).facts
        story = Given(decider, (*story.facts, *facts))
        yield from ((command, fact) for fact in facts)


@pytest.mark.parametrize("decider", DECIDERS, ids=lambda decider: decider.category)
def test_what_was_asked_and_by_whom_is_what_is_kept(decider: AnyDecider) -> None:
    facts = list(told(decider))
    assert facts
    for command, fact in facts:
        kept = {field.name: getattr(fact, field.name) for field in fields(fact)}
        kind = type(fact).__name__
        own = {name: value for name, value in kept.items() if (kind, name) not in OTHERWISE}
        should = {name: expected(command, name, value) for name, value in own.items()}
        assert own == should, kind


def test_what_a_fact_has_from_elsewhere_is_true_of_one() -> None:
    found = {
        (type(fact).__name__, field.name)
        for decider in DECIDERS
        for command, fact in told(decider)
        for field in fields(fact)
        if getattr(fact, field.name) != expected(command, field.name, getattr(fact, field.name))
    }
    assert found == OTHERWISE
