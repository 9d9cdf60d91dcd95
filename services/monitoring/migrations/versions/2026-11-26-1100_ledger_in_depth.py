"""the ledger in depth: statement by day, quota book, contracts, breaks with owner and age."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "ledger_in_depth"
down_revision: str | None = "read_models"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

type Column = sa.Column[str] | sa.Column[int] | sa.Column[bool]
BREAK_TEXTS = (
    "project_code", "owner", "source_id", "payment_id", "opening_note", "resolved_by", "slip_no",
)  # fmt: skip


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _fen(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def _day(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _add(table: str, *columns: Column, default: str) -> None:
    """A column that old rows have a value in; new rows always bring their own."""
    for column in columns:
        op.add_column(
            table,
            sa.Column(column.name, column.type, nullable=False, server_default=sa.text(default)),
        )
        op.alter_column(table, column.name, server_default=None)


def upgrade() -> None:
    """Bring the tables forward; `rebuild` fills them with what happened before."""
    _statement()
    _registers()
    _add("ledger_statement", *_fen("committed_fen"), default="0")
    _add("payment_list", *map(_text, ("contract_no", "source_id", "bank_ref")), default="''")
    op.add_column("payment_list", _day("value_on", nullable=True))
    _add("return_list", *map(_text, ("reason_code", "source_id")), default="''")
    for table, day in (("payment_list", "settled_on"), ("return_list", "returned_on")):
        places = (sa.Column("version", sa.Integer()), sa.Column("line", sa.Integer()))
        _add(table, *places, default="0")
        op.create_index(f"ix_{table}_in_order", table, ["ledger_id", day, "version", "line"])
    _breaks()


def _statement() -> None:
    op.create_table(
        "ledger_postings",
        _text("ledger_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        _day("booked_on"),
        _text("kind"),
        _text("document"),
        *_fen("treasury_fen", "appropriated_fen", "frozen_fen", "withdrawn_fen"),
        sa.PrimaryKeyConstraint("ledger_id", "version", name="pk_ledger_postings"),
    )
    op.create_index(
        "ix_ledger_postings_in_order", "ledger_postings", ["ledger_id", "booked_on", "version"]
    )
    op.create_table(
        "ledger_days",
        _text("ledger_id"),
        _day("booked_on"),
        sa.Column("postings", sa.Integer(), nullable=False),
        *_fen("treasury_fen", "appropriated_fen", "frozen_fen", "paid_fen"),
        *_fen("returned_fen", "withdrawn_fen", "committed_fen"),
        sa.PrimaryKeyConstraint("ledger_id", "booked_on", name="pk_ledger_days"),
    )


def _registers() -> None:
    op.create_table(
        "quota_documents",
        *map(_text, ("ledger_id", "document_no", "kind")),
        *_fen("change_fen"),
        _day("dated_on"),
        *map(_text, ("reason", "bgt_id", "sup_bgt_doc_no", "fund_type_code")),
        *map(_text, ("direct_fund_flag", "found_type_code", "source_type_code")),
        sa.PrimaryKeyConstraint("ledger_id", "document_no", name="pk_quota_documents"),
    )
    op.create_table(
        "freeze_register",
        *map(_text, ("ledger_id", "freeze_id")),
        *_fen("amount_fen"),
        _text("reason"),
        _day("frozen_on"),
        _day("until_on", nullable=True),
        sa.Column("adjustment", sa.Boolean(), nullable=False),
        _day("ended_on", nullable=True),
        sa.Column("expired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("ledger_id", "freeze_id", name="pk_freeze_register"),
    )
    op.create_table(
        "commitment_register",
        *map(_text, ("ledger_id", "contract_no")),
        *_fen("amount_fen", "paid_fen"),
        _text("supplier"),
        sa.Column("evidence", sa.JSON(), nullable=False),
        _day("signed_on"),
        _text("registered_by"),
        _day("registered_on"),
        sa.Column("verified_by", sa.String(), nullable=True),
        _day("verified_on", nullable=True),
        sa.Column("released_by", sa.String(), nullable=True),
        _day("released_on", nullable=True),
        _text("release_reason"),
        sa.PrimaryKeyConstraint("ledger_id", "contract_no", name="pk_commitment_register"),
    )


def _breaks() -> None:
    table = "reconciliation_breaks"
    _add(table, *map(_text, BREAK_TEXTS), default="''")
    _add(table, sa.Column("fiscal_year", sa.Integer()), default="0")
    op.add_column(table, _day("opened_on", nullable=True))
    op.execute("UPDATE reconciliation_breaks SET opened_on = booked_on")
    op.alter_column(table, "opened_on", nullable=False)
    op.add_column(table, _day("resolved_on", nullable=True))
    for name in ("known_fen", "available_fen"):
        op.add_column(table, sa.Column(name, sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Take the tables back."""
    table = "reconciliation_breaks"
    names = (*BREAK_TEXTS, "fiscal_year", "opened_on", "resolved_on", "known_fen", "available_fen")
    for name in names:
        op.drop_column(table, name)
    for table in ("payment_list", "return_list"):
        op.drop_index(f"ix_{table}_in_order", table)
    for name in ("contract_no", "source_id", "bank_ref", "value_on", "version", "line"):
        op.drop_column("payment_list", name)
    for name in ("reason_code", "source_id", "version", "line"):
        op.drop_column("return_list", name)
    op.drop_column("ledger_statement", "committed_fen")
    for table in ("commitment_register", "freeze_register", "quota_documents"):
        op.drop_table(table)
    for table in ("ledger_days", "ledger_postings"):
        op.drop_table(table)
