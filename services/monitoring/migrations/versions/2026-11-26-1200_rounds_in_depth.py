"""forms, evidence and reports of monitoring rounds; how warnings turned out."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "rounds_in_depth"
down_revision: str | None = "payment_orders"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

FORECASTS = ("forecast_method", "forecast_reasons", "first_reason")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _fen(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _day(name: str, *, nullable: bool = False) -> sa.Column[date]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _json(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=nullable)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def upgrade() -> None:
    """Bring the tables forward; `rebuild` fills them with what happened before."""
    op.add_column("monitoring_register", sa.Column("forecast_method", sa.String(), nullable=True))
    op.add_column("monitoring_register", sa.Column("forecast_reasons", sa.JSON(), nullable=True))
    op.add_column("monitoring_register", sa.Column("first_reason", sa.String(), nullable=True))
    _watched_projects()
    _monitoring_reports()
    _monitoring_evidence()
    _round_reports()
    _warning_outcomes()


def _watched_projects() -> None:
    op.create_table(
        "watched_projects",
        _text("watch_id"),
        _text("project_code"),
        _number("fiscal_year"),
        _text("region_code"),
        _text("department_code"),
        _text("unit_code"),
        _text("project_name"),
        _text("unit_name"),
        _text("department_name"),
        _fen("initial_budget_fen"),
        _fen("budget_fen"),
        _number("target_version"),
        _text("annual_goal"),
        _json("indicators"),
        _flag("exempt"),
        sa.Column("standing", sa.String(), nullable=True),
        _day("standing_since_on", nullable=True),
        _text("standing_reason"),
        _day("starts_on", nullable=True),
        _day("approved_on", nullable=True),
        _number("version"),
        sa.PrimaryKeyConstraint("watch_id", name="pk_watched_projects"),
    )
    _index("watched_projects", "region_code", "unit_code")


def _monitoring_reports() -> None:
    op.create_table(
        "monitoring_reports",
        _text("record_id"),
        _text("region_code"),
        _text("department_code"),
        _text("unit_code"),
        _json("stated", nullable=True),
        _text("summary"),
        _json("execution", nullable=True),
        _fen("expected_year_end_fen", nullable=True),
        _text("filled_by"),
        _text("filled_for"),
        _text("confirmed_by"),
        _text("confirmed_for"),
        _text("submitted_by"),
        _text("signed_by"),
        _text("verified_by"),
        _text("verified_opinion"),
        _text("reviewed_by"),
        _text("opinion"),
        _json("judgements", nullable=True),
        _json("in_depth", nullable=True),
        _number("returns"),
        sa.PrimaryKeyConstraint("record_id", name="pk_monitoring_reports"),
    )
    _index("monitoring_reports", "region_code")
    op.create_table(
        "monitoring_returns",
        _text("record_id"),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        _text("region_code"),
        _text("department_code"),
        _text("unit_code"),
        _json("codes"),
        _text("reason"),
        _text("returned_by"),
        _day("returned_on"),
        sa.PrimaryKeyConstraint("record_id", "version", name="pk_monitoring_returns"),
    )


def _monitoring_evidence() -> None:
    op.create_table(
        "monitoring_evidence",
        _text("sha256"),
        _text("record_id"),
        _text("watch_id"),
        _text("project_code"),
        _number("fiscal_year"),
        _text("node"),
        _text("region_code"),
        _text("department_code"),
        _text("unit_code"),
        _json("indicators"),
        _text("kind"),
        _text("name"),
        sa.PrimaryKeyConstraint("sha256", "record_id", name="pk_monitoring_evidence"),
    )
    _index("monitoring_evidence", "record_id", "region_code")


def _round_reports() -> None:
    op.create_table(
        "round_reports",
        _text("round_id"),
        _text("region_code"),
        _number("fiscal_year"),
        _text("node"),
        _day("cut_off_on"),
        _json("report"),
        _text("report_sha256"),
        _text("closed_by"),
        _text("signatory"),
        _day("closed_on", nullable=True),
        sa.PrimaryKeyConstraint("round_id", name="pk_round_reports"),
    )
    _index("round_reports", "region_code")


def _warning_outcomes() -> None:
    op.create_table(
        "warning_outcomes",
        _text("warning_id"),
        _text("region_code"),
        _number("fiscal_year"),
        _text("node"),
        _text("source"),
        _text("level"),
        _json("reasons"),
        _day("raised_on"),
        _flag("upgraded"),
        _flag("cancelled"),
        _text("dismissal_code"),
        _text("dismissal_reason"),
        sa.PrimaryKeyConstraint("warning_id", name="pk_warning_outcomes"),
    )
    _index("warning_outcomes", "region_code", "fiscal_year")


def downgrade() -> None:
    """Take the tables back."""
    for table in (
        "warning_outcomes",
        "round_reports",
        "monitoring_evidence",
        "monitoring_returns",
        "monitoring_reports",
        "watched_projects",
    ):
        op.drop_table(table)
    for column in FORECASTS:
        op.drop_column("monitoring_register", column)
