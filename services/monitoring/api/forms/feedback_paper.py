"""附1 整改反馈表 and 附2 核验意见 on paper, as far as they are filled in (`domain` §8.5)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from services.monitoring.api.vocabulary import VOCABULARY
from services.monitoring.api.warning_views import RectificationView
from services.monitoring.projections.warning_board import WarningRow
from services.monitoring.reactions.letter_paper import (
    FEEDBACK_HEADINGS,
    FEEDBACK_SHARES,
    FEEDBACK_TITLE,
    SIGNATURE,
    day,
    percent,
)
from shared.documents.paper import Block, Facts, Grid, Paper, Text
from shared.domain.actors import subject_of

NONE: Final = "—"

type Said = Mapping[str, Any]


def feedback_paper(row: WarningRow, cure: RectificationView) -> Paper:
    """What the unit planned and showed, and what the bureau found."""
    return Paper(title=FEEDBACK_TITLE, blocks=tuple(_blocks(row, cure)), landscape=True)


def _blocks(row: WarningRow, cure: RectificationView) -> Iterator[Block]:
    yield Facts(pairs=(("告知函字号", row.letter_no or NONE), ("填报单位", row.unit_name)))
    yield Grid(
        headings=FEEDBACK_HEADINGS,
        rows=[_step(number, step, cure) for number, step in enumerate(cure.steps, start=1)],
        shares=FEEDBACK_SHARES,
    )
    yield Text(f"单位负责人（签字）：{cure.signed_by}" if cure.signed_by else SIGNATURE)
    if cure.checks:
        yield Grid(headings=("核验人", "方式", "结论", "日期"), rows=list(map(_check, cure.checks)))
    if cure.measured:
        yield Facts(pairs=_numbers(cure.measured))


def _step(number: int, step: Said, cure: RectificationView) -> Sequence[str]:
    proof = "、".join(item.name or item.sha256[:12] for item in cure.evidence)
    owners = "/".join(filter(None, (step["owner"], step.get("finance_owner"))))
    reason = label("Reason", step["reason"])
    due_on = day(step["due_on"])
    return str(number), reason, step["cause"], step["measure"], owners, due_on, cure.result, proof


def _check(check: Said) -> Sequence[str]:
    way = "现场" if check["on_site"] else "资料"
    by = subject_of(check["checked_by"])
    return f"{by}（{label('Section', check['section'])}）", way, "通过", day(check["checked_on"])


def _numbers(measured: Said) -> Sequence[tuple[str, str]]:
    return (
        ("预警时执行率", percent(measured["execution_before"] or "")),
        ("整改后执行率", percent(measured["execution_after"] or "")),
        ("预警时目标实现程度", percent(measured["goal_before"] or "")),
        ("整改后目标实现程度", percent(measured["goal_after"] or "")),
    )


def label(enum: str, code: str) -> str:
    """What a code is called in Chinese."""
    found = VOCABULARY[enum].get(code)
    return found[0] if found else code
