"""stays on desks are counted by length; what is late, the rules say when somebody asks."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "desk_stays"
down_revision: str | None = "research_unmonitored"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Bring the tables forward; the worker counts what happened before from the first fact."""
    op.drop_table("desk_times")
    op.create_table(
        "desk_stays",
        sa.Column("target_id", sa.String(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("workdays", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stays", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("target_id", "desk", "workdays", name="pk_desk_stays"),
    )


def downgrade() -> None:
    """Take the table back; `rebuild desk_times` fills the earlier one."""
    op.drop_table("desk_stays")
    op.create_table(
        "desk_times",
        sa.Column("target_id", sa.String(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("stays", sa.Integer(), nullable=False),
        sa.Column("workdays", sa.Integer(), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("target_id", "desk", name="pk_desk_times"),
    )
