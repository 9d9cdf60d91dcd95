"""Asked of scoring: to tell the inflation index of a year."""

from typing import Annotated, Final

from pydantic import Field

from services.evaluation.api.schemas import Body
from services.evaluation.domain.deviation import PublishDeviation
from shared.http.commands import Asked, CommandEndpoint


class PublishDeviationBody(Body):
    """The year whose index is told."""

    fiscal_year: Annotated[int, Field(ge=2000, le=2100, examples=[2021])]


def publish_deviation(asked: Asked, body: PublishDeviationBody) -> PublishDeviation:
    """Tell everybody how far self-scores lay above re-checks; unchanged, it is told once."""
    return PublishDeviation(
        region_code=asked.region_code or "",
        fiscal_year=body.fiscal_year,
        by=asked.actor,
        now=asked.now,
    )


SCORING_COMMANDS: Final = (
    CommandEndpoint(
        path="/deviations",
        translate=publish_deviation,
        tag="Self-evaluations",
        creates=True,
        example={"fiscal_year": 2021},
    ),
)
