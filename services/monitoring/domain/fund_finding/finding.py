"""A finding: suspected → judged normal or judged violation → rectified → closed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, assert_never

from services.monitoring.domain.fund_finding import commands as ask
from services.monitoring.domain.fund_finding import events as fact
from services.monitoring.domain.fund_finding import refusals as no
from services.monitoring.domain.fund_finding.events import FindingStatus, Judgement
from shared.domain.decider import Decider, Owner
from shared.domain.hands import NOBODY, Hands, hands
from shared.domain.workdays import business_date

type Facts = Sequence[fact.FindingEvent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A finding as it stands; `opened` is `None` before there is one.

    `hands` are all who put something right or said that they did: none of them closes it.
    """

    opened: fact.FundFindingOpened | None = None
    status: FindingStatus = FindingStatus.SUSPECTED
    judgement: Judgement | None = None
    rectified: fact.FundFindingRectified | None = None
    hands: Hands = NOBODY


def _decide(command: ask.FindingCommand, state: Finding) -> Facts:
    if isinstance(command, ask.OpenFundFinding):
        return _open(command, state)
    if state.opened is None:
        raise no.FindingNotOpened
    match command:
        case ask.JudgeFundFinding():
            return _judge(command, state, state.opened)
        case ask.RectifyFundFinding():
            return _rectify(command, state, state.opened.concern)
        case ask.CloseFundFinding():
            return _close(command, state, state.opened)
        case _:
            assert_never(command)


def _open(command: ask.OpenFundFinding, state: Finding) -> Facts:
    if state.opened is not None:
        return []
    concern = fact.Concern(
        region_code=command.region_code,
        fiscal_year=command.fiscal_year,
        batch_id=command.batch_id,
        department_code=command.department_code,
        unit_code=command.unit_code,
        project_code=command.project_code,
    )
    return [
        fact.FundFindingOpened(
            concern=concern,
            kind=command.kind,
            level=command.level,
            opened_on=business_date(command.now),
            opened_by=command.by,
            amount=command.amount,
            due_on=command.due_on,
            note=command.note,
        )
    ]


def _judge(command: ask.JudgeFundFinding, state: Finding, opened: fact.FundFindingOpened) -> Facts:
    if state.judgement is command.judgement:
        return []
    if state.status is not FindingStatus.SUSPECTED:
        raise no.FindingJudgedOtherwise(judgement=state.judgement)
    hands(opened.opened_by).expect_another(command.by, no.JudgeSuspectedIt)
    return [
        fact.FundFindingJudged(
            concern=opened.concern,
            judgement=command.judgement,
            opinion=command.opinion,
            judged_by=command.by,
            judged_on=business_date(command.now),
        )
    ]


def _rectify(command: ask.RectifyFundFinding, state: Finding, concern: fact.Concern) -> Facts:
    before = state.rectified
    match state.status:
        case FindingStatus.RECTIFIED if before and _says(before) == _says(command):
            return []
        case FindingStatus.SUSPECTED:
            raise no.FindingNotJudged
        case FindingStatus.JUDGED_NORMAL:
            raise no.FindingNotViolation
        case FindingStatus.CLOSED:
            raise no.FindingClosedAlready
        case _ if not command.evidence:
            raise no.RectificationUnproved(pointer="/evidence")
        case FindingStatus.JUDGED_VIOLATION | FindingStatus.RECTIFIED:
            # Until it is closed, more may be shown; whoever showed less had a hand in it too.
            return [
                fact.FundFindingRectified(
                    concern=concern,
                    result=command.result,
                    evidence=command.evidence,
                    rectified_by=command.by,
                    rectified_on=business_date(command.now),
                )
            ]
        case _:
            assert_never(state.status)


def _says(said: ask.RectifyFundFinding | fact.FundFindingRectified) -> object:
    return said.result, said.evidence


def _close(command: ask.CloseFundFinding, state: Finding, opened: fact.FundFindingOpened) -> Facts:
    if state.status is FindingStatus.CLOSED:
        return []
    if state.judgement is None:
        raise no.FindingNotJudged
    if state.status is FindingStatus.JUDGED_VIOLATION:
        raise no.ViolationNotRectified
    state.hands.expect_another(command.by, no.CloserRectified)
    return [
        fact.FundFindingClosed(
            concern=opened.concern,
            level=opened.level,
            judgement=state.judgement,
            closed_by=command.by,
            closed_on=business_date(command.now),
        )
    ]


def _evolve(state: Finding, event: fact.FindingEvent) -> Finding:
    match event:
        case fact.FundFindingOpened():
            return replace(state, opened=event)
        case fact.FundFindingJudged(judgement=judgement):
            return replace(state, judgement=judgement, status=STATUS_OF[judgement])
        case fact.FundFindingRectified(rectified_by=who):
            hands_now = state.hands.also(who)
            return replace(state, status=FindingStatus.RECTIFIED, rectified=event, hands=hands_now)
        case fact.FundFindingClosed():
            return replace(state, status=FindingStatus.CLOSED)
        case _:
            assert_never(event)


STATUS_OF: Final = {
    Judgement.NORMAL: FindingStatus.JUDGED_NORMAL,
    Judgement.VIOLATION: FindingStatus.JUDGED_VIOLATION,
}


def _owner(state: Finding) -> Owner | None:
    return state.opened.concern.owner if state.opened else None


fund_finding_decider: Final[Decider[ask.FindingCommand, fact.FindingEvent, Finding]] = Decider(
    category="fundfinding",
    initial=Finding(),
    commands=(
        ask.OpenFundFinding,
        ask.JudgeFundFinding,
        ask.RectifyFundFinding,
        ask.CloseFundFinding,
    ),
    events={
        "FundFindingOpened": fact.FundFindingOpened,
        "FundFindingJudged": fact.FundFindingJudged,
        "FundFindingRectified": fact.FundFindingRectified,
        "FundFindingClosed": fact.FundFindingClosed,
    },
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: command.finding_id,
    owner=_owner,
)
