"""The kernel's tables, version 1: facts, numbers, cursors. Frozen."""

from collections.abc import Sequence

from shared.eventstore.schema import v1
from shared.migrations import run_scripts

revision: str = "kernel_v1"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Create schema es."""
    run_scripts(v1.steps("monitoring"))


def downgrade() -> None:
    """Drop schema es with every fact in it."""
    run_scripts([v1.REMOVE])
