"""Reading the rules of evaluations from the published form of a rule set."""

from decimal import Decimal

from shared.domain.judging_rules import (
    FULL,
    MEASURES,
    PARTS,
    STAGES,
    USUAL_FRAMEWORK,
    Framework,
    FrameworkItem,
    JudgingRules,
    Weights,
)
from shared.domain.rule_node import Node


def read_judging(rules: Node) -> JudgingRules:
    """What is stated; the rest has its default."""
    stated, usual = rules.at("evaluation").fields(), JudgingRules()
    recheck = rules.at("recheck").fields()

    def days(name: str, otherwise: int) -> int:
        return stated[name].whole() if name in stated else otherwise

    high, low = recheck.get("high_score"), recheck.get("low_execution")
    flagged = recheck.get("full_when_flagged")
    framework = stated.get("framework")
    return JudgingRules(
        framework=read_framework(framework) if framework else usual.framework,
        rectify_days=days("rectify_wd", usual.rectify_days),
        verify_days=days("verify_wd", usual.verify_days),
        cycle_years=days("key_cycle_years", usual.cycle_years),
        high_score=high.number() if high else usual.high_score,
        low_execution=low.number() if low else usual.low_execution,
        full_when_flagged=flagged.flag() if flagged else usual.full_when_flagged,
    )


def read_framework(node: Node) -> Framework:
    """A framework whose parts sum to 100 and whose items name what is known here."""
    fields = node.fields()
    items = tuple(_read_item(one) for one in node.at("items").items())
    if len({item.item_id for item in items}) != len(items):
        raise node.at("items").wrong("a list of items that differ")
    least = fields.get("result_points_min")
    minimum = _points(least) if least else USUAL_FRAMEWORK.result_points_min
    weights = {stage: _read_weights(node.at("weights", stage), minimum) for stage in STAGES}
    lacking = [part for part in PARTS if part not in {item.part for item in items}]
    if lacking:
        raise node.at("items").wrong(f"a list with items of {', '.join(lacking)}")
    return Framework(items=items, weights=weights, result_points_min=minimum)


def _points(node: Node) -> Decimal:
    points = node.number()
    if not points.is_finite() or not 0 < points <= FULL:
        raise node.wrong("points above 0 and up to 100")
    return points


def _read_weights(node: Node, least: Decimal) -> Weights:
    found = {part: _points(node.at(part)) for part in PARTS}
    if sum(found.values()) != FULL:
        raise node.wrong("four parts with points that sum to 100")
    if found["OUTPUT"] + found["BENEFIT"] < least:
        raise node.wrong(f"at least {least} points for output and benefit")
    return found


def _read_item(node: Node) -> FrameworkItem:
    fields = node.fields()
    texts = {
        name: fields[name].text()
        for name in ("explanation", "key_points", "standard")
        if name in fields
    }
    part, measure = node.at("part"), fields.get("measure")
    if part.text() not in PARTS:
        raise part.wrong(f"one of {', '.join(PARTS)}")
    if measure and measure.text() not in MEASURES:
        raise measure.wrong(f"one of {', '.join(MEASURES)}")
    return FrameworkItem(
        item_id=node.at("id").text(),
        part=part.text(),
        level2=node.at("level2").text(),
        name=node.at("name").text(),
        points=_points(node.at("points")),
        measure=measure.text() if measure else "JUDGED",
        **texts,
    )
