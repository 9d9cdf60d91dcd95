"""pages of a long statement, added up for the tie-out."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "pages_of_statements"
down_revision: str | None = "explanations_in_their_facts"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """What was taken before had one page."""
    _add(sa.Column("series", sa.String(), server_default="", nullable=False))
    _add(sa.Column("page", sa.Integer(), server_default="1", nullable=False))
    _add(sa.Column("last", sa.Boolean(), server_default=sa.true(), nullable=False))


def _add(column: sa.Column[Any]) -> None:
    op.add_column("bank_days", column)
    op.alter_column("bank_days", column.name, server_default=None)


def downgrade() -> None:
    """Forget which page it was; the facts still say so."""
    for name in ("last", "page", "series"):
        op.drop_column("bank_days", name)
