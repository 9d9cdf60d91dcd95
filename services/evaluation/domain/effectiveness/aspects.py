"""What the links of performance management are judged by (`domain` §4.11; all weights D).

Each link of the rule set has its aspects. An aspect that the system hears of is computed as a part
of a whole; one that nobody says is judged by a person with a document, and shown as judged.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from shared.domain.rule_node import Node

SECTION: Final = "effectiveness_detail"


class Aspect(StrEnum):
    """What the system can compute: each is a part of a whole, as of the cut-off."""

    THREE_PERSONS = "THREE_PERSONS"
    EX_ANTE_DONE = "EX_ANTE_DONE"
    EX_ANTE_GOOD = "EX_ANTE_GOOD"
    TARGETS_FIRST_PASS = "TARGETS_FIRST_PASS"  # noqa: S105 - the name of an aspect
    TARGETS_CORE = "TARGETS_CORE"
    FORMS_ON_TIME = "FORMS_ON_TIME"
    WARNINGS_ON_TIME = "WARNINGS_ON_TIME"
    MONITORING_SCORE = "MONITORING_SCORE"
    SELF_COVERAGE = "SELF_COVERAGE"
    DEVIATION = "DEVIATION"
    EVIDENCE = "EVIDENCE"
    RECOVERIES = "RECOVERIES"
    CAPS = "CAPS"
    RECTIFIED = "RECTIFIED"
    COVERAGE = "COVERAGE"
    MONTHS = "MONTHS"


YEARLY: Final = frozenset({Aspect.SELF_COVERAGE, Aspect.DEVIATION, Aspect.EVIDENCE, Aspect.CAPS})
"""Not due in a half-year: self-evaluations and budgets are made once a year."""
OF_A_BUREAU: Final = frozenset({Aspect.MONTHS})
"""A bulletin is a bureau's, so a unit's disclosure is judged by its items alone."""
DEFAULT_WEIGHTS: Final[Mapping[str, Mapping[str, Decimal]]] = {
    link: {aspect: Decimal(weight) for aspect, weight in aspects.items()}
    for link, aspects in {
        "organisation": {"POLICY_MAPPED": 4, "THREE_PERSONS": 4},
        "ex_ante": {"EX_ANTE_DONE": 4, "EX_ANTE_ON_TIME": 4, "EX_ANTE_GOOD": 4},
        "targets": {
            "TARGETS_ON_TIME": 5,
            "TARGETS_FIRST_PASS": 5,
            "TARGETS_LINT": 4,
            "TARGETS_CORE": 4,
        },
        "monitoring": {"FORMS_ON_TIME": 6, "WARNINGS_ON_TIME": 6, "MONITORING_SCORE": 6},
        "evaluation": {"SELF_COVERAGE": 6, "DEVIATION": 6, "EVIDENCE": 6},
        "application": {"RECOVERIES": 4, "CAPS": 4, "RECTIFIED": 4},
        "disclosure": {"COVERAGE": 5, "MONTHS": 3},
        "training_publicity": {"SESSIONS": 2, "PERSON_TIMES": 2, "ARTICLES": 2},
    }.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """The optional section `effectiveness_detail` of the rule set; every value is D by default.

    `units` and `bureau` are the shares of a county's score (0.6 and 0.4); `inflated` and `serious`
    the points one project with an inflated self-score costs (2 and 5).
    """

    aspects: Mapping[str, Mapping[str, Decimal]] = field(default_factory=lambda: DEFAULT_WEIGHTS)
    units: Decimal = Decimal("0.6")
    bureau: Decimal = Decimal("0.4")
    inflated: Decimal = Decimal(2)
    serious: Decimal = Decimal(5)


def read_detail(rules_text: str) -> Detail:
    """What is stated, and the defaults for the rest."""
    stated = Node(json.loads(rules_text)).fields().get(SECTION)
    if stated is None:
        return Detail()
    usual, fields = Detail(), stated.fields()
    aspects = {
        link: {name: weight.number() for name, weight in node.fields().items()}
        for link, node in (fields["aspects"].fields() if "aspects" in fields else {}).items()
    }
    county = fields["county"].fields() if "county" in fields else {}
    costs = fields["inflation"].fields() if "inflation" in fields else {}
    return Detail(
        aspects={**usual.aspects, **aspects},
        units=_number(county, "units", usual.units),
        bureau=_number(county, "bureau", usual.bureau),
        inflated=_number(costs, "INFLATED", usual.inflated),
        serious=_number(costs, "SERIOUS", usual.serious),
    )


def _number(fields: Mapping[str, Node], name: str, usual: Decimal) -> Decimal:
    return fields[name].number() if name in fields else usual
