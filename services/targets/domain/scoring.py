"""One scorer's points on an ex-ante report (`domain` §4.8)."""

from collections.abc import Sequence
from decimal import Decimal

from services.targets.domain.commands.ex_ante import ScoreExAnteReport
from services.targets.domain.events.ex_ante import (
    ExAnteEvent,
    ExAnteReportSubmitted,
    ExAnteScored,
)
from services.targets.domain.ex_ante_states import (
    Concluded,
    ExAnteState,
    Graded,
    Scoring,
    UnderObjection,
)
from services.targets.domain.refusals import (
    ExAnteAlreadyConcluded,
    ExAnteNotReviewed,
    ScoreIncomplete,
    ScorerHasScored,
    ScorerWroteReport,
)
from services.targets.domain.rule_set import Adopted, in_force


def score(command: ScoreExAnteReport, state: ExAnteState) -> Sequence[ExAnteEvent]:
    """One scorer scores once, on every dimension, and never their own report."""
    match state:
        case Scoring():
            before = state.scores.get(command.by)
        case Graded():
            before = state.scores.get(command.by)
            if before is None:
                raise ExAnteAlreadyConcluded("the scores have been taken together")
        case Concluded() | UnderObjection():
            raise ExAnteAlreadyConcluded
        case _:
            raise ExAnteNotReviewed
    if before is not None:
        if (dict(before.points), before.vetoes) == (command.points, command.vetoes):
            return []
        raise ScorerHasScored
    not_its_author(command.by, state.report)
    adopted = in_force(command.rules, state.report.region_code)
    _check_points(command, adopted)
    return [
        ExAnteScored(
            scored_by=command.by,
            round=state.report.round,
            points=command.points,
            total=sum(command.points.values(), start=Decimal(0)),
            vetoes=command.vetoes,
        )
    ]


def _check_points(command: ScoreExAnteReport, adopted: Adopted) -> None:
    dimensions = adopted.rules.ex_ante.dimensions
    if command.points.keys() != dimensions.keys():
        raise ScoreIncomplete(pointer="/points", dimensions=sorted(dimensions))
    for dimension, most in dimensions.items():
        if not 0 <= command.points[dimension] <= most:
            raise ScoreIncomplete(pointer=f"/points/{dimension}", points_max=most)


def not_its_author(actor: str, report: ExAnteReportSubmitted) -> None:
    """Let pass whoever did not hand the report in."""
    if report.submitted_by == actor:
        raise ScorerWroteReport
