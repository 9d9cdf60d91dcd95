"""what is owed in depth: replies, withholdings, parts and the history of items."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "owed_in_depth"
down_revision: str | None = "read_models"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

TEXTS = ("file_sha256", "shown_in", "protects")
NULLABLE = (
    ("starts_on", sa.Date()),
    ("published_at", sa.DateTime(timezone=True)),
    ("archived_on", sa.Date()),
)
TABLES = ("reply_register", "withholding_register", "item_history", "item_parts")


def upgrade() -> None:
    """Bring the tables forward; a rebuild fills what earlier facts say of the new ones."""
    for name in TEXTS:
        column = sa.Column(name, sa.String(), nullable=False, server_default="")
        op.add_column("disclosure_register", column)
        op.alter_column("disclosure_register", name, server_default=None)
    for name, kind in NULLABLE:
        op.add_column("disclosure_register", sa.Column(name, kind, nullable=True))
    op.create_table(
        "item_parts",
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", "version", name=op.f("pk_item_parts")),
    )
    op.create_table(
        "item_history",
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", "version", name=op.f("pk_item_history")),
    )
    _registers()


def _registers() -> None:
    op.create_table(
        "withholding_register",
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=True),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("protects", sa.String(), nullable=False),
        sa.Column("legal_basis", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("withheld_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_withholding_register")),
    )
    op.create_table(
        "reply_register",
        sa.Column("reply_id", sa.String(), nullable=False),
        sa.Column("replied_by", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=False),
        sa.Column("document_no", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("reply_id", "replied_by", name=op.f("pk_reply_register")),
    )
    for table in ("withholding_register", "reply_register"):
        for column in ("fiscal_year", "region_code"):
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    """Take it all back; what was told stays in the ledger."""
    for table in TABLES:
        op.drop_table(table)
    for name, _ in NULLABLE:
        op.drop_column("disclosure_register", name)
    for name in TEXTS:
        op.drop_column("disclosure_register", name)
