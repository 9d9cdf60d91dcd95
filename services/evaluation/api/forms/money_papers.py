"""资金收回通知书 and 预算调减通知书 on paper: what the unit is told, with its day to answer."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from services.evaluation.api.forms.money_sheets import GRADES, REASONS, ROUTES
from services.evaluation.projections.cut_register import CutRow
from services.evaluation.projections.recovery_ledger import RecoveryRow
from shared.documents.paper import Block, Facts, Grid, Heading, Paper, Text

TEN_THOUSAND: Final = Decimal(1_000_000)
RECOVERY_TITLE, CUT_TITLE = "资金收回通知书", "预算调减通知书"
LAW_OF_RECOVERY: Final = (
    "依据：《中共中央 国务院关于全面实施预算绩效管理的意见》（中发〔2018〕34号）第（十六）条；"
    "《中华人民共和国预算法实施条例》第五十条。"
)
LAW_OF_CUT: Final = "依据：《项目支出绩效评价管理办法》（财预〔2020〕10号）第二十七条。"


def recovery_notice(row: RecoveryRow, unit: str) -> Paper:
    """One recovery, told to its unit."""
    amounts = (
        wan(row.quota_fen),
        wan(row.paid_fen),
        wan(row.commitments_fen),
        wan(row.frozen_fen),
        wan(row.amount_fen),
    )
    blocks: Sequence[Block] = (
        Heading("一、收回事项"),
        Facts(
            pairs=(
                ("单位", unit or row.unit_code),
                ("项目", row.project_name),
                ("项目代码", row.project_code),
                ("预算年度", str(row.fiscal_year)),
                ("收回原因", _said(REASONS, row.reason)),
                ("收回方式", _said(ROUTES, row.route)),
            )
        ),
        Heading("二、金额（万元）"),
        Grid(headings=("原指标", "已支付", "合同未付", "冻结", "收回金额"), rows=(amounts,)),
        Heading("三、认定依据"),
        Text(f"{row.basis}\n{LAW_OF_RECOVERY}{_rules(row.legal_basis)}"),
        Heading("四、答复"),
        Text(_answer(row.answer_by)),
    )
    return Paper(title=RECOVERY_TITLE, note=f"文号：{row.notice_no}", blocks=blocks)


def cut_notice(row: CutRow, unit: str) -> Paper:
    """One cut, told to its unit."""
    left = row.requested_fen - row.amount_fen
    blocks: Sequence[Block] = (
        Heading("一、调减事项"),
        Facts(
            pairs=(
                ("单位", unit or row.unit_code),
                (f"{row.budget_year}年申请项目", row.project_name),
                ("同类型项目", row.basis_name or row.basis_project_code),
                ("评价年度", str(row.basis_fiscal_year)),
                ("得分", "" if row.basis_score is None else format(row.basis_score, "f")),
                ("等级", _said(GRADES, row.grade)),
            )
        ),
        Heading("二、金额（万元）"),
        Grid(
            headings=("申请额", "调减额", "调减后"),
            rows=((wan(row.requested_fen), wan(row.amount_fen), wan(left)),),
        ),
        Heading("三、依据"),
        Text(f"{row.similarity}\n{LAW_OF_CUT}{_rules(row.legal_basis)}"),
        Heading("四、答复"),
        Text(_answer(row.answer_by)),
    )
    return Paper(title=CUT_TITLE, note=f"文号：{row.document_no}", blocks=blocks)


def wan(fen: int) -> str:
    """An amount in 万元, exact, without idle zeros."""
    return format((Decimal(fen) / TEN_THOUSAND).normalize(), "f")


def _said(codes: Mapping[str, str], code: str) -> str:
    return next((words for words, known in codes.items() if known == code), code)


def _rules(legal_basis: str) -> str:
    return f"规则集依据：{legal_basis}。" if legal_basis else ""


def _answer(day: date | None) -> str:
    if day is None:
        return "请在收到本通知后书面答复。"
    told = f"{day.year}年{day.month}月{day.day}日"
    return f"请于{told}前书面答复；逾期未答复的，视为无异议。"
