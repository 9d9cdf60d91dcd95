"""published + withheld + open = owed, whatever happens to however many items."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.disclosure.domain.item import decider
from services.disclosure.domain.item_states import (
    Archived,
    NotOwed,
    Owed,
    Prepared,
    Published,
    Reviewed,
    State,
    Withheld,
)
from services.disclosure.domain.item_words import (
    ArchiveDisclosure,
    CorrectDisclosure,
    EndWithholding,
    ItemEvent,
    MarkItemOverdue,
    PrepareDisclosure,
    PublishDisclosure,
    RestateItem,
    ReviewSecrecy,
    StartTerm,
    WithholdDisclosure,
)
from services.disclosure.projections.disclosure_register import (
    UNTOLD,
    DisclosureRow,
    ItemStatus,
    disclosure_register,
)
from services.disclosure.projections.owed_sums import TOLD
from shared.domain.refusals import Refusal
from shared.projections import Put, Set
from shared.testing.projection_spec import recorded
from tests.disclosure.stories import BUREAU, ITEM, NOW, UNIT, owe

ITEMS: Final = tuple(
    replace(ITEM, item_id=f"TARGET-{n}-2021", project_code=str(n), unit_code=f"u{n % 2}")
    for n in range(3)
)
SIDE: Final[dict[type[Any], str]] = {
    Owed: "open",
    Prepared: "open",
    Reviewed: "open",
    Published: "published",
    Archived: "published",
    Withheld: "withheld",
}
numbers = st.integers(0, len(ITEMS) - 1)
people = st.sampled_from([UNIT, BUREAU])


def side(status: str) -> list[str]:
    """Every side of the balance on which a row of this status is counted."""
    found = {"published": status in TOLD, "open": status in UNTOLD}
    found["withheld"] = status == ItemStatus.WITHHELD.value
    return [name for name, counted in found.items() if counted]


class Ledger(RuleBasedStateMachine):
    """Items of three units, their register folded by the service's own projection."""

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = NOW
        self.states: dict[str, State] = {one.item_id: NotOwed() for one in ITEMS}
        self.facts: dict[str, list[ItemEvent]] = {one.item_id: [] for one in ITEMS}
        self.rows: dict[str, dict[str, Any]] = {}

    def do(self, number: int, make: Callable[..., Any], **more: object) -> None:
        """Ask; a refusal changes nothing."""
        item_id = ITEMS[number].item_id
        self.decide(item_id, make(item_id=item_id, now=self.now, **more))

    def decide(self, item_id: str, command: Any) -> None:  # noqa: ANN401 - any command
        """Decide, fold the state, fold the register."""
        try:
            events = list(decider.decide(command, self.states[item_id]))
        except Refusal:
            return
        self.facts[item_id] += events
        every = list(recorded(f"item-{item_id}", *self.facts[item_id]))
        for fact in every[len(every) - len(events) :]:
            self.states[item_id] = decider.evolve(self.states[item_id], fact.event)
            assert disclosure_register.project is not None
            for change in disclosure_register.project(fact):
                self.fold(change)

    def fold(self, change: object) -> None:
        """A row, as the store would keep it."""
        if isinstance(change, Put):
            usual = DisclosureRow.model_fields["status"].default
            self.rows[str(change.row["item_id"])] = {"status": usual, **change.row}
        elif isinstance(change, Set):
            self.rows[str(change.key["item_id"])] |= change.values

    @rule(number=numbers)
    def owe(self, number: int) -> None:
        item = ITEMS[number]
        self.decide(item.item_id, replace(owe, item=item, now=self.now))

    @rule(number=numbers, by=people, note=st.sampled_from(["a", "b"]))
    def prepare(self, number: int, by: str, note: str) -> None:
        self.do(number, PrepareDisclosure, supplement={"note": note}, by=by)

    @rule(number=numbers, by=people, cleared=st.booleans())
    def review(self, number: int, by: str, *, cleared: bool) -> None:
        self.do(number, ReviewSecrecy, cleared=cleared, opinion="o", by=by)

    @rule(number=numbers, by=people, opinion=st.sampled_from([None, "o"]))
    def publish(self, number: int, by: str, opinion: str | None) -> None:
        self.do(number, PublishDisclosure, opinion=opinion, by=by)

    @rule(number=numbers)
    def tell(self, number: int) -> None:
        """The whole way at once, so that what comes after it is reached often."""
        self.owe(number)
        self.do(number, PrepareDisclosure, supplement={"note": "a"}, by=UNIT)
        self.do(number, PublishDisclosure, opinion="o", by=BUREAU)

    @rule(number=numbers, days=st.integers(1, 20))
    def withhold(self, number: int, days: int) -> None:
        last = self.now.date() + timedelta(days)
        ground = {"legal_basis": "STATE_SECRET", "authority": "局", "expires_on": last}
        self.do(number, WithholdDisclosure, **ground, by=BUREAU)

    @rule(number=numbers)
    def end(self, number: int) -> None:
        self.do(number, EndWithholding, by="s")

    @rule(number=numbers, goal=st.sampled_from(["x", "y"]))
    def correct(self, number: int, goal: str) -> None:
        self.do(number, CorrectDisclosure, fields={"annual_goal": goal}, reason="r", by=BUREAU)

    @rule(number=numbers, goal=st.sampled_from(["x", "z"]))
    def restate(self, number: int, goal: str) -> None:
        self.do(number, RestateItem, fields={"annual_goal": goal}, reason="r", by="s")

    @rule(number=numbers)
    def archive(self, number: int) -> None:
        self.do(number, ArchiveDisclosure, by=BUREAU)

    @rule(number=numbers)
    def late(self, number: int) -> None:
        self.do(number, MarkItemOverdue, by="s")

    @rule(number=numbers)
    def start(self, number: int) -> None:
        term = {"region_code": "653101", "fiscal_year": 2021, "starts_on": date(2021, 3, 5)}
        self.do(number, StartTerm, **term, by="s")

    @rule(days=st.integers(1, 10))
    def wait(self, days: int) -> None:
        self.now += timedelta(days)

    @invariant()
    def balanced(self) -> None:
        """Every item that is owed stands on exactly one side, and on that of its state."""
        known = {i: s for i, s in self.states.items() if not isinstance(s, NotOwed)}
        assert set(self.rows) == set(known)
        for item_id, state in known.items():
            assert side(self.rows[item_id]["status"]) == [SIDE[type(state)]]
        for unit in {one.unit_code for one in ITEMS}:
            own = [row for row in self.rows.values() if row["unit_code"] == unit]
            sides = [name for row in own for name in side(row["status"])]
            assert len(sides) == len(own)


Ledger.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestBalance = Ledger.TestCase
