"""Payment orders, requests to the treasury, webhooks and their deliveries."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from shared.migrations import run_scripts
from shared.webhooks import schema

revision: str = "payment_orders"
down_revision: str | None = "treasury_lines"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Create the tables; deliveries are the kernel's."""
    op.create_table(
        "payment_batches",
        sa.Column("batch_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("orders", sa.JSON(), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("sent_by", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_payment_batches")),
    )
    op.create_index(
        op.f("ix_payment_batches_region_code"), "payment_batches", ["region_code"], unique=False
    )
    op.create_table(
        "payment_order_breaks",
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("break_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=True),
        sa.Column("bank_ref", sa.String(), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("resolution", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("order_id", "break_id", name=op.f("pk_payment_order_breaks")),
    )
    op.create_index(
        op.f("ix_payment_order_breaks_region_code"),
        "payment_order_breaks",
        ["region_code"],
        unique=False,
    )
    op.create_table(
        "payment_orders",
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("pay_cert_no", sa.String(), nullable=False),
        sa.Column("end_to_end_id", sa.String(), nullable=False),
        sa.Column("uetr", sa.String(), nullable=False),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("debtor", sa.JSON(), nullable=False),
        sa.Column("creditor", sa.JSON(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("fund_type_code", sa.String(), nullable=False),
        sa.Column("direct_fund_flag", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("execute_on", sa.Date(), nullable=False),
        sa.Column("drafted_by", sa.String(), nullable=False),
        sa.Column("released_by", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("batch_id", sa.String(), nullable=True),
        sa.Column("bank_ref", sa.String(), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=False),
        sa.Column("settled_fen", sa.BigInteger(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("outstanding_fen", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_payment_orders")),
    )
    op.create_index(
        op.f("ix_payment_orders_batch_id"), "payment_orders", ["batch_id"], unique=False
    )
    op.create_index(
        op.f("ix_payment_orders_end_to_end_id"), "payment_orders", ["end_to_end_id"], unique=False
    )
    op.create_index(
        op.f("ix_payment_orders_fiscal_year"), "payment_orders", ["fiscal_year"], unique=False
    )
    op.create_index(
        op.f("ix_payment_orders_region_code"), "payment_orders", ["region_code"], unique=False
    )
    op.create_index(op.f("ix_payment_orders_status"), "payment_orders", ["status"], unique=False)
    op.create_table(
        "payment_recalls",
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("recall_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recovery_id", sa.String(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("refused_because", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("order_id", "recall_id", name=op.f("pk_payment_recalls")),
    )
    op.create_table(
        "treasury_requests",
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("document_no", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("cur_amt_fen", sa.BigInteger(), nullable=True),
        sa.Column("available_fen", sa.BigInteger(), nullable=True),
        sa.Column("adj_batch_no", sa.String(), nullable=False),
        sa.Column("refused_because", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_treasury_requests")),
    )
    op.create_index(
        op.f("ix_treasury_requests_position"), "treasury_requests", ["position"], unique=False
    )
    op.create_index(
        op.f("ix_treasury_requests_region_code"), "treasury_requests", ["region_code"], unique=False
    )
    op.create_table(
        "webhook_register",
        sa.Column("webhook_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("event_types", sa.JSON(), nullable=False),
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
    run_scripts(schema.install("monitoring"))


def downgrade() -> None:
    """Take them back."""
    run_scripts((schema.REMOVE,))
    op.drop_table("webhook_replays")
    op.drop_index(op.f("ix_webhook_register_region_code"), table_name="webhook_register")
    op.drop_table("webhook_register")
    op.drop_index(op.f("ix_treasury_requests_region_code"), table_name="treasury_requests")
    op.drop_index(op.f("ix_treasury_requests_position"), table_name="treasury_requests")
    op.drop_table("treasury_requests")
    op.drop_table("payment_recalls")
    op.drop_index(op.f("ix_payment_orders_status"), table_name="payment_orders")
    op.drop_index(op.f("ix_payment_orders_region_code"), table_name="payment_orders")
    op.drop_index(op.f("ix_payment_orders_fiscal_year"), table_name="payment_orders")
    op.drop_index(op.f("ix_payment_orders_end_to_end_id"), table_name="payment_orders")
    op.drop_index(op.f("ix_payment_orders_batch_id"), table_name="payment_orders")
    op.drop_table("payment_orders")
    op.drop_index(op.f("ix_payment_order_breaks_region_code"), table_name="payment_order_breaks")
    op.drop_table("payment_order_breaks")
    op.drop_index(op.f("ix_payment_batches_region_code"), table_name="payment_batches")
    op.drop_table("payment_batches")
