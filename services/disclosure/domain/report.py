"""The annual report of a region, issued with the figures it stands for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, assert_never

from services.disclosure.domain.refusals import FiguresMissing, YearNotBegun
from shared.domain.decider import Decider, Owner
from shared.domain.workdays import business_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure as it was told."""

    id: str
    label: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueAnnualReport:
    """Tell the public how the year went. A report may be issued again: as a new edition."""

    region_code: str
    fiscal_year: int
    figures: tuple[Figure, ...]
    by: str
    now: datetime


type ReportCommand = IssueAnnualReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIssued:
    """The public was told how the year went."""

    region_code: str
    fiscal_year: int
    edition: int
    figures: tuple[Figure, ...]
    issued_on: date


type ReportEvent = ReportIssued


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The latest edition; number 0 before the first."""

    region_code: str = ""
    edition: int = 0
    figures: tuple[Figure, ...] = ()


def decide(command: ReportCommand, report: Report) -> Sequence[ReportEvent]:
    """The same figures are not told twice; other figures are another edition."""
    match command:
        case IssueAnnualReport(figures=figures):
            if report.edition and report.figures == figures:
                return []
            if not figures:
                raise FiguresMissing(pointer="/figures")
            today = business_date(command.now)
            if today.year < command.fiscal_year:
                raise YearNotBegun(fiscal_year=command.fiscal_year)
            return [
                ReportIssued(
                    region_code=command.region_code,
                    fiscal_year=command.fiscal_year,
                    edition=report.edition + 1,
                    figures=figures,
                    issued_on=today,
                )
            ]
        case _:
            assert_never(command)


def evolve(_report: Report, event: ReportEvent) -> Report:
    """Remember the latest edition."""
    return Report(region_code=event.region_code, edition=event.edition, figures=event.figures)


def _identify(command: ReportCommand) -> str:
    return f"{command.region_code}-{command.fiscal_year}"


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
)
