"""the policy library by day: versions, steps ruled, search; attendance closed; articles offered.

What was there before is carried over: a document rules the steps it had, since ever, and has one
version. Rebuild `policy_register` afterwards to tell the amendments of before apart as well.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "policy_library"
down_revision: str | None = "told_periods"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_TEXTS = ("origin", "stage", "text_sha256", "searched", "end_reason")
_CARRY_OVER = (
    r"""
    UPDATE policy_register SET origin = 'DRAFTED',
      stage = CASE WHEN status = 'DRAFT' THEN 'DRAFT' ELSE 'LEGALITY_REVIEWED' END,
      searched = lower(regexp_replace(title, '\s', '', 'g') || ' ' ||
        regexp_replace(document_no, '\s', '', 'g') || ' ' || regexp_replace(issuer, '\s', '', 'g'))
    """,
    """
    INSERT INTO policy_steps (policy_id, step, from_on, ruled)
    SELECT policy_id, json_array_elements_text(steps), DATE '0001-01-01', true FROM policy_register
    """,
    """
    INSERT INTO policy_versions (policy_id, number, effective_on, text_sha256, summary)
    SELECT policy_id, 1, effective_on, '', '' FROM policy_register WHERE effective_on IS NOT NULL
    """,
)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _added(table: str, column: sa.Column[object], default: str) -> None:
    """A column that rows from before have, too."""
    column.server_default = sa.DefaultClause(default)
    op.add_column(table, column)
    op.alter_column(table, column.name, server_default=None)


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "policy_versions",
        _text("policy_id"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        _text("text_sha256"),
        _text("summary"),
        sa.PrimaryKeyConstraint("policy_id", "number", name="pk_policy_versions"),
    )
    op.create_table(
        "policy_steps",
        _text("policy_id"),
        _text("step"),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("ruled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("policy_id", "step", "from_on", name="pk_policy_steps"),
    )
    for name in _TEXTS:
        _added("policy_register", sa.Column(name, sa.String(), nullable=False), "")
    _added("policy_register", sa.Column("supersedes", sa.JSON(), nullable=False), "[]")
    op.add_column("policy_register", sa.Column("reviewed_on", sa.Date(), nullable=True))
    for statement in _CARRY_OVER:
        op.execute(statement)
    op.drop_column("policy_register", "steps")
    op.drop_column("policy_register", "status")
    _upgrade_work()


def _upgrade_work() -> None:
    """Trainings and articles."""
    _added("training_register", sa.Column("sheet_sha256", sa.String(), nullable=False), "")
    _added("training_register", sa.Column("unit_codes", sa.JSON(), nullable=False), "[]")
    op.create_table(
        "training_corrections",
        _text("session_id"),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("person_times", sa.Integer(), nullable=False),
        _text("sheet_sha256"),
        _text("reason"),
        sa.Column("corrected_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "version", name="pk_training_corrections"),
    )
    op.create_table(
        "article_submissions",
        _text("article_id"),
        _text("outlet"),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "outlet", name="pk_article_submissions"),
    )


def downgrade() -> None:
    """Take them back; `rebuild policy_register` fills the earlier table."""
    op.drop_table("article_submissions")
    op.drop_table("training_corrections")
    op.drop_column("training_register", "unit_codes")
    op.drop_column("training_register", "sheet_sha256")
    _added("policy_register", sa.Column("status", sa.String(), nullable=False), "DRAFT")
    _added("policy_register", sa.Column("steps", sa.JSON(), nullable=False), "[]")
    for name in (*_TEXTS, "supersedes", "reviewed_on"):
        op.drop_column("policy_register", name)
    op.drop_table("policy_steps")
    op.drop_table("policy_versions")
