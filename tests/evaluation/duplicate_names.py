"""How well overlapping and fragmented programmes are found among names like those of the scenario.

`python -m tests.evaluation.duplicate_names` plants programmes that belong together among a year of
programmes that do not, and prints precision and recall. Nothing here is drawn to be found: what is
planted is written as offices write the same thing twice, and the rest holds what looks alike and
is not.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from random import Random
from typing import Final

from deploy.demo.cast import FUNCTIONS, WORKS
from services.evaluation.domain.duplicates.finding import Compared, Measured, find, measured
from shared.domain.money import Money
from tests.evaluation.story import ADOPTED

UNITS: Final = 300
YEAR: Final = 2022
PLACES: Final = (
    "托克扎克镇", "兰干镇", "乌帕尔镇", "塔什米里克乡", "布拉克苏乡", "站敏乡", "英吾斯坦乡",
    "阿克喀什乡", "荒地镇", "艾西曼镇", "色力布亚镇", "琼库恰克乡", "阿拉根乡", "多来提巴格乡",
)  # fmt: skip
MATTERS: Final = (
    "农村饮水安全巩固提升", "高标准农田建设", "防渗渠改造", "村级道路硬化", "易地搬迁后续扶持",
    "庭院经济补助", "标准化羊圈建设", "村卫生室设备更新", "小型水库除险加固", "农村厕所改造",
)  # fmt: skip
OTHERWISE: Final = (
    ("农村饮水安全巩固提升", "农村饮水安全提升"),
    ("高标准农田建设", "高标准农田新建"),
    ("村级道路硬化", "村级道路硬化改造"),
    ("小型水库除险加固", "小型水库除险加固改造"),
    ("村卫生室设备更新", "村卫生室医疗设备更新"),
)


REWORDED: Final = (
    ("农村自来水入户", "安全饮水管网延伸"),
    ("草原生态保护补助", "退牧还草奖补"),
    ("残疾人家庭无障碍改造", "困难残疾人居家无障碍设施建设"),
    ("村级组织运转保障", "村级组织运转补助"),
)
"""The same thing in other words: pairs of characters alone do not find all of it."""
NEIGHBOURS: Final = ("一村", "二村", "三村", "五村", "八村", "九村")
"""Villages of two offices: what one office splits by villages is fragmented (碎片化), but what two
offices do in neighbouring villages is not done twice, however alike the names are."""


@dataclass(slots=True)
class Region:
    """Programmes of a year, and the pairs of them that belong together."""

    programmes: list[Compared] = field(default_factory=list)
    planted: list[frozenset[str]] = field(default_factory=list)

    def add(self, name: str, unit: int, function: str, *, owner: str = "") -> str:
        """One more programme."""
        code = f"P{len(self.programmes):06d}"
        self.programmes.append(
            Compared(
                project_code=code,
                name=name,
                unit_code=f"U{unit:04d}",
                owner=owner or _unit_name(unit),
                function_code=function,
                amount=Money(100_000_000),
            )
        )
        return code

    def belong(self, codes: Sequence[str]) -> None:
        """These are one thing."""
        self.planted += [frozenset(pair) for pair in combinations(codes, 2)]


def _unit_name(unit: int) -> str:
    counties = ("疏附县", "疏勒县", "英吉沙县", "莎车县", "泽普县", "叶城县")
    offices = ("教育局", "水利局", "交通运输局", "农业农村局", "卫生健康委员会", "乡村振兴局")
    return f"{counties[unit % 6]}{offices[unit // 6 % 6]}第{unit // 36}分中心"


def region(seed: int) -> Region:
    """Two hundred and more programmes that are alike in name only, and those that are planted."""
    chance, made = Random(seed), Region()  # noqa: S311 - invention, not secrecy
    for unit in range(UNITS):
        _scenario_names(made, unit, chance)
    for number, place in enumerate(PLACES):
        matter = MATTERS[number % len(MATTERS)]
        _overlap(made, place, matter, number)
        _near(made, place, number)
    for number, (one, other) in enumerate(OTHERWISE):
        place, unit = PLACES[-1 - number], 40 + 2 * number
        codes = [
            made.add(f"{_unit_name(unit)}{YEAR}年{place}{one}工程", unit, "2130305"),
            made.add(f"{place}{other}项目（{YEAR}年）", unit + 1, "2130305"),
        ]
        made.belong(codes)
    for number, (one, other) in enumerate(REWORDED):
        place, unit = PLACES[number], 60 + 2 * number
        codes = [
            made.add(f"{_unit_name(unit)}{YEAR}年{place}{one}项目", unit, "2130505"),
            made.add(f"{place}{other}项目（{YEAR}年）", unit + 1, "2130505"),
        ]
        made.belong(codes)
    villages = [
        made.add(f"{YEAR}年恰尔巴格乡{village}党群服务中心修缮项目", 260 + number // 3, "2010350")
        for number, village in enumerate(NEIGHBOURS)
    ]
    made.belong(villages[:3])
    made.belong(villages[3:])
    for unit in (100, 120, 140, 160):
        _fragments(made, unit)
    return made


def _scenario_names(made: Region, unit: int, chance: Random) -> None:
    """Names as the scenario has them; no unit has one work twice, every unit has the same works."""
    for serial, work in enumerate(chance.sample(WORKS, k=min(4, len(WORKS)))):
        number = unit * 10 + serial
        name = f"{_unit_name(unit)}{YEAR}年{work}项目（{number}）"
        made.add(name, unit, chance.choice(FUNCTIONS))


def _overlap(made: Region, place: str, matter: str, number: int) -> None:
    """Two offices ask for the same thing at the same place."""
    one, other = 200 + number, 220 + number
    made.belong(
        [
            made.add(f"{_unit_name(one)}{YEAR}年{place}{matter}项目", one, "2130599"),
            made.add(f"{YEAR}年{place}{matter}工程（{number}）", other, "2130599"),
        ]
    )


def _near(made: Region, place: str, number: int) -> None:
    """The same place and another matter, the same matter and another place: nothing is twice."""
    matter = MATTERS[(number + 3) % len(MATTERS)]
    made.add(f"{YEAR}年{place}{matter}项目", 240 + number, "2130504")


def _fragments(made: Region, unit: int) -> None:
    """One work in four parts of one unit."""
    parts = ("一标段", "二标段", "三标段", "四标段")
    made.belong(
        [
            made.add(f"{_unit_name(unit)}{YEAR}年城乡环卫一体化设施采购{part}", unit, "2120501")
            for part in parts
        ]
    )


def measure(seed: int) -> Measured:
    """What is found in one region."""
    made = region(seed)
    groups = find(made.programmes, ADOPTED.rule_set.linkage)
    return measured(groups, made.planted)


def main() -> int:
    """Print it."""
    for seed in range(5):
        told = measure(seed)
        print(  # noqa: T201 - this is what the verb is for
            f"seed {seed}: {told.planted} pairs planted, {told.found} found, {told.right} right; "
            f"precision {told.precision:.3f}, recall {told.recall:.3f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
