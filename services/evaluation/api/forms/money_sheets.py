"""资金收回台账 and 预算调减台账 as workbooks (`domain` §8.8): what is shown, and what enters again.

A line of the first is a claim, a line of the second a proposed cut. Amounts are in 万元; what
came of them (paid, booked, granted, where it went) is shown and not read back.
"""

from typing import Final

from shared.documents.sheet import Column, Kind, Sheet

REASONS: Final = {
    "低效（执行率偏低）": "LOW_EXECUTION",
    "低效（红色预警未纠偏）": "RED_NOT_CURED",
    "无效（评价为差）": "INEFFECTIVE",
    "闲置（未支出且无合同）": "UNSPENT_WITHOUT_CONTRACT",
    "结余": "SURPLUS",
}
ROUTES: Final = {
    "收回指标": "QUOTA_WITHDRAWAL",
    "当年支出退回": "CURRENT_YEAR_REFUND",
    "缴回结余资金": "PRIOR_YEAR_PAYMENT",
}
GRADES: Final = {"优": "EXCELLENT", "良": "GOOD", "中": "FAIR", "差": "POOR"}
YEARS: Final = range(2020, 2041)
_NUMBER: Final = Column(title="序号", pointer="/shown/number", width=6)
_UNIT: Final = Column(title="单位", pointer="/shown/unit", width=28)


def _wan(title: str, pointer: str, *, required: bool = False) -> Column:
    return Column(title=title, pointer=pointer, kind=Kind.WAN, required=required)


RECOVERY_SHEET: Final = Sheet(
    operation="identify_recovery",
    title="资金收回台账",
    columns=(
        _NUMBER,
        _UNIT,
        Column(title="项目", pointer="/shown/project", width=30),
        Column(title="指标文号", pointer="/shown/document_no", width=22),
        _wan("原指标", "/shown/quota"),
        _wan("已支付", "/shown/paid"),
        _wan("收回金额", "/body/amount", required=True),
        Column(title="收回原因", pointer="/body/reason", codes=REASONS, required=True, width=22),
        Column(title="收回方式", pointer="/body/route", codes=ROUTES, required=True),
        Column(title="凭证号", pointer="/shown/slip", width=22),
        Column(title="日期", pointer="/shown/day", kind=Kind.DAY),
        Column(title="统筹去向", pointer="/shown/used", width=30),
        Column(title="收回编号", pointer="/body/recovery_id", required=True, width=28),
        Column(title="项目代码", pointer="/body/project_code", required=True, width=24),
        Column(title="预算年度", pointer="/body/fiscal_year", kind=Kind.WHOLE, required=True),
        Column(title="认定依据", pointer="/body/basis", required=True, width=40),
        Column(title="状态", pointer="/shown/status"),
    ),
    note="金额单位：万元。原指标、已支付、凭证号、日期、统筹去向、状态仅供查看。",
)
CUT_SHEET: Final = Sheet(
    operation="propose_cut",
    title="预算调减台账",
    columns=(
        _NUMBER,
        _UNIT,
        Column(
            title="申请项目",
            pointer="/body/project_name",
            also=tuple(f"{year}年申请项目" for year in YEARS),
            required=True,
            width=30,
        ),
        Column(title="同类型上年项目", pointer="/shown/basis_name", width=30),
        Column(title="评价年度", pointer="/body/basis_fiscal_year", kind=Kind.WHOLE, required=True),
        Column(title="得分", pointer="/shown/score", kind=Kind.NUMBER),
        Column(title="等级", pointer="/shown/grade", codes=GRADES),
        _wan("申请额", "/body/requested", required=True),
        _wan("调减额", "/body/amount", required=True),
        _wan("核定额", "/shown/granted"),
        Column(title="依据", pointer="/body/similarity", required=True, width=40),
        Column(title="调减编号", pointer="/body/cut_id", required=True, width=30),
        Column(title="申请项目代码", pointer="/body/project_code", required=True, width=24),
        Column(title="同类型项目代码", pointer="/body/basis_project_code", required=True, width=24),
        Column(title="预算年度", pointer="/body/budget_year", kind=Kind.WHOLE, required=True),
        Column(title="状态", pointer="/shown/status"),
    ),
    note="金额单位：万元。得分、等级、核定额、状态仅供查看。",
)
MONEY_SHEETS: Final = (RECOVERY_SHEET, CUT_SHEET)
