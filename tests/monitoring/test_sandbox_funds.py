"""Direct funds of a past year under other terms: late otherwise, by batch, step and flag."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.monitoring.api.sandbox_views import told
from services.monitoring.domain.key_fund import commands as ask
from services.monitoring.domain.key_fund.batch import key_fund_decider
from services.monitoring.domain.key_fund.values import DirectFundFlag, FundKind, FundStep
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.sandbox.difference import difference
from services.monitoring.domain.sandbox.history import Told
from services.monitoring.domain.sandbox.passing_on import FundCompared, passed_on
from shared.domain.money import Money
from shared.domain.workdays import SHANGHAI
from tests.monitoring.past_year import terms
from tests.monitoring.stories import PROJECT, at, on, yuan
from tests.monitoring.test_key_fund import BATCH, LEDGER, allocate, issue, receive

HELD = terms(GENERAL=30, SPECIAL=60)
CLOCK = "monitoring|clock"
UNTIL = at(12, 31)


@dataclass(slots=True)
class Life:
    """A batch in time: what was done with it, and the clock that looks at it."""

    held: RulesInForce = HELD
    state: Any = key_fund_decider.initial
    told: list[Told] = field(default_factory=list)

    def do(self, command: Any, at: datetime) -> None:  # noqa: ANN401 - any command
        """Something is asked of the batch."""
        for event in key_fund_decider.decide(command, self.state):
            self.state = key_fund_decider.evolve(self.state, event)
            number = len(self.told)
            self.told.append(Told(event_id=f"{number:04}", at=at, event=event))

    def receive(self, at: datetime, **more: Any) -> None:  # noqa: ANN401 - fields of the command
        """Money comes, under the rules that held."""
        self.do(receive(**more, rules=self.held, now=at), at)

    def allocate(self, at: datetime, amount: Money, document: str = "A1") -> None:
        """A part goes to a unit."""
        self.do(allocate(document_no=document, amount=amount, now=at), at)

    def issue(self, at: datetime, amount: Money) -> None:
        """A part becomes quota."""
        ledger = Ledger(
            project=PROJECT,
            budget=LEDGER.budget,
            fund_type_code="111",
            direct_fund_flag="01",
            issues={"Q1": amount},
        )
        self.do(issue(amount=amount, now=at, ledger=ledger), at)

    def look(self, at: datetime) -> None:
        """The clock looks."""
        self.do(ask.CheckFundDeadline(batch_id=BATCH, by=CLOCK, now=at), at)

    def under(self, draft: RulesInForce, until: datetime = UNTIL) -> FundCompared:
        """The same life under a draft."""
        found = passed_on(self.told, draft, until)
        assert found is not None
        return found


def night(day: date) -> datetime:
    """The moment a day begins, when the clock looks at the day before."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


def lived() -> Life:
    """A thousand on 10 March; 400 go on on day 25, of which 300 are issued on day 36."""
    life = Life()
    life.receive(at(3, 10))
    life.allocate(at(4, 4), yuan(400))
    life.look(night(on(4, 10)))
    life.issue(at(4, 15), yuan(300))
    return life


def test_under_the_terms_that_held_nothing_is_otherwise() -> None:
    same = lived().under(HELD)
    assert {step: (one.level.value, one.missing) for step, one in same.before.items()} == {
        FundStep.ALLOCATE: ("RED", yuan(600)),
        FundStep.ISSUE: ("YELLOW", yuan(400)),
    }
    assert same.before == same.after
    assert same.changed == ()
    assert difference([], [same]).empty


def test_a_shorter_term_finds_what_had_not_gone_on_by_then() -> None:
    shorter = lived().under(terms(GENERAL=20))
    assert shorter.changed == (FundStep.ALLOCATE, FundStep.ISSUE)
    assert shorter.after[FundStep.ALLOCATE].missing == yuan(1000)
    assert shorter.after[FundStep.ALLOCATE].due_on == on(3, 30)
    assert FundStep.ISSUE not in shorter.after  # nothing was given to a unit that could be issued


def test_a_longer_term_lets_what_went_on_later_count() -> None:
    longer = lived().under(terms(GENERAL=40))
    assert longer.after[FundStep.ALLOCATE].missing == yuan(600)
    assert longer.after[FundStep.ISSUE].missing == yuan(100)
    never = lived().under(terms(GENERAL=400))
    assert (never.after, never.changed) == ({}, (FundStep.ALLOCATE, FundStep.ISSUE))


def test_the_last_day_still_counts_and_the_next_does_not() -> None:
    life = Life()
    life.receive(at(3, 10))
    life.allocate(at(4, 9, 15), yuan(1000))  # the evening of the last day
    life.look(night(on(4, 10)))
    assert FundStep.ALLOCATE in life.under(terms(GENERAL=29)).after
    on_the_day = life.under(terms(GENERAL=30)).after
    assert set(on_the_day) == {FundStep.ISSUE}


