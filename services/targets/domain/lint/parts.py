"""Whether the core elements are there: L01, L02, L06, L09."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from services.targets.domain.findings import Finding
from services.targets.domain.lint.telling import NAMES_ZH, Told, error, warning
from services.targets.domain.lint.yardstick import Yardstick
from services.targets.domain.values import COST_BEARING, Content, Level1, Level2

INDICATORS_ADVISED: Final = (5, 15)  # L06 (D)
INDICATORS_MAX: Final = 25  # L06 (D)
CORE_INDICATORS_MIN: Final = 2  # L09 (D)
OUTPUT_PARTS: Final = (Level2.QUANTITY, Level2.QUALITY, Level2.TIMELINESS)
COST_PARTS: Final = frozenset(
    {Level2.COST, Level2.ECONOMIC_COST, Level2.SOCIAL_COST, Level2.ECOLOGICAL_COST}
)


def l01_parts(content: Content, yardstick: Yardstick) -> Iterator[Finding]:
    """Output and benefit are there; building, repairing and buying state a cost (101号)."""
    used = {indicator.level1 for indicator in content.indicators}
    for part in (Level1.OUTPUT, Level1.BENEFIT):
        if part not in used:
            told = Told(f"{part} has no indicator", f"缺少{NAMES_ZH[part]}指标")
            yield error("L01", "/indicators", told)
    costed = Level1.COST in used or any(i.level2 in COST_PARTS for i in content.indicators)
    if yardstick.kind in COST_BEARING and not costed:
        told = Told(
            "building, repairing and buying must state a cost",
            "工程、修缮和购置类项目须设置成本指标",
        )
        yield error("L01", "/indicators", told)


def l02_output_parts(content: Content) -> Iterator[Finding]:
    """Quantity, quality and timeliness are all there, or a reason says why not."""
    if waived(content, "L02"):
        return
    used = {i.level2 for i in content.indicators if i.level1 is Level1.OUTPUT}
    for part in OUTPUT_PARTS:
        if part not in used:
            told = Told(
                f"OUTPUT has no {part} indicator and no waiver",
                f"产出缺少{NAMES_ZH[part]}指标且未说明理由",
            )
            yield error("L02", "/indicators", told)


def l06_number(content: Content) -> Iterator[Finding]:
    """Five to fifteen indicators; more than 25 are too many whatever is said (冗长细碎)."""
    fewest, most = INDICATORS_ADVISED
    count = len(content.indicators)
    if count > INDICATORS_MAX:
        told = Told(
            f"{count} indicators, at most {INDICATORS_MAX} are admitted",
            f"指标{count}个，超过上限{INDICATORS_MAX}个",
        )
        yield error("L06", "/indicators", told)
    elif not fewest <= count <= most:
        told = Told(
            f"{count} indicators, {fewest} to {most} are advised",
            f"指标{count}个，建议{fewest}至{most}个",
        )
        yield warning("L06", "/indicators", told)


def l09_core(content: Content, yardstick: Yardstick) -> Iterator[Finding]:
    """Two core indicators of the project's class are used, or a reason says why not."""
    if waived(content, "L09"):
        return
    used = core_used(content, yardstick)
    if used < CORE_INDICATORS_MIN:
        told = Told(
            f"{used} core indicators of one class, {CORE_INDICATORS_MIN} are required",
            f"使用所属类别核心指标{used}个，应不少于{CORE_INDICATORS_MIN}个",
        )
        yield error("L09", "/indicators", told)


def core_used(content: Content, yardstick: Yardstick) -> int:
    """How many core indicators of the project's class there are.

    Without a class of its own the project is taken to be of the class it uses most. Where no
    core library was published nothing can be looked up, and the unit's own mark counts.
    """
    marked = [i.indicator_id for i in content.indicators if i.is_core]
    if not yardstick.core_classes:
        return len(marked)
    codes = {content.library_codes[one] for one in marked if one in content.library_codes}
    per_class: Counter[str] = Counter(
        class_code
        for class_code, (_, entries) in yardstick.core_classes.items()
        for entry in entries
        if entry.code in codes
    )
    if yardstick.library_class:
        return per_class[yardstick.library_class]
    return max(per_class.values(), default=0)


def waived(content: Content, rule: str) -> bool:
    """Whether a reason is given for not keeping a rule that allows one."""
    return bool(content.waivers.get(rule, "").strip())
