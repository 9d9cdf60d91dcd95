"""forms, returns and evidence of self-evaluations, and what they are held against."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "self_evaluation_in_depth"
down_revision: str | None = "read_models"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

REGISTER = ("flags", "settlement")
TABLES = (
    "self_evaluation_forms",
    "self_evaluation_returns",
    "self_evaluation_evidence",
    "self_evaluation_money",
    "self_evaluation_terms",
)


def upgrade() -> None:
    """Bring the tables forward."""
    for name in REGISTER:
        op.add_column(
            "self_evaluation_register",
            sa.Column(name, sa.String(), server_default="", nullable=False),
        )
        op.alter_column("self_evaluation_register", name, server_default=None)
    op.add_column(
        "self_evaluation_register",
        sa.Column("duplicate_evidence", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.alter_column("self_evaluation_register", "duplicate_evidence", server_default=None)
    _create_forms()
    _create_evidence()
    _create_coverage()


def _create_forms() -> None:
    op.create_table(
        "self_evaluation_forms",
        sa.Column("self_evaluation_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("annual_goal", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("fund_type_code", sa.String(), nullable=False),
        sa.Column("initial_budget_fen", sa.BigInteger(), nullable=False),
        sa.Column("indicators", sa.JSON(), nullable=True),
        sa.Column("reports", sa.JSON(), nullable=True),
        sa.Column("evidence", sa.JSON(), nullable=True),
        sa.Column("execution_cause", sa.JSON(), nullable=True),
        sa.Column("finished", sa.Boolean(), nullable=True),
        sa.Column("self_score", sa.Numeric(), nullable=True),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("duty", sa.JSON(), nullable=True),
        sa.Column("filled_by", sa.String(), nullable=False),
        sa.Column("filled_for", sa.String(), nullable=False),
        sa.Column("confirmed_by", sa.String(), nullable=False),
        sa.Column("confirmed_for", sa.String(), nullable=False),
        sa.Column("confirmed_paid_fen", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_note", sa.String(), nullable=False),
        sa.Column("submitted_by", sa.String(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("signed_for", sa.String(), nullable=False),
        sa.Column("audited_by", sa.String(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("sent_by", sa.String(), nullable=False),
        sa.Column("computed", sa.JSON(), nullable=True),
        sa.Column("problems", sa.JSON(), nullable=True),
        sa.Column("asked", sa.JSON(), nullable=True),
        sa.Column("answered", sa.JSON(), nullable=True),
        sa.Column("kept", sa.JSON(), nullable=True),
        sa.Column("settlement", sa.String(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        *(
            sa.Column(f"days_{desk}", sa.Integer(), nullable=False)
            for desk in ("business", "finance", "head", "department", "bureau")
        ),
        sa.PrimaryKeyConstraint("self_evaluation_id", name=op.f("pk_self_evaluation_forms")),
    )
    for column in ("region_code", "fiscal_year"):
        op.create_index(
            op.f(f"ix_self_evaluation_forms_{column}"), "self_evaluation_forms", [column]
        )
    op.create_table(
        "self_evaluation_returns",
        sa.Column("self_evaluation_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("offices", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("returned_by", sa.String(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint(
            "self_evaluation_id", "version", name=op.f("pk_self_evaluation_returns")
        ),
    )
    op.create_index(
        op.f("ix_self_evaluation_returns_fiscal_year"), "self_evaluation_returns", ["fiscal_year"]
    )


def _create_evidence() -> None:
    op.create_table(
        "self_evaluation_evidence",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("self_evaluation_id", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("indicators", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("obtain_method", sa.String(), nullable=False),
        sa.Column("data_source", sa.String(), nullable=False),
        sa.Column("captured_on", sa.Date(), nullable=True),
        sa.Column("supersedes", sa.String(), nullable=False),
        sa.Column("submitted_by", sa.String(), nullable=False),
        sa.Column("acceptance", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint(
            "sha256", "self_evaluation_id", name=op.f("pk_self_evaluation_evidence")
        ),
    )
    for column in ("self_evaluation_id", "fiscal_year"):
        op.create_index(
            op.f(f"ix_self_evaluation_evidence_{column}"), "self_evaluation_evidence", [column]
        )


def _create_coverage() -> None:
    op.create_table(
        "self_evaluation_money",
        sa.Column("self_evaluation_id", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("self_evaluation_id", name=op.f("pk_self_evaluation_money")),
    )
    for column in ("fiscal_year", "region_code"):
        op.create_index(
            op.f(f"ix_self_evaluation_money_{column}"), "self_evaluation_money", [column]
        )
    op.create_table(
        "self_evaluation_terms",
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint(
            "region_code", "fiscal_year", name=op.f("pk_self_evaluation_terms")
        ),
    )


def downgrade() -> None:
    """Take them back."""
    for table in reversed(TABLES):
        op.drop_table(table)
    for name in ("duplicate_evidence", *REGISTER):
        op.drop_column("self_evaluation_register", name)
