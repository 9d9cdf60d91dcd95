"""Key funds: batches, findings, real names with their keys, linkage and industrial funds."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import sqlalchemy as sa
from alembic import op

from shared.migrations import run_scripts
from shared.sealing import schema

revision: str = "key_funds"
down_revision: str | None = "adjustment_saga"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

TABLES: Final = (
    "key_fund_stages",
    "key_fund_industry",
    "key_fund_notices",
    "key_fund_linkage",
    "key_fund_reveals",
    "key_fund_beneficiaries",
    "key_fund_findings",
    "key_fund_issues",
    "key_fund_allocations",
    "key_fund_batches",
)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def _fen(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _day(name: str, *, nullable: bool = False) -> sa.Column[date]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _maybe(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=True)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def upgrade() -> None:
    """Create the tables, and the keys beside the facts."""
    run_scripts(schema.steps("monitoring"))
    _direct_funds()
    _findings()
    _beneficiaries()
    _linkage()
    _industry()


def _direct_funds() -> None:
    op.create_table(
        "key_fund_batches",
        _text("batch_id"),
        _text("root_id"),
        _text("parent_id"),
        _text("region_code"),
        _whole("fiscal_year"),
        _text("fund_name"),
        _text("superior_document_no"),
        _text("direct_fund_flag"),
        _text("kind"),
        _fen("amount_fen"),
        _day("received_on", nullable=True),
        _day("pass_on_by", nullable=True),
        _fen("allocated_fen"),
        _fen("own_fen"),
        _fen("issued_fen"),
        _flag("missed_allocate"),
        _flag("missed_issue"),
        _whole("version"),
        sa.PrimaryKeyConstraint("batch_id", name="pk_key_fund_batches"),
    )
    op.create_index("ix_key_fund_batches_fiscal_year", "key_fund_batches", ["fiscal_year"])
    op.create_index("ix_key_fund_batches_region_code", "key_fund_batches", ["region_code"])
    op.create_index("ix_key_fund_batches_root_id", "key_fund_batches", ["root_id"])
    op.create_table(
        "key_fund_allocations",
        _text("batch_id"),
        _text("allocation_id"),
        _text("root_id"),
        _text("region_code"),
        _whole("fiscal_year"),
        _text("document_no"),
        _text("recipient_kind"),
        _text("recipient"),
        _text("project_code"),
        _fen("amount_fen"),
        _day("allocated_on", nullable=True),
        _fen("issued_fen"),
        _text("passed_to"),
        sa.PrimaryKeyConstraint("batch_id", "allocation_id", name="pk_key_fund_allocations"),
    )
    op.create_index("ix_key_fund_allocations_root_id", "key_fund_allocations", ["root_id"])
    op.create_table(
        "key_fund_issues",
        _text("batch_id"),
        _text("allocation_id"),
        _text("ledger_id"),
        _text("document_no"),
        _text("root_id"),
        _text("region_code"),
        _text("unit_code"),
        _text("project_code"),
        _whole("fiscal_year"),
        _fen("amount_fen"),
        _day("issued_on", nullable=True),
        sa.PrimaryKeyConstraint(
            "batch_id", "allocation_id", "ledger_id", "document_no", name="pk_key_fund_issues"
        ),
    )
    op.create_index("ix_key_fund_issues_fiscal_year", "key_fund_issues", ["fiscal_year"])
    op.create_index("ix_key_fund_issues_root_id", "key_fund_issues", ["root_id"])


def _findings() -> None:
    op.create_table(
        "key_fund_findings",
        _text("finding_id"),
        _text("region_code"),
        _maybe("department_code"),
        _maybe("unit_code"),
        _whole("fiscal_year"),
        _text("batch_id"),
        _text("project_code"),
        _text("kind"),
        _text("level"),
        _text("status"),
        _fen("amount_fen", nullable=True),
        _day("due_on", nullable=True),
        _day("opened_on"),
        _text("note"),
        _maybe("judgement"),
        _text("opinion"),
        _text("result"),
        _day("closed_on", nullable=True),
        _whole("version"),
        sa.PrimaryKeyConstraint("finding_id", name="pk_key_fund_findings"),
    )
    op.create_index("ix_key_fund_findings_batch_id", "key_fund_findings", ["batch_id"])
    op.create_index("ix_key_fund_findings_fiscal_year", "key_fund_findings", ["fiscal_year"])
    op.create_index("ix_key_fund_findings_region_code", "key_fund_findings", ["region_code"])


def _beneficiaries() -> None:
    op.create_table(
        "key_fund_beneficiaries",
        _text("ledger_id"),
        _text("payment_id"),
        _text("line_id"),
        _text("project_code"),
        _whole("fiscal_year"),
        _text("region_code"),
        _text("department_code"),
        _text("unit_code"),
        _text("month"),
        _text("place_code"),
        _text("township"),
        _text("payee_kind"),
        _text("counting"),
        _whole("persons"),
        _fen("amount_fen"),
        _text("subject"),
        _text("key_id"),
        _text("box"),
        _text("duplicate_of"),
        _flag("withdrawn"),
        _day("recorded_on"),
        sa.PrimaryKeyConstraint(
            "ledger_id", "payment_id", "line_id", name="pk_key_fund_beneficiaries"
        ),
    )
    op.create_index(
        "ix_key_fund_beneficiaries_fiscal_year", "key_fund_beneficiaries", ["fiscal_year"]
    )
    op.create_index(
        "ix_key_fund_beneficiaries_region_code", "key_fund_beneficiaries", ["region_code"]
    )
    op.create_index("ix_key_fund_beneficiaries_subject", "key_fund_beneficiaries", ["subject"])
    op.create_table(
        "key_fund_reveals",
        _text("reveal_id"),
        _text("project_code"),
        _whole("fiscal_year"),
        _text("region_code"),
        _text("payment_id"),
        _text("line_id"),
        _text("subject"),
        _text("key_id"),
        _text("box"),
        _text("purpose"),
        _text("reason"),
        _text("revealed_by"),
        _text("revealed_at"),
        sa.PrimaryKeyConstraint("reveal_id", name="pk_key_fund_reveals"),
    )
    op.create_index("ix_key_fund_reveals_region_code", "key_fund_reveals", ["region_code"])


def _linkage() -> None:
    op.create_table(
        "key_fund_linkage",
        _text("linkage_id"),
        _text("project_code"),
        _whole("fiscal_year"),
        _text("region_code"),
        _text("department_code"),
        _text("unit_code"),
        _text("kind"),
        _fen("amount_fen"),
        _text("target"),
        _text("completion"),
        _whole("households"),
        _whole("persons"),
        _text("notice"),
        _maybe("score"),
        _text("industry_share_min"),
        _whole("rule_set_version"),
        _whole("notices"),
        _whole("version"),
        sa.PrimaryKeyConstraint("linkage_id", name="pk_key_fund_linkage"),
    )
    op.create_index("ix_key_fund_linkage_fiscal_year", "key_fund_linkage", ["fiscal_year"])
    op.create_index("ix_key_fund_linkage_region_code", "key_fund_linkage", ["region_code"])
    op.create_table(
        "key_fund_notices",
        _text("linkage_id"),
        _text("place"),
        _day("announced_on"),
        _text("evidence"),
        _whole("number"),
        sa.PrimaryKeyConstraint(
            "linkage_id", "place", "announced_on", "evidence", name="pk_key_fund_notices"
        ),
    )


def _industry() -> None:
    op.create_table(
        "key_fund_industry",
        _text("fund_id"),
        _text("name"),
        _text("region_code"),
        _text("department_code"),
        _text("unit_code"),
        _whole("fiscal_year"),
        _fen("planned_fen"),
        _text("enterprise"),
        _text("credit_code"),
        _text("stage"),
        _maybe("next_stage"),
        _text("outcome"),
        _fen("allocated_fen"),
        _fen("paid_fen"),
        _fen("recovered_fen"),
        sa.Column("jobs", sa.Integer(), nullable=True),
        _fen("output_fen", nullable=True),
        _fen("tax_fen", nullable=True),
        _day("moved_on"),
        _whole("version"),
        sa.PrimaryKeyConstraint("fund_id", name="pk_key_fund_industry"),
    )
    op.create_index("ix_key_fund_industry_fiscal_year", "key_fund_industry", ["fiscal_year"])
    op.create_index("ix_key_fund_industry_region_code", "key_fund_industry", ["region_code"])
    op.create_table(
        "key_fund_stages",
        _text("fund_id"),
        _text("stage"),
        _day("passed_on"),
        _text("passed_by"),
        sa.Column("statement", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("fund_id", "stage", name="pk_key_fund_stages"),
    )


def downgrade() -> None:
    """Take the tables back. With the keys, everything that was sealed is unreadable for ever."""
    for name in TABLES:
        op.drop_table(name)
    run_scripts([schema.REMOVE])
