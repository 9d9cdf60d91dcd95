"""payments and returns keep the unique references of banks."""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa
from alembic import op

revision: str = "unique_references_of_banks"
down_revision: str | None = "keys_may_change"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_COLUMNS: Final = (
    ("payment_list", "uetr"),
    ("return_list", "uetr"),
    ("return_list", "clearing_ref"),
)


def upgrade() -> None:
    """What was booked before has none."""
    for table, name in _COLUMNS:
        op.add_column(table, sa.Column(name, sa.String(), server_default="", nullable=False))
        op.alter_column(table, name, server_default=None)
    op.create_index(
        "ix_payment_list_uetr",
        "payment_list",
        ["uetr"],
        unique=False,
        postgresql_where=sa.text("uetr <> ''"),
    )
    op.create_index(op.f("ix_payment_orders_uetr"), "payment_orders", ["uetr"], unique=False)


def downgrade() -> None:
    """Forget them in the lists; the facts still say them."""
    op.drop_index(op.f("ix_payment_orders_uetr"), table_name="payment_orders")
    op.drop_index("ix_payment_list_uetr", table_name="payment_list")
    for table, name in reversed(_COLUMNS):
        op.drop_column(table, name)
