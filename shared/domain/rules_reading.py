"""Reading the published form of a rule set, field by field (`domain` §10)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from shared.domain.grades import Grade
from shared.domain.judging_reading import read_judging
from shared.domain.linkage_reading import read_linkage, read_recovery
from shared.domain.money import Money
from shared.domain.rule_node import Node
from shared.domain.rules import (
    EXECUTION,
    CheckRules,
    DisclosureRules,
    ExAnteRules,
    KeyFundRules,
    LetterRules,
    MonitoringNode,
    MonitoringRules,
    PaymentRules,
    RuleSet,
    ScoringRules,
    WeightRules,
)
from shared.domain.self_evaluation_rules import stated_limits, stated_scoring

MONTHS_OF_A_YEAR: Final = 12
TARGET_POINTS: Final = Decimal(90)
LIMITS: Final = 3
HOW_OFTEN: Final = ("DAY", "WEEK", "NEVER")


def read_rule_set(rules: Node, version: int) -> RuleSet:
    """The rule set as typed values."""
    evaluation = rules.at("evaluation")
    return RuleSet(
        name=rules.at("rule_set").text(),
        version=version,
        grades={grade: rules.at("grades", grade).number() for grade in Grade},
        weights=_weights(rules.at("weights")),
        scoring=_scoring(rules),
        ex_ante=_ex_ante(rules.at("ex_ante")),
        monitoring=_monitoring(rules.at("monitoring")),
        letters=_letters(rules.at("letters")),
        checks=_checks(rules),
        linkage=read_linkage(rules),
        recovery=read_recovery(rules.at("recovery")),
        disclosure=DisclosureRules(
            with_budget_days=rules.at("disclosure", "with_budget_days").whole(),
            with_final_accounts_days=rules.at("disclosure", "with_final_accounts_days").whole(),
            key_report_days=rules.at("disclosure", "key_report_wd").whole(),
            monthly_day=rules.at("disclosure", "monthly_day").whole(),
            **_stated_terms(rules.at("disclosure")),
        ),
        opinion_days=evaluation.at("opinion_days_wd").whole(),
        objection_days=evaluation.at("objection_days_wd").whole(),
        decide_days=evaluation.at("decide_days_wd").whole(),
        key_funds=_key_funds(rules),
        payments=_payments(rules),
        judging=read_judging(rules),
    )


def _stated_terms(node: Node) -> dict[str, int]:
    """What rules from before do not state keeps its default."""
    stated = node.fields().get("comment_answer_wd")
    return {} if stated is None else {"comment_answer_days": stated.whole()}


def _payments(rules: Node) -> PaymentRules:
    """What is not stated has its default: the section is younger than the rule sets in force."""
    stated = rules.fields().get("payments")
    named = {} if stated is None else stated.fields()
    terms = ("answer_minutes", "settle_days", "hold_days")
    return PaymentRules(**{name: named[name].whole() for name in terms if name in named})


def _key_funds(rules: Node) -> KeyFundRules:
    """What is not stated has its default: the section is younger than the rule sets in force."""
    usual = KeyFundRules()
    stated = rules.fields().get("key_funds")
    if stated is None:
        return usual
    fields = stated.fields()
    days = fields["pass_on_days"].fields() if "pass_on_days" in fields else {}
    share = fields.get("industry_share")
    publicity, smallest = fields.get("publicity_wd"), fields.get("group_min")
    return KeyFundRules(
        pass_on_days={**usual.pass_on_days, **{kind: one.whole() for kind, one in days.items()}},
        industry_share=share.number() if share else usual.industry_share,
        publicity_wd=publicity.whole() if publicity else usual.publicity_wd,
        group_min=smallest.whole() if smallest else usual.group_min,
    )


def _numbers(node: Node) -> Mapping[str, Decimal]:
    return {name: value.number() for name, value in node.fields().items()}


def _weights(node: Node) -> WeightRules:
    points = {}
    for name, value in node.fields().items():
        if name in {"scheme", "no_satisfaction_goes_to"}:
            continue
        points[name] = whole_weights(value, _numbers(value))
    scheme = node.at("scheme").text()
    heir = node.fields().get("no_satisfaction_goes_to")
    more = {} if heir is None else {"no_satisfaction_goes_to": heir.text()}
    return WeightRules(scheme=scheme, points=points, **more)


def whole_weights(node: Node, points: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    """Weights that sum to 90 beside EXECUTION: 10 of 100 points are the budget's (10号)."""
    if sum(weight for part, weight in points.items() if part != EXECUTION) != TARGET_POINTS:
        raise node.wrong("a set of weights that sum to 90 beside EXECUTION")
    return points


def how_often(node: Node) -> str:
    """How often money that lies is looked for."""
    if node.text() not in HOW_OFTEN:
        raise node.wrong(f"one of {', '.join(HOW_OFTEN)}")
    return node.text()


