"""Key funds as tables: 直达资金台账, 衔接资金绩效台账 (`domain` §8.8) and the real-name ledger.

The headings are those of the official forms, in their order. What only the system can know (paid,
rates, households, findings) is shown in its columns and not read back.
"""

from dataclasses import replace
from typing import Any, Final

from services.monitoring.api.key_fund_vocabulary import KEY_FUND_VOCABULARY
from shared.documents.sheet import Column, Kind, Sheet

type Line = dict[str, Any]


def codes_of(name: str) -> dict[str, str]:
    """The words of a vocabulary by their Chinese labels."""
    return {labels[0]: code for code, labels in KEY_FUND_VOCABULARY[name].items()}


def label(name: str, code: str) -> str:
    """What people call a code of the vocabulary."""
    return KEY_FUND_VOCABULARY[name][code][0]


DIRECT_FUND_SHEET: Final = Sheet(
    operation="record_direct_fund",
    title="直达资金台账",
    columns=(
        Column(title="资金名称", pointer="/body/fund_name", required=True, width=28),
        Column(
            title="上级文号",
            pointer="/body/superior_document_no",
            also=("sup_bgt_doc_no",),
            required=True,
            width=24,
        ),
        Column(title="下达日期", pointer="/body/received_on", kind=Kind.DAY, required=True),
    ),
    lines=(
        Column(title="金额", pointer="/amount", kind=Kind.WAN),
        Column(title="分配文号", pointer="/document_no", also=("cor_bgt_doc_no",), width=24),
        Column(title="分配日期", pointer="/allocated_on", kind=Kind.DAY),
        Column(title="单位", pointer="/recipient", also=("agency_code",), width=16),
        Column(title="项目", pointer="/project_code", also=("pro_code",), width=24),
        Column(
            title="直达标识",
            pointer="/direct_fund_flag",
            codes=codes_of("DirectFundFlag"),
            also=("is_dir_code",),
            width=18,
        ),
        Column(title="支付数", pointer="/paid", kind=Kind.WAN),
        Column(title="支付率", pointer="/paid_rate"),
        Column(title="惠企利民户数", pointer="/households", kind=Kind.WHOLE),
        Column(title="问题", pointer="/findings", width=24),
        Column(title="整改", pointer="/rectification", width=24),
    ),
    lines_pointer="/body/lines",
    note="金额单位：万元。没有分配文号的行为尚未分配的金额。",
)
_YEAR: Final = Column(
    title="年度", pointer="/body/fiscal_year", kind=Kind.WHOLE, also=("fiscal_year",)
)
LINKAGE_SHEET: Final = Sheet(
    operation="record_linkage_project",
    title="衔接资金绩效台账",
    columns=(
        Column(title="县", pointer="/body/region_code", also=("mof_div_code",), required=True),
        Column(
            title="项目", pointer="/body/project_code", also=("pro_code",), required=True, width=24
        ),
        Column(
            title="类型(产业/基础设施…)",
            pointer="/body/kind",
            codes=codes_of("LinkageKind"),
            also=("类型",),
            width=22,
        ),
        Column(title="资金", pointer="/body/amount", kind=Kind.WAN),
        Column(title="目标", pointer="/body/target", width=28),
        Column(title="完成", pointer="/body/completion", width=28),
        Column(title="受益户数/人数", pointer="/body/beneficiaries"),
        Column(title="公告公示", pointer="/body/notice", width=28),
        Column(title="得分", pointer="/body/score", kind=Kind.NUMBER),
        _YEAR,
    ),
    note="金额单位：万元。没有年度列时为当前年度。",
)
BENEFICIARY_SHEET: Final = Sheet(
    operation="record_beneficiary",
    title="惠企利民实名台账",
    columns=(
        Column(title="项目代码", pointer="/body/project_code", also=("pro_code",), width=24),
        replace(_YEAR, required=True),
        Column(title="支付编号", pointer="/body/payment_id", also=("pay_cert_no",), width=20),
        Column(title="明细号", pointer="/body/line_id", required=True),
        Column(title="月份", pointer="/body/month"),
        Column(title="乡镇（村）代码", pointer="/body/place_code"),
        Column(title="惠企利民标识", pointer="/body/payee_kind", codes=codes_of("PayeeKind")),
        Column(title="按户按人", pointer="/body/counting", codes=codes_of("Counting")),
        Column(title="人数", pointer="/body/persons", kind=Kind.WHOLE),
        Column(title="姓名（名称）", pointer="/body/name", width=20),
        Column(title="证件号码", pointer="/body/number", width=22),
        Column(title="金额(元)", pointer="/body/amount", kind=Kind.YUAN),
    ),
    note="金额单位：元。导出文件中的姓名和证件号码已脱敏。",
)
KEY_FUND_SHEETS: Final = (DIRECT_FUND_SHEET, LINKAGE_SHEET, BENEFICIARY_SHEET)


def as_written(sheet: Sheet) -> Sheet:
    """The form with the headings of `domain` §8.8 and no other."""
    return replace(sheet, columns=tuple(one for one in sheet.columns if one != _YEAR))
