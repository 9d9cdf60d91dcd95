"""Where an ex-ante assessment stands, and how each fact moves it.

`authors` are all who ever handed a report in, also in a round that was given back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final, assert_never

from services.targets.domain.events.ex_ante import (
    ExAnteAmountReduced,
    ExAnteConcluded,
    ExAnteConsumed,
    ExAnteEvent,
    ExAnteGraded,
    ExAnteObjectionDecided,
    ExAnteObjectionFiled,
    ExAnteReportReturned,
    ExAnteReportReviewed,
    ExAnteReportSubmitted,
    ExAnteScored,
)
from services.targets.domain.values import Conclusion
from shared.domain.hands import NOBODY, Hands
from shared.domain.money import Money


@dataclass(frozen=True, slots=True)
class NoReport:
    """Nothing was handed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """The department has the report."""

    report: ExAnteReportSubmitted
    authors: Hands = NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """The unit has it back."""

    report: ExAnteReportSubmitted
    authors: Hands = NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What one scorer gave."""

    points: Mapping[str, Decimal]
    total: Decimal
    vetoes: tuple[str, ...]
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """The department passed it on; scorers are at work."""

    report: ExAnteReportSubmitted
    scores: Mapping[str, Score] = field(default_factory=dict)
    authors: Hands = NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """There is a grade; the amount may be cut. `cutters` are all who ever cut it."""

    report: ExAnteReportSubmitted
    scores: Mapping[str, Score]
    grading: ExAnteGraded
    cut: ExAnteAmountReduced | None = None
    authors: Hands = NOBODY
    cutters: Hands = NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    """It ended; `decided_objection` says that no other objection is possible."""

    graded: Graded
    outcome: ExAnteConcluded
    decided_objection: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderObjection:
    """The unit does not agree with how it ended."""

    concluded: Concluded
    filed: ExAnteObjectionFiled


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumed:
    """The project's budget was approved by it; nothing changes any more."""

    concluded: Concluded
    used: ExAnteConsumed


type Ended = Concluded | UnderObjection | Consumed
type ExAnteState = NoReport | Submitted | Returned | Scoring | Graded | Ended


NO_REPORT: Final = NoReport()


def assessment_of(state: object) -> ExAnteState:
    """The assessment, as a decision that consulted it was told."""
    known = Submitted | Returned | Scoring | Graded | Concluded | UnderObjection | Consumed
    return state if isinstance(state, known) else NO_REPORT


def authors_of(state: ExAnteState) -> Hands:
    """Everybody who ever handed the report in."""
    match state:
        case NoReport():
            return NOBODY
        case Submitted() | Returned() | Scoring() | Graded():
            return state.authors
        case Concluded(graded=graded):
            return graded.authors
        case UnderObjection(concluded=concluded) | Consumed(concluded=concluded):
            return concluded.graded.authors


def conclusion_of(state: object) -> Conclusion | None:
    """How the assessment ended; while an objection is open the conclusion stands."""
    match state:
        case Concluded(outcome=outcome):
            return outcome.conclusion
        case UnderObjection(concluded=concluded) | Consumed(concluded=concluded):
            return concluded.outcome.conclusion
        case _:
            return None


def report_of(state: ExAnteState) -> ExAnteReportSubmitted | None:
    """The report under assessment."""
    match state:
        case NoReport():
            return None
        case Submitted() | Returned() | Scoring() | Graded():
            return state.report
        case Concluded(graded=graded):
            return graded.report
        case UnderObjection(concluded=concluded) | Consumed(concluded=concluded):
            return concluded.graded.report


def assessed_amount(state: ExAnteState) -> Money | None:
    """What the assessment accepted; before it is concluded, what the report asks for."""
    match state:
        case Concluded(outcome=outcome):
            return outcome.accepted
        case UnderObjection(concluded=concluded) | Consumed(concluded=concluded):
            return concluded.outcome.accepted
        case _:
            report = report_of(state)
            return report.requested if report else None


def evolve(  # noqa: C901, PLR0911 - one answer per fact
    state: ExAnteState,
    event: ExAnteEvent,
) -> ExAnteState:
    """The assessment after this. History is believed: what does not fit changes nothing."""
    match event, state:
        case ExAnteReportSubmitted(), _:
            return Submitted(report=event, authors=authors_of(state).also(event.submitted_by))
        case ExAnteReportReviewed(), Submitted(report=report, authors=authors):
            return Scoring(report=report, authors=authors)
        case ExAnteReportReturned(), Submitted() | Scoring():
            return Returned(report=state.report, authors=state.authors)
        case ExAnteScored(), Scoring(scores=scores):
            given = Score(
                points=event.points,
                total=event.total,
                vetoes=event.vetoes,
                reasons=event.reasons,
            )
            return replace(state, scores={**scores, event.scored_by: given})
        case ExAnteGraded(), Scoring(report=report, scores=scores, authors=authors):
            return Graded(report=report, scores=scores, grading=event, authors=authors)
        case ExAnteAmountReduced(), Graded(cutters=cutters):
            return replace(state, cut=event, cutters=cutters.also(event.reduced_by))
        case ExAnteConcluded(), Graded():
            return Concluded(graded=state, outcome=event)
        case ExAnteConcluded(), Concluded():
            return replace(state, outcome=event)
        case ExAnteObjectionFiled(), Concluded():
            return UnderObjection(concluded=state, filed=event)
        case ExAnteObjectionDecided(), UnderObjection(concluded=concluded):
            return replace(concluded, decided_objection=True)
        case ExAnteConsumed(), Concluded():
            return Consumed(concluded=state, used=event)
        case (
            (
                ExAnteReportReviewed()
                | ExAnteReportReturned()
                | ExAnteScored()
                | ExAnteGraded()
                | ExAnteAmountReduced()
                | ExAnteConcluded()
                | ExAnteObjectionFiled()
                | ExAnteObjectionDecided()
                | ExAnteConsumed()
            ),
            _,
        ):
            return state
    assert_never(event)