def _scoring(rules: Node) -> ScoringRules:
    over = rules.at("over_achievement")
    pass_line = rules.at("pass_line")
    return ScoringRules(
        over_tolerance=over.at("tolerance").number(),
        over_slope=over.at("slope").number(),
        over_reduction_max=over.at("max_reduction").number(),
        execution_steps=[step.pair() for step in rules.at("execution_score", "B").items()],
        pass_line=None if pass_line.value is None else pass_line.number(),
        satisfaction_mode=rules.at("satisfaction", "mode").text(),
        satisfaction_bands=[band.pair() for band in rules.at("satisfaction", "bands").items()],
        qualitative_bands={
            name: band.pair() for name, band in rules.at("qualitative_bands").fields().items()
        },
        **stated_scoring(rules.at("execution_score")),
    )


def _ex_ante(node: Node) -> ExAnteRules:
    threshold = node.at("major_threshold_yuan")
    try:
        major_threshold = Money.parse(threshold.text())
    except ValueError:
        raise threshold.wrong("an amount of yuan") from None
    return ExAnteRules(
        dimensions=_numbers(node.at("dimensions")),
        included_grades=frozenset(_grade(item) for item in node.at("included_grades").items()),
        major_threshold=major_threshold,
        scorers_min=node.at("scorers_min").whole(),
        objection_days=node.at("objection_days").whole(),
    )


def _grade(node: Node) -> Grade:
    try:
        return Grade(node.text())
    except ValueError:
        raise node.wrong("a grade") from None


def _monitoring(node: Node) -> MonitoringRules:
    nodes = []
    for item in node.at("nodes").items():
        month, day = item.at("cut_off").month_day()
        nodes.append(MonitoringNode(code=item.at("code").text(), month=month, day=day))
    reference = node.at("t_ref")
    table = None if reference.value == "linear" else _numbers(reference)
    progress = {
        n.code: table[f"{n.month:02d}"]
        if table is not None and f"{n.month:02d}" in table
        else Decimal(n.month) / MONTHS_OF_A_YEAR
        for n in nodes
    }
    return MonitoringRules(
        nodes=nodes,
        lead_months=node.at("pre_analysis_lead_months").whole(),
        reference_progress=progress,
        red_execution=node.at("red", "ix").number(),
        red_goal=node.at("red", "g").number(),
        red_gap=node.at("red", "gap").number(),
        red_idle_days=node.at("red", "idle_days").whole(),
        blue_execution=node.at("blue", "ix").number(),
        blue_goal=node.at("blue", "g").number(),
        blue_gap=node.at("blue", "gap").number(),
        letter_on_blue=node.at("letter_on_blue").flag(),
        points=_numbers(node.at("score")),
        **_stated(node),
    )


def _stated(node: Node) -> dict[str, Any]:
    """What rules from before do not state keeps its default."""
    fields = node.fields()
    found: dict[str, Any] = {}
    if "history_cases_min" in fields:
        found["history_cases_min"] = fields["history_cases_min"].whole()
    if "idle_check" in fields:
        found["idle_check"] = how_often(fields["idle_check"])
    if "key_project_yuan" in fields:
        found["key_project"] = _money(fields["key_project_yuan"])
    return found


def _money(node: Node) -> Money:
    try:
        return Money.parse(node.text())
    except ValueError:
        raise node.wrong("an amount of yuan") from None


def _letters(node: Node) -> LetterRules:
    def days(name: str) -> Mapping[str, int]:
        return {level: value.whole() for level, value in node.at(name).fields().items()}

    stated = node.fields()
    more: dict[str, Any] = {}
    if "number" in stated:
        more["number"] = number_pattern(stated["number"])
    if "short_names" in stated:
        names = stated["short_names"].fields()
        more["short_names"] = {code: name.text() for code, name in names.items()}
        if len(set(more["short_names"].values())) < len(names):
            raise stated["short_names"].wrong("a list of names that differ")
    if "verify_wd" in stated:
        more["verify_days"] = stated["verify_wd"].whole()
    return LetterRules(
        acknowledge_days=node.at("ack_wd").whole(),
        plan_days=days("plan_wd"),
        finish_days=days("finish_wd"),
        **more,
    )


def number_pattern(node: Node) -> str:
    """A pattern under which no two letters of two regions or years have the same number."""
    pattern = node.text()
    regional = "{short}" in pattern or "{region}" in pattern
    if not regional or "{year}" not in pattern or "{serial}" not in pattern:
        raise node.wrong("a pattern with {short} or {region}, {year} and {serial}")
    return pattern


def _checks(rules: Node) -> CheckRules:
    checks = rules.at("self_eval_checks")
    limits = [limit.number() for limit in checks.at("inflated").items()]
    if len(limits) != LIMITS:
        raise checks.at("inflated").wrong(f"a list of {LIMITS} numbers")
    attention, inflated, serious = limits
    return CheckRules(
        goal_over_execution=checks.at("goal_over_execution").number(),
        unspent=checks.at("unspent").number(),
        arithmetic=checks.at("arithmetic").number(),
        deviation_cause=checks.at("deviation_cause").number(),
        inflated=(attention, inflated, serious),
        recheck_ratio=rules.at("recheck", "sample_ratio").number(),
        recheck_per_department_min=rules.at("recheck", "min_per_department").whole(),
        **stated_limits(checks),
    )
