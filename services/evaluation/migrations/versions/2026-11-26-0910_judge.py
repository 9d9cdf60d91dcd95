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
    op.create_table(
        "key_projects",
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("project_name", sa.String(), nullable=False),
        sa.Column("since_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("document_no", sa.String(), nullable=False),
        sa.Column("designated_on", sa.Date(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("release_reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("project_code", name=op.f("pk_key_projects")),
    )
    op.create_index(op.f("ix_key_projects_region_code"), "key_projects", ["region_code"])


def downgrade() -> None:
    """Take them back."""
    op.drop_table("key_projects")
    op.drop_column("cut_register", "found_by_machine")
    for day in reversed(DAYS):
        op.drop_column("self_evaluation_register", day)
