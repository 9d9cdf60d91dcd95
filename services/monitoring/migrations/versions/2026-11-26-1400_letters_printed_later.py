"""letters printed after their signature: the size of the file beside its fingerprint."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "letters_printed_later"
down_revision: str | None = "answers_of_banks"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """The letters of before were not counted."""
    op.add_column(
        "letters", sa.Column("pdf_bytes", sa.Integer(), server_default="0", nullable=False)
    )
    op.alter_column("letters", "pdf_bytes", server_default=None)


def downgrade() -> None:
    """Forget the sizes; the facts still say them."""
    op.drop_column("letters", "pdf_bytes")
