"""ex-ante reports are signed by the head of the unit."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "signed_reports"
down_revision: str | None = "official_forms"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

NAMES = ("signed_by", "in_place_of")


def upgrade() -> None:
    """Bring the table forward; older reports were not signed by name."""
    for name in NAMES:
        op.add_column(
            "ex_ante_papers", sa.Column(name, sa.String(), nullable=False, server_default="")
        )
        op.alter_column("ex_ante_papers", name, server_default=None)


def downgrade() -> None:
    """Take the columns back."""
    for name in reversed(NAMES):
        op.drop_column("ex_ante_papers", name)
