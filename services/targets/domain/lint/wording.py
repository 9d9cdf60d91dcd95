"""Whether goal and names say something: L05, L07, L08."""

import re
from collections.abc import Iterator
from typing import Final

from services.targets.domain.findings import Finding
from services.targets.domain.lint.telling import Told, warned_once
from services.targets.domain.values import Content, Indicator

GOAL_CHARACTERS: Final = (30, 300)  # L05 (D)
NAME_CHARACTERS_MAX: Final = 30  # L07 (D)

# L08 (D): words that promise nothing by themselves.
VAGUE: Final = re.compile("积极推进|进一步|提高|加强|显著|有效|一定|较好")
# L05 (D): words by which a goal names its task and its effect; an output is named by a number.
TASK: Final = re.compile(
    "完成|实施|开展|建设|建成|新建|改建|扩建|改造|维修|修缮|购置|采购|提供|落实|组织"
    "|举办|培训|发放|补助|补贴|治理|养护|管护|运维|编制|检测|救助"
)
EFFECT: Final = re.compile(
    "改善|提升|提高|促进|带动|受益|惠及|满意|增收|增加|增强|减少|降低|保障|解决|满足|覆盖"
    "|防止|避免|缓解|消除|确保"
)
# The numerals of 一定 and 进一步 count nothing: a single one needs a measure word behind it.
NUMBER: Final = re.compile(
    r"\d|百分之|[零一二两三四五六七八九十百千万亿]{2,}"
    "|[一二两三四五六七八九十][个名所件项人次户亩座处条台套批家场期年月天倍成]"
)
CLAUSE_END: Final = re.compile("[，。；,;]")
# L07 (D): the endings of what can be measured.
MEASURE: Final = re.compile("(率|数|量|额|度|值|比例|次|时间|天数|成本|面积|里程)$")

AND: Final = re.compile("[和及]")
FIGURES: Final = re.compile(r"\d+")


def l05_goal(content: Content) -> Iterator[Finding]:
    """The goal has 30 to 300 characters and names total task, total output and total effect."""
    yield from warned_once("L05", "/annual_goal", _lacks(content.annual_goal))


def _lacks(goal: str) -> Iterator[Told]:
    shortest, longest = GOAL_CHARACTERS
    if not shortest <= len(goal) <= longest:
        yield Told(
            f"a goal has {shortest} to {longest} characters, this one {len(goal)}",
            f"目标应为{shortest}至{longest}字，现为{len(goal)}字",
        )
    for pattern, part, part_zh in (
        (TASK, "task", "任务"),
        (NUMBER, "output", "产出"),
        (EFFECT, "effect", "效益"),
    ):
        if not pattern.search(goal):
            yield Told(f"the total {part} is not named", f"未写明总{part_zh}")


def l07_names(content: Content) -> Iterator[Finding]:
    """A name has at most 30 characters and names one measure."""
    for index, indicator in enumerate(content.indicators):
        yield from warned_once("L07", f"/indicators/{index}/name", _overloads(indicator.name))


def _overloads(name: str) -> Iterator[Told]:
    if len(name) > NAME_CHARACTERS_MAX:
        yield Told(
            f"{len(name)} characters, at most {NAME_CHARACTERS_MAX}",
            f"{len(name)}字，超过{NAME_CHARACTERS_MAX}字",
        )
    if _measures(name) > 1 or (AND.search(name) and len(FIGURES.findall(name)) > 1):
        yield Told("more than one measure in a name", "一个指标名称包含多项内容")


def _measures(name: str) -> int:
    return sum(bool(MEASURE.search(part)) for part in name.split("、")) if "、" in name else 1


def l08_vague(content: Content) -> Iterator[Finding]:
    """A vague word comes with a number: in the same clause of the goal, or as target value."""
    clauses = (_vague(clause) for clause in CLAUSE_END.split(content.annual_goal))
    yield from warned_once("L08", "/annual_goal", _unmeasured([w for c in clauses for w in c]))
    for index, indicator in enumerate(content.indicators):
        words = _vague_name(indicator)
        yield from warned_once("L08", f"/indicators/{index}/name", _unmeasured(words))


def _vague_name(indicator: Indicator) -> list[str]:
    return [] if indicator.target_value is not None else _vague(indicator.name)


def _vague(text: str) -> list[str]:
    words = VAGUE.findall(text)
    return words if words and not NUMBER.search(text) else []


def _unmeasured(words: list[str]) -> Iterator[Told]:
    if words:
        said = "、".join(dict.fromkeys(words))
        yield Told(f"vague without a number: {said}", f"笼统表述且没有数值：{said}")
