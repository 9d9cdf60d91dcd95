"""Whether each indicator can be scored, reached and proved: L04, L10, L12, L14."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from services.targets.domain.findings import Finding
from services.targets.domain.lint.telling import NAMES_ZH, Told, error, warned_once
from services.targets.domain.lint.yardstick import Yardstick
from services.targets.domain.proofs import Attainment, Proof
from services.targets.domain.values import Content, Indicator, Operator

REFERENCE_TIMES_MAX: Final = 2  # L10 (D): times the reference value of the library
NO_PROOF: Final = Proof()


def l04_values(content: Content) -> Iterator[Finding]:
    """A quantity has operator, number and unit; a quality has a standard for three levels."""
    for index, indicator in enumerate(content.indicators):
        pointer = f"/indicators/{index}"
        if indicator.operator is Operator.QUALITATIVE:
            yield from _levels(content.levels.get(indicator.indicator_id, {}), pointer)
            continue
        if indicator.target_value is None:
            told = Told("a quantitative indicator has a number", "定量指标须填写指标值")
            yield error("L04", f"{pointer}/target_value", told)
        elif indicator.target_value == 0 and indicator.operator is Operator.AT_LEAST:
            told = Told("at least zero is always reached", "“大于等于零”总能完成")
            yield error("L04", f"{pointer}/target_value", told)
        if not indicator.unit.strip():
            told = Told("a quantitative indicator has a unit of measure", "定量指标须有计量单位")
            yield error("L04", f"{pointer}/unit", told)


def _levels(levels: Mapping[Attainment, str], pointer: str) -> Iterator[Finding]:
    for level in Attainment:
        if not levels.get(level, "").strip():
            told = Told(
                f"the standard for {level} is not described",
                f"未描述“{NAMES_ZH[level]}”的评价标准",
            )
            yield error("L04", f"{pointer}/levels/{level}", told)


def l10_ambition(content: Content, yardstick: Yardstick) -> Iterator[Finding]:
    """No target is below last year's actual, none above twice what the library knows."""
    references = _references(content, yardstick)
    for index, indicator in enumerate(content.indicators):
        if indicator.target_value is None:
            continue
        last = content.last_actuals.get(indicator.indicator_id)
        usual = references.get(content.library_codes.get(indicator.indicator_id, ""))
        reasons = _doubts(indicator, indicator.target_value, last, usual)
        yield from warned_once("L10", f"/indicators/{index}/target_value", reasons)


def _references(content: Content, yardstick: Yardstick) -> Mapping[str, Decimal]:
    codes = set(content.library_codes.values())
    if not codes:
        return {}
    return {
        entry.code: entry.told.reference_value
        for _, entries in yardstick.core_classes.values()
        for entry in entries
        if entry.code in codes and entry.told.reference_value is not None
    }


def _doubts(
    indicator: Indicator, target: Decimal, last: Decimal | None, usual: Decimal | None
) -> Iterator[Told]:
    falls = indicator.lower_is_better or indicator.operator is Operator.AT_MOST
    if last is not None and (target > last if falls else target < last):
        yield Told(f"behind last year's actual of {last}", f"低于上年实际水平{last}")
    if usual is not None and target > REFERENCE_TIMES_MAX * usual:
        yield Told(
            f"more than {REFERENCE_TIMES_MAX} times the usual {usual}",
            f"超过指标库参考值{usual}的{REFERENCE_TIMES_MAX}倍",
        )


def l12_dates(content: Content, yardstick: Yardstick) -> Iterator[Finding]:
    """Due inside the fiscal year; what grows over the year has a value for each node."""
    for index, indicator in enumerate(content.indicators):
        due_on = content.due_on.get(indicator.indicator_id)
        if due_on is not None and due_on.year != yardstick.fiscal_year:
            told = Told("due outside the fiscal year", "完成时间不在年度内")
            yield error("L12", f"/indicators/{index}/due_on", told)
        if not indicator.cumulative or indicator.operator is Operator.QUALITATIVE:
            continue
        for node in yardstick.nodes:
            if node not in indicator.milestones:
                told = Told(
                    f"a cumulative indicator has a value for {node}", f"累计指标缺少{node}节点值"
                )
                yield error("L12", f"/indicators/{index}/milestones/{node}", told)


def l14_proofs(content: Content) -> Iterator[Finding]:
    """Each indicator says how its value is obtained, where from, and what will prove it."""
    for index, indicator in enumerate(content.indicators):
        proof = content.proofs.get(indicator.indicator_id, NO_PROOF)
        for field, stated, missing in (
            ("obtain_method", proof.obtain_method, "取值方式"),
            ("data_source", proof.data_source, "数据来源"),
            ("evidence", proof.evidence, "佐证资料"),
        ):
            if not stated:
                told = Told(f"{field} is not stated", f"未填写{missing}")
                yield error("L14", f"/indicators/{index}/{field}", told)
