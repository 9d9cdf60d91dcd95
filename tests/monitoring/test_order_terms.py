"""How long a bank has to answer and money is held for an order: the region's rules say so."""

from dataclasses import replace
from datetime import timedelta

from services.monitoring.domain.payment_order.order import payment_order_decider
from services.monitoring.domain.rules import Rules
from services.monitoring.reactions.orders import schedule_orders
from shared.domain.rules import PaymentRules, RuleSet
from shared.messages import Deadline
from shared.testing.projection_spec import recorded
from tests.monitoring.stories import RULES, RULES_JSON, at
from tests.monitoring.test_orders import (
    ACCEPTED,
    KEY,
    LEDGER,
    QUERY,
    RELEASE,
    SEND,
    draft,
    fresh,
    known,
)


def test_the_terms_of_an_order_are_those_of_the_rules_on_the_day_of_its_draft() -> None:
    stated = {"answer_minutes": 5, "hold_days": 10}
    terms = RuleSet.parse({**RULES_JSON, "payments": stated}).payments
    assert terms == PaymentRules(answer_minutes=5, settle_days=1, hold_days=10)
    looked_up = payment_order_decider.consults(draft())
    assert [one.stream for one in looked_up[:2]] == ["rules-653101-2021", "rules-653100-2021"]
    ruled = fresh.knowing(Rules(region_code="653101", rules=replace(RULES, payments=terms)), LEDGER)
    released = replace(ruled.after(draft()), consulted=(LEDGER,)).after(RELEASE)
    sent = replace(released.after(SEND), consulted=None)
    facts = [
        *ruled.when(draft()).facts(),
        *released.when(SEND).facts(),
        *sent.when(ACCEPTED).facts(),
        *sent.when(QUERY).facts(),
    ]
    waits = [timedelta(days=10), timedelta(minutes=5), timedelta(days=1), timedelta(minutes=5)]
    told = recorded(f"payment_order-{KEY}", *facts, at=at(4, 15))
    due = [next(one for one in schedule_orders(fact) if isinstance(one, Deadline)) for fact in told]
    assert [one.due_at - at(4, 15) for one in due] == waits
    ruled.after(draft()).when(draft()).then_nothing()


def test_rules_that_do_not_state_terms_have_the_usual_ones() -> None:
    assert RuleSet.parse(RULES_JSON).payments == PaymentRules()
    (told,) = known.when(draft()).facts()
    assert (told.answer_minutes, told.settle_days, told.hold_days) == (15, 1, 30)
