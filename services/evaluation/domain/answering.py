"""Until when a unit may answer what it was told of its money: cuts, recoveries, linkages.

It is told with a last day that has not passed, it answers up to that day, and nobody decides before
the day is over or the unit has answered (`domain` §3.9). `last` is that day, `today` the day of the
region.
"""

from datetime import date

from services.evaluation.domain.refusals import (
    AnswerTermOver,
    AnswerTermTooEarly,
    StillTimeToAnswer,
)


def expect_time(last: date, today: date) -> None:
    """Let a notice pass whose last day is still to come, or today."""
    if last < today:
        raise AnswerTermTooEarly(pointer="/answer_by")


def expect_in_time(last: date, today: date) -> None:
    """Let an answer pass up to the last day."""
    if today > last:
        raise AnswerTermOver(answer_by=last.isoformat())


def expect_over(last: date, today: date) -> None:
    """Let a decision pass about a unit that was silent: its last day is over."""
    if today <= last:
        raise StillTimeToAnswer(answer_by=last.isoformat())
