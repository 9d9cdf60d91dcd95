"""What is told of months and years: bulletins, reports, and the closing of a fiscal year."""

from services.disclosure.domain import bulletin, report
from services.disclosure.domain.bulletin_words import (
    Told,
    bulletin_content,
    bulletin_digest,
    edition_of,
    told_on,
)
from services.disclosure.domain.report import report_digest
from services.disclosure.domain.telling import passages_as_json
from services.disclosure.domain.year_closing_words import (
    ClosedYearCorrected,
    FiscalYearClosed,
)
from shared.contracts import disclosure as said
from shared.contracts.disclosure import years
from shared.contracts.public_event import PublicEvent

type PeriodFact = (
    bulletin.BulletinIssued
    | bulletin.BulletinCorrected
    | bulletin.BulletinOverdue
    | report.ReportIssued
    | FiscalYearClosed
    | ClosedYearCorrected
)


def of_periods(fact: PeriodFact) -> PublicEvent:
    """The word for a fact about a month or a year."""
    match fact:
        case bulletin.BulletinIssued() | bulletin.BulletinCorrected():
            return _bulletin_told(fact)
        case bulletin.BulletinOverdue():
            return _bulletin_overdue(fact)
        case report.ReportIssued():
            return _report_issued(fact)
        case FiscalYearClosed():
            return _closed(fact)
        case ClosedYearCorrected():
            return _corrected(fact)


def _bulletin_told(fact: Told) -> PublicEvent:
    content = bulletin_content(fact)
    return said.MonthlyBulletinIssued(
        region_code=fact.month.region_code,
        year=fact.month.year,
        month=fact.month.month,
        content={name: content[name] for name in ("lines", "passages", "figures")},
        issued_on=told_on(fact),
        edition=edition_of(fact),
        reason=str(content["reason"]),
        content_sha256=bulletin_digest(fact),
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
        figures={
            f.id: {
                "label": f.label,
                "value": f.value,
                "unit": f.unit,
                "shown": f.shown,
                "items": f.items,
            }
            for f in fact.figures
        },
        issued_on=fact.issued_on,
        title=fact.title,
        passages=tuple(passages_as_json(fact.passages)),
        reason=fact.reason,
        content_sha256=report_digest(fact),
    )


def _closed(fact: FiscalYearClosed) -> PublicEvent:
    """Who closed it stays inside; that a leader signed follows from what was carried over."""
    return years.FiscalYearClosed(
        region_code=fact.region_code,
        fiscal_year=fact.fiscal_year,
        carried=tuple(
            years.CarriedOver(
                item_id=one.item.item_id,
                kind=one.item.kind.value,
                region_code=one.item.region_code,
                project_code=one.item.project_code,
                since=one.item.since,
                reason=one.reason,
            )
            for one in fact.carried
        ),
        closed_on=fact.closed_on,
    )


def _corrected(fact: ClosedYearCorrected) -> PublicEvent:
    return years.ClosedYearCorrected(
        region_code=fact.region_code,
        fiscal_year=fact.fiscal_year,
        item_id=fact.item.item_id,
        kind=fact.item.kind.value,
        project_code=fact.item.project_code,
        change="ENDED" if fact.ended else "OPENED",
        carried=fact.carried,
        corrected_on=fact.corrected_on,
    )
