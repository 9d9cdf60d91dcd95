"""standing in depth: effectiveness, conduct, measures of cases, corrections of rankings."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "standing"
down_revision: str | None = "self_evaluation_in_depth"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

TEXT, NUMBER = sa.String(), sa.Integer()
COLUMNS = (
    ("appraisal_board", "rule_set_version", NUMBER, "0"),
    ("appraisal_board", "explanation", sa.JSON(), None),
    ("ranking_board", "plan_id", TEXT, ""),
    ("ranking_board", "corrects", TEXT, ""),
    ("ranking_board", "superseded_by", TEXT, ""),
    ("ranking_board", "reason", TEXT, ""),
    ("ranking_board", "document_no", TEXT, ""),
    ("external_ranks", "issuing_body", TEXT, ""),
    ("external_ranks", "scope", TEXT, ""),
    ("external_ranks", "replaces", TEXT, ""),
    ("external_scores", "issuing_body", TEXT, ""),
    ("external_scores", "scope", TEXT, ""),
    ("external_scores", "replaces", TEXT, ""),
    ("case_register", "kind", TEXT, "TOLD"),
    ("case_register", "violation", TEXT, ""),
    ("case_register", "statute", TEXT, ""),
    ("case_register", "office", TEXT, ""),
    ("case_register", "no_action", TEXT, ""),
    ("case_register", "closed_on", sa.Date(), None),
)
INDEXES = (
    ("conduct_log", "region_code"),
    ("conduct_log", "unit_code"),
    ("effectiveness_board", "plan_id"),
    ("effectiveness_board", "region_code"),
    ("effectiveness_plans", "fiscal_year"),
    ("effectiveness_plans", "region_code"),
)


def upgrade() -> None:
    """Bring the tables forward; what was there before had none of it."""
    for table, name, kind, default in COLUMNS:
        may_lack = default is None
        op.add_column(table, sa.Column(name, kind, nullable=may_lack, server_default=default))
        if not may_lack:
            op.alter_column(table, name, server_default=None)
    op.create_table(
        "case_measures",
        sa.Column("case_id", TEXT, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("rung", TEXT, nullable=False),
        sa.Column("authority", TEXT, nullable=False),
        sa.Column("document_no", TEXT, nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("posts", sa.JSON(), nullable=False),
        sa.Column("recipient", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "version", name=op.f("pk_case_measures")),
    )
    op.create_table(
        "conduct_log",
        sa.Column("conduct_id", TEXT, nullable=False),
        sa.Column("aspect", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("unit_code", TEXT, nullable=False),
        sa.Column("region_code", TEXT, nullable=False),
        sa.Column("fiscal_year", NUMBER, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("part", sa.Numeric(), nullable=False),
        sa.Column("whole", sa.Numeric(), nullable=False),
        sa.PrimaryKeyConstraint("conduct_id", name=op.f("pk_conduct_log")),
    )
    _effectiveness()
    for table, column in INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _effectiveness() -> None:
    op.create_table(
        "effectiveness_plans",
        sa.Column("plan_id", TEXT, nullable=False),
        sa.Column("region_code", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("fiscal_year", NUMBER, nullable=False),
        sa.Column("period", TEXT, nullable=False),
        sa.Column("cut_off_on", sa.Date(), nullable=False),
        sa.Column("document_no", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("subjects", NUMBER, nullable=False),
        sa.Column("framework", sa.JSON(), nullable=True),
        sa.Column("rule_set_version", NUMBER, nullable=False),
        sa.Column("ranking_id", TEXT, nullable=False),
        sa.Column("used_for", TEXT, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_effectiveness_plans")),
    )
    op.create_table(
        "effectiveness_board",
        sa.Column("effectiveness_id", TEXT, nullable=False),
        sa.Column("plan_id", TEXT, nullable=False),
        sa.Column("subject_code", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("fiscal_year", NUMBER, nullable=False),
        sa.Column("period", TEXT, nullable=False),
        sa.Column("region_code", TEXT, nullable=False),
        sa.Column("department_code", TEXT, nullable=False),
        sa.Column("unit_code", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("total", sa.JSON(), nullable=True),
        sa.Column("score", sa.Numeric(), nullable=True),
        sa.Column("grade", TEXT, nullable=True),
        sa.Column("rank", NUMBER, nullable=True),
        sa.Column("previous_rank", NUMBER, nullable=True),
        sa.Column("object_by", sa.Date(), nullable=True),
        sa.Column("objection", TEXT, nullable=False),
        sa.Column("answer", TEXT, nullable=False),
        sa.Column("rule_set_version", NUMBER, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("effectiveness_id", name=op.f("pk_effectiveness_board")),
    )


def downgrade() -> None:
    """Take them back; the facts still say so."""
    for table, column in reversed(INDEXES):
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
    for table in ("effectiveness_board", "effectiveness_plans", "conduct_log", "case_measures"):
        op.drop_table(table)
    for table, name, _kind, _default in reversed(COLUMNS):
        op.drop_column(table, name)
