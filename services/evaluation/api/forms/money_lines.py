"""Rows of the ledgers as command lines: what enters again, and beside it what is only shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.evaluation.projections.cut_register import CutRow
from services.evaluation.projections.recovery_ledger import ReallocationRow, RecoveryRow
from shared.domain.money import Money

type Line = dict[str, Any]


def recovery_line(row: RecoveryRow) -> Line:
    """The claim as it was made."""
    return {
        "body": {
            "recovery_id": row.recovery_id,
            "project_code": row.project_code,
            "fiscal_year": row.fiscal_year,
            "reason": row.reason,
            "route": row.route,
            "amount": str(Money(row.claim_fen or row.amount_fen)),
            "basis": row.basis,
        }
    }


def recovery_shown(
    row: RecoveryRow, number: int, unit: str, used: Sequence[ReallocationRow]
) -> Mapping[str, Any]:
    """What came of it."""
    went = "；".join(
        f"{one.to_project_code} {one.purpose} {Money(one.amount_fen)}元（{one.document_no}）"
        for one in used
    )
    return {
        "number": str(number),
        "unit": unit or row.unit_code,
        "project": row.project_name,
        "document_no": row.notice_no,
        "quota": str(Money(row.quota_fen)),
        "paid": str(Money(row.paid_fen)),
        "slip": " ".join(filter(None, (row.document_no, row.confirmation_no))),
        "day": row.booked_on.isoformat() if row.booked_on else None,
        "used": went or row.remark,
        "status": row.status,
    }


def cut_line(row: CutRow) -> Line:
    """The cut as it was proposed."""
    return {
        "body": {
            "cut_id": row.cut_id,
            "project_code": row.project_code,
            "project_name": row.project_name,
            "budget_year": row.budget_year,
            "basis_project_code": row.basis_project_code,
            "basis_fiscal_year": row.basis_fiscal_year,
            "requested": str(Money(row.requested_fen)),
            "amount": str(Money(row.amount_fen)),
            "similarity": row.similarity,
        }
    }


def cut_shown(row: CutRow, number: int, unit: str) -> Mapping[str, Any]:
    """What it rests on, and what came of it."""
    return {
        "number": str(number),
        "unit": unit or row.unit_code,
        "basis_name": row.basis_name,
        "score": None if row.basis_score is None else format(row.basis_score, "f"),
        "grade": row.grade,
        "granted": None if row.granted_fen is None else str(Money(row.granted_fen)),
        "status": row.status,
    }
