"""One scorer's points on an ex-ante report (`domain` §4.8)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from services.targets.domain.commands.ex_ante import ScoreExAnteReport
from services.targets.domain.events.ex_ante import (
    ExAnteEvent,
    ExAnteScored,
)
from services.targets.domain.ex_ante_items import ITEMS, items_of, judged_points
from services.targets.domain.ex_ante_states import (
    Concluded,
    Consumed,
    ExAnteState,
    Graded,
    Scoring,
    UnderObjection,
    authors_of,
)
from services.targets.domain.refusals import (
    ExAnteAlreadyConcluded,
    ExAnteNotReviewed,
    ScoredTwoWays,
    ScoreIncomplete,
    ScorerHasScored,
    ScorerWroteReport,
)
from services.targets.domain.refusals.assessments import DimensionUnknown, ScoreUnexplained
from services.targets.domain.rule_set import Adopted, in_force

# `domain` §4.8, §8.2 (D): below this share of a dimension's points the scorer gives a reason.
REASON_BELOW: Final = Decimal("0.60")


def score(command: ScoreExAnteReport, state: ExAnteState) -> Sequence[ExAnteEvent]:
    """One scorer scores once, on every dimension, and never their own report."""
    match state:
        case Scoring():
            before = state.scores.get(command.by)
        case Graded():
            before = state.scores.get(command.by)
            if before is None:
                raise ExAnteAlreadyConcluded("the scores have been taken together")
        case Concluded() | UnderObjection() | Consumed():
            raise ExAnteAlreadyConcluded
        case _:
            raise ExAnteNotReviewed
    adopted = in_force(command.rules, state.report.region_code)
    points = _points(command, adopted)
    if before is not None:
        asked = (points, command.vetoes, command.reasons)
        if (before.points, before.vetoes, before.reasons) == asked:
            return []
        raise ScorerHasScored
    not_its_author(command.by, state)
    _expect_reasons(command.reasons, points, adopted.rules.ex_ante.dimensions)
    return [
        ExAnteScored(
            scored_by=command.by,
            round=state.report.round,
            points=points,
            total=sum(points.values(), start=Decimal(0)),
            vetoes=command.vetoes,
            judgements=command.judgements,
            remarks=command.remarks,
            reasons=command.reasons,
        )
    ]


def _points(command: ScoreExAnteReport, adopted: Adopted) -> dict[str, Decimal]:
    dimensions = adopted.rules.ex_ante.dimensions
    if command.judgements:
        return _judged(command, dimensions)
    if command.points.keys() != dimensions.keys():
        raise ScoreIncomplete(pointer="/points", dimensions=sorted(dimensions))
    for dimension, most in dimensions.items():
        if not 0 <= command.points[dimension] <= most:
            raise ScoreIncomplete(pointer=f"/points/{dimension}", points_max=most)
    return command.points


def _judged(command: ScoreExAnteReport, dimensions: Mapping[str, Decimal]) -> dict[str, Decimal]:
    if command.points:
        raise ScoredTwoWays(pointer="/points")
    own = sorted(dimensions.keys() - ITEMS.keys())
    if own:
        raise ScoreIncomplete(
            pointer="/judgements", remedy="Give points by dimension.", dimensions=own
        )
    for item in items_of(dimensions):
        if item not in command.judgements:
            raise ScoreIncomplete(pointer=f"/judgements/{item}")
    return judged_points(command.judgements, dimensions)


def _expect_reasons(
    reasons: Mapping[str, str], points: Mapping[str, Decimal], dimensions: Mapping[str, Decimal]
) -> None:
    """Whoever takes many points off a dimension says why, to the unit and to the file."""
    for dimension in reasons:
        if dimension not in dimensions:
            raise DimensionUnknown(
                pointer=f"/reasons/{dimension}", dimensions=sorted(dimensions), dimension=dimension
            )
    for dimension, most in dimensions.items():
        below = points[dimension] < most * REASON_BELOW
        if below and not reasons.get(dimension, "").strip():
            raise ScoreUnexplained(
                pointer=f"/reasons/{dimension}",
                remedy="Say in /reasons, by dimension, why the points were lost.",
                dimension=dimension,
                points=points[dimension],
                points_unexplained_min=most * REASON_BELOW,
            )


def not_its_author(actor: str, state: ExAnteState) -> None:
    """Let pass whoever did not hand the report in, in this round or an earlier one."""
    authors_of(state).expect_another(actor, ScorerWroteReport)
