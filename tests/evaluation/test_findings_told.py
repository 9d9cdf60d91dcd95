"""By which values a finding about what a unit says was found, and where its limits lie."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.evaluation.domain.checks import examine
from services.evaluation.domain.findings import notice
from services.evaluation.domain.findings.table import CONSEQUENCES, INFLATED
from services.evaluation.domain.findings.words import Finding
from services.evaluation.domain.self_evaluation.core_problems import core_problems
from tests.evaluation.story import LOW, SLOW, yuan
from tests.evaluation.test_findings import RULES, case, told, with_value


def test_only_the_rows_without_a_cause_are_named() -> None:
    silent = with_value("income", "1500", cause=None)
    found = case(yuan(300), reports=silent, execution_cause=SLOW)
    assert told(found, Finding.DODGED_CAUSE) == {
        "income": "0",
        "limit": "30",
        "objective only": "False",
    }
    [noticed] = [one for one in notice(found, RULES) if one.finding is Finding.DODGED_CAUSE]
    assert noticed.steps[0].formula == "characters of its cause, none"


@pytest.mark.parametrize(("value", "is_dodged"), [("1200", False), ("1350", True)])
def test_somebody_elses_fault_counts_from_the_first_point_lost(
    value: str,
    is_dodged: bool,  # noqa: FBT001
) -> None:
    blamed = replace(LOW, objective=Decimal(100), subjective=Decimal(0))
    found = case(reports=with_value("income", value, cause=blamed))
    rows = core_problems(
        found.indicators, found.reports, found.machine, found.execution_cause, RULES.checks
    )
    assert [row.subject for row in rows] == ["income"]
    assert (0 < rows[0].lost < 1) is is_dodged
    assert (Finding.DODGED_CAUSE in examine(found, RULES)) is is_dodged


@pytest.mark.parametrize(
    ("value", "is_off"),
    [
        ("2500000", True),  # a quarter of ten thousand times the target of 1,000
        ("2499999.99", False),
        ("40000000", True),
        ("40000000.01", False),
        ("25000000000", True),  # the same of its square
        ("24999999999.99", False),
        ("400000000000", True),
        ("400000000000.01", False),
        ("0.4", True),
        ("0.4001", False),
        ("0.025", True),
        ("0.0249", False),
    ],
)
def test_a_slip_of_the_unit_reaches_as_far_as_its_slack(value: str, is_off: bool) -> None:  # noqa: FBT001
    wide = replace(RULES, checks=replace(RULES.checks, magnitude_slack=Decimal(4)))
    found = case(reports=with_value("income", value))
    assert (Finding.MAGNITUDE in examine(found, wide)) is is_off


LIMITS = {
    "ARITHMETIC": "arithmetic",
    "GOAL_OVER_EXECUTION": "goal_over_execution",
    "LOW_EXECUTION": "unspent",
    "PERFECT_SCORE": "perfect_indicators",
    "LOW_TARGET": "reach_median reach_max",
    "MISSING_EVIDENCE": "",
    "DODGED_CAUSE": "deviation_cause cause_characters unspent",
    "COPY_PASTE": "likeness likeness_characters",
    "MAGNITUDE": "magnitude_slack",
    "NO_BUDGET": "",
    "PAID_OVER_BUDGET": "",
}
"""The limits of a rule set that decide a finding (`domain` §4.10)."""


def _places(names: str) -> str:
    return " ".join(f"/self_eval_checks/{name}" for name in names.split())


def test_a_finding_names_the_limits_that_decide_it() -> None:
    limits = {one.value: " ".join(said.places) for one, said in CONSEQUENCES.items()}
    assert limits == {name: _places(names) for name, names in LIMITS.items()}
    assert INFLATED.places == ("/self_eval_checks/inflated",)
