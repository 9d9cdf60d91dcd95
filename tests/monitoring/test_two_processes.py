"""The API and the worker are two processes over one store: neither decides by what it remembers."""

from datetime import datetime
from typing import Any

from services.monitoring.domain.ledger import commands as money
from services.monitoring.domain.record.commands import RunPreAnalysis
from services.monitoring.domain.record.events import PreAnalysisRun
from services.monitoring.domain.rules import HearRules
from services.monitoring.domain.watch import OpenWatch
from services.monitoring.main import service
from shared.asking import Ask
from shared.eventstore.memory import MemoryStore
from shared.handling import Handling
from tests.monitoring.stories import CLERK, PROJECT, ROAD, RULES, at, on, yuan

WHOSE: dict[str, Any] = {"project": PROJECT, "by": CLERK, "now": at(2, 1)}
KEY: dict[str, Any] = {"project_code": "P1", "fiscal_year": 2021, "by": CLERK, "now": at(2, 1)}


def ask(command: object, now: datetime) -> Ask:
    return Ask(
        commands=(command,), actor=CLERK, unit="", now=now, correlation_id="c", causation_id="c"
    )


async def test_a_pre_analysis_sees_what_another_process_has_booked() -> None:
    store = MemoryStore()
    worker = Handling(service.aggregates, store)
    api = Handling(service.aggregates, store)
    for command in (
        HearRules(region_code="653101", fiscal_year=2021, rules=RULES, by=CLERK, now=at(1, 1)),
        money.OpenLedger(**WHOSE, budget=yuan(1000), fund_type_code="", direct_fund_flag=""),
        OpenWatch(**WHOSE, name="x", budget=yuan(1000), target_version=1, indicators=(ROAD,)),
    ):
        await worker.handle(ask(command, at(2, 1)))
    quota = money.IssueQuota(**KEY, document_no="Q", amount=yuan(1000), issued_on=on(2, 1))
    line = money.SettlePayment(**KEY, payment_id="Z", amount=yuan(400), settled_on=on(4, 1))
    await api.handle(ask(quota, at(2, 1)))
    await api.handle(ask(line, at(4, 1)))
    analyse = RunPreAnalysis(
        project_code="P1",
        fiscal_year=2021,
        node="M05",
        region_code="653101",
        by=CLERK,
        now=at(4, 30),
        quiet=True,
    )
    (fact,) = (await worker.handle(ask(analyse, at(4, 30)))).facts
    assert isinstance(fact.event, PreAnalysisRun)
    assert fact.event.execution.paid == yuan(400)


async def test_silence_is_never_an_echo_of_the_past() -> None:
    store = MemoryStore()
    worker = Handling(service.aggregates, store)
    api = Handling(service.aggregates, store)
    opening = money.OpenLedger(**WHOSE, budget=yuan(1000), fund_type_code="", direct_fund_flag="")
    hold = money.HoldForAdjustment(**KEY, adjustment_id="A1", amount=yuan(-200))
    quota = money.IssueQuota(**KEY, document_no="Q", amount=yuan(1000), issued_on=on(2, 1))
    await worker.handle(ask(opening, at(2, 1)))
    await api.handle(ask(quota, at(2, 1)))
    await api.handle(ask(hold, at(7, 1)))
    let_go = money.ReleaseHold(**KEY, adjustment_id="A1")
    assert len((await worker.handle(ask(let_go, at(7, 2)))).facts) == 1
