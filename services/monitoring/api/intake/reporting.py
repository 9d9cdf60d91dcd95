"""What would become of every line, or has: its outcome and why, in both languages."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from services.monitoring.api.intake.booking import Envelope
from services.monitoring.api.intake.gathering import Gathered
from services.monitoring.api.intake.hearing import Reported, of_orders
from services.monitoring.domain.ledger.judging import Verdict, outcomes_of
from services.monitoring.domain.ledger.state import LedgerState
from services.monitoring.domain.statement.lines import BankMessage
from services.monitoring.domain.statement.sorting import Refused, Unmatched
from services.monitoring.domain.statement.statement import Statement
from services.monitoring.domain.treasury_line import LineOutcome, TreasuryLine
from services.monitoring.domain.values import project_id
from shared.asking import Answer

WHY: Final[Mapping[str, tuple[str, str]]] = {
    Unmatched.NO_PROJECT: (
        "Nothing says whose payment it is: neither project, number nor reference is known.",
        "无法确定所属项目：项目代码、凭证号、银行流水号均无匹配",
    ),
    Unmatched.RETURN_OF_NOTHING: (
        "Money came in that is the return of no payment that is known.",
        "收款未匹配到任何已知支付",
    ),
    Unmatched.AMBIGUOUS: (
        "Payments of several projects have this number.",
        "该编号对应多个项目的支付",
    ),
    Unmatched.LEDGER_UNKNOWN: (
        "The project has no ledger in that year in this region.",
        "该项目在本地区本年度没有预算台账",
    ),
    Unmatched.FOREIGN_CURRENCY: ("The currency is not CNY.", "币种不是人民币"),
    Unmatched.FOREIGN_ACCOUNT: (
        "The account is none of this treasury.",
        "账号不属于本级国库",
    ),
    Unmatched.PARTS_UNCLEAR: (
        "The entry gathers payments whose amounts are not clear.",
        "汇总明细的各笔金额不明确",
    ),
    Unmatched.CORRECTION: (
        "A correction of what was posted is never booked on its own.",
        "更正凭证不自动入账，需人工处理",
    ),
    Unmatched.REVERSED_RETURN: (
        "A return was taken back: neither a payment nor an edit of the return.",
        "退款被冲正，需人工处理",
    ),
    Unmatched.RETURN_TOLD_AGAIN: (
        "Another message told such a return: the statement decides whether it is the same.",
        "同一支付、同一金额、同一日期的退款已由另一报文入账，可能重复，待对账单或人工确认",
    ),
    Unmatched.ORDER_UNKNOWN: (
        "It answers no payment order of this region.",
        "回执未匹配到本地区的支付指令",
    ),
    Unmatched.ORDER_DIFFERS: (
        "A payment order of another project has this number.",
        "该编号的支付指令属于其他项目",
    ),
    Unmatched.RECALL_UNKNOWN: (
        "It answers a recall that the order was never asked for.",
        "回执未匹配到该支付指令的撤回申请",
    ),
    Unmatched.STATUS_UNKNOWN: ("The status is none that is known.", "回执状态无法识别"),
    Refused.UNREADABLE: ("A field cannot be read.", "字段无法识别"),
    Refused.ZERO_AMOUNT: ("The amount is zero.", "金额为零"),
    Refused.NEGATIVE_AMOUNT: (
        "Only returns and corrections may be negative.",
        "只有退款和更正可以为负数",
    ),
    Refused.ADVICE_ONLY: (
        "It moves no money; the booked line comes by itself.",
        "仅为通知，不产生资金变动",
    ),
    Refused.DELETED: ("The list says that it is deleted (is_deleted = 1).", "明细已标记删除"),
}
_BOOKED: Final = ("It is booked.", "入账")
_KNOWN: Final = ("The statement keeps it already.", "该报文明细已登记")


def report_lines(
    message: BankMessage,
    envelope: Envelope,
    gathered: Gathered,
    states: Mapping[str, Any],
    *,
    heard: Sequence[Answer] = (),
) -> list[Reported]:
    """Every line in the order of the message."""
    rows = {line.number: line.row for line in message.lines}
    statement = states.get(f"statement-{envelope.statement}")
    told = [
        *_of_ledgers(gathered, states),
        *of_orders(gathered.orders, heard),
        *of_statement(gathered, statement if isinstance(statement, Statement) else Statement()),
    ]
    told.sort(key=lambda one: int(one["line_no"]))
    return [{"row": rows.get(int(one["line_no"]), 0), **one} for one in told]


def _of_ledgers(gathered: Gathered, states: Mapping[str, LedgerState]) -> Iterator[Reported]:
    for (code, year), lines in gathered.ledgers.items():
        verdicts = outcomes_of(lines, states[f"ledger-{code}-{year}"])
        for line, verdict in zip(lines, verdicts, strict=True):
            yield {
                "line_no": int(line.source_id.rpartition("/")[2]),
                "outcome": verdict.outcome.value,
                "reason": verdict.kind.value if verdict.kind else "",
                **_why(verdict),
                **_shown(line),
                "ledger_id": project_id(code, year),
            }


def _why(verdict: Verdict) -> dict[str, str]:
    booked = verdict.outcome is LineOutcome.BOOKED and not verdict.why
    why, why_zh = _BOOKED if booked else (verdict.why, verdict.why_zh)
    return {"why": why, "why_zh": why_zh}


def _shown(line: TreasuryLine) -> Reported:
    return {
        "kind": line.kind.value,
        "payment_id": line.payment_id,
        "amount": str(line.amount),
        "currency": "CNY",
    }


def of_statement(gathered: Gathered, statement: Statement) -> Iterator[Reported]:
    """The lines that are in no ledger."""
    for kept in gathered.kept:
        known = statement.kept.get(str(kept.line.number))
        outcome = LineOutcome.DUPLICATE if known else LineOutcome.BREAK
        why, why_zh = _KNOWN if known else WHY[kept.why]
        detail = kept.line.flaw
        yield {
            "line_no": kept.line.number,
            "row": kept.line.row,
            "outcome": outcome.value,
            "reason": kept.why.value,
            "why": f"{why} {detail}".strip(),
            "why_zh": why_zh,
            "kind": kept.line.direction.value,
            "payment_id": next(iter(kept.line.numbers), ""),
            "amount": format(kept.line.amount, "f"),
            "currency": kept.line.currency,
            "proposals": list(kept.proposals),
        }
    for one in gathered.refused:
        why, why_zh = WHY[one.why]
        yield {
            "line_no": one.number,
            "outcome": LineOutcome.REFUSED.value,
            "reason": one.why.value,
            "why": f"{why} {one.detail}".strip(),
            "why_zh": f"{why_zh} {one.detail}".strip(),
        }
