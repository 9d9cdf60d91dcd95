"""What a rule set has to hold, place by place, so that everything wrong is told at once.

`RuleSet.parse` reads the same places and stops at the first that it cannot read. What it finds
is found here, too: it is asked last, and a property of the tests holds the two together.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from shared.domain.grades import Grade
from shared.domain.money import Money
from shared.domain.rules import EXECUTION, Node, RuleSet, RuleSetUnreadable

type Reading = Callable[[Node], object]

TARGET_POINTS: Final = Decimal(90)  # 10号: 10 of 100 points are the execution of the budget.
A_COMMON_YEAR: Final = 2021
PAIR, TRIPLE, DAY_PARTS = 2, 3, 2
EACH_ITEM: Final = "#"
EACH_FIELD: Final = "*"
WORDS_OF_WEIGHTS: Final = frozenset({"scheme", "no_satisfaction_goes_to"})


def _number(node: Node) -> Decimal:
    number = node.number()
    if not number.is_finite():
        raise node.wrong("a finite number")
    return number


def _whole(node: Node) -> int:
    _number(node)
    return node.whole()


def _number_or_nothing(node: Node) -> Decimal | None:
    return None if node.value is None else _number(node)


def _numbers(count: int) -> Reading:
    def read(node: Node) -> object:
        found = [_number(item) for item in node.items()]
        if len(found) != count:
            raise node.wrong(f"a list of {count} numbers")
        return found

    return read


def _grade(node: Node) -> Grade:
    if node.text() not in set(Grade):
        raise node.wrong("a grade")
    return Grade(node.text())


def _yuan(node: Node) -> Money:
    try:
        return Money.parse(node.text())
    except ValueError:
        raise node.wrong("an amount of yuan") from None


def _day(node: Node) -> date:
    parts = node.text().split("-")
    try:
        month, day = (int(part) for part in parts)
        return date(A_COMMON_YEAR, month, day)
    except ValueError:
        raise node.wrong('a day of the year like "05-31"') from None


def _points(node: Node) -> object:
    if node.path.rpartition("/")[2] in WORDS_OF_WEIGHTS:
        return node.value
    points = {name: _number(weight) for name, weight in node.fields().items()}
    if sum(weight for part, weight in points.items() if part != EXECUTION) != TARGET_POINTS:
        raise node.wrong("a set of weights that sum to 90 beside EXECUTION")
    return points


def _progress(node: Node) -> object:
    if node.value == "linear":
        return node.value
    return {month: _number(share) for month, share in node.fields().items()}


def _cap(node: Node) -> object:
    fields = node.fields()
    return _number(fields["cap_factor"]) if "cap_factor" in fields else node.at("cap")


def _all(place: str, names: Iterable[str], reading: Reading) -> tuple[tuple[str, Reading], ...]:
    return tuple((f"{place}/{name}", reading) for name in names)


SHAPE: Final[tuple[tuple[str, Reading], ...]] = (
    ("/rule_set", Node.text),
    *_all("/grades", Grade, _number),
    ("/weights/scheme", Node.text),
    ("/weights/*", _points),
    *_all("/over_achievement", ("tolerance", "slope", "max_reduction"), _number),
    ("/execution_score/B/#", _numbers(PAIR)),
    ("/pass_line", _number_or_nothing),
    ("/satisfaction/mode", Node.text),
    ("/satisfaction/bands/#", _numbers(PAIR)),
    ("/qualitative_bands/*", _numbers(PAIR)),
    ("/ex_ante/dimensions/*", _number),
    ("/ex_ante/included_grades/#", _grade),
    ("/ex_ante/major_threshold_yuan", _yuan),
    *_all("/ex_ante", ("scorers_min", "objection_days"), _whole),
    ("/monitoring/nodes/#/code", Node.text),
    ("/monitoring/nodes/#/cut_off", _day),
    ("/monitoring/pre_analysis_lead_months", _whole),
    ("/monitoring/t_ref", _progress),
    *_all("/monitoring/red", ("ix", "g", "gap"), _number),
    ("/monitoring/red/idle_days", _whole),
    *_all("/monitoring/blue", ("ix", "g", "gap"), _number),
    ("/monitoring/letter_on_blue", Node.flag),
    ("/monitoring/score/*", _number),
    ("/letters/ack_wd", _whole),
    ("/letters/plan_wd/*", _whole),
    ("/letters/finish_wd/*", _whole),
    *_all(
        "/self_eval_checks",
        ("goal_over_execution", "unspent", "arithmetic", "deviation_cause"),
        _number,
    ),
    ("/self_eval_checks/inflated", _numbers(TRIPLE)),
    ("/recheck/sample_ratio", _number),
    ("/recheck/min_per_department", _whole),
    *_all("/evaluation", ("opinion_days_wd", "objection_days_wd", "decide_days_wd"), _whole),
    ("/linkage/budget_year_offset", _whole),
    *_all("/linkage", Grade, _cap),
    *_all("/similar_project_cut", Grade, _numbers(PAIR)),
    ("/recovery/check_dates/#", _day),
    ("/recovery/low_rate", _number),
    *_all(
        "/disclosure",
        ("with_budget_days", "with_final_accounts_days", "key_report_wd", "monthly_day"),
        _whole,
    ),
)


def unreadable(tree: object) -> Iterator[RuleSetUnreadable]:
    """Every place that is missing or cannot be read, each once."""
    told: set[str | None] = set()
    for place, reading in SHAPE:
        for refusal in _read(Node(tree), place.split("/")[1:], reading):
            if refusal.pointer not in told:
                told.add(refusal.pointer)
                yield refusal
    if not told:
        yield from _refused(lambda: RuleSet.parse(tree))  # type: ignore[arg-type]


def _read(node: Node, way: list[str], reading: Reading) -> Iterator[RuleSetUnreadable]:
    if not way:
        yield from _refused(lambda: reading(node))
        return
    try:
        below = _below(node, way[0])
    except RuleSetUnreadable as refusal:
        yield refusal
        return
    for place in below:
        yield from _read(place, way[1:], reading)


def _below(node: Node, step: str) -> Iterable[Node]:
    if step == EACH_ITEM:
        return node.items()
    return node.fields().values() if step == EACH_FIELD else [node.at(step)]


def _refused(read: Callable[[], object]) -> Iterator[RuleSetUnreadable]:
    try:
        read()
    except RuleSetUnreadable as refusal:
        yield refusal
