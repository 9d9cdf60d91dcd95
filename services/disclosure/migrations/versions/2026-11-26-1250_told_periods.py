"""Editions of bulletins and reports, loose ends of the loop, closed years."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "told_periods"
down_revision: str | None = "search_register"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

TEXT, WHOLE, DAY = sa.String(), sa.Integer(), sa.Date()
ADDED = (
    ("bulletin_register", "edition", WHOLE, "0"),
    ("bulletin_register", "content_sha256", TEXT, ""),
    ("project_register", "needs_ex_ante", sa.Boolean(), sa.false()),
    ("report_register", "title", TEXT, ""),
    ("report_register", "passages", sa.JSON(), "[]"),
    ("report_register", "reason", TEXT, ""),
    ("report_register", "content_sha256", TEXT, ""),
)
PROJECT = (
    ("region_code", TEXT),
    ("unit_code", TEXT),
    ("project_code", TEXT),
    ("fiscal_year", WHOLE),
)
# table → its key, its columns, those that may be empty, its indexes
TABLES: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, Any], ...], str, str], ...] = (
    (
        "bulletin_editions",
        ("bulletin_id", "edition"),
        (
            ("bulletin_id", TEXT),
            ("edition", WHOLE),
            ("region_code", TEXT),
            ("issued_on", DAY),
            ("reason", TEXT),
            ("content", sa.JSON()),
            ("content_sha256", TEXT),
        ),
        "",
        "",
    ),
    (
        "loop_letters",
        ("warning_id",),
        (
            ("warning_id", TEXT),
            ("letter_no", TEXT),
            ("level", TEXT),
            *PROJECT,
            ("issued_on", DAY),
            ("finish_by", DAY),
            ("verified_on", DAY),
            ("closed_on", DAY),
        ),
        "verified_on closed_on",
        "region_code project_code fiscal_year",
    ),
    (
        "loop_adjustments",
        ("adjustment_id",),
        (
            ("adjustment_id", TEXT),
            ("kind", TEXT),
            *PROJECT,
            ("change_fen", sa.BigInteger()),
            ("proposed_on", DAY),
            ("outcome", TEXT),
            ("ended_on", DAY),
        ),
        "ended_on",
        "region_code project_code fiscal_year",
    ),
    (
        "loop_findings",
        ("finding_id",),
        (
            ("finding_id", TEXT),
            ("source", TEXT),
            ("kind", TEXT),
            ("level", TEXT),
            ("region_code", TEXT),
            ("project_code", TEXT),
            ("fiscal_year", WHOLE),
            ("opened_on", DAY),
            ("due_on", DAY),
            ("judgement", TEXT),
            ("closed_on", DAY),
        ),
        "due_on closed_on",
        "region_code project_code fiscal_year",
    ),
    (
        "loop_linkages",
        ("unit_code", "basis_fiscal_year"),
        (
            ("unit_code", TEXT),
            ("basis_fiscal_year", WHOLE),
            ("region_code", TEXT),
            ("budget_year", WHOLE),
            ("grade", TEXT),
            ("decided_on", DAY),
        ),
        "",
        "region_code",
    ),
    (
        "loop_budget_decisions",
        ("project_code", "budget_year"),
        (
            ("project_code", TEXT),
            ("budget_year", WHOLE),
            ("region_code", TEXT),
            ("unit_code", TEXT),
            ("granted_fen", sa.BigInteger()),
            ("decided_on", DAY),
        ),
        "",
        "region_code",
    ),
    (
        "report_rule_sets",
        ("region_code", "fiscal_year", "rule_set_version"),
        (
            ("region_code", TEXT),
            ("fiscal_year", WHOLE),
            ("rule_set_version", WHOLE),
            ("rule_set_id", TEXT),
            ("legal_basis", TEXT),
        ),
        "",
        "",
    ),
    (
        "score_findings",
        ("project_code", "fiscal_year", "code"),
        (
            ("project_code", TEXT),
            ("fiscal_year", WHOLE),
            ("code", TEXT),
            ("region_code", TEXT),
            ("unit_code", TEXT),
            ("accepted_on", DAY),
        ),
        "",
        "region_code",
    ),
    (
        "year_register",
        ("region_code", "fiscal_year"),
        (
            ("region_code", TEXT),
            ("fiscal_year", WHOLE),
            ("closed_on", DAY),
            ("carried", sa.JSON()),
            ("version", WHOLE),
        ),
        "",
        "",
    ),
    (
        "year_corrections",
        ("region_code", "fiscal_year", "version"),
        (
            ("region_code", TEXT),
            ("fiscal_year", WHOLE),
            ("version", WHOLE),
            ("item_id", TEXT),
            ("kind", TEXT),
            ("project_code", TEXT),
            ("change", TEXT),
            ("carried", sa.Boolean()),
            ("corrected_on", DAY),
        ),
        "",
        "",
    ),
)


def upgrade() -> None:
    """Create and widen the tables; `rebuild` fills what earlier facts say of them."""
    for table, name, kind, default in ADDED:
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=default))
        op.alter_column(table, name, server_default=None)
    for table, key, columns, empty, indexes in TABLES:
        op.create_table(
            table,
            *(sa.Column(name, kind, nullable=name in empty.split()) for name, kind in columns),
            sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")),
        )
        for column in indexes.split():
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    """Take them back."""
    for table, _key, _columns, _empty, _indexes in reversed(TABLES):
        op.drop_table(table)
    for table, name, _kind, _default in reversed(ADDED):
        op.drop_column(table, name)
