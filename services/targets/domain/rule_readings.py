"""How each kind of value in a rule set is read, with its bounds; a wrong one names its place."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from services.targets.domain.sourced_rules import escaped
from shared.domain.grades import Grade
from shared.domain.money import Money
from shared.domain.rule_node import Node
from shared.domain.rules import POOR_ALLOWED
from shared.domain.rules_reading import whole_weights

type Reading = Callable[[Node], object]

A_COMMON_YEAR: Final = 2021
PAIR, TRIPLE = 2, 3
NUMBER_MAX: Final = Decimal(1_000_000_000)  # (D) No weight, rate, point or term comes near it.
COUNT_MAX: Final = 366  # (D) No term, and no other count, is longer than a year has days.
SCORERS_MIN: Final = 1  # A mean needs a score.
DEMANDS: Final = ("ATTACHED", "ACCEPTED")
BASES: Final = ("INITIAL", "ADJUSTED")
WORDS_OF_WEIGHTS: Final = frozenset({"scheme", "no_satisfaction_goes_to"})


def number(node: Node) -> Decimal:
    """A finite number within bounds."""
    found = node.number()
    if not found.is_finite():
        raise node.wrong("a finite number")
    # Before anything is made of it: the digits of a short text like 1e999999999 fill no memory.
    if not -NUMBER_MAX < found < NUMBER_MAX:
        raise node.wrong(f"a number below {NUMBER_MAX:,}")
    return found


def count(node: Node) -> int:
    """A whole number of days, or of anything else."""
    number(node)
    found = node.whole()
    if not 0 <= found <= COUNT_MAX:
        raise node.wrong(f"a whole number from 0 to {COUNT_MAX}")
    return found


def term(node: Node) -> int:
    """A term of one and more."""
    found = count(node)
    if not found:
        raise node.wrong("a whole number of 1 and more")
    return found


def scorers(node: Node) -> int:
    """How many score: one and more."""
    found = count(node)
    if found < SCORERS_MIN:
        raise node.wrong(f"a whole number of {SCORERS_MIN} and more")
    return found


def number_or_nothing(node: Node) -> Decimal | None:
    """A number, or null."""
    return None if node.value is None else number(node)


def numbers(many: int) -> Reading:
    """A list of so many numbers."""

    def read(node: Node) -> object:
        found = [number(item) for item in node.items()]
        if len(found) != many:
            raise node.wrong(f"a list of {many} numbers")
        return found

    return read


def grade(node: Node) -> Grade:
    """One of the four grades."""
    if node.text() not in set(Grade):
        raise node.wrong("a grade")
    return Grade(node.text())


def yuan(node: Node) -> Money:
    """An amount of yuan."""
    try:
        return Money.parse(node.text())
    except ValueError:
        raise node.wrong("an amount of yuan") from None


def day(node: Node) -> date:
    """A day of the year, as month and day."""
    parts = node.text().split("-")
    try:
        month, day = (int(part) for part in parts)
        return date(A_COMMON_YEAR, month, day)
    except ValueError:
        raise node.wrong('a day of the year like "05-31"') from None


def points(node: Node) -> object:
    """Weights that sum to what their scheme asks; words beside them as they are."""
    if node.path.rpartition("/")[2] in WORDS_OF_WEIGHTS:
        return node.value
    return whole_weights(node, {name: number(one) for name, one in fields_of(node).items()})


def progress(node: Node) -> object:
    """Linear, or what is expected by each month."""
    if node.value == "linear":
        return node.value
    return {month: progressed(share) for month, share in fields_of(node).items()}


def progressed(node: Node) -> Decimal:
    """What is expected by a month is something, and no more than the whole."""
    share = number(node)
    if not 0 < share <= 1:
        raise node.wrong("a share above 0 and up to 1")
    return share


def demand(node: Node) -> str:
    """A proof of a self-evaluation is there, or a reviewer has accepted it, before it scores."""
    if node.text() not in DEMANDS:
        raise node.wrong(f"one of {', '.join(DEMANDS)}")
    return node.text()


def weight(node: Node) -> Decimal:
    """A weight earns or costs something."""
    weight = number(node)
    if weight <= 0:
        raise node.wrong("a number above 0")
    return weight


def cap(node: Node) -> object:
    """The factor of a grade, or its cap."""
    fields = node.fields()
    return number(fields["cap_factor"]) if "cap_factor" in fields else node.at("cap")


def allowed(node: Node) -> object:
    """The factors between which the cap of 差 lies: a cut of 5 to 30 % (`domain` §4.9)."""
    lower, upper = (number(item) for item in pair_of(node))
    least, most = POOR_ALLOWED
    if not least <= lower <= upper <= most:
        raise node.wrong(f"a pair of rising factors from {least} to {most}")
    return lower, upper


def pair_of(node: Node) -> Sequence[Node]:
    items = node.items()
    if len(items) != PAIR:
        raise node.wrong(f"a list of {PAIR} numbers")
    return items


def base(node: Node) -> str:
    """Which budget of the year before counts."""
    if node.text() not in BASES:
        raise node.wrong(f"one of {', '.join(BASES)}")
    return node.text()


def fields_of(node: Node) -> Mapping[str, Node]:
    """The fields by name, each at its JSON Pointer: a name may be any text."""
    return {
        name: Node(below.value, f"{node.path}/{escaped(name)}")
        for name, below in node.fields().items()
    }
