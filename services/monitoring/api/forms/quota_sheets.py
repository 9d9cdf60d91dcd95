"""Quota documents by the field names of the integrated budget system, both ways (`domain` §7.1).

`cur_amt` is what the ledger has available: it is shown and not read back, and so is an amount
that does not belong to the kind of document. The national tables say 1 for yes and 2 for no;
the flag of direct funds is 01, 02 or 09.
"""

from typing import Final

from shared.documents.sheet import Column, Kind, Sheet

DIRECT: Final = {"1": "01", "01": "01", "2": "02", "02": "02", "09": "09"}
"""What may stand in `is_dir_code`, and what it is; written as the tables have it."""
_NUMBERS: Final = (
    Column(title="bgt_id", pointer="/body/bgt_id", also=("指标主键",), width=24),
    Column(
        title="cor_bgt_doc_no",
        pointer="/body/document_no",
        also=("本级指标文号",),
        required=True,
        width=24,
    ),
    Column(
        title="sup_bgt_doc_no", pointer="/body/sup_bgt_doc_no", also=("上级指标文号",), width=24
    ),
    Column(
        title="pro_code",
        pointer="/path/project_code",
        also=("项目代码",),
        required=True,
        width=24,
    ),
    Column(title="fiscal_year", pointer="/path/fiscal_year", also=("预算年度",), required=True),
)
_PURPOSE: Final = (
    Column(title="cur_amt", pointer="/shown/cur_amt", kind=Kind.YUAN, also=("指标余额",)),
    Column(
        title="is_dir_code",
        pointer="/body/direct_fund_flag",
        codes=DIRECT,
        also=("直达资金标识",),
    ),
    Column(title="fund_type_code", pointer="/body/fund_type_code", also=("资金性质",)),
    Column(title="found_type_code", pointer="/body/found_type_code", also=("资金来源",)),
    Column(title="source_type_code", pointer="/body/source_type_code", also=("指标来源",)),
)
_REASON: Final = Column(title="原因", pointer="/body/reason", also=("reason",), width=28)


def _amounts(amount: str, taken: str) -> tuple[Column, ...]:
    return (
        Column(
            title="amount",
            pointer=amount,
            kind=Kind.YUAN,
            also=("指标金额",),
            required=amount.startswith("/body/"),
        ),
        Column(
            title="dis_amt",
            pointer=taken,
            kind=Kind.YUAN,
            also=("调减金额",),
            required=taken.startswith("/body/"),
        ),
    )


def _day(name: str) -> Column:
    return Column(title="日期", pointer=f"/body/{name}", kind=Kind.DAY, also=(name,), required=True)


ISSUED_SHEET: Final = Sheet(
    operation="issue_quota",
    title="指标下达",
    columns=(
        *_NUMBERS,
        *_amounts("/body/amount", "/shown/dis_amt"),
        *_PURPOSE,
        _day("issued_on"),
    ),
    note="金额单位：元。cur_amt 为台账可用余额，仅供查看。",
)
AMENDED_SHEET: Final = Sheet(
    operation="amend_quota",
    title="指标调整",
    columns=(
        *_NUMBERS,
        *_amounts("/body/change", "/shown/dis_amt"),
        *_PURPOSE,
        _day("amended_on"),
        _REASON,
    ),
    note="金额单位：元。amount 为调整金额，调减为负数；dis_amt、cur_amt 仅供查看。",
)
RECALLED_SHEET: Final = Sheet(
    operation="recall_quota",
    title="指标收回",
    columns=(
        *_NUMBERS,
        *_amounts("/shown/amount", "/body/amount"),
        *_PURPOSE,
        _day("recalled_on"),
        _REASON,
    ),
    note="金额单位：元。dis_amt 为收回金额；amount、cur_amt 仅供查看。",
)
QUOTA_SHEETS: Final = (ISSUED_SHEET, AMENDED_SHEET, RECALLED_SHEET)
