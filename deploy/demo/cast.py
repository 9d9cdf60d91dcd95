"""Who is in the play: regions, departments, units and projects, invented from the seed."""

from dataclasses import dataclass
from random import Random
from typing import Final

from deploy.demo.scenario import Scenario
from deploy.demo.split import spread, uneven
from shared.domain.money import Money

DEPARTMENTS: Final = (
    "教育局",
    "卫生健康委员会",
    "农业农村局",
    "水利局",
    "交通运输局",
    "住房和城乡建设局",
    "民政局",
    "人力资源和社会保障局",
    "乡村振兴局",
    "自然资源局",
    "生态环境局",
    "林业和草原局",
    "文化体育广播电视和旅游局",
    "工业和信息化局",
    "商务局",
    "科学技术局",
    "应急管理局",
    "市场监督管理局",
    "司法局",
    "公安局",
    "发展和改革委员会",
    "审计局",
    "统计局",
    "医疗保障局",
    "退役军人事务局",
    "畜牧兽医局",
    "供销合作社",
    "残疾人联合会",
)
WORKS: Final = (
    "校舍维修改造",
    "农村道路养护",
    "高标准农田建设",
    "饮水安全巩固提升",
    "基层医疗设备购置",
    "公共文化服务",
    "职业技能培训",
    "困难群众救助",
    "人居环境整治",
    "污水管网改造",
    "林果业提质增效",
    "防洪渠道修缮",
    "信息化平台运维",
    "食品安全抽检",
    "森林草原防火",
    "动物疫病防控",
    "养老服务设施建设",
    "中小企业扶持",
    "旅游公共设施提升",
    "普法宣传教育",
)
FUNCTIONS: Final = ("2050203", "2100302", "2130122", "2130305", "2140106", "2070109", "2080799")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A budget unit of a region."""

    code: str
    name: str
    region_code: str
    department_code: str
    department_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project of a unit with its budget."""

    code: str
    name: str
    unit: Unit
    function_code: str
    budget: Money
    serial: int

    @property
    def region_code(self) -> str:
        """Where it is."""
        return self.unit.region_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody and everything of the year."""

    units: list[Unit]
    projects: list[Project]

    def of_region(self, region_code: str) -> list[Project]:
        """The projects of one region, in order."""
        return [project for project in self.projects if project.region_code == region_code]


def assemble(scenario: Scenario) -> Cast:
    """The cast of a scenario: the same seed gives the same people."""
    chance = Random(scenario.seed)  # noqa: S311 - invention, not secrecy
    units = _units(scenario)
    budgets = uneven(
        Money.parse(scenario.targets["budget_yuan"]), scenario.targets["projects"], chance
    )
    shares = spread(len(budgets), len(units))
    projects: list[Project] = []
    for unit, share in zip(units, shares, strict=True):
        for _ in range(share):
            serial = len(projects) + 1
            projects.append(
                project_of(unit, scenario.fiscal_year, serial, budgets[serial - 1], chance)
            )
    return Cast(units=units, projects=projects)


def project_of(unit: Unit, year: int, serial: int, budget: Money, chance: Random) -> Project:
    """A project of a unit; its code is 21 characters as the national tables have it."""
    return Project(
        code=f"{unit.region_code}{year % 100:02d}T{serial:012d}",
        name=f"{unit.name}{year}年{chance.choice(WORKS)}项目（{serial}）",
        unit=unit,
        function_code=chance.choice(FUNCTIONS),
        budget=budget,
        serial=serial,
    )


def _units(scenario: Scenario) -> list[Unit]:
    units: list[Unit] = []
    shares = spread(scenario.units, len(scenario.regions))
    for (region_code, region_name), share in zip(scenario.regions, shares, strict=True):
        for number in range(share):
            department = number % len(DEPARTMENTS)
            branch = number // len(DEPARTMENTS)
            department_name = f"{region_name}{DEPARTMENTS[department]}"
            department_code = f"{region_code}{department + 101}"
            units.append(
                Unit(
                    code=f"{department_code}{branch + 1:03d}",
                    name=department_name if branch == 0 else f"{department_name}第{branch}分中心",
                    region_code=region_code,
                    department_code=department_code,
                    department_name=department_name,
                )
            )
    return units
