"""what official forms show: registrations, signatures, reports; the legal identity of units."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from alembic import op

revision: str = "official_forms"
down_revision: str | None = "dated_registers"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _day(name: str) -> sa.Column[date]:
    return sa.Column(name, sa.Date(), nullable=True)


def upgrade() -> None:
    """Bring the tables forward; `rebuild` fills them with what happened before."""
    op.create_table(
        "project_particulars",
        _text("project_code"),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.Column("is_new_policy", sa.Boolean(), nullable=False),
        sa.Column("is_renewed", sa.Boolean(), nullable=False),
        _text("exemption"),
        _text("exemption_reason"),
        _text("library_class"),
        sa.PrimaryKeyConstraint("project_code", name="pk_project_particulars"),
    )
    op.create_table(
        "target_opinions",
        _text("target_id"),
        _text("drafted_by"),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        _text("submitted_by"),
        _day("submitted_on"),
        _text("reviewed_by"),
        _day("reviewed_on"),
        _text("review_opinion"),
        _text("checked_by"),
        _day("checked_on"),
        _text("check_opinion"),
        _text("graded_by"),
        _day("graded_on"),
        sa.PrimaryKeyConstraint("target_id", name="pk_target_opinions"),
    )
    op.create_table(
        "ex_ante_papers",
        _text("assessment_id"),
        _text("goal"),
        _text("statements_json"),
        _text("evidence_json"),
        _text("submitted_by"),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        _text("opinion"),
        _day("reviewed_on"),
        _text("returned"),
        _text("objection"),
        sa.PrimaryKeyConstraint("assessment_id", name="pk_ex_ante_papers"),
    )
    op.create_table(
        "ex_ante_scorings",
        _text("assessment_id"),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        _text("scored_by"),
        sa.Column("scored_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("assessment_id", "round", "scored_by", name="pk_ex_ante_scorings"),
    )


def downgrade() -> None:
    """Take the tables back."""
    for name in ("ex_ante_scorings", "ex_ante_papers", "target_opinions", "project_particulars"):
        op.drop_table(name)
