"""projects that were given up."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "project_endings"
down_revision: str | None = "rankings"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Create the table; `rebuild` fills what was heard before."""
    op.create_table(
        "project_endings",
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("given_up_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("project_code", name="pk_project_endings"),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("project_endings")
