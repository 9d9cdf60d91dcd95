"""The annual report of a region, issued with the chapters and the figures it stands for.

An edition never changes. Other content is another edition; once the year is closed, it is a
correction and says why (`domain` §6.6: after the closing nothing changes silently).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, assert_never

from services.disclosure.domain import year_closing
from services.disclosure.domain.content import digest
from services.disclosure.domain.refusals import (
    CorrectionWithoutReason,
    FiguresMissing,
    YearNotBegun,
)
from services.disclosure.domain.telling import (
    Figure,
    Passage,
    check,
    figures_as_json,
    passages_as_json,
)
from shared.domain.decider import Decider, Json, Owner, Reference
from shared.domain.workdays import business_date

__all__ = [
    "Figure",
    "IssueAnnualReport",
    "Passage",
    "Report",
    "ReportEvent",
    "ReportIssued",
    "decide",
    "decider",
    "evolve",
    "report_content",
    "report_digest",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueAnnualReport:
    """Tell the public how the year went. A report may be issued again: as a new edition."""

    region_code: str
    fiscal_year: int
    figures: tuple[Figure, ...]
    by: str
    now: datetime
    title: str = ""
    passages: tuple[Passage, ...] = ()
    reason: str = ""
    closed: bool = False


type ReportCommand = IssueAnnualReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIssued:
    """The public was told how the year went."""

    region_code: str
    fiscal_year: int
    edition: int
    figures: tuple[Figure, ...]
    issued_on: date
    title: str = ""
    passages: tuple[Passage, ...] = ()
    reason: str = ""


type ReportEvent = ReportIssued


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The latest edition; number 0 before the first."""

    region_code: str = ""
    edition: int = 0
    figures: tuple[Figure, ...] = ()
    passages: tuple[Passage, ...] = ()


def report_content(issued: ReportIssued) -> Json:
    """Everything that an edition tells; its digest is that of this content."""
    return {
        "region_code": issued.region_code,
        "fiscal_year": issued.fiscal_year,
        "edition": issued.edition,
        "title": issued.title,
        "reason": issued.reason,
        "passages": passages_as_json(issued.passages),
        "figures": figures_as_json(issued.figures),
    }


def report_digest(issued: ReportIssued) -> str:
    """SHA-256 of what an edition tells."""
    return digest(report_content(issued))


def decide(command: ReportCommand, report: Report) -> Sequence[ReportEvent]:
    """The same content is not told twice; other content is another edition."""
    match command:
        case IssueAnnualReport(figures=figures, passages=passages):
            if report.edition and (report.figures, report.passages) == (figures, passages):
                return []
            if not figures:
                raise FiguresMissing(pointer="/figures")
            check(passages, figures)
            today = business_date(command.now)
            if today.year < command.fiscal_year:
                raise YearNotBegun(fiscal_year=command.fiscal_year)
            if report.edition and command.closed and not command.reason:
                raise CorrectionWithoutReason(pointer="/reason")
            return [_issued(command, report.edition + 1, today)]
        case _:
            assert_never(command)


def _issued(command: IssueAnnualReport, edition: int, today: date) -> ReportIssued:
    return ReportIssued(
        region_code=command.region_code,
        fiscal_year=command.fiscal_year,
        edition=edition,
        figures=command.figures,
        issued_on=today,
        title=command.title,
        passages=command.passages,
        reason=command.reason,
    )


def evolve(_report: Report, event: ReportEvent) -> Report:
    """Remember the latest edition."""
    return Report(
        region_code=event.region_code,
        edition=event.edition,
        figures=event.figures,
        passages=event.passages,
    )


def _identify(command: ReportCommand) -> str:
    return f"{command.region_code}-{command.fiscal_year}"


def _consults(command: ReportCommand) -> Sequence[Reference]:
    return (year_closing.reference(command.region_code, command.fiscal_year),)


def _inform(command: ReportCommand, states: Sequence[object]) -> ReportCommand:
    [year] = states
    return replace(command, closed=isinstance(year, year_closing.Year) and year.closed)


def _owner(report: Report) -> Owner | None:
    return Owner(region_code=report.region_code) if report.edition else None


decider: Final[Decider[ReportCommand, ReportEvent, Report]] = Decider(
    category="report",
    initial=Report(),
    commands=(IssueAnnualReport,),
    events={"ReportIssued": ReportIssued},
    decide=decide,
    evolve=evolve,
    identify=_identify,
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
