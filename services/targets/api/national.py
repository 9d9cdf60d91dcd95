"""The national budget system in both directions, by its own field names (`domain` §7.1).

    in    project and annual budget       →  lines of `register_project`
    out   target approved or adjusted     →  PM_PERF_GOAL_INFO and PM_PERF_INDICATOR
    out   ex-ante conclusion              →  pro_code, conclusion, accepted_amount

Pure mapping: who carries the records is no business of this room. The national tables say 1 for
yes and 2 for no, amounts in yuan, a region in nine digits. A message about a budget has a record
for each fund and classification; a project is the sum of its records. Codes whose lists we do not
have (`perf_obj_type_code`, `mof_aud_opinion_code`) are not invented.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from services.targets.api.vocabulary import VOCABULARY
from services.targets.api.written import region_code, value_in_words
from shared.domain.money import FEN_PER_YUAN, Money
from shared.http.problems import FieldError, FieldsInvalid

type Record = Mapping[str, Any]
YES: Final = 1
NO: Final = 2
FLAGS: Final = {"1": True, "2": False}
REGION_SUFFIX: Final = "000"
REQUIRED: Final = ("pro_code", "agency_code", "fiscal_year", "mof_div_code", "amount")
_AMOUNT: Final = re.compile(r"-?\d{1,15}(\.\d{1,2}0*)?", re.ASCII)
_YEAR: Final = re.compile(r"20\d\d", re.ASCII)
# Where a project has several records, the one with the most money says what it is for.
KEPT: Final = {
    "exp_func_code": "function_code",
    "fund_type_code": "fund_type_code",
    "is_dir_code": "direct_fund_flag",
}


def flag(record: Record, name: str, place: int = 0) -> bool:
    """1 is yes, 2 is no, absent is no; whoever sends 0 or true means something else."""
    said = record.get(name)
    if said is None or said == "":
        return False
    found = None if isinstance(said, bool) else FLAGS.get(str(said))
    if found is None:
        raise _wrong(place, name, "1 for yes or 2 for no. 1是，2否")
    return found


def national_flag(*, said: bool) -> int:
    """A truth as the national tables write it."""
    return YES if said else NO


def national_region(code: str) -> str:
    """Six digits and 000."""
    return f"{code}{REGION_SUFFIX}"


def project_lines(
    records: Sequence[Record], persons: Mapping[str, Mapping[str, str]]
) -> list[dict[str, Any]]:
    """Budget records as lines of `register_project`, in the order of their codes.

    The national message does not say who answers; `persons` are those whom each unit has named.
    """
    numbered = [
        (place, record)
        for place, record in enumerate(records)
        if not flag(record, "is_deleted", place)
    ]
    for place, record in numbered:
        _expect_sound(record, place)
    ordered = sorted(numbered, key=lambda one: str(one[1]["pro_code"]))
    return [
        {"body": _project(list(of_project), persons)}
        for _, of_project in groupby(ordered, key=lambda one: str(one[1]["pro_code"]))
    ]


def _expect_sound(record: Record, place: int) -> None:
    for name in REQUIRED:
        if not str(record.get(name) or "").strip():
            raise _wrong(place, name, "This field is missing. 缺少该字段")
    if not _YEAR.fullmatch(str(record["fiscal_year"])):
        raise _wrong(place, "fiscal_year", "A year of four digits. 年度为四位数字")
    flag(record, "is_new", place)


def _project(
    numbered: Sequence[tuple[int, Record]], persons: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    place, first = numbered[0]
    for other, record in numbered[1:]:
        for name in ("agency_code", "fiscal_year", "mof_div_code"):
            if str(record[name]) != str(first[name]):
                raise _wrong(other, name, "One project has one of these. 同一项目该字段不一致")
    amounts = [(_amount(record, number), number, record) for number, record in numbered]
    _, _, most = max(amounts, key=lambda one: (one[0], -one[1]))
    agency = str(first["agency_code"])
    if agency not in persons:
        raise _wrong(place, "agency_code", "The unit has named nobody. 该单位尚未明确责任人")
    kept = {ours: str(most[name]) for name, ours in KEPT.items() if most.get(name)}
    return {
        "project_code": str(first["pro_code"]),
        "name": str(first.get("pro_name") or first["pro_code"]),
        "fiscal_year": int(first["fiscal_year"]),
        "region_code": region_code(str(first["mof_div_code"])),
        "unit_code": agency,
        "requested": str(Money.total(amount for amount, _, _ in amounts)),
        "is_new": any(flag(record, "is_new", number) for number, record in numbered),
        **kept,
        "responsible": dict(persons[agency]),
    }


def _amount(record: Record, place: int) -> Money:
    """Yuan in whole fen, as a number or a text; a text of digits alone, for `1e999` has many."""
    said = str(record["amount"])
    if not _AMOUNT.fullmatch(said):
        raise _wrong(place, "amount", "An amount of yuan in whole fen. 金额须精确到分")
    return Money(int(Decimal(said) * FEN_PER_YUAN))


def goal_record(target: Mapping[str, Any]) -> dict[str, Any]:
    """PM_PERF_GOAL_INFO: the text of a target. `target` is the body that would draft it."""
    return {
        "kpi_per_id": f"{target['project_code']}-{target['fiscal_year']}",
        "mof_div_code": national_region(target["region_code"]),
        "fiscal_year": target["fiscal_year"],
        "agency_code": target["unit_code"],
        "dept_code": target["department_code"],
        "pro_code": target["project_code"],
        "kpi_target": target["annual_goal"],
        "is_last_inst": national_flag(said=True),
        "is_deleted": national_flag(said=False),
    }


def indicator_records(target: Mapping[str, Any]) -> list[dict[str, Any]]:
    """PM_PERF_INDICATOR: a record for each indicator; `kpi_id` is unique within its target."""
    return [
        {
            "kpi_id": one["indicator_id"],
            "pro_code": target["project_code"],
            "fiscal_year": target["fiscal_year"],
            **_level("lv1", "Level1", one["level1"]),
            **_level("lv2", "Level2", one["level2"]),
            "lv3_perf_ind_code": one.get("library_code", ""),
            "lv3_perf_ind_name": one["name"],
            "kpi_content": one["name"],
            "kpi_val": value_in_words(one),
            "kpi_evalstd": one.get("standard", ""),
            "kpi_remark": one.get("remark", ""),
            "is_deleted": national_flag(said=False),
        }
        for one in target["indicators"]
    ]


def _level(prefix: str, enum: str, code: str) -> dict[str, str]:
    return {f"{prefix}_perf_ind_code": code, f"{prefix}_perf_ind_name": VOCABULARY[enum][code][0]}


def conclusion_record(assessment: Mapping[str, Any]) -> dict[str, Any]:
    """The ex-ante conclusion: what may enter the budget, and with how much."""
    return {
        "mof_div_code": national_region(assessment["region_code"]),
        "fiscal_year": assessment["fiscal_year"],
        "agency_code": assessment["unit_code"],
        "dept_code": assessment["department_code"],
        "pro_code": assessment["project_code"],
        "conclusion": assessment["conclusion"],
        "accepted_amount": assessment["accepted"],
    }


def _wrong(place: int, name: str, why: str) -> FieldsInvalid:
    return FieldsInvalid(f"{name}: {why}", errors=[FieldError(why, pointer=f"/{place}/{name}")])
