"""The inflation index as a public word."""

from services.evaluation.domain.deviation import DeviationPublished
from shared.contracts import evaluation as said
from shared.contracts.public_event import PublicEvent
from shared.messages import AnyRecorded


def of_deviation(recorded: AnyRecorded) -> PublicEvent | None:
    """The word for an index that was told."""
    event = recorded.event
    if not isinstance(event, DeviationPublished):
        return None
    return said.DeviationPublished(
        region_code=event.region_code,
        fiscal_year=event.fiscal_year,
        published_on=event.published_on,
        rows=tuple(
            said.DeviatingUnit(
                unit_code=row.unit_code,
                rechecked=row.rechecked,
                mean_deviation=row.mean_deviation,
                inflated=row.inflated,
                share_inflated=row.share_inflated,
                rank=row.rank,
            )
            for row in event.rows
        ),
    )
