"""What a draft must say before a year is replayed under it: terms in days, points of a score."""

from typing import Final

from services.monitoring.domain.rating import FULL_SCORE
from services.monitoring.domain.rules import RulesInForce
from shared.domain.refusals import Invalid

DAYS_MAX: Final = 3_660  # ten years: whatever is longer is never over in the year that is replayed
PARTS: Final = ("timeliness", "completeness", "execution", "goal", "correction")


class TermOutOfRange(Invalid):
    """A term of a draft is between nought days and ten years."""

    title_zh = "草案期限天数超出范围"


class ScoreNotWhole(Invalid):
    """The five parts of a monitoring score make a hundred points, and not by the goals alone."""

    title_zh = "监控得分各项分值须齐全且合计100分"


def expect_replayable(draft: RulesInForce) -> None:
    """Refuse a draft that no year can be replayed under, by the place of what is wrong."""
    terms = {
        f"key_funds/pass_on_days/{kind}": n for kind, n in draft.key_funds.pass_on_days.items()
    }
    terms["monitoring/red/idle_days"] = draft.monitoring.red_idle_days
    for place, days in terms.items():
        if not 0 <= days <= DAYS_MAX:
            raise TermOutOfRange(
                pointer=f"/{place}",
                remedy=f"State a number of days between 0 and {DAYS_MAX}.",
            )
    points = draft.monitoring.points
    known = [points[name] for name in PARTS if name in points]
    whole = len(known) == len(PARTS) == len(points) and sum(known) == FULL_SCORE
    if not whole or min(known) < 0 or points["goal"] == FULL_SCORE:
        raise ScoreNotWhole(
            pointer="/monitoring/score",
            remedy=f"Give points to {', '.join(PARTS)} that sum to {FULL_SCORE}.",
        )
