"""Reading what a rule set says of linkage, similar projects and recoveries (`domain` §4.9)."""

from decimal import Decimal
from typing import Any

from shared.domain.grades import Grade
from shared.domain.rule_node import Node
from shared.domain.rules import LinkageRules, RecoveryRules


def read_linkage(rules: Node) -> LinkageRules:
    """How a grade binds a coming budget, and what is taken from a project like a bad one."""
    node = rules.at("linkage")

    def factor(grade: Grade) -> Decimal | None:
        fields = node.at(grade).fields()
        if "cap_factor" in fields:
            return fields["cap_factor"].number()
        return None if node.at(grade, "cap").value is None else Decimal(1)

    return LinkageRules(
        budget_year_offset=node.at("budget_year_offset").whole(),
        cap_factor={grade: factor(grade) for grade in Grade},
        priority=frozenset(g for g in Grade if "priority" in node.at(g).fields()),
        similar_cut={grade: rules.at("similar_project_cut", grade).pair() for grade in Grade},
        **_stated_linkage(node),
    )


def read_recovery(node: Node) -> RecoveryRules:
    """When money counts as idle."""
    return RecoveryRules(
        check_dates=[day.month_day() for day in node.at("check_dates").items()],
        low_rate=node.at("low_rate").number(),
        **_by_clock(node),
    )


def _by_clock(node: Node) -> dict[str, bool]:
    fields = node.fields()
    return {"by_clock": fields["by_clock"].flag()} if "by_clock" in fields else {}


def _stated_linkage(node: Node) -> dict[str, Any]:
    """What rules from before do not state keeps its default."""
    fields, poor = node.fields(), node.at(Grade.POOR).fields()
    found: dict[str, Any] = {}
    if "allowed" in poor:
        found["poor_allowed"] = poor["allowed"].pair()
    if "base" in fields:
        found["base"] = fields["base"].text()
    for name, whole in (("answer_wd", "answer_days"), ("fragments_min", "fragments_min")):
        if name in fields:
            found[whole] = fields[name].whole()
    for name in ("similar_name", "duplicate_name"):
        if name in fields:
            found[name] = fields[name].number()
    return found
