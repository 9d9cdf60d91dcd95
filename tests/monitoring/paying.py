"""Two processes and a clock over one store in memory, a bank, and the people who pay by it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from services.monitoring.api.bank.outgoing.orders import payment_message
from services.monitoring.domain.ledger import commands as money
from services.monitoring.domain.ledger.kinds import BreakResolution
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.payment_order import commands as ask_for
from services.monitoring.domain.payment_order.batch import RepeatPaymentBatch, SendPaymentBatch
from services.monitoring.domain.payment_order.identity import order_id
from services.monitoring.domain.payment_order.state import PaymentOrder
from services.monitoring.domain.payment_order.values import (
    BankAccount,
    BankAnswer,
    BudgetCodes,
    OrderBreakKind,
    OrderStatus,
)
from services.monitoring.domain.values import Project
from services.monitoring.main import service
from services.monitoring.projections.payment_orders import (
    OrderBreakRow,
    PaymentBatchRow,
    PaymentOrderRow,
)
from shared.asking import Answer, Ask
from shared.deadlines import Deadlines
from shared.desk import Desk
from shared.domain.money import Money
from shared.eventstore.memory import MemoryStore
from shared.eventstore.working import MemoryWorking
from shared.handling import Handling
from tests.monitoring.bank import Bank, Said
from tests.monitoring.bank_judge import contradiction
from tests.monitoring.stories import at, on

CASHIER, RELEASER, BUDGET = "iss|cashier", "iss|releaser", "iss|budget"
REGION: Final = "653101"
DEBTOR = BankAccount(name="疏附县国库集中支付中心", number="65001", bank_no="105894000010")
OPEN: Final = frozenset(
    {OrderStatus.SENT, OrderStatus.ACCEPTED, OrderStatus.UNKNOWN, OrderStatus.QUERIED}
)
ENDED: Final = frozenset({OrderStatus.SETTLED, OrderStatus.REJECTED, OrderStatus.RETURNED})


AGGREGATES: Final = service.aggregates
"""Indexed once: a story restarts its process and reads its facts hundreds of times."""


@dataclass(slots=True)
class Moment:
    """Business time, set by the story."""

    value: datetime

    def now(self) -> datetime:
        """The moment it is."""
        return self.value


async def _nobody() -> None:
    return None


@dataclass(slots=True, kw_only=True)
class Office:
    """The treasury of a county: its orders, its clock, and its bank."""

    bank: Bank
    store: MemoryStore = field(default_factory=MemoryStore)
    clock: Moment = field(default_factory=lambda: Moment(at(4, 15, 1)))
    vouchers: list[str] = field(default_factory=list)
    batches: list[str] = field(default_factory=list)
    contradicted: set[tuple[str, OrderBreakKind]] = field(default_factory=set)
    _handling: Handling = field(init=False)
    _serial: int = 0

    def __post_init__(self) -> None:
        """Open for business."""
        self.restart()

    def restart(self) -> None:
        """The process goes and comes; what it remembered is gone, what it wrote is not."""
        self._handling = Handling(AGGREGATES, self.store)

    async def do(self, command: object) -> Answer:
        """Put a command to the service."""
        ask = Ask(
            commands=(command,),
            actor=getattr(command, "by", "x"),
            unit="",
            now=self.clock.now(),
            correlation_id="c",
            causation_id="c",
        )
        return await self._handling.handle(ask)

    async def time_passes(self, **span: int) -> None:
        """Business time goes on, and what falls due is done."""
        self.clock.value += timedelta(**span)
        desk = Desk(
            service="monitoring",
            handling=self._handling,
            store=self.store,
            working=MemoryWorking(self.store),
            clock=self.clock,
            committed=_nobody,
        )
        assert service.fall_due is not None
        deadlines = Deadlines(desk, service.fall_due)
        while await deadlines.issue_next():
            pass

    async def open_project(self, code: str, quota: Money) -> None:
        """A project with money to spend."""
        whose: dict[str, Any] = {"by": BUDGET, "now": self.clock.now()}
        project = Project(
            code=code, fiscal_year=2021, region_code=REGION, department_code="D1", unit_code="U1"
        )
        await self.do(
            money.OpenLedger(
                project=project, budget=quota, fund_type_code="111", direct_fund_flag="02", **whose
            )
        )
        key: dict[str, Any] = {"project_code": code, "fiscal_year": 2021}
        await self.do(
            money.IssueQuota(**key, document_no="Q", amount=quota, issued_on=on(2, 1), **whose)
        )

    def draft(self, code: str, voucher: str, amount: Money) -> ask_for.DraftPaymentOrder:
        """The intent to pay a voucher to a payee of its own."""
        payee = BankAccount(name="喀什建工", number=f"P{voucher}", bank_no="102894000027")
        return ask_for.DraftPaymentOrder(
            region_code=REGION,
            project_code=code,
            fiscal_year=2021,
            pay_cert_no=voucher,
            amount=amount,
            debtor=DEBTOR,
            creditor=payee,
            purpose="工程款",
            execute_on=on(4, 15),
            codes=BudgetCodes(bgt_id="B1"),
            by=CASHIER,
            now=self.clock.now(),
        )

    async def released(self, code: str, voucher: str, amount: Money) -> str:
        """An order that may be sent."""
        await self.do(self.draft(code, voucher, amount))
        key = order_id(REGION, voucher)
        who: dict[str, Any] = {"order_id": key, "by": RELEASER, "now": self.clock.now()}
        await self.do(ask_for.ReleasePaymentOrder(**who))
        self.vouchers.append(voucher)
        return key

    async def send(self, *orders: str) -> None:
        """Send orders in one message, and hand it over."""
        batch_id = f"{REGION}-B{len(self.batches) + 1}"
        self.batches.append(batch_id)
        await self.do(
            SendPaymentBatch(
                batch_id=batch_id,
                region_code=REGION,
                orders=orders,
                by=CASHIER,
                now=self.clock.now(),
            )
        )
        self.bank.receive(self.message(batch_id), self.clock.now())

    def message(self, batch_id: str) -> bytes:
        """The message of a batch, from the read models."""
        (batch,) = self._rows(PaymentBatchRow, "batch_id", {batch_id})
        orders = self._rows(PaymentOrderRow, "batch_id", {batch_id})
        return payment_message(
            PaymentBatchRow(**batch), [PaymentOrderRow(**order) for order in orders]
        )

    async def hear(self, said: Iterable[Said]) -> None:
        """Take what the bank says."""
        for one in said:
            paid = one.answer == "SETTLED"
            key = f"{REGION}-{one.end_to_end_id}"
            if (kind := contradiction(await self._known(key), one)) is not None:
                self.contradicted.add((key, kind))
            await self.do(
                ask_for.HearPaymentStatus(
                    order_id=key,
                    answer=BankAnswer(one.answer),
                    amount=Money(one.fen) if paid else None,
                    booked_on=on(4, 15) if paid else None,
                    reason_code=one.reason,
                    by=CASHIER,
                    now=self.clock.now(),
                )
            )

    async def ask_about_unknown(self) -> None:
        """Ask the bank about what is not known; never pay again."""
        for row in self.listed(OrderStatus.UNKNOWN):
            self._serial += 1
            who: dict[str, Any] = {"order_id": row.order_id, "by": CASHIER, "now": self.clock.now()}
            await self.do(ask_for.QueryPayment(query_id=f"CX{self._serial}", **who))
            self.bank.query(row.end_to_end_id, self.clock.now())

    async def hear_statement(self) -> None:
        """The bank's day-end statement: what it has really paid."""
        await self.hear(
            Said(end_to_end_id=one.end_to_end_id, answer="SETTLED", fen=one.fen)
            for one in self.bank.statement()
        )

    async def repeat_missing(self) -> None:
        """Hand over again, byte for byte, what the bank says it has not got."""
        missing = {row.batch_id for row in self.listed(OrderStatus.MISSING)}
        for batch_id in sorted(filter(None, missing)):
            self._serial += 1
            who: dict[str, Any] = {"batch_id": batch_id, "by": CASHIER, "now": self.clock.now()}
            await self.do(RepeatPaymentBatch(repeat_id=f"R{self._serial}", **who))
            self.bank.receive(self.message(batch_id), self.clock.now())

    async def decide_breaks(self) -> None:
        """A person looks into the bank's book: what it has is booked, what it has not is not."""
        disputed = {row["order_id"] for row in self._rows(OrderBreakRow, "resolution", {None})}
        for one in [await self.order(order) for order in sorted(disputed)]:
            key = one.order.end_to_end_id
            truth = self.bank.book.get(key)
            for broken in one.breaks.values():
                if broken.resolved:
                    continue
                now = await self.order(one.order.order_id)
                true = truth is not None and broken.found.amount.fen == truth.fen
                denied = broken.found.kind is OrderBreakKind.ANSWERS_CONTRADICT and truth is None
                unpaid = now.status not in {OrderStatus.SETTLED, OrderStatus.RETURNED}
                rejects = denied and key in self.bank.refused and now.status in OPEN
                book = (true and unpaid) or rejects
                await self.do(
                    ask_for.ResolveOrderBreak(
                        order_id=one.order.order_id,
                        break_id=broken.found.break_id,
                        resolution=BreakResolution.BOOKED if book else BreakResolution.REJECTED,
                        note="流水核对",
                        by=RELEASER,
                        now=self.clock.now(),
                    )
                )

    async def correct_false_payments(self) -> None:
        """What we booked and the bank never paid comes back by its correction slip."""
        for row in self.listed(OrderStatus.SETTLED):
            if row.end_to_end_id not in self.bank.book:
                one = await self.order(row.order_id)
                await self.do(
                    ask_for.HearPaymentReturn(
                        order_id=one.order.order_id,
                        return_id=f"GZ-{one.order.pay_cert_no}",
                        amount=one.outstanding,
                        returned_on=on(4, 18),
                        by=CASHIER,
                        now=self.clock.now(),
                    )
                )

    def listed(self, *statuses: OrderStatus) -> Sequence[PaymentOrderRow]:
        """The orders in these statuses, as the read model lists them."""
        wanted = {status.value for status in statuses}
        rows = self._rows(PaymentOrderRow, "status", wanted)
        return [PaymentOrderRow(**row) for row in rows]

    def _rows(
        self,
        table: Any,  # noqa: ANN401 - a SQLModel class
        column: str,
        wanted: Collection[str | None],
    ) -> Sequence[dict[str, Any]]:
        """The rows that are asked for: making a row of a table costs more than finding it."""
        return [row for row in self.store.rows(table) if row[column] in wanted]

    @property
    def ended(self) -> bool:
        """Whether nothing waits for anybody any more."""
        wanted = {status.value for status in ENDED}
        return all(row["status"] in wanted for row in self.store.rows(PaymentOrderRow))

    async def _known(self, key: str) -> PaymentOrder:
        """One order as the process knows it, when the bank speaks."""
        stream = f"payment_order-{key}"
        state = (await self._handling.states([stream]))[stream]
        assert isinstance(state, PaymentOrder)
        return state

    async def order(self, key: str) -> PaymentOrder:
        """One order as its facts tell it."""
        state = await self._state(f"payment_order-{key}")
        assert isinstance(state, PaymentOrder)
        return state

    async def orders(self, *statuses: OrderStatus) -> Sequence[PaymentOrder]:
        """The orders, in these statuses if any are named."""
        found = [await self.order(order_id(REGION, voucher)) for voucher in self.vouchers]
        return [one for one in found if not statuses or one.status in statuses]

    async def ledger(self, code: str) -> Ledger:
        """The accounts of a project."""
        state = await self._state(f"ledger-{code}-2021")
        assert isinstance(state, Ledger)
        return state

    async def _state(self, stream: str) -> object:
        loaded = await self.store.load({stream: 0})
        return AGGREGATES.restore(stream, loaded).state
