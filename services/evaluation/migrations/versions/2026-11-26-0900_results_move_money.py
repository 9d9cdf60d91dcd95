"""the ways of linkage, recovery and cut, and the programmes that are compared."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "results_move_money"
down_revision: str | None = "standing"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

LINKAGE = (
    ("status", sa.String(), "CONFIRMED"),
    ("base", sa.String(), "INITIAL"),
    ("disposition", sa.String(), ""),
    ("legal_basis", sa.String(), ""),
    ("document_no", sa.String(), ""),
    ("answer_by", sa.Date(), None),
    ("agrees", sa.Boolean(), None),
    ("answer", sa.String(), ""),
    ("exempted", sa.JSON(), "{}"),
    ("confirmed_on", sa.Date(), None),
    ("confirmed_version", sa.Integer(), None),
    ("remark", sa.String(), ""),
    ("approved_fen", sa.BigInteger(), None),
    ("exempt_fen", sa.BigInteger(), None),
    ("excess_fen", sa.BigInteger(), None),
    ("streams", sa.JSON(), "[]"),
)
RECOVERY = (
    ("claim_fen", sa.BigInteger(), "0"),
    ("claimed_before_fen", sa.BigInteger(), "0"),
    ("left_fen", sa.BigInteger(), None),
    ("from_ledger", sa.Boolean(), sa.false()),
    ("found_by_machine", sa.Boolean(), sa.false()),
    ("checked_on", sa.Date(), None),
    ("execution_rate", sa.Numeric(), None),
    ("notice_no", sa.String(), ""),
    ("agrees", sa.Boolean(), None),
    ("answer", sa.String(), ""),
    ("confirmation_no", sa.String(), ""),
    ("remark", sa.String(), ""),
    ("rule_set_version", sa.Integer(), "0"),
    ("legal_basis", sa.String(), ""),
    ("streams", sa.JSON(), "[]"),
)
CUT = (
    ("basis_name", sa.String(), ""),
    ("basis_score", sa.Numeric(), None),
    ("execution_rate", sa.Numeric(), None),
    ("likeness", sa.Numeric(), None),
    ("same_function", sa.Boolean(), None),
    ("same_track", sa.Boolean(), sa.false()),
    ("disposition", sa.String(), ""),
    ("ratio", sa.Numeric(), None),
    ("document_no", sa.String(), ""),
    ("answer_by", sa.Date(), None),
    ("agrees", sa.Boolean(), None),
    ("answer", sa.String(), ""),
    ("granted_fen", sa.BigInteger(), None),
    ("legal_basis", sa.String(), ""),
    ("streams", sa.JSON(), "[]"),
)
ADDED = (("linkage_board", LINKAGE), ("recovery_ledger", RECOVERY), ("cut_register", CUT))


def upgrade() -> None:
    """Bring the tables forward; `rebuild` fills what earlier facts say of the new columns."""
    for table, columns in ADDED:
        for name, kind, default in columns:
            may_lack = default is None
            op.add_column(table, sa.Column(name, kind, nullable=may_lack, server_default=default))
            if not may_lack:
                op.alter_column(table, name, server_default=None)
    # What was decided before bound at once.
    op.execute("UPDATE linkage_board SET confirmed_on = decided_on, confirmed_version = version")
    op.create_table(
        "reallocations",
        sa.Column("recovery_id", sa.String(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("to_project_code", sa.String(), nullable=False),
        sa.Column("to_unit_code", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("document_no", sa.String(), nullable=False),
        sa.Column("reallocated_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("recovery_id", "entry", name=op.f("pk_reallocations")),
    )
    for column in ("project_code", "region_code", "to_project_code", "to_unit_code"):
        op.create_index(op.f(f"ix_reallocations_{column}"), "reallocations", [column])
    op.create_table(
        "programme_register",
        sa.Column("programme_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("project_name", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("function_code", sa.String(), nullable=False),
        sa.Column("track_pro_code", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("execution_rate", sa.Numeric(), nullable=True),
        sa.Column("origin", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("programme_id", name=op.f("pk_programme_register")),
    )
    for column in ("fiscal_year", "region_code", "unit_code"):
        op.create_index(op.f(f"ix_programme_register_{column}"), "programme_register", [column])
    op.create_table(
        "unit_names",
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", name=op.f("pk_unit_names")),
    )
    op.create_table(
        "duplicate_groups",
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("pairs", sa.JSON(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("likeness", sa.Numeric(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("disposition", sa.String(), nullable=False),
        sa.Column("keeps", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("rule_set_version", sa.Integer(), nullable=False),
        sa.Column("legal_basis", sa.String(), nullable=False),
        sa.Column("streams", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_duplicate_groups")),
    )
    for column in ("fiscal_year", "region_code"):
        op.create_index(op.f(f"ix_duplicate_groups_{column}"), "duplicate_groups", [column])


def downgrade() -> None:
    """Take them back."""
    for table in ("duplicate_groups", "unit_names", "programme_register", "reallocations"):
        op.drop_table(table)
    for table, columns in reversed(ADDED):
        for name, _kind, _default in reversed(columns):
            op.drop_column(table, name)
