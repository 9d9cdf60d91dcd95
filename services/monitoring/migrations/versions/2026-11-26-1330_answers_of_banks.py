"""answers of banks that payment orders took, counted beside the lines of a message."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "answers_of_banks"
down_revision: str | None = "key_funds"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """One count more for every message."""
    op.add_column(
        "treasury_statements", sa.Column("heard", sa.Integer(), server_default="0", nullable=False)
    )
    op.alter_column("treasury_statements", "heard", server_default=None)


def downgrade() -> None:
    """Forget how many answers were taken; the facts still say so."""
    op.drop_column("treasury_statements", "heard")
