"""The two locks of a draft, and the desks on which it lies (`domain` §6.1, split form).

The business office stands by the goal and the indicators, the finance office by what has to do
with money: the cost indicators. A change opens the lock of the office whose part changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from services.targets.domain.application import Application
from services.targets.domain.duties import Desk, Stay, workdays_between
from services.targets.domain.values import Content, Indicator, Level1, Level2, Office
from shared.domain.workdays import business_date

LOCKS: Final = (Office.BUSINESS, Office.FINANCE)
COSTS: Final = frozenset(
    {Level2.COST, Level2.ECONOMIC_COST, Level2.SOCIAL_COST, Level2.ECOLOGICAL_COST}
)

type Desks = Mapping[Desk, date | None]
"""Where it lies, and since when; `None` where an older fact does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """Closed by this person, with this login."""

    person: str
    by: str


def at_unit(locks: Mapping[Office, Lock], before: Desks, day: date | None) -> Desks:
    """The desks of the unit: the offices that have not confirmed; after both, the head."""
    open_ = [Desk(office) for office in LOCKS if office not in locks]
    return {desk: before.get(desk, day) for desk in open_ or [Desk.HEAD]}


def without(locks: Mapping[Office, Lock], reopened: Iterable[Office]) -> Mapping[Office, Lock]:
    """The locks that stay closed."""
    return {office: lock for office, lock in locks.items() if office not in set(reopened)}


def changed_parts(before: Content, after: Content) -> frozenset[Office]:
    """The offices whose part differs."""
    return frozenset(o for o in LOCKS if _part(before, o) != _part(after, o))


def left(desks: Desks, desk: Desk, now: datetime, region_code: str) -> Stay | None:
    """How long it lay on a desk that it leaves today; nothing where nobody knows since when."""
    since, today = desks.get(desk), business_date(now)
    if since is None or since > today:
        return None
    workdays = workdays_between(since, today, region_code)
    return Stay(desk=desk, since_on=since, until_on=today, workdays=workdays)


def _part(content: Content, office: Office) -> object:
    """What an office stands by: its indicators with their notes, its answers, and its words."""
    mine = [one for one in content.indicators if _is_cost(one) is (office is Office.FINANCE)]
    ids = {one.indicator_id for one in mine}
    notes = [{key: note for key, note in notes.items() if key in ids} for notes in _notes(content)]
    return mine, notes, _answers(content, office), _rest(content, office)


def _rest(content: Content, office: Office) -> object:
    """Finance stands by the money that is applied for, business by everything else."""
    form = content.application
    if office is Office.FINANCE:
        return (form.midterm_funds, form.annual_funds) if form else (None, None)
    words = replace(form, midterm_funds=None, annual_funds=None) if form else Application()
    return content.annual_goal, content.waivers, words


def _notes(content: Content) -> tuple[Mapping[str, object], ...]:
    """Everything that is kept by the id of an indicator."""
    return (
        content.standards,
        content.due_on,
        content.library_codes,
        content.libraries,
        content.levels,
        content.proofs,
        content.last_actuals,
        content.costings,
        content.remarks,
    )


def _answers(content: Content, office: Office) -> dict[tuple[str, ...], str]:
    """Its answers by rule, indicator and field: a row that moves takes its answer along."""
    told: dict[tuple[str, ...], str] = {}
    for key, answer in content.answers.items():
        rule, *field = key.split("/")
        about = _about(field, content.indicators)
        if (about is not None and _is_cost(about)) is (office is Office.FINANCE):
            place = field if about is None else [about.indicator_id, *field[2:]]
            told[rule, *place] = answer
    return told


def _about(field: Sequence[str], indicators: Sequence[Indicator]) -> Indicator | None:
    """The indicator that a field belongs to, if it belongs to one."""
    match field:
        case ["indicators", index, *_] if index.isdecimal() and int(index) < len(indicators):
            return indicators[int(index)]
        case _:
            return None


def _is_cost(indicator: Indicator) -> bool:
    return indicator.level1 is Level1.COST or indicator.level2 in COSTS
