"""the way of an adjustment: who has to agree, who has, and every step with its fact."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "adjustment_saga"
down_revision: str | None = "letters_and_cures"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

COLUMNS = (
    ("proposed_by", sa.String(), ""),
    ("held_fen", sa.BigInteger(), "0"),
    ("bodies", sa.JSON(), "[]"),
    ("rule_set_version", sa.Integer(), "0"),
    ("rules_region", sa.String(), ""),
    ("lowers_key_expenditure", sa.Boolean(), sa.false()),
    ("changes_total_budget", sa.Boolean(), sa.false()),
    ("partner_project", sa.String(), ""),
    ("partner_adjustment_id", sa.String(), ""),
    ("fund_type_code", sa.String(), ""),
    ("direct_fund_flag", sa.String(), ""),
    ("target_version", sa.Integer(), "0"),
    ("suspension_ended_on", sa.Date(), None),
)


def upgrade() -> None:
    """Bring the tables forward; `rebuild adjustment_register` tells the way of earlier ones."""
    for name, kind, default in COLUMNS:
        may_lack = default is None
        op.add_column(
            "adjustment_register",
            sa.Column(name, kind, nullable=may_lack, server_default=default),
        )
        if not may_lack:
            op.alter_column("adjustment_register", name, server_default=None)
    op.create_table(
        "adjustment_approvals",
        sa.Column("adjustment_id", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("document_no", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("adjustment_id", "body", name=op.f("pk_adjustment_approvals")),
    )
    op.create_table(
        "adjustment_steps",
        sa.Column("adjustment_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("follows_from", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint(
            "adjustment_id", "event_id", "step", name=op.f("pk_adjustment_steps")
        ),
    )


def downgrade() -> None:
    """Take them back."""
    op.drop_table("adjustment_steps")
    op.drop_table("adjustment_approvals")
    for name, _kind, _default in reversed(COLUMNS):
        op.drop_column("adjustment_register", name)
