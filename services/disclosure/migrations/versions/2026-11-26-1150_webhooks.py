"""Webhooks and their deliveries."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from shared.migrations import run_scripts
from shared.webhooks import schema

revision: str = "webhooks"
down_revision: str | None = "owed_in_depth"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Create the tables; deliveries are the kernel's."""
    op.create_table(
        "webhook_register",
        sa.Column("webhook_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("event_types", sa.JSON(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("disabled_because", sa.String(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("overlap_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registered_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("webhook_id", name=op.f("pk_webhook_register")),
    )
    op.create_index(
        op.f("ix_webhook_register_region_code"), "webhook_register", ["region_code"], unique=False
    )
    op.create_table(
        "webhook_replays",
        sa.Column("webhook_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("first_word", sa.BigInteger(), nullable=False),
        sa.Column("last_word", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("webhook_id", "version", name=op.f("pk_webhook_replays")),
    )
    run_scripts(schema.install("disclosure"))


def downgrade() -> None:
    """Take them back."""
    run_scripts((schema.REMOVE,))
    op.drop_table("webhook_replays")
    op.drop_index(op.f("ix_webhook_register_region_code"), table_name="webhook_register")
    op.drop_table("webhook_register")
