"""What a rule set has to hold, place by place, so that everything wrong is told at once.

`RuleSet.parse` reads the same places and stops at the first that it cannot read. What it finds
is found here, too: it is asked last, and a property of the tests holds the two together.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Final

from services.targets.domain.approval_authority import GROUP as ADJUSTMENTS
from services.targets.domain.approval_authority import read_bands, read_body
from services.targets.domain.office_clock import GROUP
from services.targets.domain.sourced_rules import escaped, leaves
from shared.domain.grades import Grade
from shared.domain.judging_reading import read_framework
from shared.domain.money import Money
from shared.domain.rules import POOR_ALLOWED, Node, RuleSet, RuleSetUnreadable
from shared.domain.rules_reading import how_often, number_pattern, whole_weights

type Reading = Callable[[Node], object]

A_COMMON_YEAR: Final = 2021
PAIR, TRIPLE, DAY_PARTS = 2, 3, 2
NUMBER_MAX: Final = Decimal(1_000_000_000)  # (D) No weight, rate, point or term comes near it.
COUNT_MAX: Final = 366  # (D) No term, and no other count, is longer than a year has days.
SCORERS_MIN: Final = 1  # A mean needs a score.
EACH_ITEM: Final = "#"
EACH_FIELD: Final = "*"
WHERE_STATED: Final = "?"
LEVELS: Final = ("BLUE", "RED")
BANDS: Final = ("MET", "PARTLY", "NOT")
DEMANDS: Final = ("ATTACHED", "ACCEPTED")
BASES: Final = ("INITIAL", "ADJUSTED")
SCORED: Final = ("timeliness", "completeness", "execution", "goal", "correction")
WORDS_OF_WEIGHTS: Final = frozenset({"scheme", "no_satisfaction_goes_to"})


def _number(node: Node) -> Decimal:
    number = node.number()
    if not number.is_finite():
        raise node.wrong("a finite number")
    # Before anything is made of it: the digits of a short text like 1e999999999 fill no memory.
    if not -NUMBER_MAX < number < NUMBER_MAX:
        raise node.wrong(f"a number below {NUMBER_MAX:,}")
    return number


def _count(node: Node) -> int:
    _number(node)
    count = node.whole()
    if not 0 <= count <= COUNT_MAX:
        raise node.wrong(f"a whole number from 0 to {COUNT_MAX}")
    return count


def _term(node: Node) -> int:
    term = _count(node)
    if not term:
        raise node.wrong("a whole number of 1 and more")
    return term


def _scorers(node: Node) -> int:
    scorers = _count(node)
    if scorers < SCORERS_MIN:
        raise node.wrong(f"a whole number of {SCORERS_MIN} and more")
    return scorers


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
    return whole_weights(node, {name: _number(one) for name, one in _fields(node).items()})


def _progress(node: Node) -> object:
    if node.value == "linear":
        return node.value
    return {month: _progressed(share) for month, share in _fields(node).items()}


def _progressed(node: Node) -> Decimal:
    """What is expected by a month is something, and no more than the whole."""
    share = _number(node)
    if not 0 < share <= 1:
        raise node.wrong("a share above 0 and up to 1")
    return share


def _demand(node: Node) -> str:
    """A proof of a self-evaluation is there, or a reviewer has accepted it, before it scores."""
    if node.text() not in DEMANDS:
        raise node.wrong(f"one of {', '.join(DEMANDS)}")
    return node.text()


def _weight(node: Node) -> Decimal:
    """A weight earns or costs something."""
    weight = _number(node)
    if weight <= 0:
        raise node.wrong("a number above 0")
    return weight


def _cap(node: Node) -> object:
    fields = node.fields()
    return _number(fields["cap_factor"]) if "cap_factor" in fields else node.at("cap")


def _allowed(node: Node) -> object:
    """The factors between which the cap of 差 lies: a cut of 5 to 30 % (`domain` §4.9)."""
    lower, upper = (_number(item) for item in _pair_of(node))
    least, most = POOR_ALLOWED
    if not least <= lower <= upper <= most:
        raise node.wrong(f"a pair of rising factors from {least} to {most}")
    return lower, upper


def _pair_of(node: Node) -> Sequence[Node]:
    items = node.items()
    if len(items) != PAIR:
        raise node.wrong(f"a list of {PAIR} numbers")
    return items


def _base(node: Node) -> str:
    if node.text() not in BASES:
        raise node.wrong(f"one of {', '.join(BASES)}")
    return node.text()


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
    *_all("/qualitative_bands", (*BANDS, EACH_FIELD), _numbers(PAIR)),
    ("/ex_ante/dimensions/*", _number),
    ("/ex_ante/included_grades/#", _grade),
    ("/ex_ante/major_threshold_yuan", _yuan),
    ("/ex_ante/scorers_min", _scorers),
    ("/ex_ante/objection_days", _count),
    ("/monitoring/nodes/#/code", Node.text),
    ("/monitoring/nodes/#/cut_off", _day),
    ("/monitoring/pre_analysis_lead_months", _count),
    ("/monitoring/t_ref", _progress),
    *_all("/monitoring/red", ("ix", "g", "gap"), _number),
    ("/monitoring/red/idle_days", _count),
    *_all("/monitoring/blue", ("ix", "g", "gap"), _number),
    ("/monitoring/letter_on_blue", Node.flag),
    *_all("/monitoring/score", (*SCORED, EACH_FIELD), _number),
    ("/monitoring/history_cases_min?", _count),
    ("/monitoring/idle_check?", how_often),
    ("/monitoring/key_project_yuan?", _yuan),
    ("/letters/ack_wd", _count),
    *_all("/letters/plan_wd", (*LEVELS, EACH_FIELD), _count),
    *_all("/letters/finish_wd", (*LEVELS, EACH_FIELD), _count),
    *_all(
        "/self_eval_checks",
        ("goal_over_execution", "unspent", "arithmetic", "deviation_cause"),
        _number,
    ),
    ("/self_eval_checks/inflated", _numbers(TRIPLE)),
    ("/self_evaluation?/submit_by?", _day),
    ("/self_evaluation?/evidence?", _demand),
    ("/self_evaluation?/explain_wd?", _count),
    ("/recheck/sample_ratio", _number),
    ("/recheck/min_per_department", _count),
    *_all("/evaluation", ("opinion_days_wd", "objection_days_wd", "decide_days_wd"), _count),
    ("/linkage/budget_year_offset", _count),
    *_all("/linkage", Grade, _cap),
    *_all("/similar_project_cut", Grade, _numbers(PAIR)),
    ("/recovery/check_dates/#", _day),
    ("/recovery/low_rate", _number),
    *_all(
        "/disclosure",
        ("with_budget_days", "with_final_accounts_days", "key_report_wd", "monthly_day"),
        _count,
    ),
    ("/letters/number?", number_pattern),
    ("/letters/short_names?/*", Node.text),
    ("/letters/verify_wd?", _count),
    # Rules from before the clocks had a place in them do not state it.
    *_all(f"/{GROUP}?", ("reminder_wd?", "listed_wd?"), _count),
    (f"/{ADJUSTMENTS}?/approval?/*", read_bands),
    *_all(f"/{ADJUSTMENTS}?", ("lowers_key_expenditure?/#", "changes_total_budget?/#"), read_body),
    *_all("/key_funds?/pass_on_days?", ("GENERAL?", "SPECIAL?", EACH_FIELD), _count),
    *_all("/key_funds?", ("publicity_wd?", "group_min?"), _count),
    ("/key_funds?/industry_share?", _number),
    ("/execution_score/count_unit_transfer?", Node.flag),
    *_all(
        "/self_eval_checks",
        ("cause_characters?", "perfect_indicators?", "likeness_characters?"),
        _count,
    ),
    *_all(
        "/self_eval_checks",
        ("reach_median?", "reach_max?", "likeness?", "magnitude_slack?"),
        _number,
    ),
    ("/self_eval_checks/penalties?", _numbers(PAIR)),
    # A term of nothing would end an order with its own draft.
    *_all("/payments?", ("answer_minutes?", "settle_days?", "hold_days?"), _term),
    ("/effectiveness_detail?/aspects?/*/*", _weight),
    *_all("/effectiveness_detail?/county?", ("units?", "bureau?"), _progressed),
    *_all("/effectiveness_detail?/inflation?", ("INFLATED?", "SERIOUS?"), _weight),
    *_all("/evaluation", ("rectify_wd?", "verify_wd?", "key_cycle_years?"), _count),
    ("/evaluation/framework?", read_framework),
    *_all("/recheck", ("high_score?", "low_execution?"), _number),
    ("/recheck/full_when_flagged?", Node.flag),
    ("/linkage/POOR/allowed?", _allowed),
    ("/linkage/base?", _base),
    *_all("/linkage", ("answer_wd?", "fragments_min?"), _count),
    *_all("/linkage", ("similar_name?", "duplicate_name?"), _progressed),
    ("/recovery/by_clock?", Node.flag),
)


def unreadable(tree: object) -> Iterator[RuleSetUnreadable]:
    """Every place that is missing or cannot be read, each once."""
    told: set[str | None] = set()
    for refusal in _by_place(tree):
        if refusal.pointer not in told:
            told.add(refusal.pointer)
            yield refusal
    if not told:
        yield from _refused(lambda: RuleSet.parse(tree))  # type: ignore[arg-type]


def _by_place(tree: object) -> Iterator[RuleSetUnreadable]:
    for place, reading in SHAPE:
        yield from _read(Node(tree), place.split("/")[1:], reading)
    # What nobody reads yet is kept for ever as well, and NaN is no JSON.
    for pointer, value in leaves(tree):
        if isinstance(value, float | Decimal):
            yield from _refused(partial(_number, Node(value, pointer)))


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
    if step.endswith(WHERE_STATED):
        name = step.removesuffix(WHERE_STATED)
        return [node.at(name)] if name in node.fields() else []
    return _fields(node).values() if step == EACH_FIELD else [node.at(step)]


def _fields(node: Node) -> Mapping[str, Node]:
    """The fields by name, each at its JSON Pointer: a name may be any text."""
    return {
        name: Node(below.value, f"{node.path}/{escaped(name)}")
        for name, below in node.fields().items()
    }


def _refused(read: Callable[[], object]) -> Iterator[RuleSetUnreadable]:
    try:
        read()
    except RuleSetUnreadable as refusal:
        yield refusal
