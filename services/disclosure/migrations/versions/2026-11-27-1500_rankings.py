"""rankings as they were published, snapshot by snapshot."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "rankings"
down_revision: str | None = "keys_may_change"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def upgrade() -> None:
    """Create the tables; `rebuild` fills what was heard before."""
    op.create_table(
        "ranking_register",
        *map(_text, ("ranking_id", "region_code")),
        _whole("fiscal_year"),
        *map(_text, ("kind", "period")),
        _whole("subjects"),
        _text("document_no"),
        sa.Column("published_on", sa.Date(), nullable=False),
        *map(_text, ("corrects", "corrected_by")),
        sa.PrimaryKeyConstraint("ranking_id", name="pk_ranking_register"),
    )
    for name in ("region_code", "fiscal_year"):
        op.create_index(f"ix_ranking_register_{name}", "ranking_register", [name], unique=False)
    op.create_table(
        "ranked_subjects",
        *map(_text, ("ranking_id", "subject")),
        _whole("rank"),
        sa.Column("score", sa.Numeric(), nullable=False),
        sa.Column("previous_rank", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("ranking_id", "subject", name="pk_ranked_subjects"),
    )
    op.create_index("ix_ranked_subjects_subject", "ranked_subjects", ["subject"], unique=False)


def downgrade() -> None:
    """Take them back."""
    op.drop_table("ranked_subjects")
    op.drop_table("ranking_register")
