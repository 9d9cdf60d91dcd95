"""What disclosure tells everybody: chosen case by case; who prepared and reviewed stays inside."""

from typing import TypedDict, assert_never

from services.disclosure.domain import (
    budget_reply,
    bulletin,
    idea,
    item_words,
    report,
    terms,
    year_closing_words,
)
from services.disclosure.domain.content import digest
from services.disclosure.publishing.library import UNSAID, Unsaid
from services.disclosure.publishing.periods import of_periods
from shared.contracts import disclosure as said
from shared.contracts.public_event import PublicEvent
from shared.messages import Recorded
from shared.webhooks import subscription

type Event = (
    item_words.ItemEvent
    | bulletin.BulletinEvent
    | report.ReportEvent
    | idea.IdeaEvent
    | Unsaid
    | terms.TermsLearnt
    | budget_reply.BudgetReplyRecorded
    | year_closing_words.ClosingEvent
    | subscription.WebhookEvent
)


def publish(recorded: Recorded[Event]) -> PublicEvent | None:  # noqa: PLR0911 - one match
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
        case (
            bulletin.BulletinIssued()
            | bulletin.BulletinCorrected()
            | bulletin.BulletinOverdue()
            | report.ReportIssued()
            | year_closing_words.FiscalYearClosed()
            | year_closing_words.ClosedYearCorrected()
        ) as fact:
            return of_periods(fact)
        case (
            item_words.ItemOwed()
            | item_words.TermStarted()
            | item_words.ItemPrepared()
            | item_words.SecrecyReviewed()
            | item_words.ItemRestated()
            | item_words.ItemEntryNoted()
            | item_words.ItemArchived()
            | budget_reply.BudgetReplyRecorded()
            | bulletin.BulletinOwed()
            | idea.IdeaDeclared()
            | idea.IdeaDropped()
            | terms.TermsLearnt()
            | year_closing_words.RedItemNoted()
            | year_closing_words.RedItemEnded()
            | subscription.WebhookRegistered()
            | subscription.WebhookKeyRotated()
            | subscription.WebhookSuspended()
            | subscription.WebhookResumed()
            | subscription.WebhookReplayRequested()
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
    unit_code: str | None
    project_code: str | None


def _about(item: item_words.Item) -> _About:
    return _About(
        region_code=item.region_code,
        item_id=item.item_id,
        channel=item.channel.value,
        kind=item.kind.value,
        fiscal_year=item.fiscal_year,
        unit_code=item.unit_code or None,
        project_code=item.project_code or None,
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
        published_at=fact.published_at,
        file_sha256=fact.file_sha256,
        column=fact.column,
    )


def _withheld(fact: item_words.ItemWithheld) -> PublicEvent:
    return said.DisclosureWithheld(
        **_about(fact.item),
        legal_basis=fact.legal_basis,
        authority=fact.authority,
        expires_on=fact.expires_on,
        protects=fact.protects,
    )


def _corrected(fact: item_words.ItemCorrected) -> PublicEvent:
    return said.DisclosureCorrected(
        **_about(fact.item),
        reason=fact.reason,
        changes={c.pointer: {"before": c.before, "after": c.after} for c in fact.changes},
        content_sha256=digest(fact.content),
        corrected_on=fact.corrected_on,
    )
