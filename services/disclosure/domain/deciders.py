"""Every aggregate of disclosure."""

from typing import Final

from services.disclosure.domain import (
    bulletin,
    comment,
    idea,
    item,
    policy,
    publicity,
    report,
    terms,
    training,
)

DECIDERS: Final = (
    item.decider,
    bulletin.decider,
    report.decider,
    terms.decider,
    policy.decider,
    policy.number_decider,
    idea.decider,
    training.decider,
    publicity.decider,
    *comment.DECIDERS,
)
