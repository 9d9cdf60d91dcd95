"""What a reader may look for: entries with an index of characters and pairs."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "search_register"
down_revision: str | None = "webhooks"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Create the table; the entries come with a rebuild or with what is heard."""
    op.create_table(
        "search_register",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("grams", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "code", "fiscal_year", name="pk_search_register"),
    )
    op.create_index(
        "ix_search_register_grams",
        "search_register",
        [sa.text("string_to_array(grams, ' '::text)")],
        unique=False,
        postgresql_using="gin",
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_search_register_grams", table_name="search_register", postgresql_using="gin")
    op.drop_table("search_register")
