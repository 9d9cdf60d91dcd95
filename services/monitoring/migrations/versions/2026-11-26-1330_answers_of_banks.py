"""Answers of banks that payment orders took are counted beside the lines of a message."""

import sqlalchemy as sa
from alembic import op

revision: str = "answers_of_banks"
down_revision: str | None = "key_funds"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """One count more for every message."""
    op.add_column(
        "treasury_statements", sa.Column("heard", sa.Integer(), server_default="0", nullable=False)
    )


def downgrade() -> None:
    """Forget how many answers were taken; the facts still say so."""
    op.drop_column("treasury_statements", "heard")
