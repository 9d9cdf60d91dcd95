"""Monitoring in memory with a clock that is set forward: what falls due is done, as in a worker."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from services.monitoring.domain.ledger import commands as money
from services.monitoring.domain.ledger.ledger import ledger_decider
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.letterbook import EnterLetter
from services.monitoring.domain.letterfile import PrepareLetter
from services.monitoring.domain.region import HearRegion
from services.monitoring.domain.rules import HearRules, RulesInForce
from services.monitoring.domain.values import Level, Reason, Source
from services.monitoring.domain.warning import commands as ask
from services.monitoring.domain.warning.events import (
    EvidenceItem,
    EvidenceKind,
    Office,
    PlanStep,
    Section,
)
from services.monitoring.domain.watch import OpenWatch
from services.monitoring.main import service
from services.monitoring.reactions.printing import proofread
from shared.asking import Answer, Ask
from shared.clock import AdjustableClock
from shared.deadlines import Deadlines
from shared.domain.workdays import business_date
from shared.eventstore.memory import MemoryStore
from shared.eventstore.working import MemoryWorking
from shared.worker import Worker
from tests.monitoring.stories import CLERK, HEAD, LEADER, PROJECT, ROAD, RULES, TRUST, at, on, yuan

COLLEAGUE, BUDGET = "iss|colleague", "iss|budget"
W1 = "W1"
REASONS = (Reason.EXECUTION_BEHIND, Reason.GOAL_BEHIND)
PROOF = "ab" * 32


@dataclass(slots=True)
class Bureau:
    """A bureau and a unit with one project, in memory."""

    store: MemoryStore = field(default_factory=MemoryStore)
    worker: Worker = field(init=False)
    clock: AdjustableClock = field(init=False)
    deadlines: Deadlines = field(init=False)

    def __post_init__(self) -> None:
        """Put the worker together."""
        assert service.fall_due is not None
        working = MemoryWorking(self.store)
        self.clock = AdjustableClock(working)
        self.worker = Worker(service, store=self.store, working=working, clock=self.clock)
        self.deadlines = Deadlines(self.worker.desk, service.fall_due)

    async def begin(self, rules: RulesInForce = RULES) -> None:
        """A region with rules; a project of three million, of which one was paid."""
        await self.clock.advance_to(at(2, 1))
        whose: dict[str, Any] = {"project": PROJECT, "by": CLERK, "now": at(2, 1)}
        key: dict[str, Any] = {"project_code": "P1", "fiscal_year": 2021}
        key |= {"by": CLERK, "now": at(2, 1)}
        budget = yuan(3_000_000)
        await self.done(
            HearRegion(region_code="653101", name="疏附县", by=CLERK, now=at(1, 1)),
            HearRules(region_code="653101", fiscal_year=2021, rules=rules, by=CLERK, now=at(1, 1)),
            money.OpenLedger(**whose, budget=budget, fund_type_code="", direct_fund_flag=""),
            OpenWatch(
                **whose,
                name="农村道路",
                budget=budget,
                target_version=1,
                indicators=(ROAD, TRUST),
                exempt=True,  # these stories are about warnings, not about rounds
            ),
            money.IssueQuota(**key, document_no="Q1", amount=budget, issued_on=on(2, 1)),
            money.SettlePayment(
                **key, payment_id="Z1", amount=yuan(1_000_000), settled_on=on(4, 1)
            ),
        )

    async def done(self, *commands: Any) -> Answer:  # noqa: ANN401 - any command
        """These commands, in one transaction."""
        return await self.worker.desk.handling.handle(
            Ask(
                commands=commands,
                actor=commands[0].by,
                unit="",
                now=self.clock.now(),
                correlation_id="c",
                causation_id="c",
            )
        )

    async def until(self, moment: datetime) -> None:
        """Business time passes day by day; what falls due is done."""
        while self.clock.now() < moment:
            await self.clock.advance_to(min(moment, self.clock.now() + timedelta(days=1)))
            while await self.deadlines.issue_next():
                pass

    def of(self, by: str) -> dict[str, Any]:
        """The head of every command about the warning."""
        return {"warning_id": W1, "by": by, "now": self.clock.now()}

    async def warn(self, level: Level = Level.BLUE) -> None:
        """The decision table found something."""
        raised = ask.RaiseWarning(
            **self.of(CLERK),
            project_code="P1",
            fiscal_year=2021,
            region_code="653101",
            node="M05",
            level=level,
            reasons=REASONS,
            source=Source.NODE,
            execution_rate=Decimal("0.3333"),
            goal_rate=Decimal("0.7000"),
        )
        await self.done(raised)

    async def send(self, **more: Any) -> None:  # noqa: ANN401 - fields of the draft
        """Draft and sign the letter, in two acts."""
        text: dict[str, Any] = {
            "demands": "加快支付进度",
            "evidence_wanted": "支付凭证",
            "contact": "张三",
            "phone": "0998-2820001",
        }
        await self.done(ask.DraftLetter(**self.of(CLERK), **text | more))
        await self.done(*self.signing(ask.IssueLetter))

    def signing(self, kind: type[ask.IssueLetter | ask.CorrectLetter]) -> Sequence[object]:
        """What a signature is made of."""
        sign: dict[str, Any] = {"region_code": "653101", "proofread": proofread}
        head = self.of(LEADER)
        return (
            kind(**head, **sign, signed_by_leader=True),
            EnterLetter(**head, region_code="653101"),
            PrepareLetter(**head),
        )

    async def receive(self, objection: str = "") -> None:
        """The head signs the receipt."""
        head = self.of(HEAD)
        await self.done(ask.AcknowledgeLetter(**head, received_by="李四", objection=objection))

    async def plan(self) -> None:
        """A step for every reason, due in two weeks."""
        day = business_date(self.clock.now()) + timedelta(days=14)
        steps = tuple(
            PlanStep(
                reason=reason,
                cause="审批慢",
                measure="每周调度",
                owner="王五",
                finance_owner="马六",
                due_on=day,
            )
            for reason in REASONS
        )
        await self.done(ask.SubmitPlan(**self.of(HEAD), steps=steps))

    async def show(self, **more: Any) -> None:  # noqa: ANN401 - fields of the command
        """Proof of what was done."""
        item = EvidenceItem(
            sha256=PROOF, kind=EvidenceKind.ORIGINAL_VOUCHER, name="支付凭证", source="国库"
        )
        shown: dict[str, Any] = {"result": "已支付", "evidence": (), "items": (item,)}
        await self.done(ask.SubmitEvidence(**self.of(HEAD), **shown | more))

    async def verify(self) -> Answer:
        """Both sections look."""
        for by, section in ((COLLEAGUE, Section.BUSINESS), (CLERK, Section.PERFORMANCE)):
            check = ask.VerifyRectification(**self.of(by), finding="属实", sections=(section,))
            answer = await self.done(check)
        return answer

    async def measure(self, measure: Any, document_no: str, **more: Any) -> Answer:  # noqa: ANN401
        """Proposed by one, approved by those who have to, taken with its document."""
        head = {"measure": measure, "reason": "逾期未整改"}
        await self.done(ask.ProposeMeasure(**self.of(CLERK), **head, **more))
        for by, office in ((BUDGET, Office.BUDGET), (LEADER, Office.LEADER)):
            if office is Office.LEADER or measure == "SUSPEND_PAYMENT":
                approve = ask.ApproveMeasure(**self.of(by), measure=measure, offices=(office,))
                await self.done(approve)
        day = business_date(self.clock.now())
        taken = {"measure": measure, "document_no": document_no, "decided_on": day}
        return await self.done(ask.TakeMeasure(**self.of(CLERK), **taken))

    async def close(self) -> Answer:
        """Every reason answered."""
        answers = dict.fromkeys(REASONS, "已整改")
        end: dict[str, Any] = {"answers": answers, "fund_effect": "none", "target_effect": "none"}
        return await self.done(ask.CloseWarning(**self.of(CLERK), **end))

    async def facts(self, stream: str = f"warning-{W1}") -> list[Any]:
        """What has happened to a stream."""
        found = (await self.store.load({stream: 0}, snapshots=False)).streams
        codec = service.aggregates.codec
        return [codec.decode(fact).event for fact in found[stream].events] if found else []

    async def names(self) -> list[str]:
        """What has happened to the warning, by name."""
        return [type(fact).__name__ for fact in await self.facts()]

    async def ledger(self) -> Ledger:
        """The money of the project."""
        found = ledger_decider.fold(await self.facts("ledger-P1-2021"))
        assert isinstance(found, Ledger)
        return found
