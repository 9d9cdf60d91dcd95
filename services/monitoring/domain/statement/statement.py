"""The statement as one value the kernel can run.

A message is taken once: sent again it is silent, another one with its number is refused. A long
list is taken in parts, each once, so that whoever died begins where he was.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, assert_never

from services.monitoring.domain.ledger.commands import BookLines
from services.monitoring.domain.statement import commands as ask
from services.monitoring.domain.statement import events as fact
from services.monitoring.domain.statement import refusals as no
from services.monitoring.domain.statement.kept import KeptLine
from services.monitoring.domain.statement.lines import HOME_CURRENCY, DaySum, LineUse
from services.monitoring.domain.statement.naming import source_of
from services.monitoring.domain.statement.sorting import treasury_line
from services.monitoring.domain.statement_pages import TakePage, pages_id
from shared.domain.decider import Decider, Owner
from shared.domain.workdays import business_date

FIRST_OWNER: Final = "FB_TREASURY"
"""Who looks at a line that nobody was named for: the treasury section of the bureau (**D**)."""
LINES_PER_FACT: Final = 150
"""A fact is a page, not a book: so many lines with long texts still fit (`reliability`)."""


class LineState(StrEnum):
    """How a kept line stands."""

    OPEN = "OPEN"
    ASSIGNED = "ASSIGNED"
    REJECTED = "REJECTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A line that is kept, and what a person decided about it."""

    line: KeptLine
    owner: str
    state: LineState = LineState.OPEN
    ledger: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A message that was taken, or nothing yet."""

    system: str = ""
    message_id: str = ""
    region_code: str = ""
    digest: str = ""
    parts: frozenset[int] = frozenset()
    kept: Mapping[str, Kept] = field(default_factory=dict)

    @property
    def taken(self) -> bool:
        """Whether anything of it is there."""
        return bool(self.parts)


type Facts = Sequence[fact.StatementEvent]


def decide(command: ask.StatementCommand, state: Statement) -> Facts:
    """The facts a command makes true."""
    if isinstance(command, ask.TakeStatement):
        return _take(command, state)
    if not state.taken:
        raise no.StatementNotTaken
    found = state.kept.get(str(command.line_no))
    if found is None:
        raise no.LineUnknown(line_no=command.line_no)
    match command:
        case ask.AssignStatementLine():
            return _assign(command, state, found)
        case ask.RejectStatementLine():
            return _reject(command, state, found)
        case ask.TransferStatementLine(owner=owner):
            if found.state is not LineState.OPEN:
                raise no.LineResolved(line_no=command.line_no, state=found.state)
            transferred = fact.LineTransferred(
                region_code=state.region_code, line_no=command.line_no, owner=owner
            )
            return [] if found.owner == owner else [transferred]
        case _:
            assert_never(command)


def _take(command: ask.TakeStatement, state: Statement) -> Facts:
    other = (state.digest, state.region_code) != (command.digest, command.region_code)
    if state.taken and other:
        raise no.MessageReused(
            f"Another message {command.message_id} of {command.system} was taken.",
            remedy="Ask the sender for a message with a number of its own.",
            detail_zh=f"{command.system} 的报文 {command.message_id} 已接收，内容不同。",
            remedy_zh="请发送方使用新的报文编号。",
        )
    if command.part in state.parts:
        return []
    today = business_date(command.now)
    taken = fact.StatementTaken(
        system=command.system,
        message_id=command.message_id,
        region_code=command.region_code,
        form=command.form,
        digest=command.digest,
        part=command.part,
        parts=command.parts,
        first=not state.taken,
        lines=command.lines,
        paid=command.paid,
        returned=command.returned,
        days=command.days,
        taken_on=today,
        taken_by=command.by,
        taken_at=command.now,
    )
    region = command.region_code
    return [
        taken,
        *(
            fact.LinesKept(region_code=region, owner=FIRST_OWNER, kept=some, opened_on=today)
            for some in _pages(command.kept)
        ),
        *(fact.LinesRefused(region_code=region, refused=some) for some in _pages(command.refused)),
    ]


def _pages[T](lines: tuple[T, ...]) -> Iterable[tuple[T, ...]]:
    return (lines[n : n + LINES_PER_FACT] for n in range(0, len(lines), LINES_PER_FACT))


def _assign(command: ask.AssignStatementLine, state: Statement, found: Kept) -> Facts:
    ledger = command.project_code, command.fiscal_year
    if found.state is LineState.ASSIGNED and found.ledger == ledger:
        return []
    if found.state is not LineState.OPEN:
        raise no.LineResolved(line_no=command.line_no, state=found.state)
    line = found.line.line
    if line.use is LineUse.ANSWER:
        raise no.LineMovesNothing(remedy="Reject the line with a note, or transfer it.")
    if line.currency != HOME_CURRENCY and command.amount is None:
        raise no.AmountInYuanMissing(pointer="/amount", currency=line.currency)
    source = source_of(state.system, state.message_id)
    return [
        fact.LineAssigned(
            region_code=state.region_code,
            line_no=command.line_no,
            project_code=command.project_code,
            fiscal_year=command.fiscal_year,
            line=treasury_line(line, source, command.payment_id, command.amount),
            note=command.note,
            by=command.by,
            assigned_at=command.now,
        )
    ]


def _reject(command: ask.RejectStatementLine, state: Statement, found: Kept) -> Facts:
    if not command.note.strip():
        raise no.NoteMissing(pointer="/note")
    if found.state is LineState.REJECTED:
        return []
    if found.state is LineState.ASSIGNED:
        raise no.LineResolved(line_no=command.line_no, state=found.state)
    return [
        fact.LineRejected(region_code=state.region_code, line_no=command.line_no, note=command.note)
    ]


def evolve(state: Statement, event: fact.StatementEvent) -> Statement:
    """Each fact as history has it."""
    match event:
        case fact.StatementTaken():
            return replace(
                state,
                system=event.system,
                message_id=event.message_id,
                region_code=event.region_code,
                digest=event.digest,
                parts=state.parts | {event.part},
            )
        case fact.LinesKept(kept=lines, owner=owner):
            more = {str(one.line.number): Kept(line=one, owner=owner) for one in lines}
            return replace(state, kept={**state.kept, **more})
        case fact.LinesRefused():
            return state
        case fact.LineAssigned(line_no=number):
            ledger = event.project_code, event.fiscal_year
            return _changed(state, number, state=LineState.ASSIGNED, ledger=ledger)
        case fact.LineRejected(line_no=number):
            return _changed(state, number, state=LineState.REJECTED)
        case fact.LineTransferred(line_no=number, owner=owner):
            return _changed(state, number, owner=owner)
        case _:
            assert_never(event)


def _changed(statement: Statement, number: int, **values: object) -> Statement:
    key = str(number)
    changed = replace(statement.kept[key], **values)  # type: ignore[arg-type]
    return replace(statement, kept={**statement.kept, key: changed})


def _entails(event: fact.StatementEvent, _state: Statement) -> Iterable[object]:
    """A line that has found its ledger is booked there in the same act; a page is noted."""
    if isinstance(event, fact.StatementTaken):
        yield from _paged(event)
    if isinstance(event, fact.LineAssigned):
        yield BookLines(
            project_code=event.project_code,
            fiscal_year=event.fiscal_year,
            lines=(event.line,),
            by=event.by,
            now=event.assigned_at,
        )


def _paged(event: fact.StatementTaken) -> Iterable[TakePage]:
    ours = (day for day in event.days if day.series and day.currency == HOME_CURRENCY)
    pages: dict[tuple[str, str], list[DaySum]] = defaultdict(list)
    for day in ours:
        pages[day.account, day.series].append(day)
    for (account, series), days in pages.items():
        if event.taken_at is not None:
            yield TakePage(
                pages_id=pages_id(event.region_code, account, series),
                region_code=event.region_code,
                account=account,
                series=series,
                page=days[0].page,
                last=days[0].last,
                returns=tuple(name for one in days for name in one.returns),
                by=event.taken_by,
                now=event.taken_at,
            )


def _owner(state: Statement) -> Owner | None:
    return Owner(region_code=state.region_code) if state.taken else None


def _identify(command: ask.StatementCommand) -> str:
    return command.id


statement_decider: Final[Decider[ask.StatementCommand, fact.StatementEvent, Statement]] = Decider(
    category="statement",
    initial=Statement(),
    commands=(
        ask.TakeStatement,
        ask.AssignStatementLine,
        ask.RejectStatementLine,
        ask.TransferStatementLine,
    ),
    events={
        "StatementTaken": fact.StatementTaken,
        "LinesKept": fact.LinesKept,
        "LinesRefused": fact.LinesRefused,
        "LineAssigned": fact.LineAssigned,
        "LineRejected": fact.LineRejected,
        "LineTransferred": fact.LineTransferred,
    },
    decide=decide,
    evolve=evolve,
    identify=_identify,
    owner=_owner,
    entails=_entails,
)
