"""projects are self-evaluated and put on file."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "evaluated_projects"
down_revision: str | None = "reasons_of_scorers"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Bring the table forward."""
    op.add_column("project_register", sa.Column("self_evaluated_year", sa.Integer(), nullable=True))
    op.add_column(
        "project_register",
        sa.Column("archived_reason", sa.String(), nullable=False, server_default=""),
    )
    op.alter_column("project_register", "archived_reason", server_default=None)


def downgrade() -> None:
    """Take the columns back."""
    op.drop_column("project_register", "archived_reason")
    op.drop_column("project_register", "self_evaluated_year")
