"""lines that are in no ledger have the name of their return: two that look alike are told apart."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "returns_told_again"
down_revision: str | None = "missing_pages"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Lines of before have none that anybody asks for."""
    column = sa.Column("return_id", sa.String(), server_default="", nullable=False)
    op.add_column("statement_lines", column)
    op.alter_column("statement_lines", "return_id", server_default=None)
    op.create_index(
        op.f("ix_statement_lines_reason"), "statement_lines", ["region_code", "reason", "state"]
    )


def downgrade() -> None:
    """Forget the names; the facts still say them."""
    op.drop_index(op.f("ix_statement_lines_reason"), table_name="statement_lines")
    op.drop_column("statement_lines", "return_id")
