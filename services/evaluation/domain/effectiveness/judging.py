"""A person's points for an aspect: within its points, and only where a person may give them."""

from collections.abc import Sequence

from services.evaluation.domain.effectiveness.refusals import AspectComputed, AspectUnknown
from services.evaluation.domain.effectiveness.scoring import (
    JudgedAspect,
    ScoredAspect,
    ScoreSource,
    with_judged,
)
from services.evaluation.domain.refusals import ScoreOutOfRange


def judged_lines(
    lines: Sequence[ScoredAspect],
    judged: Sequence[JudgedAspect],
    source: ScoreSource,
    *,
    at: str = "/judged",
) -> tuple[ScoredAspect, ...]:
    """The lines with a person's points; what was computed changes by a correction alone."""
    known = {line.aspect: line for line in lines}
    for place, one in enumerate(judged):
        line = known.get(one.aspect)
        if line is None:
            raise AspectUnknown(pointer=f"{at}/{place}/aspect", aspect=one.aspect)
        if source is ScoreSource.JUDGED and line.source is ScoreSource.COMPUTED:
            raise AspectComputed(pointer=f"{at}/{place}/aspect", aspect=one.aspect)
        if not 0 <= one.score <= line.points:
            raise ScoreOutOfRange(
                f"{one.aspect} takes 0 to {line.points} points", pointer=f"{at}/{place}/score"
            )
    return with_judged(lines, judged, source)
