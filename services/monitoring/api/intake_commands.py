"""Commands about lines without a ledger, and about tie-outs."""

from typing import Annotated, Final

from pydantic import Field

from services.monitoring.api import intake_schemas as schemas
from services.monitoring.domain.statement.commands import (
    AssignStatementLine,
    RejectStatementLine,
    TransferStatementLine,
)
from services.monitoring.domain.tie_out import RequestTieOut
from shared.http.commands import Asked, CommandEndpoint, Translate

_LINE: Final = "/treasury-statements/{statement_id}/lines/{line_no}"
LineNo = Annotated[int, Field(ge=1, le=2**31 - 1)]


def assign_statement_line(
    asked: Asked, statement_id: str, line_no: LineNo, body: schemas.AssignLineBody
) -> AssignStatementLine:
    """Say whose a line is; its ledger books it in the same act."""
    return AssignStatementLine(
        statement=statement_id,
        line_no=line_no,
        project_code=body.project_code,
        fiscal_year=body.fiscal_year,
        payment_id=body.payment_id,
        amount=body.amount,
        note=body.note,
        by=asked.actor,
        now=asked.now,
    )


def reject_statement_line(
    asked: Asked, statement_id: str, line_no: LineNo, body: schemas.RejectLineBody
) -> RejectStatementLine:
    """Say why a line is nobody's here."""
    return RejectStatementLine(
        statement=statement_id, line_no=line_no, note=body.note, by=asked.actor, now=asked.now
    )


def transfer_statement_line(
    asked: Asked, statement_id: str, line_no: LineNo, body: schemas.TransferLineBody
) -> TransferStatementLine:
    """Say who has to find out whose a line is."""
    return TransferStatementLine(
        statement=statement_id, line_no=line_no, owner=body.owner, by=asked.actor, now=asked.now
    )


def request_tie_out(asked: Asked, body: schemas.RequestTieOutBody) -> RequestTieOut:
    """Hold ledgers, payment list and bank of a day against each other now."""
    return RequestTieOut(
        region_code=body.region_code, until_on=body.until_on, by=asked.actor, now=asked.now
    )


def _line(verb: str, translate: Translate, *, moves_money: bool = False) -> CommandEndpoint:
    return CommandEndpoint(
        path=f"{_LINE}/{verb}", translate=translate, tag="Treasury files", moves_money=moves_money
    )


INTAKE_COMMANDS: Final = (
    _line("assign", assign_statement_line, moves_money=True),
    _line("reject", reject_statement_line),
    _line("transfer", transfer_statement_line),
    CommandEndpoint(
        path="/tie-outs", translate=request_tie_out, tag="Treasury files", creates=True
    ),
)
INTAKE_EXAMPLES: Final = {
    "assign_statement_line": {
        "project_code": "65312121T000000000042",
        "fiscal_year": 2021,
        "payment_id": "ZF20210415000123",
        "note": "银行未填写项目代码，经核对凭证属于本项目",
    },
    "reject_statement_line": {"note": "该笔为银行手续费，不属于财政支付"},
    "transfer_statement_line": {"owner": "国库科 阿依古丽"},
    "request_tie_out": {"region_code": "653121", "until_on": "2021-04-15"},
}
