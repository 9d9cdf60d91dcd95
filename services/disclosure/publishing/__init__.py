"""What disclosure tells everybody: chosen case by case; who prepared and reviewed stays inside."""

from typing import TypedDict, assert_never

from services.disclosure.domain import (
    bulletin,
    idea,
    item_words,
    report,
    terms,
)
from services.disclosure.domain.content import digest
from services.disclosure.publishing.library import UNSAID, Unsaid
from shared.contracts import disclosure as said
from shared.contracts.public_event import PublicEvent
from shared.messages import Recorded

type Event = (
    item_words.ItemEvent
    | bulletin.BulletinEvent
    | report.ReportEvent
    | idea.IdeaEvent
    | Unsaid
    | terms.TermsLearnt
)


def publish(  # noqa: C901, PLR0911 - one match
    recorded: Recorded[Event],
) -> PublicEvent | None:
    """The word for a fact, or silence on purpose."""
    event = recorded.event
    if isinstance(event, UNSAID):
        return None
    match event:
        case item_words.ItemPublished() as fact:
            return _published(fact)
        case item_words.ItemWithheld() as fact:
            return _withheld(fact)
        case item_words.WithholdingExpired(item=item, expired_on=day):
            return said.WithholdingExpired(**_about(item), expired_on=day)
        case item_words.ItemCorrected() as fact:
            return _corrected(fact)
        case item_words.ItemOverdue(item=item, due_on=day):
            return said.DisclosureOverdue(**_about(item), due_on=day)
        case bulletin.BulletinIssued() as fact:
            return _bulletin_issued(fact)
        case bulletin.BulletinOverdue() as fact:
            return _bulletin_overdue(fact)
        case report.ReportIssued() as fact:
            return _report_issued(fact)
        case (
            item_words.ItemOwed()
            | item_words.TermStarted()
            | item_words.ItemPrepared()
            | item_words.SecrecyReviewed()
            | item_words.ItemRestated()
            | bulletin.BulletinOwed()
            | idea.IdeaDeclared()
            | idea.IdeaDropped()
            | terms.TermsLearnt()
        ):
            return None
        case silent:
            assert_never(silent)


class _About(TypedDict):
    """What every word about an item says."""

    region_code: str
    item_id: str
    channel: said.Channel
    kind: said.ItemKind
    fiscal_year: int
    unit_code: str
    project_code: str


def _about(item: item_words.Item) -> _About:
    return _About(
        region_code=item.region_code,
        item_id=item.item_id,
        channel=item.channel.value,
        kind=item.kind.value,
        fiscal_year=item.fiscal_year,
        unit_code=item.unit_code,
        project_code=item.project_code,
    )


def _published(fact: item_words.ItemPublished) -> PublicEvent:
    return said.DisclosurePublished(
        **_about(fact.item),
        title=fact.item.title,
        content=fact.content,
        content_sha256=digest(fact.content),
        url=fact.url,
        published_on=fact.published_on,
        due_on=fact.due_on,
    )


def _withheld(fact: item_words.ItemWithheld) -> PublicEvent:
    return said.DisclosureWithheld(
        **_about(fact.item),
        legal_basis=fact.legal_basis,
        authority=fact.authority,
        expires_on=fact.expires_on,
    )


def _corrected(fact: item_words.ItemCorrected) -> PublicEvent:
    return said.DisclosureCorrected(
        **_about(fact.item),
        reason=fact.reason,
        changes={c.pointer: {"before": c.before, "after": c.after} for c in fact.changes},
        content_sha256=digest(fact.content),
        corrected_on=fact.corrected_on,
    )


def _bulletin_issued(fact: bulletin.BulletinIssued) -> PublicEvent:
    return said.MonthlyBulletinIssued(
        region_code=fact.month.region_code,
        year=fact.month.year,
        month=fact.month.month,
        content={
            "lines": [
                {
                    "work": line.work,
                    "units": line.units,
                    "projects": line.projects,
                    "result": line.result,
                }
                for line in fact.lines
            ]
        },
        issued_on=fact.issued_on,
    )


def _bulletin_overdue(fact: bulletin.BulletinOverdue) -> PublicEvent:
    return said.DisclosureOverdue(
        region_code=fact.month.region_code,
        item_id=fact.month.id,
        channel="MONTHLY",
        kind="MONTHLY",
        fiscal_year=fact.month.year,
        due_on=fact.due_on,
    )


def _report_issued(fact: report.ReportIssued) -> PublicEvent:
    return said.AnnualReportIssued(
        region_code=fact.region_code,
        fiscal_year=fact.fiscal_year,
        edition=fact.edition,
        figures={f.id: {"label": f.label, "value": f.value, "unit": f.unit} for f in fact.figures},
        issued_on=fact.issued_on,
    )
