"""事前绩效评估报告 and 评分表: a report in five chapters, scores by scorer (`domain` §8.2)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from services.targets.api.forms.dimensions import called, points_of_review
from services.targets.api.forms.figures import day, signed, term, wan
from services.targets.domain.ex_ante_items import ITEMS
from services.targets.projections.ex_ante_papers import ExAntePaperRow, ExAnteScoringRow
from services.targets.projections.ex_ante_register import ExAnteRow, ExAnteScoreRow
from services.targets.projections.unit_register import UnitRow
from shared.documents.paper import Block, Facts, Grid, Heading, Paper, Text
from shared.documents.sheet import Column, Sheet
from shared.domain.actors import subject_of
from shared.domain.grades import Grade, grade_of
from shared.domain.money import Money

REPORT_TITLE: Final = "事前绩效评估报告"
SCORES_TITLE: Final = "事前绩效评估评分表"
COLUMNS: Final = ("维度", "审核要点", "分值", "评价", "得分", "扣分理由", "评审人", "日期")
SCORE_SHEET: Final = Sheet(
    operation="",
    title=SCORES_TITLE,
    columns=tuple(Column(title=name, pointer=f"/{name}") for name in COLUMNS),
    note="金额单位：万元。",
)
HUNDRED: Final = Decimal(100)
NONE: Final = "无"

type Row = Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """Everything the papers of one assessment are made of; `rules` are those that applied."""

    row: ExAnteRow
    paper: ExAntePaperRow
    scores: Sequence[ExAnteScoreRow]
    scorings: Sequence[ExAnteScoringRow]
    rules: Mapping[str, Any]
    unit: UnitRow | None = None
    application: Mapping[str, Any]

    @property
    def full_points(self) -> Mapping[str, Decimal]:
        """The points of each dimension."""
        stated = self.rules.get("ex_ante", {}).get("dimensions", {})
        return {name: Decimal(str(points)) for name, points in stated.items()}

    @property
    def statements(self) -> Mapping[str, str]:
        """What the unit says to each dimension."""
        found: Mapping[str, str] = json.loads(self.paper.statements_json)
        return found

    @property
    def reductions(self) -> Sequence[Mapping[str, str]]:
        """What was cut, line by line."""
        found: Sequence[Mapping[str, str]] = json.loads(self.row.lines_json)
        return found


def score_rows(assessed: Assessed) -> Sequence[Row]:
    """A row per scorer and dimension."""
    days = {scoring.scored_by: scoring.scored_on for scoring in assessed.scorings}
    return [
        (
            called(dimension),
            points_of_review(dimension),
            _plain(assessed.full_points.get(dimension)),
            _judged(Decimal(points), dimension, assessed),
            _plain(Decimal(points)),
            _lost(score, dimension),
            subject_of(score.scored_by),
            day(days.get(score.scored_by)),
        )
        for score in assessed.scores
        for dimension, points in json.loads(score.points_json).items()
    ]


def _lost(score: ExAnteScoreRow, dimension: str) -> str:
    """Why a scorer took points off: of the dimension, of its items, and what vetoes the whole."""
    remarks = json.loads(score.remarks_json)
    said = (
        json.loads(score.reasons_json).get(dimension, ""),
        *(
            f"{term('ExAnteItem', item)}：{remarks[item]}"
            for item in ITEMS.get(dimension, ())
            if item in remarks
        ),
        score.vetoes.replace(",", "、"),
    )
    return "；".join(text for text in said if text)


def foot(assessed: Assessed) -> Sequence[tuple[str, str]]:
    """What it came to."""
    row = assessed.row
    suggested = row.accepted_fen
    if suggested is None:
        suggested = row.requested_fen - row.reduced_fen
    reasons = (
        f"{line['line']}：{line['reason']}（{wan(Money.parse(line['amount']).fen)}万元）"
        for line in assessed.reductions
    )
    return (
        ("总分", "" if row.score is None else str(row.score)),
        ("等级", term("Grade", row.grade)),
        ("建议金额", wan(suggested)),
        ("核减金额", wan(row.reduced_fen)),
        ("核减理由", "；".join(reasons)),
    )


def score_lines(assessed: Assessed) -> Sequence[Mapping[str, str]]:
    """The score sheet as lines of a workbook, its foot below."""
    last = [(name, said) for name, said in foot(assessed)]
    return [dict(zip(COLUMNS, row, strict=False)) for row in (*score_rows(assessed), *last)]


def score_paper(assessed: Assessed) -> Paper:
    """The score sheet on paper."""
    row = assessed.row
    blocks: Sequence[Block] = (
        Facts(pairs=_head(assessed)),
        Grid(headings=COLUMNS, rows=score_rows(assessed)),
        Facts(pairs=foot(assessed)),
    )
    note = f"年度：{row.fiscal_year}　　单位：万元"
    return Paper(title=SCORES_TITLE, note=note, blocks=blocks, landscape=True)


def report(assessed: Assessed) -> Paper:
    """The report in its five chapters, with what is attached."""
    blocks: Sequence[Block] = (
        Heading("一、评估对象基本情况"),
        *_object(assessed),
        Heading("二、评估工作开展情况"),
        *_work(assessed),
        Heading("三、综合评估情况与结论"),
        *_findings(assessed),
        Heading("四、相关建议"),
        *_advice(assessed),
        Heading("五、其他需要说明的问题"),
        *_besides(assessed),
        Heading("附件"),
        Text("（1）评分表\n（2）绩效目标申报表\n（3）佐证材料清单"),
        Grid(headings=COLUMNS, rows=score_rows(assessed)),
        Facts(pairs=foot(assessed)),
        Grid(headings=("序号", "佐证材料", "SHA-256"), rows=_evidence(assessed)),
    )
    note = f"年度：{assessed.row.fiscal_year}　　单位：万元"
    return Paper(title=REPORT_TITLE, note=note, blocks=blocks)


def _head(assessed: Assessed) -> Sequence[tuple[str, str]]:
    row, unit = assessed.row, assessed.unit
    return (
        ("项目名称", row.project_name),
        ("项目代码", row.project_code),
        ("主管部门", unit.department_name if unit else row.department_code),
        ("申报单位", unit.name if unit else row.unit_code),
        ("申请金额", wan(row.requested_fen)),
        ("单位负责人签字", _signature(assessed.paper)),
        ("提交日期", day(assessed.paper.submitted_on)),
    )


def _signature(paper: ExAntePaperRow) -> str:
    """Who signed, and for whom."""
    return f"{paper.signed_by}（代{paper.in_place_of}）" if paper.in_place_of else paper.signed_by


def _object(assessed: Assessed) -> Sequence[Block]:
    said = assessed.application
    funds = said.get("annual_funds")
    sources = (("财政拨款", "fiscal"), ("上年结转", "carried_over"), ("其他资金", "other"))
    parts = [f"{name}{wan(funds[source]['fen'])}万元" for name, source in sources] if funds else []
    made_of = "，".join([f"申请{wan(assessed.row.requested_fen)}万元", *parts])
    return (
        Facts(pairs=_head(assessed)),
        Text(f"（一）立项背景：{said.get('grounds') or NONE}"),
        Text(f"（二）主要内容：{said.get('plan') or NONE}"),
        Text(f"（三）绩效目标：{assessed.paper.goal}"),
        Text(f"（四）资金构成：{made_of}。"),
    )


def _work(assessed: Assessed) -> Sequence[Block]:
    row, number = assessed.row, len(assessed.scores)
    method = "去掉最高分和最低分后的平均分" if row.trimmed else "平均分"
    days = sorted(scoring.scored_on for scoring in assessed.scorings)
    steps = (
        ("提交报告", assessed.paper.submitted_on),
        ("主管部门审核", assessed.paper.reviewed_on),
        ("首次评分", days[0] if days else None),
        ("作出结论", row.concluded_on),
    )
    steps_taken = "；".join(f"{name}：{day(on)}" for name, on in steps if on)
    asked = wan(row.requested_fen)
    return (
        Text(f"（一）目的及对象：评估“{row.project_name}”申请的{asked}万元，作为安排预算的依据。"),
        Text(f"（二）思路及方法：{number}名评审人按五个维度独立评分，以{method}确定总分。"),
        Text(f"（三）程序：第{row.round}轮。{steps_taken}。"),
    )


def _findings(assessed: Assessed) -> Sequence[Block]:
    given = [json.loads(score.points_json) for score in assessed.scores]
    rows = [
        (
            called(dimension),
            _plain(assessed.full_points.get(dimension)),
            _mean([Decimal(points[dimension]) for points in given if dimension in points]),
            statement,
        )
        for dimension, statement in assessed.statements.items()
    ]
    row = assessed.row
    concluded = "尚未作出结论。"
    if row.conclusion:
        grade, conclusion = term("Grade", row.grade), term("Conclusion", row.conclusion)
        concluded = f"总分{row.score}分，等级为{grade}，{conclusion}。"
    return (
        Grid(headings=("维度", "分值", "平均得分", "评估情况"), rows=rows),
        Text(f"总体结论：{concluded}"),
    )


def _advice(assessed: Assessed) -> Sequence[Block]:
    advised = foot(assessed)[2:]
    opinion = signed(assessed.paper.opinion or "同意", "主管部门", assessed.paper.reviewed_on)
    return (
        Facts(pairs=(*advised, ("主管部门意见", opinion if assessed.paper.reviewed_on else ""))),
    )


def _besides(assessed: Assessed) -> Sequence[Block]:
    said = (
        ("一票否决事项", assessed.row.vetoes.replace(",", "、")),
        ("退回理由", assessed.paper.returned),
        ("异议处理", assessed.paper.objection),
    )
    told = [f"{name}：{text}" for name, text in said if text]
    return (Text("\n".join(told) or NONE),)


def _evidence(assessed: Assessed) -> Sequence[Row]:
    found = json.loads(assessed.paper.evidence_json)
    return [(str(n), one["name"], one["sha256"]) for n, one in enumerate(found, start=1)]


def _judged(points: Decimal, dimension: str, assessed: Assessed) -> str:
    """优良中差 of one dimension: its share of the full points, by the bands that applied."""
    whole, bands = assessed.full_points.get(dimension), assessed.rules.get("grades")
    if not whole or not bands:
        return ""
    limits = {Grade(name): Decimal(str(bound)) for name, bound in bands.items()}
    limits.setdefault(Grade.POOR, Decimal(0))
    return term("Grade", grade_of(points / whole * HUNDRED, limits))


def _mean(points: Sequence[Decimal]) -> str:
    return _plain(sum(points, Decimal(0)) / len(points)) if points else ""


def _plain(points: Decimal | None) -> str:
    """Two decimals at most, and none where there are none."""
    if points is None:
        return ""
    exact = points.quantize(Decimal("0.01"))
    return format(exact.to_integral_value() if exact == exact.to_integral_value() else exact, "f")
