"""public comments: cases, texts and answers; keys for sealed contacts."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from shared.migrations import run_scripts
from shared.sealing import schema

revision: str = "public_comments"
down_revision: str | None = "policy_library"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def upgrade() -> None:
    """Create the tables, and the place of the keys."""
    run_scripts(schema.steps("disclosure"))
    op.create_table(
        "comment_register",
        *map(_text, ("case_number", "region_code", "unit_code", "about", "about_id", "channel")),
        sa.Column("filed_on", sa.Date(), nullable=False),
        _text("status"),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("case_number", name="pk_comment_register"),
    )
    for name in ("region_code", "about_id", "filed_on"):
        op.create_index(f"ix_comment_register_{name}", "comment_register", [name], unique=False)
    op.create_table(
        "comment_exchanges",
        _text("case_number"),
        _whole("round"),
        _text("region_code"),
        _text("text"),
        sa.Column("masked", sa.JSON(), nullable=False),
        _text("status"),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("rejected_on", sa.Date(), nullable=True),
        sa.Column("rejected_for", sa.String(), nullable=True),
        _text("explanation"),
        _text("answer"),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("case_number", "round", name="pk_comment_exchanges"),
    )
    op.create_index(
        "ix_comment_exchanges_region_code", "comment_exchanges", ["region_code"], unique=False
    )
    op.create_table(
        "comment_contacts",
        *map(_text, ("case_number", "region_code", "subject", "key_id", "box")),
        sa.PrimaryKeyConstraint("case_number", name="pk_comment_contacts"),
    )
    op.create_table(
        "comment_looks",
        _text("case_number"),
        _whole("version"),
        *map(_text, ("revealed_by", "purpose", "reason")),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("case_number", "version", name="pk_comment_looks"),
    )


def downgrade() -> None:
    """Take them back; without its keys no contact opens again."""
    for name in ("comment_looks", "comment_contacts", "comment_exchanges", "comment_register"):
        op.drop_table(name)
    run_scripts([schema.REMOVE])
