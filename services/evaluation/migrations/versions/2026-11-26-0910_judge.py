"""when reports are due, what the machine proposed, and why a project is a key project."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "judge"
down_revision: str | None = "results_move_money"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

DAYS = ("due_on", "reminded_on", "overdue_on")


def upgrade() -> None:
    """Bring the tables forward; `rebuild` fills what earlier facts say of the new columns."""
    for day in DAYS:
        op.add_column("self_evaluation_register", sa.Column(day, sa.Date(), nullable=True))
    op.add_column(
        "cut_register",
        sa.Column("found_by_machine", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.alter_column("cut_register", "found_by_machine", server_default=None)


def downgrade() -> None:
    """Take them back."""
    op.drop_column("cut_register", "found_by_machine")
    for day in reversed(DAYS):
        op.drop_column("self_evaluation_register", day)
