"""statements with a page missing, each with its owner and its age."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "missing_pages"
down_revision: str | None = "unique_references_of_banks"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """The next tie-out fills it."""
    op.create_table(
        "page_breaks",
        sa.Column("pages_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("resolved_by", sa.String(), nullable=False),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("pages_id", name=op.f("pk_page_breaks")),
    )
    op.create_index(op.f("ix_page_breaks_region_code"), "page_breaks", ["region_code"])


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_page_breaks_region_code"), table_name="page_breaks")
    op.drop_table("page_breaks")
