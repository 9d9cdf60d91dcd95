"""receipts of letters, the steps of a cure, and where proof was used before."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "letters_and_cures"
down_revision: str | None = "rounds_in_depth"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

NEW: dict[str, tuple[tuple[str, sa.types.TypeEngine[Any]], ...]] = {
    "letters": (
        ("corrects", sa.String()),
        ("corrected_by", sa.String()),
        ("received_by", sa.String()),
        ("received_on", sa.Date()),
        ("objection", sa.String()),
        ("objection_kept", sa.Boolean()),
        ("objection_answer", sa.String()),
    ),
    "warning_board": (("overdue_on", sa.Date()), ("verify_by", sa.Date())),
}


def upgrade() -> None:
    """Bring the tables forward; older letters have no file of their own."""
    op.add_column(
        "letters", sa.Column("pdf_sha256", sa.String(), nullable=False, server_default="")
    )
    op.alter_column("letters", "pdf_sha256", server_default=None)
    for table, columns in NEW.items():
        for name, kind in columns:
            op.add_column(table, sa.Column(name, kind, nullable=True))
    op.create_table(
        "warning_steps",
        sa.Column("warning_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("warning_id", "version", name=op.f("pk_warning_steps")),
    )
    op.create_table(
        "evidence_uses",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("warning_id", sa.String(), nullable=False),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "warning_id", name=op.f("pk_evidence_uses")),
    )
    op.create_index(op.f("ix_evidence_uses_warning_id"), "evidence_uses", ["warning_id"])


def downgrade() -> None:
    """Take them back."""
    for table in ("evidence_uses", "warning_steps"):
        op.drop_table(table)
    for table, columns in NEW.items():
        for name, _ in columns:
            op.drop_column(table, name)
    op.drop_column("letters", "pdf_sha256")