def test_special_money_goes_by_its_own_term() -> None:
    life = Life()
    life.receive(at(3, 10), kind=FundKind.SPECIAL)
    life.look(night(on(5, 10)))
    assert life.under(terms(GENERAL=1, SPECIAL=60)).changed == ()
    other = life.under(terms(SPECIAL=45)).after
    assert other[FundStep.ALLOCATE].due_on == on(4, 24)


def test_what_was_entered_late_is_looked_at_when_it_is_known() -> None:
    life = Life()
    life.receive(at(5, 20))  # received on 10 March, entered when the day was long over
    life.look(at(5, 20))
    life.allocate(at(5, 21), yuan(1000))
    assert life.under(HELD).changed == ()
    shorter = life.under(terms(GENERAL=20)).after
    assert shorter[FundStep.ALLOCATE].missing == yuan(1000)


def test_a_split_that_prevails_begins_the_term_anew() -> None:
    life = Life()
    life.receive(at(3, 12), received_on=on(3, 1))
    life.receive(at(3, 20), received_on=on(3, 20), parent_id="above", root_id="above")
    life.look(night(on(4, 20)))
    assert life.under(HELD).changed == ()
    ten = life.under(terms(GENERAL=10)).after[FundStep.ALLOCATE]
    assert ten.due_on == on(3, 11)  # the first receipt was over before the split came
    fifteen = life.under(terms(GENERAL=25)).after[FundStep.ALLOCATE]
    assert fifteen.due_on == on(4, 14)


def test_a_day_that_has_not_come_finds_nothing() -> None:
    life = Life()
    life.receive(at(3, 10))
    assert life.under(HELD, until=at(4, 1)).after == {}
    assert life.under(terms(GENERAL=50), until=at(4, 1)).after == {}
    assert life.under(terms(GENERAL=10), until=at(4, 1)).after != {}


def test_a_clock_that_came_late_found_what_it_found() -> None:
    """Nobody worked on the day; when the look came, the money had gone on: so it stays."""
    life = Life()
    life.receive(at(3, 10))
    life.allocate(at(4, 12), yuan(1000))
    life.look(at(4, 13))
    assert life.under(HELD).changed == ()


def test_what_changes_is_told_by_batch_level_and_flag() -> None:
    central, other = Life(), Life()
    central.receive(at(3, 10))
    central.look(night(on(4, 10)))
    flag = DirectFundFlag.OTHER
    other.receive(at(3, 10), kind=FundKind.SPECIAL, direct_fund_flag=flag)
    draft = terms(GENERAL=400, SPECIAL=400)
    found = difference([], [one.under(draft) for one in (central, other)])
    assert not found.empty
    funds = told(found, {})["key_funds"]
    assert funds["batches"] == {"compared": 2, "changed": 1}
    assert funds["before"] == {"levels": {"RED": 1}, "flags": {"01": 1}}
    assert funds["after"] == {"levels": {}, "flags": {}}
    (change,) = funds["changes"]
    assert (change["direct_fund_flag"], change["kind"]) == ("01", "GENERAL")
    assert change["steps"] == [
        {
            "step": "ALLOCATE",
            "before": {"level": "RED", "due_on": "2021-04-09", "missing": "1000.00"},
            "after": None,
        }
    ]
    sooner = told(difference([], [other.under(terms(SPECIAL=10))]), {})["key_funds"]
    assert sooner["after"] == {"levels": {"RED": 1}, "flags": {"09": 1}}


@settings(max_examples=60, deadline=None)
@given(
    days=st.integers(0, 90),
    steps=st.lists(
        st.tuples(st.integers(1, 120), st.sampled_from([100, 250, 300])), max_size=3, unique=True
    ),
)
def test_no_batch_differs_from_itself(days: int, steps: list[tuple[int, int]]) -> None:
    """The clock looks on the day that held; whatever the days and the parts, nothing changes."""
    held = terms(GENERAL=days)
    life = Life(held=held)
    life.receive(at(3, 10))
    looked = False
    due = date.fromordinal(on(3, 10).toordinal() + days + 1)
    for number, (after, amount) in enumerate(sorted(steps)):
        day = date.fromordinal(on(3, 10).toordinal() + after)
        if day >= due and not looked:
            life.look(max(night(due), at(3, 10)))
            looked = True
        life.allocate(
            datetime(day.year, day.month, day.day, 4, tzinfo=SHANGHAI), yuan(amount), f"A{number}"
        )
    if not looked:
        life.look(max(night(due), at(3, 10)))
    assert life.under(held).changed == ()
