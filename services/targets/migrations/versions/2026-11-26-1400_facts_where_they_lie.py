"""explanations read the facts where they lie; the copy of them goes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "facts_where_they_lie"
down_revision: str | None = "desk_stays"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Drop the copy."""
    op.drop_table("decision_facts")
    op.execute("DELETE FROM es.cursor WHERE name = 'decision_facts'")


def downgrade() -> None:
    """Make it again; its worker fills it from the first event."""
    op.create_table(
        "decision_facts",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "version", name=op.f("pk_decision_facts")),
    )
