"""Everything a level or a score was computed from: told by the fact itself, where it was recorded.

A fact keeps what it was decided by. To copy that into a table with every forecast and every score
would be to write all of it twice, for the few that somebody asks about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.monitoring.domain.record import events as fact
from services.monitoring.projections.showing import shown
from shared.http.facts import recorded_in
from shared.http.reading import Read
from shared.messages import AnyRecorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One computation: which step it was, under which rules, and every value in it."""

    step: str
    event_id: str
    rule_set_version: int
    legal_basis: str
    explanation: dict[str, Any]


async def explanations(read: Read, record_id: str) -> Sequence[Explanation]:
    """How every level and score of a record came about; of each step the latest."""
    facts = await recorded_in(read, f"record-{record_id}")
    found = (explained(one) for one in facts)
    latest = {one.step: one for one in found if one is not None}
    return [latest[step] for step in sorted(latest)]


def explained(recorded: AnyRecorded) -> Explanation | None:
    """What a fact was computed from; most are no computation."""
    event = recorded.event
    match event:
        case fact.PreAnalysisRun():
            step = "PRE_ANALYSIS"
            parts = {
                "method": event.method,
                "execution": event.execution,
                "outlook": event.outlook,
            }
        case fact.MonitoringScored():
            step = "SCORE"
            parts = {"score": event.score, "target_version": event.target_version}
        case fact.MonitoringMissed():
            step = "MISSED"
            parts = {"due_on": event.due_on, "execution": event.execution}
        case _:
            return None
    return Explanation(
        step=step,
        event_id=str(recorded.event_id),
        rule_set_version=event.rule_set_version,
        legal_basis=event.legal_basis,
        explanation={"rating": shown(event.rating), **shown(parts)},
    )
