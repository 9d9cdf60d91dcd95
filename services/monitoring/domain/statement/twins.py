"""Two returns that say the same: one told twice, or two. Pure.

An advice (camt.054) and a return between banks (pacs.004) tell a movement once, when it happens. A
second one of the same payment, amount and day, in another message of the kind and without a number
of its own, may be either: it becomes a break at once, under the name that the second return has in
a statement, which tells all movements of its day. The statement ends the break, or a person (D).
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.monitoring.domain.statement.lines import BankLine, BankMessage, Direction

TOLD_ONCE: Final = ("camt.054", "pacs.004")
OF_THE_DAY: Final = ("camt.052", "camt.053")
WHOLE_DAY: Final = "camt.053"
_TURN: Final = "#"


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstTold:
    """A return that is booked: the form and the statement that told it first."""

    return_id: str
    form: str
    statement: str
    uetr: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """A return that is kept as a break, because it may have been told twice."""

    statement: str
    line_no: int
    return_id: str


def nameless(line: BankLine) -> bool:
    """Whether a return has no number of its own: its name is made of day, payment and amount."""
    made = line.return_id.startswith(f"{line.booked_on}:")
    return line.direction is Direction.CREDIT and made and not line.clearing_ref


def name_is_made(line: BankLine) -> bool:
    """Whether the name of a return is made of what it says, and not a reference of the bank."""
    return bool(line.return_id) and line.return_id != line.bank_ref


def named(return_id: str, turn: int) -> str:
    """What the n-th of several returns that say the same is called."""
    return return_id if turn == 1 else f"{return_id}{_TURN}{turn}"


def first_of(return_id: str) -> str:
    """What the first of them is called."""
    return _split(return_id)[0]


def turn_of(return_id: str) -> int:
    """The which of them it is, from 1."""
    return _split(return_id)[1]


def _split(return_id: str) -> tuple[str, int]:
    name, _, turn = return_id.rpartition(_TURN)
    return (name, int(turn)) if name and turn.isdigit() else (return_id, 1)


def doubtful(
    lines: Iterable[BankLine], form: str, statement: str, booked: Mapping[str, FirstTold]
) -> Sequence[BankLine]:
    """The lines that may tell again what another message of this kind has told."""
    if not form.startswith(TOLD_ONCE):
        return ()
    return [
        line
        for line in lines
        if nameless(line) and _told_before(line, form, statement, booked.get(line.return_id))
    ]


def _told_before(line: BankLine, form: str, statement: str, first: FirstTold | None) -> bool:
    if first is None or first.statement == statement or first.form[:8] != form[:8]:
        return False
    return not line.uetr or line.uetr != first.uetr


def renamed_again(
    lines: Sequence[BankLine], doubted: Collection[int], taken: Collection[str]
) -> Sequence[BankLine]:
    """Each doubtful line under the next name that no return has, and marked."""
    names = {*taken, *(line.return_id for line in lines)}
    found: list[BankLine] = []
    for line in lines:
        again = line
        if line.number in doubted:
            turn = 2
            while named(line.return_id, turn) in names:
                turn += 1
            again = replace(line, return_id=named(line.return_id, turn), told_again=True)
            names.add(again.return_id)
        found.append(again)
    return found


def apart(
    lines: Iterable[BankLine], made: Callable[[BankLine], bool] = nameless
) -> Sequence[BankLine]:
    """One list tells each movement once: what looks alike there happened twice.

    `made` says of which lines the name is made of what they say: an account's own statement may
    tell two with the same clearing number, a message between banks may not.
    """
    seen: Counter[str] = Counter()
    found: list[BankLine] = []
    for line in lines:
        seen[line.return_id] += 1
        name = named(line.return_id, seen[line.return_id])
        found.append(replace(line, return_id=name) if made(line) else line)
    return found


def further(
    lines: Iterable[BankLine], elsewhere: Mapping[tuple[str, str], int]
) -> Sequence[BankLine]:
    """The lines of one page of a statement; `elsewhere` counts what its other pages tell.

    The pages of a statement are one list, which tells each movement once. Keys are the account
    and the name of the first of those that look alike.
    """
    found: list[BankLine] = []
    for line in lines:
        first = first_of(line.return_id)
        told = elsewhere.get((line.account, first), 0) if name_is_made(line) else 0
        turn = told + turn_of(line.return_id)
        found.append(replace(line, return_id=named(first, turn)) if told else line)
    return found


def ended_by(
    message: BankMessage, statement: str, waiting: Iterable[Doubted]
) -> Iterable[tuple[Doubted, bool]]:
    """The breaks that a report or statement of the day ends; and whether it tells that return."""
    if not message.form.startswith(OF_THE_DAY):
        return
    told = {line.return_id for line in message.lines if line.direction is Direction.CREDIT}
    whole = message.form.startswith(WHOLE_DAY) and not any(day.series for day in message.days)
    for one in waiting:
        if one.statement == statement:
            continue
        if one.return_id in told:
            yield one, True
        elif whole and first_of(one.return_id) in told:
            yield one, False
