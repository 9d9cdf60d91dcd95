"""The year before: who is who, which rules hold, which libraries are in use."""

from datetime import date
from typing import Final

from deploy.demo.cast import Cast
from deploy.demo.lanes import side_by_side
from deploy.demo.people import Office
from deploy.demo.scenario import Scenario, read_rules
from deploy.demo.split import spread
from deploy.demo.stage import Stage, line

LEGAL_BASIS: Final = "中发〔2018〕34号；财预〔2020〕10号"
# A prefecture is no level of government: the autonomous region's congress has a committee there.
WORKING_COMMITTEE: Final = "自治区人大常委会喀什地区工作委员会"
LEVELS: Final = (
    ("OUTPUT", "QUANTITY", "件"),
    ("OUTPUT", "QUALITY", "%"),
    ("BENEFIT", "SOCIAL", "人"),
)


async def open_registers(stage: Stage, scenario: Scenario, cast: Cast) -> None:
    """Regions, rule sets for the years that matter, and the units of every region."""
    await stage.set_clock(date(scenario.fiscal_year - 1, 9, 1))
    root = scenario.regions[0][0]
    chief = Office(root)

    async def found(region: tuple[str, str]) -> None:
        code, name = region
        body = {"region_code": code, "name": name, "approval_authority": WORKING_COMMITTEE}
        if code != root:
            body["approval_authority"] = f"{name}人大常委会"
            body |= {"parent_code": root, "level": "COUNTY"}
        await stage.post("targets", "/v1/regions", chief.leader, body)

    rules = read_rules()

    async def furnish(region: tuple[str, str]) -> None:
        code, name = region
        office = Office(code)
        for year in range(scenario.fiscal_year - 1, scenario.fiscal_year + 2):
            named = {**rules, "rule_set": f"{name}{year}"}
            drafted = {"region_code": code, "fiscal_year": year, "rules": named}
            await stage.imported("targets", "draft_rule_set", office.performance, [line(drafted)])
            adopted = line({"legal_basis": LEGAL_BASIS}, rule_set_id=f"{code}-{year}")
            await stage.imported("targets", "adopt_rule_set", office.leader, [adopted])
        units = [
            line(
                {
                    "unit_code": unit.code,
                    "name": unit.name,
                    "region_code": code,
                    "department_code": unit.department_code,
                    "department_name": unit.department_name,
                    "origin": "SYNTHETIC",
                }
            )
            for unit in cast.units
            if unit.region_code == code
        ]
        await stage.imported("targets", "register_unit", office.performance, units)

    await found(scenario.regions[0])
    await side_by_side(scenario.regions[1:], found)
    await side_by_side(scenario.regions, furnish)


async def fill_libraries(stage: Stage, scenario: Scenario) -> None:
    """The industry library, the core library and the model cases, class by class."""
    wanted = scenario.libraries
    office = Office(scenario.regions[0][0])
    for library, classes, entries, what in (
        ("XJ_INDUSTRY", wanted["industries"], wanted["level3_indicators"], "行业"),
        ("KS_CORE", wanted["core_classes"], wanted["core_indicators"], "核心类"),
        ("XJ_MODEL_CASE", wanted["case_classes"], wanted["cases"], "案例类"),
    ):
        rows = [
            line(
                {
                    "library": library,
                    "region_code": office.region_code,
                    "class_code": f"{number:02d}",
                    "class_name": f"{what}{number}",
                    "entries": [_entry(library, number, entry) for entry in range(1, count + 1)],
                }
            )
            for number, count in enumerate(spread(entries, classes), start=1)
        ]
        await stage.imported("targets", "import_library_class", office.performance, rows)
        published = line({}, library=library)
        await stage.imported("targets", "publish_library", office.performance, [published])


def _entry(library: str, class_number: int, number: int) -> dict[str, str]:
    code = f"{library}-{class_number:02d}-{number:04d}"
    if library == "XJ_MODEL_CASE":
        return {"code": code, "name": f"优质绩效目标案例{class_number}-{number}"}
    level1, level2, unit = LEVELS[number % len(LEVELS)]
    return {
        "code": code,
        "name": f"三级指标{class_number}-{number}",
        "level1": level1,
        "level2": level2,
        "unit": unit,
    }
