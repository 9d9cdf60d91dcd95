"""Returns that may have been told twice: found among what is booked, ended by the statement."""

from collections.abc import Collection, Sequence
from typing import Final

from sqlmodel import col, select

from services.monitoring.api.intake.booking import Envelope, Sender, ask_of
from services.monitoring.domain.statement.commands import RejectStatementLine
from services.monitoring.domain.statement.lines import BankLine, BankMessage
from services.monitoring.domain.statement.sorting import Unmatched
from services.monitoring.domain.statement.twins import (
    OF_THE_DAY,
    Doubted,
    FirstTold,
    doubtful,
    ended_by,
    first_of,
    renamed_again,
)
from services.monitoring.projections.treasury_lines import OPEN, StatementLineRow
from shared.asking import Ask
from shared.http.reading import looking
from shared.http.runtime import Runtime

_TOLD: Final = "{statement} tells this return, too; it is booked there."
_TOLD_ONCE: Final = "{statement} of the whole day tells this return once."


async def marked(
    runtime: Runtime,
    whose: tuple[str, str, str],
    lines: Sequence[BankLine],
    booked: Collection[FirstTold],
) -> Sequence[BankLine]:
    """The lines of a message, the doubtful ones marked; `whose` are region, form and statement."""
    region, form, statement = whose
    found = doubtful(lines, form, statement, {one.return_id: one for one in booked})
    if not found:
        return lines
    names = {line.return_id for line in found}
    kept = await _waiting(runtime, region, names, every=True)
    taken = {one.return_id for one in booked} | {
        one.return_id for one in kept if one.statement != statement
    }
    return renamed_again(lines, {line.number for line in found}, taken)


async def endings(
    runtime: Runtime, envelope: Envelope, message: BankMessage, sender: Sender
) -> list[Ask]:
    """What a report or statement of the day ends of the breaks that wait for it."""
    if not message.form.startswith(OF_THE_DAY):
        return []
    names = {first_of(line.return_id) for line in message.lines if line.return_id}
    waiting = await _waiting(runtime, sender.region_code, names)
    return [
        ask_of(
            RejectStatementLine(
                statement=one.statement,
                line_no=one.line_no,
                note=(_TOLD if told else _TOLD_ONCE).format(statement=envelope.statement),
                by=sender.actor,
                now=sender.now,
            ),
            sender,
            envelope.source,
        )
        for one, told in ended_by(message, envelope.statement, waiting)
    ]


async def _waiting(
    runtime: Runtime, region: str, names: Collection[str], *, every: bool = False
) -> Sequence[Doubted]:
    """The breaks of these returns in a region: those that are open, or all there were."""
    query = select(StatementLineRow).where(
        StatementLineRow.region_code == region,
        StatementLineRow.reason == Unmatched.RETURN_TOLD_AGAIN.value,
    )
    if not every:
        query = query.where(StatementLineRow.state == OPEN)
    async with looking(runtime) as session:
        rows = (await session.execute(query.order_by(col(StatementLineRow.line_no)))).scalars()
        return [
            Doubted(statement=row.statement_id, line_no=row.line_no, return_id=row.return_id)
            for row in rows
            if first_of(row.return_id) in names
        ]
