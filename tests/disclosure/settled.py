"""A world in which everything that follows has followed: numbered, folded, fallen due."""

from services.disclosure.main import service
from shared.deadlines import Deadlines
from shared.ledger_reader import LedgerReader
from tests.disclosure.world import World


async def settle(here: World) -> None:
    """Let the worker do what it would do by itself."""
    assert service.fall_due is not None
    deadlines = Deadlines(here.worker.desk, service.fall_due)
    while await deadlines.issue_next():
        pass
    while (await here.store.sequence()).taken:
        pass
    for projection in service.projections:
        if projection.project and not projection.inline:
            reader = LedgerReader(here.worker.desk, projection)
            while await reader.step():
                pass
            assert reader.stopped is None
    for parked in ("deadlines", *(p.name for p in service.projections)):
        assert await here.worker.desk.working.parked(parked, "disclosure") == []
