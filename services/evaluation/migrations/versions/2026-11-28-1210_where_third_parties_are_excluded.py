"""where third parties are excluded: by region, each with those below it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "where_excluded"
down_revision: str | None = "judge"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Bring the table forward; whoever was excluded before was so everywhere."""
    op.add_column(
        "third_parties",
        sa.Column("excluded_in", sa.JSON(), nullable=False, server_default="[]"),
    )
    op.execute("UPDATE third_parties SET excluded_in = '[\"\"]' WHERE excluded <> ''")
    op.alter_column("third_parties", "excluded_in", server_default=None)


def downgrade() -> None:
    """Forget where; the facts still say it."""
    op.drop_column("third_parties", "excluded_in")
