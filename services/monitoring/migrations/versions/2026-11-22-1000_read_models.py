"""The read models of monitoring: ledger, payments, rounds, records, warnings, letters."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "read_models"
down_revision: str | None = "kernel_v1"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "adjustment_register",
        sa.Column("adjustment_id", sa.String(), nullable=False),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("change_fen", sa.BigInteger(), nullable=False),
        sa.Column("budget_fen", sa.BigInteger(), nullable=False),
        sa.Column("transfer_to", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("refused_because", sa.String(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("adjustment_id", name=op.f("pk_adjustment_register")),
    )
    op.create_index(
        op.f("ix_adjustment_register_fiscal_year"),
        "adjustment_register",
        ["fiscal_year"],
        unique=False,
    )
    op.create_index(
        op.f("ix_adjustment_register_region_code"),
        "adjustment_register",
        ["region_code"],
        unique=False,
    )
    op.create_table(
        "ledger_statement",
        sa.Column("ledger_id", sa.String(), nullable=False),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("fund_type_code", sa.String(), nullable=False),
        sa.Column("direct_fund_flag", sa.String(), nullable=False),
        sa.Column("budget_fen", sa.BigInteger(), nullable=False),
        sa.Column("treasury_fen", sa.BigInteger(), nullable=False),
        sa.Column("appropriated_fen", sa.BigInteger(), nullable=False),
        sa.Column("frozen_fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("returned_fen", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_fen", sa.BigInteger(), nullable=False),
        sa.Column("payments", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("ledger_id", name=op.f("pk_ledger_statement")),
    )
    op.create_index(
        op.f("ix_ledger_statement_region_code"), "ledger_statement", ["region_code"], unique=False
    )
    op.create_index(
        op.f("ix_ledger_statement_unit_code"), "ledger_statement", ["unit_code"], unique=False
    )
    op.create_table(
        "letters",
        sa.Column("letter_no", sa.String(), nullable=False),
        sa.Column("warning_id", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("finish_by", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("letter_no", name=op.f("pk_letters")),
    )
    op.create_index(op.f("ix_letters_region_code"), "letters", ["region_code"], unique=False)
    op.create_index(op.f("ix_letters_unit_code"), "letters", ["unit_code"], unique=False)
    op.create_index(op.f("ix_letters_warning_id"), "letters", ["warning_id"], unique=False)
    op.create_table(
        "monitoring_explanations",
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("rule_set_version", sa.Integer(), nullable=False),
        sa.Column("legal_basis", sa.String(), nullable=False),
        sa.Column("explanation", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", "step", name=op.f("pk_monitoring_explanations")),
    )
    op.create_table(
        "monitoring_register",
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("cut_off_on", sa.Date(), nullable=True),
        sa.Column("pre_analysis_on", sa.Date(), nullable=True),
        sa.Column("submit_by", sa.Date(), nullable=True),
        sa.Column("forecast_level", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("score", sa.String(), nullable=True),
        sa.Column("execution_rate", sa.String(), nullable=True),
        sa.Column("goal_rate", sa.String(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("on_time", sa.Boolean(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_monitoring_register")),
    )
    op.create_index(
        op.f("ix_monitoring_register_fiscal_year"),
        "monitoring_register",
        ["fiscal_year"],
        unique=False,
    )
    op.create_index(
        op.f("ix_monitoring_register_region_code"),
        "monitoring_register",
        ["region_code"],
        unique=False,
    )
    op.create_index(
        op.f("ix_monitoring_register_unit_code"), "monitoring_register", ["unit_code"], unique=False
    )
    op.create_table(
        "monitoring_statistics",
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("ledgers", sa.Integer(), nullable=False),
        sa.Column("budget_fen", sa.BigInteger(), nullable=False),
        sa.Column("issued_fen", sa.BigInteger(), nullable=False),
        sa.Column("spent_fen", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_fen", sa.BigInteger(), nullable=False),
        sa.Column("payments", sa.Integer(), nullable=False),
        sa.Column("breaks_open", sa.Integer(), nullable=False),
        sa.Column("forecasts", sa.Integer(), nullable=False),
        sa.Column("submitted", sa.Integer(), nullable=False),
        sa.Column("scored", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("level_normal", sa.Integer(), nullable=False),
        sa.Column("level_blue", sa.Integer(), nullable=False),
        sa.Column("level_red", sa.Integer(), nullable=False),
        sa.Column("warnings_raised", sa.Integer(), nullable=False),
        sa.Column("warnings_blue", sa.Integer(), nullable=False),
        sa.Column("warnings_red", sa.Integer(), nullable=False),
        sa.Column("letters_issued", sa.Integer(), nullable=False),
        sa.Column("letters_acknowledged", sa.Integer(), nullable=False),
        sa.Column("rectifications_verified", sa.Integer(), nullable=False),
        sa.Column("rectifications_overdue", sa.Integer(), nullable=False),
        sa.Column("measures_taken", sa.Integer(), nullable=False),
        sa.Column("warnings_closed", sa.Integer(), nullable=False),
        sa.Column("warnings_dismissed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "region_code", "fiscal_year", name=op.f("pk_monitoring_statistics")
        ),
    )
    op.create_table(
        "payment_list",
        sa.Column("ledger_id", sa.String(), nullable=False),
        sa.Column("payment_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("ledger_id", "payment_id", name=op.f("pk_payment_list")),
    )
    op.create_table(
        "reconciliation_breaks",
        sa.Column("ledger_id", sa.String(), nullable=False),
        sa.Column("break_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("line_id", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("resolution", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("ledger_id", "break_id", name=op.f("pk_reconciliation_breaks")),
    )
    op.create_index(
        op.f("ix_reconciliation_breaks_region_code"),
        "reconciliation_breaks",
        ["region_code"],
        unique=False,
    )
    op.create_table(
        "return_list",
        sa.Column("ledger_id", sa.String(), nullable=False),
        sa.Column("payment_id", sa.String(), nullable=False),
        sa.Column("return_id", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("recovery_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint(
            "ledger_id", "payment_id", "return_id", name=op.f("pk_return_list")
        ),
    )
    op.create_table(
        "round_board",
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("cut_off_on", sa.Date(), nullable=False),
        sa.Column("pre_analysis_on", sa.Date(), nullable=False),
        sa.Column("collect_on", sa.Date(), nullable=False),
        sa.Column("submit_by", sa.Date(), nullable=False),
        sa.Column("review_by", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("reviewed", sa.Integer(), nullable=True),
        sa.Column("missed", sa.Integer(), nullable=True),
        sa.Column("rule_set_version", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_round_board")),
    )
    op.create_index(
        op.f("ix_round_board_region_code"), "round_board", ["region_code"], unique=False
    )
    op.create_table(
        "warning_board",
        sa.Column("warning_id", sa.String(), nullable=False),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("project_name", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("unit_name", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("letter_no", sa.String(), nullable=True),
        sa.Column("acknowledge_by", sa.Date(), nullable=True),
        sa.Column("plan_by", sa.Date(), nullable=True),
        sa.Column("finish_by", sa.Date(), nullable=True),
        sa.Column("overdue", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("explanation", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("warning_id", name=op.f("pk_warning_board")),
    )
    op.create_index(
        op.f("ix_warning_board_fiscal_year"), "warning_board", ["fiscal_year"], unique=False
    )
    op.create_index(
        op.f("ix_warning_board_region_code"), "warning_board", ["region_code"], unique=False
    )
    op.create_index(
        op.f("ix_warning_board_unit_code"), "warning_board", ["unit_code"], unique=False
    )


def downgrade() -> None:
    """Drop the tables; they can be rebuilt from events."""
    op.drop_table("warning_board")
    op.drop_table("round_board")
    op.drop_table("return_list")
    op.drop_table("reconciliation_breaks")
    op.drop_table("payment_list")
    op.drop_table("monitoring_statistics")
    op.drop_table("monitoring_register")
    op.drop_table("monitoring_explanations")
    op.drop_table("letters")
    op.drop_table("ledger_statement")
    op.drop_table("adjustment_register")
