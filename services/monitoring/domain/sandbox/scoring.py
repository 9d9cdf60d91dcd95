"""The scores of a past year's nodes under other rules (`domain` §4.6).

Thresholds, milestones and points are the draft's. What people judged stays: whether a report came
in time, the points a reviewer gave, the letters that were overdue. Full marks stay full marks where
the draft gives more or fewer; other points stay what they were, at most what the draft gives (D).
"""

from collections.abc import Mapping
from decimal import Decimal

from services.monitoring.domain.rating import OVERDUE_LETTER_POINTS, Findings, Score, score_of
from services.monitoring.domain.record import events as fact
from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.sandbox.history import History, Told
from services.monitoring.domain.sandbox.nodes import scored_again

type Scores = Mapping[str, Decimal]


def scores_given(history: History) -> Scores:
    """What each node was scored."""
    return {
        node: told.event.score.total
        for node, facts in history.records.items()
        for told in facts
        if isinstance(told.event, fact.MonitoringScored)
    }


def scores_under(history: History, draft: RulesInForce) -> Scores:
    """What each node would be scored; a node the draft does not have is not."""
    codes = {node.code for node in draft.monitoring.nodes}
    found: dict[str, Decimal] = {}
    for node, facts in history.records.items():
        if node not in codes:
            continue
        report: fact.MonitoringSubmitted | None = None
        for told in facts:
            match told.event:
                case fact.MonitoringSubmitted() as submitted:
                    report = submitted
                case fact.MonitoringScored(score=before) as scored if report is not None:
                    # A suspicion is warned of; no part of a score is taken for it.
                    rating = scored_again(history, scored, (report, False), draft)
                    findings = _findings(history, told, report, before)
                    found[node] = score_of(rating, findings, draft.monitoring).total
                case _:
                    pass
    return found


def _findings(
    history: History, told: Told, report: fact.MonitoringSubmitted, before: Score
) -> Findings:
    """What people found then: points that were all there were are all of the draft's."""
    held = history.rules_before(told.event_id)
    most: Mapping[str, Decimal] = {} if held is None else held.monitoring.points
    given = {"completeness": before.completeness, "correction": before.correction}
    points = {name: None if most.get(name) == one else one for name, one in given.items()}
    return Findings(
        on_time=report.on_time,
        completeness=points["completeness"],
        correction=points["correction"],
        overdue_letters=int(before.deducted / OVERDUE_LETTER_POINTS),
    )
