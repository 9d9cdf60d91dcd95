"""The registers as tables: regions, units, the project library and budget requests.

Headings are those people use; the field names of the national tables (`domain` §7.1) are read as
well, and their 1 = yes and 2 = no.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from services.targets.api.written import labels
from services.targets.projections.budget_requests import BudgetRequestRow
from services.targets.projections.project_particulars import ProjectParticularsRow
from services.targets.projections.project_register import ProjectRow
from services.targets.projections.region_register import RegionRow
from services.targets.projections.unit_register import UnitRow
from shared.documents.sheet import Column, Kind, Sheet
from shared.domain.money import Money

type Line = dict[str, Any]
_REGION: Final = ("mof_div_code",)
_UNIT: Final = ("agency_code",)
_YEAR: Final = ("fiscal_year",)
_PROJECT: Final = ("pro_code",)


def _amount(pointer: str) -> Column:
    """Read only: the national tables state an amount in yuan, our own forms in 万元."""
    return Column(title="金额(元)", pointer=pointer, kind=Kind.YUAN, also=("amount",))


def as_written(sheet: Sheet) -> Sheet:
    """The form as it is exported: without the columns that only others fill in."""
    return replace(sheet, columns=tuple(c for c in sheet.columns if "amount" not in c.also))


REGION_SHEET: Final = Sheet(
    operation="register_region",
    title="财政区划",
    columns=(
        Column(title="财政区划代码", pointer="/body/region_code", also=_REGION, required=True),
        Column(title="区划名称", pointer="/body/name", width=24),
        Column(title="上级区划代码", pointer="/body/parent_code"),
        Column(title="批准机关", pointer="/body/approval_authority", width=24),
    ),
)
UNIT_SHEET: Final = Sheet(
    operation="register_unit",
    title="预算单位",
    columns=(
        Column(title="单位代码", pointer="/body/unit_code", also=_UNIT, required=True),
        Column(title="单位名称", pointer="/body/name", width=28),
        Column(title="统一社会信用代码", pointer="/body/credit_code", also=("unifsoc_cred_code",)),
        Column(title="财政区划代码", pointer="/body/region_code", also=_REGION),
        Column(title="部门代码", pointer="/body/department_code", also=("dept_code",)),
        Column(title="部门名称", pointer="/body/department_name", width=28),
        Column(title="数据来源", pointer="/body/origin", codes=labels("Origin")),
    ),
)
PROJECT_SHEET: Final = Sheet(
    operation="register_project",
    title="项目库",
    columns=(
        Column(title="项目代码", pointer="/body/project_code", also=_PROJECT, required=True),
        Column(title="项目名称", pointer="/body/name", also=("pro_name",), width=28),
        Column(title="年度", pointer="/body/fiscal_year", kind=Kind.WHOLE, also=_YEAR),
        Column(title="财政区划代码", pointer="/body/region_code", also=_REGION),
        Column(title="单位代码", pointer="/body/unit_code", also=_UNIT),
        Column(title="申请金额(万元)", pointer="/body/requested", kind=Kind.WAN),
        Column(title="项目类别", pointer="/body/kind", codes=labels("ProjectKind")),
        Column(title="支出功能分类", pointer="/body/function_code", also=("exp_func_code",)),
        Column(title="资金性质", pointer="/body/fund_type_code", also=("fund_type_code",)),
        Column(title="直达资金标识", pointer="/body/direct_fund_flag", also=("is_dir_code",)),
        Column(title="是否新增", pointer="/body/is_new", kind=Kind.FLAG, also=("is_new",)),
        Column(title="是否新出台政策", pointer="/body/is_new_policy", kind=Kind.FLAG),
        Column(title="是否到期延续", pointer="/body/is_renewed", kind=Kind.FLAG),
        Column(title="免评估情形", pointer="/body/exemption", codes=labels("Exemption")),
        Column(title="免评估理由", pointer="/body/exemption_reason", width=20),
        Column(title="业务责任人", pointer="/body/responsible/business"),
        Column(title="财务责任人", pointer="/body/responsible/finance"),
        Column(title="单位负责人", pointer="/body/responsible/head"),
        Column(title="核心指标类别", pointer="/body/library_class"),
        Column(title="免年中监控", pointer="/body/in_year_monitoring_exempt", kind=Kind.FLAG),
        Column(title="免监控理由", pointer="/body/monitoring_exemption_reason", width=20),
        Column(title="数据来源", pointer="/body/origin", codes=labels("Origin")),
        _amount("/body/requested"),
    ),
    note="金额单位：万元。",
)
REQUEST_SHEET: Final = Sheet(
    operation="request_budget",
    title="预算申请",
    columns=(
        Column(title="单位代码", pointer="/body/unit_code", also=_UNIT, required=True),
        Column(title="预算年度", pointer="/body/budget_year", kind=Kind.WHOLE, also=_YEAR),
        Column(title="项目代码", pointer="/body/project_code", also=_PROJECT, required=True),
        Column(title="申请金额(万元)", pointer="/body/amount", kind=Kind.WAN),
        Column(title="超出限额时按限额安排", pointer="/body/at_cap", kind=Kind.FLAG),
        Column(title="不受限额约束情形", pointer="/body/exemption", codes=labels("CapExemption")),
        Column(title="理由", pointer="/body/exemption_reason", width=20),
        _amount("/body/amount"),
    ),
    note="金额单位：万元。",
)


def region_line(row: RegionRow) -> Line:
    """The command that would enter this region."""
    return _line(
        region_code=row.region_code,
        name=row.name,
        parent_code=row.parent_code,
        approval_authority=row.approval_authority,
    )


def unit_line(row: UnitRow) -> Line:
    """The command that would enter this unit."""
    return _line(
        unit_code=row.unit_code,
        name=row.name,
        credit_code=row.credit_code,
        region_code=row.region_code,
        department_code=row.department_code,
        department_name=row.department_name,
        origin=row.origin,
    )


def project_line(row: ProjectRow, stated: ProjectParticularsRow) -> Line:
    """The command that would enter this project, with those who answer for it today."""
    return _line(
        project_code=row.project_code,
        name=row.name,
        fiscal_year=row.fiscal_year,
        region_code=row.region_code,
        unit_code=row.unit_code,
        requested=str(Money(row.requested_fen)),
        kind=row.kind,
        function_code=row.function_code,
        fund_type_code=row.fund_type_code,
        direct_fund_flag=row.direct_fund_flag,
        is_new=stated.is_new,
        is_new_policy=stated.is_new_policy,
        is_renewed=stated.is_renewed,
        exemption=stated.exemption,
        exemption_reason=stated.exemption_reason,
        responsible={"business": row.business, "finance": row.finance, "head": row.head},
        library_class=stated.library_class,
        in_year_monitoring_exempt=stated.in_year_monitoring_exempt,
        monitoring_exemption_reason=stated.monitoring_exemption_reason,
        origin=row.origin,
    )


def request_line(row: BudgetRequestRow) -> Line:
    """The command that would ask for this budget."""
    return _line(
        unit_code=row.unit_code,
        budget_year=row.budget_year,
        project_code=row.project_code,
        amount=str(Money(row.requested_fen)),
        at_cap=row.at_cap,
        exemption=row.exemption,
        exemption_reason=row.exemption_reason,
    )


def _line(**body: str | int | bool | Mapping[str, str] | None) -> Line:
    """What is empty is not said."""
    return {"body": {name: value for name, value in body.items() if value not in (None, "")}}
