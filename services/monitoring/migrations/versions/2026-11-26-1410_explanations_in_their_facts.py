"""explanations are read from the facts that were computed; no table holds them a second time."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "explanations_in_their_facts"
down_revision: str | None = "letters_printed_later"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Nothing is lost: every row was a copy of what its fact says."""
    op.drop_table("monitoring_explanations")


def downgrade() -> None:
    """The table as it was; a rebuild of `monitoring_register` fills it."""
    texts = ("record_id", "step", "region_code", "department_code", "unit_code", "event_id")
    op.create_table(
        "monitoring_explanations",
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        sa.Column("rule_set_version", sa.Integer(), nullable=False),
        sa.Column("legal_basis", sa.String(), nullable=False),
        sa.Column("explanation", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", "step", name=op.f("pk_monitoring_explanations")),
    )
