"""judging in depth: the nine steps, reports, third parties, samples and feedback."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "judging_in_depth"
down_revision: str | None = "self_evaluation_in_depth"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

TEXTS = ("notice_no", "stage", "legal_basis", "assignment_id", "objection")
NULLABLE: tuple[tuple[str, sa.types.TypeEngine[Any]], ...] = (
    ("answer_by", sa.Date()),
    ("decide_by", sa.Date()),
    ("plan", sa.JSON()),
    ("explanation", sa.JSON()),
)
TABLES = (
    "feedback_board",
    "recheck_items",
    "recheck_strata",
    "assignments",
    "third_parties",
    "evaluation_reports",
    "judging_steps",
)


def upgrade() -> None:
    """Bring the tables forward; what was told before is empty where it was not asked for."""
    for name in TEXTS:
        _add(name, sa.String(), "")
    _add("rule_set_version", sa.Integer(), "0")
    for name, kind in NULLABLE:
        op.add_column("evaluation_register", sa.Column(name, kind, nullable=True))
    _steps_and_reports()
    _third_parties()
    _rechecks()
    _feedback()


def _add(name: str, kind: sa.types.TypeEngine[Any], otherwise: str) -> None:
    column = sa.Column(name, kind, nullable=False, server_default=otherwise)
    op.add_column("evaluation_register", column)
    op.alter_column("evaluation_register", name, server_default=None)


def _steps_and_reports() -> None:
    op.create_table(
        "judging_steps",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "version", name=op.f("pk_judging_steps")),
    )
    op.create_table(
        "evaluation_reports",
        sa.Column("evaluation_id", sa.String(), nullable=False),
        sa.Column("report_no", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("pdf_sha256", sa.String(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("archive_no", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("evaluation_id", name=op.f("pk_evaluation_reports")),
    )
    for name in ("report_no", "region_code"):
        op.create_index(op.f(f"ix_evaluation_reports_{name}"), "evaluation_reports", [name])


def _third_parties() -> None:
    op.create_table(
        "third_parties",
        sa.Column("unified_credit_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("credit_platform_no", sa.String(), nullable=False),
        sa.Column("credit_level", sa.String(), nullable=False),
        sa.Column("lead_evaluators", sa.JSON(), nullable=False),
        sa.Column("affiliations", sa.JSON(), nullable=False),
        sa.Column("excluded", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("unified_credit_code", name=op.f("pk_third_parties")),
    )
    op.create_table(
        "assignments",
        sa.Column("assignment_id", sa.String(), nullable=False),
        sa.Column("evaluation_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("unified_credit_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("contract_no", sa.String(), nullable=False),
        sa.Column("fee_fen", sa.BigInteger(), nullable=False),
        sa.Column("fee_basis", sa.String(), nullable=False),
        sa.Column("works", sa.JSON(), nullable=False),
        sa.Column("lead_evaluator", sa.JSON(), nullable=False),
        sa.Column("declaration", sa.JSON(), nullable=False),
        sa.Column("report_sha256", sa.String(), nullable=False),
        sa.Column("seal_sha256", sa.String(), nullable=False),
        sa.Column("working_papers", sa.JSON(), nullable=True),
        sa.Column("quality_score", sa.Numeric(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_assignments")),
    )
    for name in ("evaluation_id", "region_code", "unified_credit_code"):
        op.create_index(op.f(f"ix_assignments_{name}"), "assignments", [name])


def _rechecks() -> None:
    op.create_table(
        "recheck_strata",
        sa.Column("sample_id", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("algorithm", sa.String(), nullable=False),
        sa.Column("ratio", sa.Numeric(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("sampled", sa.Integer(), nullable=False),
        sa.Column("at_random", sa.Integer(), nullable=False),
        sa.Column("rule_set_version", sa.Integer(), nullable=False),
        sa.Column("legal_basis", sa.String(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("drawn_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint(
            "sample_id", "round", "kind", "department_code", name=op.f("pk_recheck_strata")
        ),
    )
    op.create_index(op.f("ix_recheck_strata_region_code"), "recheck_strata", ["region_code"])
    op.create_table(
        "recheck_items",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sample_id", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("score", sa.Numeric(), nullable=False),
        sa.Column("rechecked", sa.Numeric(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_recheck_items")),
    )
    for name in ("sample_id", "region_code"):
        op.create_index(op.f(f"ix_recheck_items_{name}"), "recheck_items", [name])


def _feedback() -> None:
    op.create_table(
        "feedback_board",
        sa.Column("feedback_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("score", sa.Numeric(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("document_no", sa.String(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("rectify_by", sa.Date(), nullable=False),
        sa.Column("object_by", sa.Date(), nullable=False),
        sa.Column("verify_by", sa.Date(), nullable=True),
        sa.Column("overdue_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("feedback_id", name=op.f("pk_feedback_board")),
    )
    op.create_index(op.f("ix_feedback_board_region_code"), "feedback_board", ["region_code"])


def downgrade() -> None:
    """Take them back."""
    for table in TABLES:
        op.drop_table(table)
    for name in (*TEXTS, "rule_set_version", *(name for name, _ in NULLABLE)):
        op.drop_column("evaluation_register", name)
