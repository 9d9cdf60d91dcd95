"""Why a number of a project is what it is: the rule with its source, its version, its inputs.

Every explanation can be followed with what stands on the same page. Nothing is computed anew:
the result is what was decided, the inputs are what it was decided from.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.disclosure.portal.life import Life
from services.disclosure.portal.numbers import exact_money, percent, share_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """`inputs` are Chinese names (English by `texts`) and values; `version` 0 was not told."""

    stage: str
    what: str
    result: str
    rule: str
    source: str
    version: int
    inputs: Sequence[tuple[str, str]]


def explanations(life: Life) -> Sequence[Explanation]:
    """What can be explained of this project, in the order of its life."""
    return [*_ex_ante(life), *_execution(life), *_self_evaluation(life), *_result(life)]


def _ex_ante(life: Life) -> Iterator[Explanation]:
    row = life.ex_ante
    if row is None:
        return
    yield Explanation(
        stage="ex-ante",
        what="事前评估等级",
        result=row.grade,
        rule="得分四舍五入到两位小数，90、80、60 分为优、良、中的下限；“中”“差”不予安排预算。",
        source="财预〔2020〕10号 第十八条",
        version=row.rule_set_version,
        inputs=(("得分", format(row.score, "f")),),
    )
    yield Explanation(
        stage="ex-ante",
        what="核定金额",
        result=exact_money(row.accepted_fen),
        rule="核定金额 = 申请金额－核减金额",
        source="本地区规则集",
        version=row.rule_set_version,
        inputs=(
            ("申请金额（元）", exact_money(row.requested_fen)),
            ("核减金额（元）", exact_money(row.reduced_fen)),
        ),
    )


def _execution(life: Life) -> Iterator[Explanation]:
    row = life.watch
    if row is None:
        return
    yield Explanation(
        stage="money",
        what="指标执行率",
        result=percent(share_of(row.paid_fen, row.quota_fen)),
        rule="实际支付（扣除退回）÷ 现行指标；收回的指标不计入，自评以批复预算为分母。",
        source="财预〔2020〕10号",
        version=0,
        inputs=(
            ("实际支付（元）", exact_money(row.paid_fen)),
            ("其中已扣退回（元）", exact_money(row.returned_fen)),
            ("现行指标（元）", exact_money(row.quota_fen)),
            ("支付笔数", str(row.payments)),
        ),
    )


def _self_evaluation(life: Life) -> Iterator[Explanation]:
    row = life.self_evaluation
    if row is None:
        return
    told = life.contents.get("SELF_EVALUATION", {})
    inputs = [
        ("单位自评得分", format(row.self_score, "f")),
        ("系统重算得分", format(row.machine_score, "f")),
        ("预算执行率", percent(row.execution_rate)),
        ("发现问题", str(row.findings)),
    ]
    yield Explanation(
        stage="judging",
        what="自评最终得分",
        result=format(row.final_score, "f"),
        rule="系统按指标权重和实际完成值重算自评得分；复核得分替代自评得分。",
        source="本地区规则集",
        version=_version(told),
        inputs=inputs,
    )
    yield Explanation(
        stage="judging",
        what="自评等级",
        result=row.grade,
        rule="得分四舍五入到两位小数，90、80、60 分为优、良、中的下限（含）。",
        source="财预〔2020〕10号 第十八条",
        version=_version(told),
        inputs=(("最终得分", format(row.final_score, "f")),),
    )


def _result(life: Life) -> Iterator[Explanation]:
    for row in life.cuts:
        yield Explanation(
            stage="results",
            what="下一年度预算调减",
            result=exact_money(row.amount_fen),
            rule="评价结果较差的，对申请下一年度预算的同类型项目按等级调减。",
            source="本地区规则集",
            version=0,
            inputs=(
                ("申请金额（元）", exact_money(row.requested_fen)),
                ("调减比例", percent(_ratio(row.amount_fen, row.requested_fen))),
            ),
        )


def _version(told: Any) -> int:  # noqa: ANN401 - what an item says is JSON
    version = told.get("rule_set_version", 0)
    return version if isinstance(version, int) else 0


def _ratio(part: int, whole: int) -> Decimal | None:
    return share_of(part, whole)
