"""Money that lies between the nodes: found once per rest, by looks that know when to come again."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from services.monitoring.api.examples import EXAMPLES
from services.monitoring.api.schemas import RaiseWarningBody
from services.monitoring.api.warning_commands import raise_warning
from services.monitoring.domain.exemption import NodeExemption, Standing
from services.monitoring.domain.idleness import (
    FindIdleMoney,
    IdleMoneyFound,
    IdleMoneyObserved,
    idleness_decider,
)
from services.monitoring.domain.ledger import commands as money
from services.monitoring.domain.ledger.ledger import ledger_decider
from services.monitoring.domain.rules import HearRules, Rules
from services.monitoring.domain.values import Level, Reason, Source
from services.monitoring.domain.warning.events import WarningCancelled, WarningRaised
from services.monitoring.domain.warning.state import Ended, Pushed
from services.monitoring.domain.warning.warning import warning_decider
from services.monitoring.domain.watch import NodesArranged, OpenWatch
from services.monitoring.main import service
from services.monitoring.reactions import fall_due, schedule
from shared.asking import Ask
from shared.eventstore.memory import MemoryStore
from shared.handling import Handling
from shared.http.commands import Asked
from shared.http.policy import Role
from shared.messages import Deadline, Due
from shared.testing.projection_spec import recorded
from tests.monitoring.stories import (
    CLERK,
    MONITORING,
    NODES,
    PROJECT,
    ROAD,
    RULES,
    WATCH,
    Story,
    at,
    on,
    yuan,
)

ASKED = Asked(
    actor=CLERK,
    roles=frozenset({Role.AUDIT}),
    region_code="653101",
    unit_code=None,
    now=at(6, 1),
    new_id=lambda: "W1",
)
DAILY = replace(RULES, monitoring=replace(MONITORING, idle_check="DAY"))
HELD = Rules(region_code="653101", rules=DAILY)
KEY: dict[str, Any] = {"project_code": "P1", "fiscal_year": 2021, "by": CLERK, "now": at(2, 1)}
OPEN_LEDGER = money.OpenLedger(
    project=PROJECT,
    budget=yuan(1000),
    fund_type_code="",
    direct_fund_flag="",
    by=CLERK,
    now=at(2, 1),
)
QUOTA = money.IssueQuota(**KEY, document_no="Q", amount=yuan(1000), issued_on=on(2, 1))


def paid(number: int, day: date, amount: int = 10) -> money.SettlePayment:
    return money.SettlePayment(**KEY, payment_id=f"Z{number}", amount=yuan(amount), settled_on=day)


def ledger(*commands: object) -> Any:  # noqa: ANN401
    return Story(ledger_decider).after(OPEN_LEDGER, *commands).state


def look(month: int, day: int) -> FindIdleMoney:
    return FindIdleMoney(
        project_code="P1",
        fiscal_year=2021,
        region_code="653101",
        by="monitoring|clock",
        now=at(month, day),
    )


looking = Story(idleness_decider)
APRIL = ledger(QUOTA, paid(1, on(4, 15)))


def knowing(books: Any, watch: Any = WATCH, held: Rules = HELD, *more: object) -> Story:  # noqa: ANN401
    return looking.knowing(watch, books, held, Rules(), Rules(), *more)


def test_money_is_found_on_the_day_on_which_it_lay_long_enough() -> None:
    # 15 April and 60 days: 14 June, the Dragon Boat holiday; the next working day is the 15th.
    (early,) = knowing(APRIL).when(look(6, 13)).facts()
    assert early == IdleMoneyObserved(project=PROJECT, looked_on=on(6, 13), look_again_on=on(6, 15))
    (found,) = knowing(APRIL).when(look(6, 14)).facts()
    assert isinstance(found, IdleMoneyFound)
    assert (found.since_on, found.idle_days, found.limit_days) == (on(4, 15), 60, 60)
    assert (found.node, found.warning_id) == ("M08", "P1-2021-DAILY-20210415")


@pytest.mark.parametrize("every", ["DAY", "WEEK"])
def test_the_rule_set_says_how_often_it_is_looked_for(every: str) -> None:
    rules = replace(RULES, monitoring=replace(MONITORING, idle_check=every))
    held = Rules(region_code="653101", rules=rules)
    (seen,) = knowing(ledger(QUOTA, paid(1, on(4, 18))), WATCH, held).when(look(5, 1)).facts()
    # 17 June is a Thursday; looked for weekly, it is the Monday after.
    expected = {"DAY": on(6, 17), "WEEK": on(6, 21)}[every]
    assert seen.look_again_on == expected
    never = replace(RULES, monitoring=replace(MONITORING, idle_check="NEVER"))
    silent = knowing(APRIL, WATCH, Rules(region_code="653101", rules=never))
    silent.when(look(6, 30)).then_nothing()


def test_one_warning_per_rest_and_a_new_one_after_money_moved() -> None:
    once = knowing(APRIL).after(look(6, 15))
    ended = Ended(case=None, outcome=None)  # type: ignore[arg-type]
    over = once.knowing(WATCH, APRIL, HELD, Rules(), Rules(), ended)
    (same_rest,) = over.when(look(7, 30)).facts()
    assert isinstance(same_rest, IdleMoneyObserved)
    moved = ledger(QUOTA, paid(1, on(4, 15)), paid(2, on(7, 1)))
    again = once.knowing(WATCH, moved, HELD, Rules(), Rules(), ended)
    (found,) = again.when(look(8, 30)).facts()
    assert isinstance(found, IdleMoneyFound)
    assert found.warning_id == "P1-2021-DAILY-20210701"


def test_while_a_warning_is_open_there_is_no_other() -> None:
    once = knowing(APRIL).after(look(6, 15))
    moved = ledger(QUOTA, paid(1, on(4, 15)), paid(2, on(7, 1)))
    open_ = Pushed(case=None)  # type: ignore[arg-type]
    once.knowing(WATCH, moved, HELD, Rules(), Rules(), open_).when(look(9, 30)).then_nothing()


def test_what_cannot_lie_is_looked_at_again_later() -> None:
    spent = ledger(QUOTA, paid(1, on(4, 15), 1000))
    stopped = replace(WATCH, standing=Standing(kind=NodeExemption.SUSPENDED, since_on=on(5, 1)))
    for story in (
        knowing(spent),
        knowing(ledger()),
        knowing(APRIL, stopped),
        knowing(APRIL, replace(WATCH, starts_on=on(9, 1))),
    ):
        (seen,) = story.when(look(7, 1)).facts()
        assert isinstance(seen, IdleMoneyObserved)
        assert seen.look_again_on == on(8, 30)
    knowing(APRIL, replace(WATCH, exempt=True)).when(look(7, 1)).then_nothing()
    next_year = replace(look(7, 1), now=at(7, 1).replace(year=2022))
    knowing(APRIL).when(next_year).then_nothing()


def test_the_first_look_comes_when_money_could_have_lain_long_enough() -> None:
    arranged = NodesArranged(project=PROJECT, rule_set_version=1, nodes=NODES, idle_days=60)
    opened = recorded("watch-P1-2021", object(), arranged, at=at(2, 1))
    due = [d for d in schedule(opened[1]) if isinstance(d, Deadline) and d.kind == "IDLE_MONEY"]
    assert [one.due_at for one in due] == [at(4, 2, 1)]
    # New rules for an old watch: money may have lain for long.
    anew = recorded("watch-P1-2021", object(), object(), arranged, at=at(7, 1))
    due = [d for d in schedule(anew[2]) if isinstance(d, Deadline) and d.kind == "IDLE_MONEY"]
    assert [one.due_at for one in due] == [at(7, 2, 1)]
    silent = replace(arranged, idle_days=0)
    (_, told) = recorded("watch-P1-2021", object(), silent, at=at(2, 1))
    assert "IDLE_MONEY" not in {d.kind for d in schedule(told) if isinstance(d, Deadline)}


def test_a_look_leads_to_the_next_and_so_does_the_end_of_a_warning() -> None:
    seen = IdleMoneyObserved(project=PROJECT, looked_on=on(5, 1), look_again_on=on(6, 15))
    (told,) = recorded("idleness-P1-2021", seen)
    (due,) = schedule(told)
    assert isinstance(due, Deadline)
    command = fall_due(Due(kind=due.kind, subject=due.subject, due_at=due.due_at, now=at(6, 15)))
    assert command == look(6, 15)
    dropped = WarningCancelled(project=PROJECT, level=Level.RED, reason="x", cancelled_on=on(6, 20))
    for key, looks in (("P1-2021-DAILY-20210415", 1), ("P1-2021-M05-NODE", 0)):
        (ended,) = recorded(f"warning-{key}", dropped, at=at(6, 20))
        kinds = [d.kind for d in schedule(ended) if isinstance(d, Deadline)]
        assert kinds == ["IDLE_MONEY"] * looks


def ask(command: object, now: Any) -> Ask:  # noqa: ANN401
    return Ask(
        commands=(command,), actor=CLERK, unit="", now=now, correlation_id="c", causation_id="c"
    )


async def test_finding_and_warning_are_one_transaction() -> None:
    handling = Handling(service.aggregates, MemoryStore())
    for command in (
        HearRules(region_code="653101", fiscal_year=2021, rules=DAILY, by=CLERK, now=at(1, 1)),
        OPEN_LEDGER,
        OpenWatch(
            project=PROJECT,
            name="x",
            budget=yuan(1000),
            target_version=1,
            indicators=(ROAD,),
            by=CLERK,
            now=at(2, 1),
        ),
        QUOTA,
    ):
        await handling.handle(ask(command, at(2, 1)))
    answer = await handling.handle(ask(look(4, 6), at(4, 6)))
    names = [type(fact.event).__name__ for fact in answer.facts]
    assert names == ["IdleMoneyFound", "WarningRaised", "WarningPushed"]
    raised = answer.facts[1].event
    assert isinstance(raised, WarningRaised)
    assert (raised.case.source, raised.case.reasons) == (Source.DAILY, (Reason.IDLE,))
    assert "64天无支付" in raised.case.finding
    again = await handling.handle(ask(look(4, 7), at(4, 7)))
    assert not again.facts


def test_a_person_says_what_was_found_and_waits_for_a_second() -> None:
    body = {**EXAMPLES["raise_warning"], "source": "AUDIT", "finding": "挪用专项资金"}
    asked = RaiseWarningBody.model_validate_json(json.dumps(body))
    command = raise_warning(ASKED, asked)
    story = Story(warning_decider).knowing(WATCH, HELD, Rules(), Rules())
    story.when(command).then_names("WarningRaised")
    # Nobody warns without a word, or in the name of a rule, which nobody would confirm.
    for wrong in ({"finding": " "}, {"source": "NODE"}, {"source": "PRE_ANALYSIS"}):
        with pytest.raises(ValidationError):
            RaiseWarningBody.model_validate_json(json.dumps({**body, **wrong}))
