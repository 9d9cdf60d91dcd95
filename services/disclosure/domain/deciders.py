"""Every aggregate of disclosure."""

from typing import Final

from services.disclosure.domain import (
    budget_reply,
    bulletin,
    comment,
    idea,
    item,
    policy,
    publicity,
    report,
    terms,
    training,
    year_closing,
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
    budget_reply.decider,
    year_closing.decider,
    *comment.DECIDERS,
)
