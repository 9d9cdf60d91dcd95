"""What the clock does to a ledger: a freeze with a last day is over when that day is."""

from collections.abc import Sequence
from typing import Final

from services.monitoring.domain.calendar import ends
from services.monitoring.domain.ledger import events as fact
from services.monitoring.domain.ledger.commands import ExpireFreeze
from services.monitoring.domain.values import Project
from shared.messages import CalledOff, Deadline, Due

FREEZE: Final = "FREEZE"
CLOCK: Final = "monitoring|clock"
type FreezeEvent = fact.QuotaFrozen | fact.QuotaReleased | fact.QuotaAdjusted


def of_freeze(event: FreezeEvent) -> Sequence[Deadline | CalledOff]:
    """A freeze that has a last day falls due; one that was let go or taken does not any more."""
    match event:
        case fact.QuotaFrozen(project=project, freeze_id=key, until_on=until) if until is not None:
            subject = f"{project.code}|{project.fiscal_year}|{key}"
            at = ends(until)
            return [Deadline(key=_key(project, key), kind=FREEZE, subject=subject, due_at=at)]
        case fact.QuotaReleased(project=project, freeze_id=key):
            return [CalledOff(key=_key(project, key))]
        case fact.QuotaAdjusted(project=project, adjustment_id=key, from_frozen=held) if held:
            return [CalledOff(key=_key(project, key))]
        case _:
            return ()


def _key(project: Project, freeze_id: str) -> str:
    return f"freeze:{project.id}:{freeze_id}"


def freeze_over(due: Due) -> ExpireFreeze:
    """Let the freeze go; a number of a freeze may hold any sign, so it comes last."""
    code, year, freeze_id = due.subject.split("|", 2)
    return ExpireFreeze(
        project_code=code, fiscal_year=int(year), freeze_id=freeze_id, by=CLOCK, now=due.now
    )
