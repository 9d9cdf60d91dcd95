"""scorers say by dimension why points were lost."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "reasons_of_scorers"
down_revision: str | None = "signed_reports"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Bring the table forward; older scores have no reasons."""
    op.add_column(
        "ex_ante_scores",
        sa.Column("reasons_json", sa.String(), nullable=False, server_default="{}"),
    )
    op.alter_column("ex_ante_scores", "reasons_json", server_default=None)


def downgrade() -> None:
    """Take the column back."""
    op.drop_column("ex_ante_scores", "reasons_json")
