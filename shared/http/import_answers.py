"""How work on an uploaded file is answered: when it is done, or at once with where to look.

With `Prefer: respond-async` the answer is 202 and the job; what refuses the work later is kept
with the job, for whoever asks.
"""

import re
from collections.abc import Awaitable, Coroutine
from typing import Annotated, Any, Final, Protocol

import structlog
from fastapi import Header, Response

from shared.domain.refusals import Refusal
from shared.http.import_jobs import ImportJob
from shared.http.imports import ImportRefused
from shared.http.runtime import Runtime

log = structlog.get_logger()
_BACKGROUND: Final = re.compile(r"(?:^|,)\s*respond-async\s*(?:,|$)")

Prefer = Annotated[
    str | None, Header(max_length=256, description="`respond-async`: answer 202 at once.")
]


class Works(Protocol):
    """Whoever works on uploaded files."""

    @property
    def runtime(self) -> Runtime:
        """The process it works in."""

    async def begin(self, job: ImportJob) -> ImportJob:
        """Keep the file before the answer that promises to work on it."""

    async def fail(self, job: ImportJob, why: str) -> None:
        """It could not be done; the job says why."""


async def answered(
    response: Response,
    works: Works,
    asked: tuple[ImportJob, Coroutine[Any, Any, ImportJob] | None, str | None],
) -> ImportJob:
    """The job as it is then; at once, where the caller prefers to look again later."""
    job, work, prefer = asked
    if work is not None and prefer and _BACKGROUND.search(prefer):
        begun = await works.begin(job)
        going_on = _seen_through(works, begun, work)
        works.runtime.background.start(going_on, f"import {job.id}")
        response.status_code = 202
        response.headers["preference-applied"] = "respond-async"
        return begun
    done = job if work is None else await work
    if position := done.report.get("position"):
        response.headers["abacus-position"] = position
    return done


async def _seen_through(works: Works, job: ImportJob, work: Awaitable[ImportJob]) -> None:
    """Do it without anybody waiting; whatever refuses it is kept with the job."""
    try:
        await work
    except ImportRefused:
        pass  # the report says it
    except Exception as failure:  # noqa: BLE001 - nobody waits for the answer but the job
        log.warning("import_failed", import_id=job.id, why=repr(failure))
        why = failure.detail if isinstance(failure, Refusal) else "Something went wrong."
        await works.fail(job, why)
