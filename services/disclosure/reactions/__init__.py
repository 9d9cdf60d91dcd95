"""Words of the others → what is owed to the public; terms that pass → what is overdue.

What is told are the facts as they were decided: an obligation carries them from the word, so
nobody types them again and nobody can tell something else.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from services.disclosure.domain import bulletin, item_words
from services.disclosure.domain.bulletin import Month, OweBulletin
from services.disclosure.domain.terms import LearnTerms, Terms
from services.disclosure.domain.values import MONTHS_OF_A_YEAR
from services.disclosure.reactions.items import SERVICE, react_to_decisions
from services.disclosure.reactions.library import library_deadlines, library_due
from services.disclosure.reactions.monthly import react_to_daily_work
from services.disclosure.reactions.red_items import red_items
from services.disclosure.reactions.replies import reply_deadlines, reply_reaches
from shared.contracts import evaluation, monitoring, targets
from shared.domain.rules import RuleSet
from shared.domain.workdays import day_over
from shared.messages import AnyHeard, AnyRecorded, CalledOff, Deadline, Due

HEARS: Final = (*targets.PUBLISHED, *monitoring.PUBLISHED, *evaluation.PUBLISHED)
ITEM_DUE: Final = "item-due"
BULLETIN_DUE: Final = "bulletin-due"
WITHHOLDING_ENDS: Final = "withholding-ends"


def react(heard: AnyHeard) -> Sequence[object]:
    """The obligations that follow from a word; most words create none."""
    now = heard.said_at
    match heard.word:
        case targets.RuleSetAdopted() as word:
            return _terms(word, now)
        case _:
            return (*react_to_decisions(heard), *react_to_daily_work(heard), *red_items(heard))


def schedule(  # noqa: PLR0911 - one match
    recorded: AnyRecorded,
) -> Sequence[Deadline | CalledOff]:
    """When an obligation falls due, when a withholding ends, and what no longer matters."""
    subject = recorded.id
    match recorded.event:
        case item_words.ItemOwed(due_on=date() as day) | item_words.TermStarted(due_on=day):
            return [_deadline(ITEM_DUE, subject, day)]
        case item_words.ItemPublished():
            return [CalledOff(key=f"{ITEM_DUE}:{subject}")]
        case item_words.ItemWithheld(expires_on=day):
            return [
                CalledOff(key=f"{ITEM_DUE}:{subject}"),
                _deadline(WITHHOLDING_ENDS, subject, day),
            ]
        case item_words.WithholdingExpired(due_on=date() as day):
            return [_deadline(ITEM_DUE, subject, day)]
        case bulletin.BulletinOwed(due_on=day):
            return [_deadline(BULLETIN_DUE, subject, day)]
        case bulletin.BulletinIssued():
            return [CalledOff(key=f"{BULLETIN_DUE}:{subject}")]
        case _:
            return (*reply_deadlines(recorded), *library_deadlines(recorded))


def fall_due(due: Due) -> object | None:
    """The command that the passing of a term issues."""
    match due.kind:
        case "item-due":
            return item_words.MarkItemOverdue(item_id=due.subject, by=SERVICE, now=due.now)
        case "withholding-ends":
            return item_words.EndWithholding(item_id=due.subject, by=SERVICE, now=due.now)
        case "bulletin-due":
            region_code, year, month = due.subject.rsplit("-", 2)
            at = Month(region_code=region_code, year=int(year), month=int(month))
            return bulletin.MarkBulletinOverdue(month=at, by=SERVICE, now=due.now)
        case "reply-reaches":
            return reply_reaches(due)
        case _:
            return library_due(due)


def _deadline(kind: str, subject: str, day: date) -> Deadline:
    return Deadline(key=f"{kind}:{subject}", kind=kind, subject=subject, due_at=day_over(day))


def _terms(word: targets.RuleSetAdopted, now: datetime) -> Sequence[object]:
    rules = RuleSet.parse(word.rules, word.rule_set_version).disclosure
    learnt = Terms(
        with_budget_days=rules.with_budget_days,
        with_final_accounts_days=rules.with_final_accounts_days,
        key_report_working_days=rules.key_report_days,
        monthly_day=rules.monthly_day,
        rule_set_version=word.rule_set_version,
        comment_answer_working_days=rules.comment_answer_days,
    )
    region_code, year = word.region_code, word.fiscal_year
    months = [
        Month(region_code=region_code, year=year, month=month)
        for month in range(1, MONTHS_OF_A_YEAR + 1)
    ]
    return [
        LearnTerms(region_code=region_code, fiscal_year=year, terms=learnt, by=SERVICE, now=now),
        *(
            OweBulletin(month=at, due_on=at.due_on(learnt.monthly_day), by=SERVICE, now=now)
            for at in months
        ),
    ]
