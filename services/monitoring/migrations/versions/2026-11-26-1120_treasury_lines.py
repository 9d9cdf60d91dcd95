"""treasury lines come in: messages, lines without a ledger, days of banks, tie-outs."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "treasury_lines"
down_revision: str | None = "ledger_in_depth"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Bring the tables forward; `rebuild treasury_lines reconciliation` fills them."""
    # A line that names no project is known by the number or the reference of its payment.
    op.create_index("ix_payment_list_payment_id", "payment_list", ["payment_id"])
    op.create_index("ix_payment_list_bank_ref", "payment_list", ["bank_ref"])
    _statements()
    op.create_table(
        "bank_days",
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("debits_fen", sa.BigInteger(), nullable=False),
        sa.Column("credits_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("statement_id", "account", "day", name="pk_bank_days"),
    )
    op.create_index("ix_bank_days_region_code", "bank_days", ["region_code"])
    op.create_table(
        "daily_money",
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("returned_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("region_code", "day", name="pk_daily_money"),
    )
    op.create_table(
        "tie_outs",
        sa.Column("tie_out_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("ledger_paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("ledger_returned_fen", sa.BigInteger(), nullable=False),
        sa.Column("listed_paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("listed_returned_fen", sa.BigInteger(), nullable=False),
        sa.Column("bank_debits_fen", sa.BigInteger(), nullable=True),
        sa.Column("bank_credits_fen", sa.BigInteger(), nullable=True),
        sa.Column("equal", sa.Boolean(), nullable=False),
        sa.Column("differences", sa.JSON(), nullable=False),
        sa.Column("breaks_open", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tie_out_id", name="pk_tie_outs"),
    )
    op.create_index("ix_tie_outs_region_code", "tie_outs", ["region_code"])


def _statements() -> None:
    op.create_table(
        "treasury_statements",
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("taken_by", sa.String(), nullable=False),
        *[
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("parts", "parts_taken", "lines", "booked", "breaks", "kept", "refused")
        ],
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("returned_fen", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("statement_id", name="pk_treasury_statements"),
    )
    op.create_index("ix_treasury_statements_region_code", "treasury_statements", ["region_code"])
    op.create_table(
        "statement_lines",
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("line_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        *[
            sa.Column(name, sa.String(), nullable=False)
            for name in ("outcome", "reason", "detail", "direction", "amount", "currency")
        ],
        sa.Column("booked_on", sa.Date(), nullable=True),
        *[
            sa.Column(name, sa.String(), nullable=False)
            for name in (
                "end_to_end_id",
                "payment_no",
                "bank_ref",
                "account",
                "project_code",
                "purpose",
            )
        ],
        sa.Column("proposals", sa.JSON(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ledger_id", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("statement_id", "line_no", name="pk_statement_lines"),
    )
    op.create_index("ix_statement_lines_region_code", "statement_lines", ["region_code"])


def downgrade() -> None:
    """Drop the tables; they can be rebuilt from events."""
    for name in ("tie_outs", "daily_money", "bank_days", "statement_lines", "treasury_statements"):
        op.drop_table(name)
    op.drop_index("ix_payment_list_bank_ref", "payment_list")
    op.drop_index("ix_payment_list_payment_id", "payment_list")
