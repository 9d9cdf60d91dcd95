"""A year of one project that has gone by: lived day by day in memory, then read as a history."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from services.monitoring.domain.ledger import commands as money
from services.monitoring.domain.record import commands as ask
from services.monitoring.domain.region import HearRegion
from services.monitoring.domain.rules import HearRules, RulesInForce, in_force
from services.monitoring.domain.sandbox.difference import Compared, compare
from services.monitoring.domain.sandbox.history import History, Told
from services.monitoring.domain.values import DeviationCause
from services.monitoring.domain.warning.commands import ConfirmWarning, DismissWarning
from services.monitoring.domain.watch import OpenWatch
from services.monitoring.main import service
from shared.domain.draft_rules import read_draft
from shared.messages import Heard
from shared.testing.projection_spec import recorded
from tests.monitoring.office import Bureau
from tests.monitoring.stories import (
    CLERK,
    HEAD,
    PROJECT,
    ROAD,
    RULES_JSON,
    TRUST,
    UNIT,
    at,
    on,
    value,
    yuan,
)

NODES = ("M05", "M08")
EXPLAINED: dict[str, Any] = {"cause": DeviationCause.FUNDING, "cause_text": "审批慢"}


def drafted(**monitoring: Any) -> dict[str, Any]:  # noqa: ANN401 - rules are JSON
    """The rules of the stories with other monitoring; lying money is looked for every day."""
    section = {**RULES_JSON["monitoring"], "idle_check": "DAY", **monitoring}
    return {**RULES_JSON, "monitoring": section}


def rules(**monitoring: Any) -> RulesInForce:  # noqa: ANN401 - rules are JSON
    """The same, as they are in force."""
    return replace(in_force(read_draft(drafted(**monitoring)), "财预〔2019〕136号"), version=1)


def terms(**days: int) -> RulesInForce:
    """The same with other days to pass direct funds on."""
    draft = {**drafted(), "key_funds": {"pass_on_days": days}}
    return in_force(read_draft(draft), "财预〔2019〕136号")


@dataclass(slots=True)
class PastYear:
    """One project of three million yuan, watched for a year."""

    bureau: Bureau = field(default_factory=Bureau)
    warned: set[str] = field(default_factory=set)
    payments: int = 0

    async def begin(self, held: RulesInForce | None = None) -> None:
        """Approved on 1 February, with all of its quota."""
        bureau = self.bureau
        await bureau.clock.advance_to(at(2, 1))
        budget = yuan(3_000_000)
        head: dict[str, Any] = {"by": CLERK, "now": at(2, 1)}
        whose: dict[str, Any] = {"project": PROJECT, "budget": budget, **head}
        await bureau.done(
            HearRegion(region_code="653101", name="疏附县", **head),
            HearRules(region_code="653101", fiscal_year=2021, rules=held or rules(), **head),
        )
        await bureau.done(
            money.OpenLedger(**whose, fund_type_code="", direct_fund_flag=""),
            OpenWatch(**whose, name="农村道路", target_version=1, indicators=(ROAD, TRUST)),
        )
        await bureau.done(
            money.IssueQuota(**self.key(), document_no="Q1", amount=budget, issued_on=on(2, 1))
        )

    def key(self) -> dict[str, Any]:
        """The head of a command about the project."""
        now = self.bureau.clock.now()
        return {"project_code": "P1", "fiscal_year": 2021, "by": CLERK, "now": now}

    async def until(self, moment: datetime) -> None:
        """Days go by; what falls due is done, and what the rules find is warned of."""
        await self.bureau.until(moment)
        await self.warn()

    async def pay(self, day: date, amount: int) -> None:
        """The treasury's line of a day, booked on that day."""
        await self.until(at(day.month, day.day))
        await self.book(day, amount)

    async def book(self, day: date, amount: int) -> None:
        """The same, now."""
        self.payments += 1
        line: dict[str, Any] = {
            "payment_id": f"Z{self.payments}",
            "amount": yuan(amount),
            "settled_on": day,
        }
        await self.bureau.done(money.SettlePayment(**self.key(), **line))

    async def report(self, node: str, road: str, trust: str = "0.95", **judged: Any) -> None:  # noqa: ANN401 - fields of a review
        """The unit reports, the section accepts."""
        about: dict[str, Any] = {**self.key(), "node": node, "region_code": "653101"}
        values = (
            value("road", road, **EXPLAINED),
            value("trust", completion=Decimal(trust), **EXPLAINED),
        )
        await self.bureau.done(ask.SubmitMonitoring(**{**about, "by": UNIT}, values=values))
        await self.bureau.done(ask.ReviewMonitoring(**about, **judged))
        await self.warn()

    async def dismiss(self, warning_id: str) -> None:
        """There was no reason."""
        head: dict[str, Any] = {"by": HEAD, "now": self.bureau.clock.now()}
        await self.bureau.done(ConfirmWarning(warning_id=warning_id, **head))
        await self.bureau.done(DismissWarning(warning_id=warning_id, reason="季节性施工", **head))

    async def warn(self) -> None:
        """What we said of a record comes back to us, as it does by the bus."""
        assert service.react is not None
        for node in NODES:
            for told in await self.facts(f"record-P1-2021-{node}"):
                if told.event_id in self.warned:
                    continue
                self.warned.add(told.event_id)
                word = _word(told, node)
                for command in () if word is None else service.react(self._heard(word)):
                    await self.bureau.done(command)

    def _heard(self, word: Any) -> Heard[Any]:  # noqa: ANN401 - any word
        return Heard(
            word=word,
            event_id=uuid4(),
            producer="monitoring",
            number=1,
            subject="",
            version=1,
            said_at=self.bureau.clock.now(),
            effective_at=self.bureau.clock.now(),
            correlation_id="c",
        )

    async def facts(self, stream: str) -> list[Told]:
        """The facts of a stream with their moments."""
        found = (await self.bureau.store.load({stream: 0}, snapshots=False)).streams
        if stream not in found:
            return []
        decoded = map(service.aggregates.codec.decode, found[stream].events)
        return [Told(event_id=str(o.event_id), at=o.occurred_at, event=o.event) for o in decoded]

    async def history(self) -> History:
        """The year as it is kept."""
        key = PROJECT.id
        ids = {f"{key}-{node}-{source}" for node in NODES for source in ("NODE", "PRE_ANALYSIS")}
        idleness = await self.facts(f"idleness-{key}")
        ids |= {getattr(told.event, "warning_id", "") for told in idleness} - {""}
        warnings = {one: await self.facts(f"warning-{one}") for one in sorted(ids)}
        return History(
            project_code="P1",
            until=self.bureau.clock.now(),
            watch=await self.facts(f"watch-{key}"),
            ledger=await self.facts(f"ledger-{key}"),
            idleness=idleness,
            records={node: await self.facts(f"record-{key}-{node}") for node in NODES},
            warnings={one: facts for one, facts in warnings.items() if facts},
            rules=[await self.facts("rules-653101-2021")],
        )

    async def under(self, draft: RulesInForce) -> Compared:
        """The year under a draft."""
        return compare(await self.history(), draft)


def _word(told: Told, node: str) -> Any:  # noqa: ANN401 - any word
    (fact,) = recorded(f"record-P1-2021-{node}", told.event, at=told.at)
    return service.publish(fact)
