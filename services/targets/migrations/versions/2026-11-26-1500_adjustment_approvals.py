"""who has to agree to an adjustment, what outside bodies decided, and the other half of a pair."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "adjustment_approvals"
down_revision: str | None = "facts_where_they_lie"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

REGISTER = (
    ("offices_json", sa.String(), "[]"),
    ("lowers_key_expenditure", sa.Boolean(), sa.false()),
    ("changes_total_budget", sa.Boolean(), sa.false()),
    ("rule_set_version", sa.Integer(), "0"),
    ("rules_region", sa.String(), ""),
    ("partner_project", sa.String(), ""),
    ("partner_adjustment_id", sa.String(), ""),
    ("signed_by", sa.String(), ""),
    ("target_version", sa.Integer(), None),
)
SIGNATURES = (
    ("reason", sa.String(), ""),
    ("authority", sa.String(), ""),
    ("document_no", sa.String(), ""),
    ("decided_on", sa.Date(), None),
    ("sha256", sa.String(), ""),
)
TABLES = (("adjustment_register", REGISTER), ("adjustment_signatures", SIGNATURES))


def upgrade() -> None:
    """Bring the tables forward; what was decided before needed no more than the defaults say."""
    for table, columns in TABLES:
        for name, kind, default in columns:
            may_lack = default is None
            op.add_column(table, sa.Column(name, kind, nullable=may_lack, server_default=default))
            if not may_lack:
                op.alter_column(table, name, server_default=None)


def downgrade() -> None:
    """Take the columns back."""
    for table, columns in reversed(TABLES):
        for name, _kind, _default in reversed(columns):
            op.drop_column(table, name)
