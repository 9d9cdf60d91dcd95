"""The files of a whole region, made by rule: the same size makes the same bytes every time.

The source report has 7,524 projects (`domain` §11): 76 units with 99 projects each, and ten
indicators for each of their targets.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from services.targets.api.forms.register_sheets import PROJECT_SHEET, UNIT_SHEET, as_written
from services.targets.api.forms.target_lines import on_sheet
from services.targets.api.forms.target_sheet import TARGET_SHEET
from shared.documents.writing import write_workbook

REGION: Final = "653100"
YEAR: Final = 2021
PROJECTS: Final = 7_524
PROJECTS_PER_UNIT: Final = 99
# Level 1, level 2, weight and name of the ten indicators; the weights are those of scheme A.
PROMISES: Final = (
    ("OUTPUT", "QUANTITY", "10", "改造校舍数量"),
    ("OUTPUT", "QUANTITY", "10", "新增座位数量"),
    ("OUTPUT", "QUALITY", "10", "工程验收合格率"),
    ("OUTPUT", "TIMELINESS", "10", "按期完工率"),
    ("OUTPUT", "COST", "10", "单位面积造价"),
    ("BENEFIT", "ECONOMIC", "10", "户均年收入增加额"),
    ("BENEFIT", "SOCIAL", "10", "受益学生人数"),
    ("BENEFIT", "ECOLOGICAL", "5", "节能降耗率"),
    ("BENEFIT", "SUSTAINABILITY", "5", "设施使用年限"),
    ("SATISFACTION", "RECIPIENTS", "10", "师生满意度"),
)
PROOF: Final[Mapping[str, Any]] = {
    "obtain_method": "DIRECT_PROOF",
    "data_source": "DEPARTMENT_RECORDS",
    "evidence": ["OFFICIAL_DOCUMENT", "WORKING_PAPER"],
}


def code(number: int) -> str:
    """A project code in the national shape: region, year, kind and a serial of twelve digits."""
    return f"{REGION}21T{number:012d}"


def unit_of(number: int) -> str:
    """The unit of a project."""
    return f"{219 + number // PROJECTS_PER_UNIT:03d}001"


def units(projects: int) -> bytes:
    """The units as a workbook."""
    codes = dict.fromkeys(unit_of(number) for number in range(projects))
    lines = [
        {
            "body": {
                "unit_code": unit,
                "name": f"第{place}预算单位",
                "region_code": REGION,
                "department_code": unit[:3],
                "department_name": f"第{place}主管部门",
                "origin": "SYNTHETIC",
            }
        }
        for place, unit in enumerate(codes, start=1)
    ]
    return write_workbook(UNIT_SHEET, lines)


def project_body(number: int) -> Mapping[str, Any]:
    """One project; the amounts differ and stay below the threshold of a major project."""
    return {
        "project_code": code(number),
        "name": f"校舍维修改造项目第{number}号",
        "fiscal_year": YEAR,
        "region_code": REGION,
        "unit_code": unit_of(number),
        "requested": f"{500_000 + 1_000 * (number % 9_000)}.37",
        "kind": "REPAIR",
        "function_code": "2050203",
        "fund_type_code": "111",
        "responsible": {"business": f"业务{number}", "finance": f"财务{number}", "head": "李强"},
        "origin": "SYNTHETIC",
    }


def projects(count: int) -> bytes:
    """The project library as a workbook."""
    lines = ({"body": project_body(number)} for number in range(count))
    return write_workbook(as_written(PROJECT_SHEET), lines)


def target_body(number: int) -> Mapping[str, Any]:
    """One target without errors, its application form filled in."""
    amount = project_body(number)["requested"]
    return {
        "project_code": code(number),
        "fiscal_year": YEAR,
        "annual_goal": (
            f"完成{20 + number % 30}所学校的校舍维修改造，工程验收合格率达到百分之百，"
            f"改善{1_000 + number}名学生的就学条件，使师生满意度明显提高。"
        ),
        "application": {
            "starts_on": "2021-01-01",
            "ends_on": "2021-12-31",
            "phone": "0998-2820001",
            "grounds": "义务教育薄弱环节改善与能力提升工作方案",
            "annual_funds": {"total": amount, "fiscal": amount},
        },
        "indicators": [_indicator(number, place) for place in range(len(PROMISES))],
    }


def _indicator(number: int, place: int) -> Mapping[str, Any]:
    level1, level2, weight, name = PROMISES[place]
    grows = level2 == "QUANTITY"
    more: dict[str, Any] = {"milestones": {"M05": "40", "M08": "65"}} if grows else {}
    if level2 == "COST":
        more = {"lower_is_better": True, "costing": {"unit_cost": "1800.00", "quantity": "250"}}
    return {
        "indicator_id": f"I{place + 1}",
        "level1": level1,
        "level2": level2,
        "name": name,
        "operator": "<=" if level2 == "COST" else ">=",
        "target_value": str(100 + number % 50),
        "unit": "所" if grows else "%",
        "weight": weight,
        "standard": "每低1个百分点扣0.5分",
        "is_core": place < 2,
        "cumulative": grows,
        **PROOF,
        **more,
    }


def targets(count: int, spoilt: frozenset[int] = frozenset()) -> bytes:
    """The application forms as one workbook; the spoilt ones belong to no project."""

    def lines() -> Iterator[Mapping[str, Any]]:
        for number in range(count):
            body = target_body(number)
            if number in spoilt:
                body = {**body, "project_code": f"X{number}"}
            yield on_sheet(body, {"project_name": f"校舍维修改造项目第{number}号"})

    return write_workbook(TARGET_SHEET, lines())
