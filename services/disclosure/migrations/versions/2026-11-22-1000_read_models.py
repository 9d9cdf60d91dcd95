"""The read models of disclosure: what was heard, what is owed, what was told."""

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
        "article_adoptions",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("outlet", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "outlet", name="pk_article_adoptions"),
    )
    op.create_index(
        "ix_article_adoptions_region_code", "article_adoptions", ["region_code"], unique=False
    )
    op.create_table(
        "article_register",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("featured", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_register"),
    )
    op.create_index(
        "ix_article_register_region_code", "article_register", ["region_code"], unique=False
    )
    op.create_table(
        "bulletin_register",
        sa.Column("bulletin_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bulletin_id", name="pk_bulletin_register"),
    )
    op.create_index(
        "ix_bulletin_register_region_code", "bulletin_register", ["region_code"], unique=False
    )
    op.create_table(
        "cut_register",
        sa.Column("cut_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("basis_project_code", sa.String(), nullable=False),
        sa.Column("basis_fiscal_year", sa.Integer(), nullable=False),
        sa.Column("budget_year", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("requested_fen", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("cut_id", name="pk_cut_register"),
    )
    op.create_index("ix_cut_register_budget_year", "cut_register", ["budget_year"], unique=False)
    op.create_index("ix_cut_register_region_code", "cut_register", ["region_code"], unique=False)
    op.create_table(
        "disclosure_register",
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=True),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=True),
        sa.Column("legal_basis", sa.String(), nullable=True),
        sa.Column("authority", sa.String(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("corrected_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", name="pk_disclosure_register"),
    )
    op.create_index(
        "ix_disclosure_register_fiscal_year", "disclosure_register", ["fiscal_year"], unique=False
    )
    op.create_index("ix_disclosure_register_kind", "disclosure_register", ["kind"], unique=False)
    op.create_index(
        "ix_disclosure_register_project_code", "disclosure_register", ["project_code"], unique=False
    )
    op.create_index(
        "ix_disclosure_register_region_code", "disclosure_register", ["region_code"], unique=False
    )
    op.create_table(
        "evaluation_register",
        sa.Column("evaluation_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("score", sa.Numeric(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("evaluation_id", name="pk_evaluation_register"),
    )
    op.create_index(
        "ix_evaluation_register_fiscal_year", "evaluation_register", ["fiscal_year"], unique=False
    )
    op.create_index(
        "ix_evaluation_register_region_code", "evaluation_register", ["region_code"], unique=False
    )
    op.create_table(
        "ex_ante_register",
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("requested_fen", sa.BigInteger(), nullable=False),
        sa.Column("accepted_fen", sa.BigInteger(), nullable=False),
        sa.Column("reduced_fen", sa.BigInteger(), nullable=False),
        sa.Column("reduction_kind", sa.String(), nullable=False),
        sa.Column("score", sa.Numeric(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("conclusion", sa.String(), nullable=False),
        sa.Column("rule_set_version", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("project_code", "fiscal_year", name="pk_ex_ante_register"),
    )
    op.create_index(
        "ix_ex_ante_register_assessed_on", "ex_ante_register", ["assessed_on"], unique=False
    )
    op.create_index(
        "ix_ex_ante_register_region_code", "ex_ante_register", ["region_code"], unique=False
    )
    op.create_table(
        "external_ranks",
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("rank_at_most", sa.Integer(), nullable=True),
        sa.Column("document_no", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("scheme", "period", "subject", name="pk_external_ranks"),
    )
    op.create_index(
        "ix_external_ranks_region_code", "external_ranks", ["region_code"], unique=False
    )
    op.create_table(
        "external_scores",
        sa.Column("fund", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("fund_year", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("score", sa.Numeric(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("document_no", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("fund", "kind", "fund_year", "subject", name="pk_external_scores"),
    )
    op.create_index(
        "ix_external_scores_region_code", "external_scores", ["region_code"], unique=False
    )
    op.create_table(
        "idea_register",
        sa.Column("idea_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("idea_id", name="pk_idea_register"),
    )
    op.create_index("ix_idea_register_region_code", "idea_register", ["region_code"], unique=False)
    op.create_table(
        "item_corrections",
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("corrected_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", "version", name="pk_item_corrections"),
    )
    op.create_table(
        "library_register",
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("library", sa.String(), nullable=False),
        sa.Column("library_version", sa.Integer(), nullable=False),
        sa.Column("classes", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint(
            "region_code", "library", "library_version", name="pk_library_register"
        ),
    )
    op.create_table(
        "monitoring_register",
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("score", sa.Numeric(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("execution_rate", sa.Numeric(), nullable=False),
        sa.Column("goal_rate", sa.Numeric(), nullable=True),
        sa.PrimaryKeyConstraint(
            "project_code", "fiscal_year", "node", name="pk_monitoring_register"
        ),
    )
    op.create_index(
        "ix_monitoring_register_fiscal_year", "monitoring_register", ["fiscal_year"], unique=False
    )
    op.create_index(
        "ix_monitoring_register_region_code", "monitoring_register", ["region_code"], unique=False
    )
    op.create_table(
        "policy_register",
        sa.Column("policy_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("layer", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("document_no", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("amended_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("superseded_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("policy_id", name="pk_policy_register"),
    )
    op.create_index(
        "ix_policy_register_region_code", "policy_register", ["region_code"], unique=False
    )
    op.create_table(
        "project_register",
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("requested_fen", sa.BigInteger(), nullable=False),
        sa.Column("arranged", sa.Boolean(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("target_version", sa.Integer(), nullable=False),
        sa.Column("approved_fen", sa.BigInteger(), nullable=False),
        sa.Column("budget_fen", sa.BigInteger(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("adjusted_on", sa.Date(), nullable=True),
        sa.Column("direct_fund_flag", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("project_code", "fiscal_year", name="pk_project_register"),
    )
    op.create_index(
        "ix_project_register_fiscal_year", "project_register", ["fiscal_year"], unique=False
    )
    op.create_index(
        "ix_project_register_region_code", "project_register", ["region_code"], unique=False
    )
    op.create_index(
        "ix_project_register_unit_code", "project_register", ["unit_code"], unique=False
    )
    op.create_table(
        "project_watch",
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("quota_fen", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("returned_fen", sa.BigInteger(), nullable=False),
        sa.Column("payments", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("warnings_closed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("project_code", "fiscal_year", name="pk_project_watch"),
    )
    op.create_table(
        "published_content",
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", name="pk_published_content"),
    )
    op.create_table(
        "recovery_register",
        sa.Column("recovery_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("document_no", sa.String(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("recovery_id", name="pk_recovery_register"),
    )
    op.create_index(
        "ix_recovery_register_region_code", "recovery_register", ["region_code"], unique=False
    )
    op.create_index("ix_recovery_register_status", "recovery_register", ["status"], unique=False)
    op.create_table(
        "region_register",
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("parent_code", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("region_code", name="pk_region_register"),
    )
    op.create_table(
        "report_register",
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("region_code", "fiscal_year", "edition", name="pk_report_register"),
    )
    op.create_table(
        "round_register",
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("cut_off_on", sa.Date(), nullable=False),
        sa.Column("pre_analysis_on", sa.Date(), nullable=False),
        sa.Column("reviewed", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("region_code", "fiscal_year", "node", name="pk_round_register"),
    )
    op.create_table(
        "self_evaluation_register",
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("self_score", sa.Numeric(), nullable=False),
        sa.Column("machine_score", sa.Numeric(), nullable=False),
        sa.Column("final_score", sa.Numeric(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("execution_rate", sa.Numeric(), nullable=False),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=False),
        sa.Column("corrected_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("project_code", "fiscal_year", name="pk_self_evaluation_register"),
    )
    op.create_index(
        "ix_self_evaluation_register_fiscal_year",
        "self_evaluation_register",
        ["fiscal_year"],
        unique=False,
    )
    op.create_index(
        "ix_self_evaluation_register_region_code",
        "self_evaluation_register",
        ["region_code"],
        unique=False,
    )
    op.create_table(
        "training_register",
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("trainer", sa.String(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("person_times", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", name="pk_training_register"),
    )
    op.create_index(
        "ix_training_register_region_code", "training_register", ["region_code"], unique=False
    )
    op.create_table(
        "unit_register",
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("department_name", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", name="pk_unit_register"),
    )
    op.create_index("ix_unit_register_region_code", "unit_register", ["region_code"], unique=False)
    op.create_table(
        "warning_register",
        sa.Column("warning_id", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("issued_level", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("letter_no", sa.String(), nullable=True),
        sa.Column("finish_by", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("warning_id", name="pk_warning_register"),
    )
    op.create_index(
        "ix_warning_register_fiscal_year", "warning_register", ["fiscal_year"], unique=False
    )
    op.create_index(
        "ix_warning_register_region_code", "warning_register", ["region_code"], unique=False
    )


def downgrade() -> None:
    """Drop the tables; they can be rebuilt from events."""
    op.drop_table("warning_register")
    op.drop_table("unit_register")
    op.drop_table("training_register")
    op.drop_table("self_evaluation_register")
    op.drop_table("round_register")
    op.drop_table("report_register")
    op.drop_table("region_register")
    op.drop_table("recovery_register")
    op.drop_table("published_content")
    op.drop_table("project_watch")
    op.drop_table("project_register")
    op.drop_table("policy_register")
    op.drop_table("monitoring_register")
    op.drop_table("library_register")
    op.drop_table("item_corrections")
    op.drop_table("idea_register")
    op.drop_table("external_scores")
    op.drop_table("external_ranks")
    op.drop_table("ex_ante_register")
    op.drop_table("evaluation_register")
    op.drop_table("disclosure_register")
    op.drop_table("cut_register")
    op.drop_table("bulletin_register")
    op.drop_table("article_register")
    op.drop_table("article_adoptions")
