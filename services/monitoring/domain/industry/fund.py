"""One grant to an enterprise, from its plan to its end: ten stages, none skipped, none alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, assert_never

from services.monitoring.domain.industry import refusals as no
from services.monitoring.domain.industry.commands import (
    STAGES,
    AdvanceIndustryFund,
    IndustryCommand,
    PlanIndustryFund,
)
from services.monitoring.domain.industry.values import (
    JUDGED,
    ORDER,
    Applied,
    IndustryOutcome,
    Planned,
    Stage,
    Statement,
)
from services.monitoring.domain.ledger.ledger import reference as ledger_reference
from services.monitoring.domain.ledger.refusals import AmountNotPositive
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.rules import nearest, references
from services.monitoring.domain.values import project_id
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.hands import Hands, hands
from shared.domain.money import ZERO, Money
from shared.domain.rules import KeyFundRules
from shared.domain.workdays import add_workdays, business_date


@dataclass(frozen=True, slots=True, kw_only=True)
class IndustryFundPlanned:
    """A grant was planned."""

    planned: Planned
    planned_by: str
    planned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class IndustryFundAdvanced:
    """A stage of the loop was passed; `outcome` says whether it has ended with it."""

    planned: Planned
    stage: Stage
    statement: Statement
    outcome: IndustryOutcome
    passed_by: str
    passed_on: date
    applied: Applied | None = None


type IndustryEvent = IndustryFundPlanned | IndustryFundAdvanced


@dataclass(frozen=True, slots=True, kw_only=True)
class IndustryFund:
    """The loop as it stands; `planned` is `None` before there is one."""

    planned: Planned | None = None
    applied: Applied | None = None
    passed: Mapping[str, Statement] = field(default_factory=dict)
    hands: Mapping[Stage, str] = field(default_factory=dict)
    last_by: str = ""
    outcome: IndustryOutcome = IndustryOutcome.OPEN

    @property
    def next_stage(self) -> Stage:
        """What has to be done next."""
        return ORDER[min(len(self.passed) + 1, len(ORDER) - 1)]

    @property
    def failed(self) -> bool:
        """Whether a check found that the conditions were not met."""
        checks = (self.passed.get(Stage.INSPECTION), self.passed.get(Stage.EVALUATION))
        return any(one is not None and one.conditions_met is False for one in checks)

    def hands_in(self, stage: Stage) -> Hands:
        """Who passed the stages that this one judges."""
        return hands(*(self.hands.get(one, "") for one in JUDGED.get(stage, ())))

    def amount(self, stage: Stage) -> Money:
        """What a stage moved."""
        return self.passed[stage].amount or ZERO


def _decide(command: IndustryCommand, state: IndustryFund) -> Sequence[IndustryEvent]:
    match command:
        case PlanIndustryFund():
            return _plan(command, state)
        case AdvanceIndustryFund():
            return _advance(command, state)
        case _:
            assert_never(command)


def _plan(command: PlanIndustryFund, state: IndustryFund) -> Sequence[IndustryFundPlanned]:
    if command.planned.amount <= ZERO:
        raise AmountNotPositive(pointer="/amount")
    if state.planned is not None:
        if state.planned != command.planned:
            raise no.IndustryFundPlannedOtherwise
        return []
    day = business_date(command.now)
    return [IndustryFundPlanned(planned=command.planned, planned_by=command.by, planned_on=day)]


def _advance(command: AdvanceIndustryFund, state: IndustryFund) -> Sequence[IndustryFundAdvanced]:
    if state.planned is None:
        raise no.IndustryFundNotPlanned
    before = state.passed.get(command.stage)
    if before is not None:
        asked_otherwise = command.applied not in {None, state.applied}
        if before != command.statement or asked_otherwise:
            raise no.StagePassedOtherwise(stage=command.stage.value)
        return []
    if state.outcome is not IndustryOutcome.OPEN:
        raise no.LoopEnded(outcome=state.outcome.value)
    if command.stage is not state.next_stage:
        raise no.StageNotReached(
            f"{state.next_stage.value} comes next", next=state.next_stage.value
        )
    state.hands_in(command.stage).also(state.last_by).expect_another(command.by, no.SameHandTwice)
    _check(command, state, state.planned)
    return [
        IndustryFundAdvanced(
            planned=state.planned,
            stage=command.stage,
            statement=command.statement,
            outcome=_outcome(command, state),
            passed_by=command.by,
            passed_on=business_date(command.now),
            applied=command.applied,
        )
    ]


def _check(command: AdvanceIndustryFund, state: IndustryFund, planned: Planned) -> None:
    said = command.statement
    match command.stage:
        case Stage.APPLICATION:
            _within(command.applied.amount if command.applied else None, planned.amount)
        case Stage.PUBLICITY:
            _long_enough(command, planned.region_code)
        case Stage.ALLOCATION:
            _notice_over(command, state)
            _within(said.amount, state.applied.amount if state.applied else ZERO)
        case Stage.PAYMENT:
            _within(said.amount, state.amount(Stage.ALLOCATION))
            _paid(command)
        case Stage.RECOVERY:
            if not state.failed:
                raise no.NothingToRecover
            _within(said.amount, state.amount(Stage.PAYMENT))
        case Stage.PLAN | Stage.REVIEW | Stage.INSPECTION | Stage.EFFECT | Stage.EVALUATION:
            return
        case _:
            assert_never(command.stage)


def _within(amount: Money | None, limit: Money) -> None:
    if amount is None:
        raise no.StatementIncomplete(pointer="/amount")
    if amount <= ZERO:
        raise AmountNotPositive(pointer="/amount")
    if amount > limit:
        raise no.BeyondEarlierStage(pointer="/amount", limit=str(limit))


def _long_enough(command: AdvanceIndustryFund, region_code: str) -> None:
    """The day on which it is put up counts for nothing: so many working days follow it."""
    said, rules = command.statement, command.rules
    days = (rules.key_funds if rules else KeyFundRules()).publicity_wd
    if said.starts_on is None or said.ends_on is None:
        raise no.StatementIncomplete(pointer="/ends_on")
    earliest = add_workdays(said.starts_on, days, region_code)
    if said.ends_on < earliest:
        raise no.NoticeTooShort(
            pointer="/ends_on",
            remedy=f"Keep the notice up until {earliest.isoformat()}. 公示至该日。",
            earliest=earliest.isoformat(),
        )


def _notice_over(command: AdvanceIndustryFund, state: IndustryFund) -> None:
    ends_on = state.passed[Stage.PUBLICITY].ends_on
    if ends_on is not None and business_date(command.now) <= ends_on:
        raise no.NoticeStillUp(ends_on=ends_on.isoformat())


def _paid(command: AdvanceIndustryFund) -> None:
    said, ledger = command.statement, command.ledger
    payment = ledger.payments.get(said.payment_id) if ledger else None
    if payment is None or said.amount is None or said.amount > payment.outstanding:
        raise no.EnterprisePaymentUnknown(pointer="/payment_id")


def _outcome(command: AdvanceIndustryFund, state: IndustryFund) -> IndustryOutcome:
    met = command.statement.conditions_met
    match command.stage:
        case Stage.REVIEW if met is False:
            return IndustryOutcome.REFUSED
        case Stage.EVALUATION if met is not False and not state.failed:
            return IndustryOutcome.ACHIEVED
        case Stage.RECOVERY:
            return IndustryOutcome.RECOVERED
        case _:
            return IndustryOutcome.OPEN


def _evolve(state: IndustryFund, event: IndustryEvent) -> IndustryFund:
    match event:
        case IndustryFundPlanned():
            first = {Stage.PLAN: event.planned_by}
            return replace(state, planned=event.planned, hands=first, last_by=event.planned_by)
        case IndustryFundAdvanced():
            return replace(
                state,
                applied=event.applied or state.applied,
                passed={**state.passed, event.stage: event.statement},
                hands={**state.hands, event.stage: event.passed_by},
                last_by=event.passed_by,
                outcome=event.outcome,
            )
        case _:
            assert_never(event)


def _refers(
    command: IndustryCommand, state: IndustryFund, _known: Sequence[object]
) -> Sequence[Reference]:
    """The rules of the region, and the ledger of a payment."""
    if isinstance(command, PlanIndustryFund) or state.planned is None:
        return ()
    planned, code = state.planned, command.statement.project_code
    year = planned.fiscal_year
    return (
        *references(planned.region_code, year),
        *((ledger_reference(project_id(code, year)),) if code else ()),
    )


def _inform(command: IndustryCommand, states: Sequence[object]) -> IndustryCommand:
    if isinstance(command, PlanIndustryFund):
        return command
    ledger = next((state for state in states if isinstance(state, Ledger)), None)
    return replace(command, ledger=ledger, rules=nearest(states))


def _owner(state: IndustryFund) -> Owner | None:
    if state.planned is None:
        return None
    return Owner(
        region_code=state.planned.region_code,
        department_code=state.planned.department_code,
        unit_code=state.planned.unit_code,
    )


industry_fund_decider: Final[Decider[IndustryCommand, IndustryEvent, IndustryFund]] = Decider(
    category="industryfund",
    initial=IndustryFund(),
    commands=(PlanIndustryFund, *STAGES),
    events={
        "IndustryFundPlanned": IndustryFundPlanned,
        "IndustryFundAdvanced": IndustryFundAdvanced,
    },
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: command.fund_id,
    owner=_owner,
    refers=_refers,
    inform=_inform,
)
