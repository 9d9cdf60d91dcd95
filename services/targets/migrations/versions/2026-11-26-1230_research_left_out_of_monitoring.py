"""research projects may be left out of the monitoring of the year."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "research_unmonitored"
down_revision: str | None = "evaluated_projects"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

TABLES = ("project_register", "project_particulars")


def upgrade() -> None:
    """Bring the tables forward; no earlier project was left out."""
    for table in TABLES:
        op.add_column(
            table,
            sa.Column(
                "in_year_monitoring_exempt",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
            ),
        )
        op.add_column(
            table,
            sa.Column(
                "monitoring_exemption_reason", sa.String(), nullable=False, server_default=""
            ),
        )
        for name in ("in_year_monitoring_exempt", "monitoring_exemption_reason"):
            op.alter_column(table, name, server_default=None)


def downgrade() -> None:
    """Take the columns back."""
    for table in reversed(TABLES):
        op.drop_column(table, "monitoring_exemption_reason")
        op.drop_column(table, "in_year_monitoring_exempt")
