"""webhooks may be narrowed to regions, units and kinds."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "webhooks_by_filter"
down_revision: str | None = "pages_of_statements"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """What was registered before hears everything, as it did."""
    column = sa.Column("wanted", sa.JSON(), server_default="{}", nullable=False)
    op.add_column("webhook_register", column)
    op.alter_column("webhook_register", "wanted", server_default=None)


def downgrade() -> None:
    """Forget what they were narrowed to; the facts still say so."""
    op.drop_column("webhook_register", "wanted")
