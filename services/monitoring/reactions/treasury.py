"""When a region is tied out, and what has to be looked up for it.

A statement sets the tie-out of its day, each tie-out by the clock the one of the next working
day; both happen in the morning after. The figures are those of the read models at that moment:
three sums that were folded from different facts.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from services.monitoring.domain.calendar import starts
from services.monitoring.domain.statement.events import StatementTaken
from services.monitoring.domain.statement_pages import MissingPages, missing_of
from services.monitoring.domain.tie_out import (
    Figures,
    PublishTieOut,
    Sums,
    TieOutPublished,
    TieOutRequested,
    first_day,
)
from shared.domain.money import Money
from shared.domain.workdays import add_workdays
from shared.messages import AnyRecorded, Deadline, Due, Look

TIE_OUT: Final = "TIE_OUT"
ASKED: Final = "asked"
BY_THE_CLOCK: Final = "clock"
OFFICE_OPENS: Final = timedelta(hours=9)

LEDGERS: Final = """
SELECT coalesce(sum(paid_fen), 0)::bigint, coalesce(sum(returned_fen), 0)::bigint
FROM daily_money WHERE region_code = $1 AND day BETWEEN $2 AND $3
"""
LISTED: Final = """
SELECT (SELECT coalesce(sum(amount_fen), 0)::bigint FROM payment_list
        WHERE region_code = $1 AND settled_on BETWEEN $2 AND $3),
       (SELECT coalesce(sum(r.amount_fen), 0)::bigint
        FROM return_list r JOIN ledger_statement l USING (ledger_id)
        WHERE l.region_code = $1 AND r.returned_on BETWEEN $2 AND $3)
"""
_STATEMENTS: Final = """
WITH pages AS (
  SELECT DISTINCT ON (account, day, series, page) * FROM bank_days
  WHERE region_code = $1 AND day BETWEEN $2 AND $3
  ORDER BY account, day, series, page, taken_on DESC, statement_id DESC),
whole AS (
  SELECT account, day, series, sum(debits_fen) AS debits_fen, sum(credits_fen) AS credits_fen,
         max(taken_on) AS taken_on, max(statement_id) AS statement_id
  FROM pages GROUP BY account, day, series),
counting AS (
  SELECT DISTINCT ON (account, day) * FROM whole
  ORDER BY account, day, taken_on DESC, statement_id DESC)
"""
"""A bank sends a statement again with what it forgot: the last one of an account and day counts.

Of a statement in pages all pages are added up, and of one page the last that was sent.
"""

BANK: Final = (
    _STATEMENTS
    + """
SELECT sum(debits_fen)::bigint, sum(credits_fen)::bigint FROM counting
"""
)
PAGES: Final = (
    _STATEMENTS  # noqa: S608 - both halves are constants of this module
    + """
SELECT account, series, max(page), bool_or(last), array_agg(DISTINCT page)
FROM bank_days WHERE region_code = $1 AND series <> ''
  AND (account, series) IN (SELECT account, series FROM counting)
GROUP BY account, series HAVING NOT bool_or(last) OR max(page) <> count(DISTINCT page)
ORDER BY account, series
"""
)
BREAKS: Final = """
SELECT (SELECT count(*) FROM reconciliation_breaks
        WHERE region_code = $1 AND resolution IS NULL AND booked_on <= $2)
     + (SELECT count(*) FROM statement_lines
        WHERE region_code = $1 AND state = 'OPEN' AND booked_on <= $2)
     + (SELECT count(*) FROM page_breaks
        WHERE region_code = $1 AND state = 'OPEN' AND day_on <= $2)
"""


def of_treasury(recorded: AnyRecorded) -> Sequence[Deadline]:
    """The tie-outs that a fact sets."""
    match recorded.event:
        case StatementTaken(region_code=region, taken_on=day):
            return [_in_the_morning_after(region, day)]
        case TieOutPublished(region_code=region, until_on=day, scheduled=True):
            return [_in_the_morning_after(region, add_workdays(day, 1, region))]
        case TieOutRequested(region_code=region, until_on=day):
            subject = f"{region}|{day.isoformat()}|{ASKED}"
            key = f"tieout:{subject}"
            return [Deadline(key=key, kind=TIE_OUT, subject=subject, due_at=recorded.occurred_at)]
        case _:
            return []


def _in_the_morning_after(region: str, day: date) -> Deadline:
    subject = f"{region}|{day.isoformat()}|{BY_THE_CLOCK}"
    due_at = starts(add_workdays(day, 1, region)) + OFFICE_OPENS
    return Deadline(key=f"tieout:{subject}", kind=TIE_OUT, subject=subject, due_at=due_at)


def tie_out(due: Due, by: str) -> Look:
    """What to look up, and what to say then."""
    region, text, asked = due.subject.split("|")
    day = date.fromisoformat(text)
    days = (region, first_day(day, region), day)

    def then(found: Sequence[Sequence[Sequence[Any]]]) -> PublishTieOut:
        ((ledger,), (listed,), (bank,), pages, ((breaks,),)) = found
        return PublishTieOut(
            region_code=region,
            until_on=day,
            figures=Figures(
                ledger=_sums(ledger),
                listed=_sums(listed),
                bank=None if bank[0] is None else _sums(bank),
                breaks_open=int(breaks),
                missing=tuple(_missing(row) for row in pages),
                gaps=tuple(_gap(row) for row in pages),
            ),
            scheduled=asked == BY_THE_CLOCK,
            by=by,
            now=due.now,
        )

    queries = (
        (LEDGERS, days),
        (LISTED, days),
        (BANK, days),
        (PAGES, days),
        (BREAKS, (region, day)),
    )
    return Look(queries=queries, then=then)


def _missing(row: Sequence[Any]) -> str:
    """Which pages of a statement did not come, as far as one can know."""
    gap = _gap(row)
    wanted = missing_of(frozenset(gap.held), last=gap.last)
    return f"{gap.account} {gap.series}: {', '.join(wanted)}"


def _gap(row: Sequence[Any]) -> MissingPages:
    account, series, _, last, held = row
    return MissingPages(account=account, series=series, held=tuple(sorted(held)), last=last)


def _sums(row: Sequence[int]) -> Sums:
    paid, returned = row
    return Sums(paid=Money(paid), returned=Money(returned))
