"""Words of the others → what is owed to the public; terms that pass → what is overdue.

What is told are the facts as they were decided: an obligation carries them from the word, so
nobody types them again and nobody can tell something else.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from services.disclosure.domain import bulletin, item_words
from services.disclosure.domain.bulletin import Month, OweBulletin
from services.disclosure.domain.item_words import Item, OweItem, RestateItem, StartTerm
from services.disclosure.domain.terms import LearnTerms, Terms
from services.disclosure.domain.values import (
    CHANNEL_OF,
    MONTHS_OF_A_YEAR,
    ItemKind,
)
from services.disclosure.reactions.library import library_deadlines, library_due
from shared.contracts import evaluation, monitoring, targets
from shared.domain.decider import Json
from shared.domain.rules import RuleSet
from shared.domain.workdays import day_over
from shared.messages import AnyHeard, AnyRecorded, CalledOff, Deadline, Due

HEARS: Final = (*targets.PUBLISHED, *monitoring.PUBLISHED, *evaluation.PUBLISHED)
SERVICE: Final = "abacus|disclosure"
ITEM_DUE: Final = "item-due"
BULLETIN_DUE: Final = "bulletin-due"
WITHHOLDING_ENDS: Final = "withholding-ends"


def react(heard: AnyHeard) -> Sequence[object]:  # noqa: PLR0911 - one match
    """The obligations that follow from a word; most words create none."""
    now = heard.said_at
    match heard.word:
        case targets.RuleSetAdopted() as word:
            return _terms(word, now)
        case targets.ExAnteConcluded(conclusion="INCLUDED") as word:
            return [_owe(word, ItemKind.EX_ANTE_REPORT, _ex_ante(word), None, now)]
        case targets.TargetApproved() as word:
            return _target_approved(word, now)
        case targets.TargetAdjusted() as word:
            return [_restate(word, ItemKind.TARGET, _adjusted(word), word.reason, now)]
        case evaluation.SelfEvaluationAccepted() as word:
            content = _self_evaluation(word)
            return [_owe(word, ItemKind.SELF_EVALUATION, content, word.accepted_on, now)]
        case evaluation.ScoreCorrected() as word:
            content = {"final_score": str(word.after), "grade": word.grade}
            return [_restate(word, ItemKind.SELF_EVALUATION, content, word.finding, now)]
        case evaluation.EvaluationConcluded(kind="FINANCE") as word:
            content = _finance_report(word)
            return [_owe(word, ItemKind.FINANCE_REPORT, content, word.concluded_on, now)]
        case _:
            return ()


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
            return library_deadlines(recorded)


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


def _target_approved(word: targets.TargetApproved, now: datetime) -> Sequence[object]:
    report = item_id(ItemKind.EX_ANTE_REPORT, word.project_code, word.fiscal_year)
    return [
        _owe(word, ItemKind.TARGET, _target(word), word.approved_on, now),
        StartTerm(
            item_id=report,
            region_code=word.region_code,
            fiscal_year=word.fiscal_year,
            starts_on=word.approved_on,
            by=SERVICE,
            now=now,
        ),
    ]


def item_id(kind: ItemKind, project_code: str, fiscal_year: int) -> str:
    """The natural number of an item: one per kind, project and year."""
    return f"{kind.value}-{project_code}-{fiscal_year}"


type Source = (
    targets.ExAnteConcluded
    | targets.TargetApproved
    | evaluation.SelfEvaluationAccepted
    | evaluation.EvaluationConcluded
)


def _owe(
    word: Source, kind: ItemKind, content: Json, starts_on: date | None, now: datetime
) -> OweItem:
    department = None if isinstance(word, evaluation.EvaluationConcluded) else word.department_code
    named = word.project_name if isinstance(word, targets.TargetApproved) else word.project_code
    item = Item(
        item_id=item_id(kind, word.project_code, word.fiscal_year),
        kind=kind,
        channel=CHANNEL_OF[kind],
        fiscal_year=word.fiscal_year,
        region_code=word.region_code,
        department_code=department,
        unit_code=word.unit_code,
        project_code=word.project_code,
        title=f"{_TITLES[kind]}：{named}",
    )
    return OweItem(item=item, content=content, starts_on=starts_on, by=SERVICE, now=now)


def _restate(
    word: targets.TargetAdjusted | evaluation.ScoreCorrected,
    kind: ItemKind,
    content: Json,
    reason: str,
    now: datetime,
) -> RestateItem:
    number = item_id(kind, word.project_code, word.fiscal_year)
    return RestateItem(item_id=number, fields=content, reason=reason, by=SERVICE, now=now)


_TITLES: Final = {
    ItemKind.TARGET: "绩效目标",
    ItemKind.EX_ANTE_REPORT: "事前绩效评估报告",
    ItemKind.SELF_EVALUATION: "绩效自评结果",
    ItemKind.FINANCE_REPORT: "财政绩效评价报告",
}


def _ex_ante(word: targets.ExAnteConcluded) -> Json:
    """事前评估公开表 (`domain` §8.7)."""
    return {
        "unit_code": word.unit_code,
        "requested": str(word.requested),
        "accepted": str(word.accepted),
        "reduced": str(word.reduced),
        "score": str(word.score),
        "grade": word.grade,
        "conclusion": word.conclusion,
        "assessed_on": word.assessed_on.isoformat(),
        "rule_set_version": word.rule_set_version,
        "origin": word.origin,
    }


def _target(word: targets.TargetApproved) -> Json:
    """绩效目标公开表 (`domain` §8.7)."""
    return {
        "unit_code": word.unit_code,
        "project_name": word.project_name,
        "budget": str(word.budget),
        "annual_goal": word.annual_goal,
        "indicators": _indicators(word.indicators),
        "target_version": word.target_version,
        "origin": word.origin,
    }


def _adjusted(word: targets.TargetAdjusted) -> Json:
    return {
        "budget": str(word.budget),
        "indicators": _indicators(word.indicators),
        "target_version": word.target_version,
    }


def _indicators(indicators: Sequence[targets.Indicator]) -> list[Json]:
    return [
        {
            "level1": one.level1,
            "level2": one.level2,
            "name": one.name,
            "operator": one.operator,
            "target_value": None if one.target_value is None else format(one.target_value, "f"),
            "unit": one.unit,
        }
        for one in indicators
    ]


def _self_evaluation(word: evaluation.SelfEvaluationAccepted) -> Json:
    """绩效自评公开表 (`domain` §8.7)."""
    return {
        "unit_code": word.unit_code,
        "execution_rate": str(word.execution_rate),
        "self_score": str(word.self_score),
        "final_score": str(word.final_score),
        "grade": word.grade,
        "findings": list(word.findings),
        "rule_set_version": word.rule_set_version,
    }


def _finance_report(word: evaluation.EvaluationConcluded) -> Json:
    """财政重点评价公开表 (`domain` §8.7)."""
    return {
        "evaluation_id": word.evaluation_id,
        "unit_code": word.unit_code,
        "score": str(word.score),
        "grade": word.grade,
        "concluded_on": word.concluded_on.isoformat(),
    }
