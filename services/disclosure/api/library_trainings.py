"""Trainings: what was held, in which channel, with how many; what counts is HELD or later."""

from typing import Annotated, Final

from fastapi import APIRouter, Path

from services.disclosure.api.library_views import (
    TrainedByChannel,
    TrainingDetail,
    TrainingStatistics,
    TrainingView,
)
from services.disclosure.api.report.year import in_order
from services.disclosure.api.spans import Asked
from services.disclosure.api.vocabulary import VOCABULARY
from services.disclosure.domain.values import TrainingChannel
from services.disclosure.projections.training_register import (
    ATTENDANCE_CLOSED,
    TrainingRow,
    corrections_of,
    trained_by_channel,
    trained_by_status,
    training,
    trainings,
)
from shared.http.pages import Page, PageRequest
from shared.http.reading import Reading

router: Final = APIRouter(tags=["Trainings"])


@router.get("/trainings", operation_id="list_trainings")
async def list_trainings(
    read: Reading, span: Asked, page: PageRequest, channel: TrainingChannel | None = None
) -> Page[TrainingView]:
    """The sessions that were held in the year; adds up to F40 to F42."""
    rows = trainings(span, channel.value if channel else None)
    return await read.page(rows, page, into=TrainingView.model_validate)


@router.get("/trainings/statistics", operation_id="get_training_statistics")
async def get_training_statistics(read: Reading, span: Asked) -> TrainingStatistics:
    """Sessions and person-times, channel by channel."""
    found = in_order(await read.rows(trained_by_channel(span)))
    states = await read.rows(trained_by_status(span))
    labels = VOCABULARY["TrainingChannel"]
    return TrainingStatistics(
        year=span.fiscal_year,
        session_count=sum(sessions for sessions, _ in found.values()),
        person_times=sum(people for _, people in found.values()),
        unit_times=sum(units for _, _, units in states),
        closed=sum(sessions for status, sessions, _ in states if status == ATTENDANCE_CLOSED),
        channels=[
            TrainedByChannel(
                channel=code, label=labels[code][0], sessions=sessions, person_times=people
            )
            for code, (sessions, people) in found.items()
        ],
    )


@router.get("/trainings/{session_id}", operation_id="get_training")
async def get_training(
    read: Reading, session_id: Annotated[str, Path(min_length=1, max_length=100)]
) -> TrainingDetail:
    """A session with the units that came and every correction of its attendance."""
    row: TrainingRow = await read.one(training(session_id))
    read.tag(row.version)
    return TrainingDetail.whole(row, await read.all(corrections_of([session_id])))
