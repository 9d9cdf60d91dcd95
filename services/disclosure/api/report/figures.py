"""The 43 figures of the annual report: one table from figure to source to register.

`domain` §5 names them. A figure is a count, an amount, a share, a score or a list of a register;
`figure_items` has the list whose items add up to it. No value and no expectation stands here:
what is not known is an empty text.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from services.disclosure.api.report.year import Year, ratio
from services.disclosure.api.vocabulary import VOCABULARY
from services.disclosure.domain.values import COVERED, PressLevel, Step
from services.disclosure.projections.span import Span
from shared.domain.money import Money

type Value = str | Sequence[str]

_FOUR_PLACES: Final = Decimal("0.0001")
_TWO_PLACES: Final = Decimal("0.01")
_YI: Final = Money(100_000_000 * 100)
_WAN: Final = Money(10_000 * 100)
# 0.01亿元 is the smallest amount that 亿元 can show; below 万元 every fen is told.
_AMOUNTS: Final = (
    (_YI, "亿元", 1_000_000 * 100),
    (_WAN, "万元", 10_000 * 100),
    (Money(100), "元", 0),
)
EX_ANTE: Final = "ex-ante-assessments"
LIBRARIES: Final = "libraries?library"
PROJECTS: Final = "projects"
WITH_TARGET: Final = "projects?with_target=true"
ROUNDS: Final = "monitoring-rounds"
SCORES: Final = "external-scores"
RECOVERIES: Final = "recoveries"
CUTS: Final = "budget-cuts"
ADOPTIONS: Final = "publicity/adoptions"
TRAININGS: Final = "trainings"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: what it is called, where it comes from, and where its items are listed."""

    id: str
    label: str
    unit: str
    value: Callable[[Year], Value]
    register: str

    def text(self, year: Year) -> str:
        """The value as one text; a list as a JSON array."""
        value = self.value(year)
        return value if isinstance(value, str) else json.dumps(list(value), ensure_ascii=False)

    def shown(self, year: Year) -> str:
        """As the Chinese text says it; nothing where nothing is known."""
        return self.speak(self.value(year))

    @property
    def speak(self) -> Callable[[Value], str]:
        """How its values are said: amounts in 亿元, shares in percent, lists with 、."""
        return _SPOKEN.get(self.unit, _plainly)

    def values(self, year: Year) -> dict[str, list[str]] | None:
        """A list under the figure's id; nothing for a single value."""
        value = self.value(year)
        return None if isinstance(value, str) else {self.id: list(value)}


def _plainly(value: Value) -> str:
    return value if isinstance(value, str) else "、".join(value)


def spoken_amount(value: Value) -> str:
    """亿元, 万元 or 元, whichever is more readable, with two places as the source report has."""
    amount = Money.parse(_plainly(value))
    unit, name = next((unit, name) for unit, name, least in _AMOUNTS if abs(amount.fen) >= least)
    told = amount.ratio_to(unit).quantize(_TWO_PLACES, ROUND_HALF_UP)
    return f"{told.normalize():f}{name}"


def spoken_share(value: Value) -> str:
    """Percent; of several, one after the other."""
    shares = [value] if isinstance(value, str) else value
    return "、".join(_percent(one) for one in shares)


def _percent(share_of: str) -> str:
    points = (Decimal(share_of) * 100).quantize(_TWO_PLACES, ROUND_HALF_UP)
    return f"{points.normalize():f}%"


def _spoken_days(value: Value) -> str:
    days = [date.fromisoformat(day) for day in ([value] if isinstance(value, str) else value)]
    return "、".join(f"{day.month}月{day.day}日" for day in days)


def _spoken_levels(value: Value) -> str:
    names = {"BLUE": "“蓝色一般预警”", "RED": "“红色重要预警”"}
    return "、".join(names.get(level, level) for level in value)


_SPOKEN: Final[Mapping[str, Callable[[Value], str]]] = {
    "CNY": spoken_amount,
    "ratio": spoken_share,
    "nodes": _spoken_days,
    "dates": _spoken_days,
    "levels": _spoken_levels,
}


def _n(number: int | None) -> str:
    return "" if number is None else str(number)


def _yuan(fen: int) -> str:
    return str(Money(fen))


def share(value: Decimal) -> str:
    """A share as it is told: four places."""
    return format(value.quantize(_FOUR_PLACES, ROUND_HALF_UP), "f")


def _score(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def _classes(library: str) -> Callable[[Year], Value]:
    return lambda year: str(year.libraries.get(library, (0, 0))[0])


def _entries(library: str) -> Callable[[Year], Value]:
    return lambda year: str(year.libraries.get(library, (0, 0))[1])


def _adopted(level: PressLevel) -> Callable[[Year], Value]:
    return lambda year: str(year.adoptions.get(level.value, 0))


def _days(days: Sequence[date]) -> Value:
    return [day.isoformat() for day in days]


def _targets_set(year: Year) -> Value:
    return share(ratio(year.with_target, year.needing_target))


def _steps_covered(year: Year) -> Value:
    return share(ratio(len(Step) - len(year.steps_without_policy), len(Step)))


def _training_channels(year: Year) -> Value:
    labels = VOCABULARY["TrainingChannel"]
    return [labels[channel][0] for channel in year.trainings]


def _coverages(year: Year) -> Value:
    return [share(year.coverage[kind.value].ratio) for kind in COVERED]


FIGURES: Final = (
    Figure(
        "F01", "全疆综合评价考核排名", "rank", lambda y: _n(y.rank), "external-ranks?level=region"
    ),
    Figure(
        "F02",
        "全疆前二十的县市",
        "counties",
        lambda y: _n(y.counties_on_top),
        "external-ranks?level=county",
    ),
    Figure(
        "F03", "制度办法和工作规程", "documents", lambda y: _n(y.policies), "policies?in_force=true"
    ),
    Figure("F04", "有政策规定的管理环节覆盖", "ratio", _steps_covered, "policies/step-coverage"),
    Figure("F05", "开展事前评估的单位", "units", lambda y: _n(y.assessed.units), EX_ANTE),
    Figure("F06", "事前评估项目数", "projects", lambda y: _n(y.assessed.projects), EX_ANTE),
    Figure("F07", "事前评估项目金额", "CNY", lambda y: _yuan(y.assessed.fen), EX_ANTE),
    Figure(
        "F08",
        "评为“优”",
        "projects",
        lambda y: _n(y.grades.get("EXCELLENT", 0)),
        f"{EX_ANTE}?grade=EXCELLENT",
    ),
    Figure(
        "F09",
        "评为“良”",
        "projects",
        lambda y: _n(y.grades.get("GOOD", 0)),
        f"{EX_ANTE}?grade=GOOD",
    ),
    Figure("F10", "核减财政资金", "CNY", lambda y: _yuan(y.reduced_fen), EX_ANTE),
    Figure("F11", "行业类型", "industries", _classes("XJ_INDUSTRY"), f"{LIBRARIES}=XJ_INDUSTRY"),
    Figure("F12", "三级指标", "indicators", _entries("XJ_INDUSTRY"), f"{LIBRARIES}=XJ_INDUSTRY"),
    Figure("F13", "案例类别", "classes", _classes("XJ_MODEL_CASE"), f"{LIBRARIES}=XJ_MODEL_CASE"),
    Figure(
        "F14", "优质绩效目标案例", "cases", _entries("XJ_MODEL_CASE"), f"{LIBRARIES}=XJ_MODEL_CASE"
    ),
    Figure("F15", "核心指标类别", "classes", _classes("KS_CORE"), f"{LIBRARIES}=KS_CORE"),
    Figure("F16", "核心指标", "indicators", _entries("KS_CORE"), f"{LIBRARIES}=KS_CORE"),
    Figure("F17", "设置绩效目标的项目", "projects", lambda y: _n(y.with_target), WITH_TARGET),
    Figure("F18", "设置绩效目标的项目金额", "CNY", lambda y: _yuan(y.approved_fen), WITH_TARGET),
    Figure("F19", "绩效目标设置覆盖率", "ratio", _targets_set, PROJECTS),
    Figure("F20", "监控节点", "nodes", lambda y: _days(y.cut_offs), ROUNDS),
    Figure("F21", "提前分析", "dates", lambda y: _days(y.pre_analyses), ROUNDS),
    Figure("F22", "预警等级", "levels", lambda y: list(y.warning_levels), "warnings"),
    Figure(
        "F23",
        "上年度乡村振兴资金项目自评审核得分",
        "points",
        lambda y: _score(y.self_evaluation_review.score),
        SCORES,
    ),
    Figure(
        "F24", "衔接资金绩效目标审核得分", "points", lambda y: _score(y.target_review.score), SCORES
    ),
    Figure(
        "F25", "衔接资金绩效目标审核全疆位次", "rank", lambda y: _n(y.target_review.rank), SCORES
    ),
    Figure("F26", "收回资金涉及单位", "units", lambda y: _n(y.recovered.units), RECOVERIES),
    Figure("F27", "收回资金涉及项目", "projects", lambda y: _n(y.recovered.projects), RECOVERIES),
    Figure("F28", "收回低效无效资金", "CNY", lambda y: _yuan(y.recovered.fen), RECOVERIES),
    Figure("F29", "调减预算单位", "units", lambda y: _n(y.cut.units), CUTS),
    Figure("F30", "调减的同类型项目", "projects", lambda y: _n(y.cut.projects), CUTS),
    Figure("F31", "调减金额", "CNY", lambda y: _yuan(y.cut.fen), CUTS),
    Figure("F32", "四公开", "channels", lambda y: _n(len(y.channels)), "disclosures/channels"),
    Figure("F33", "三覆盖", "ratio", _coverages, "disclosures/coverage"),
    Figure(
        "F34", "日常绩效工作每月一公开", "months", lambda y: _n(y.months), "disclosures/monthly"
    ),
    Figure(
        "F35", "宣传稿件采用", "article-times", lambda y: _n(sum(y.adoptions.values())), ADOPTIONS
    ),
    Figure(
        "F36",
        "其中财政部及中国财经报",
        "article-times",
        _adopted(PressLevel.MINISTRY),
        f"{ADOPTIONS}?level=MINISTRY",
    ),
    Figure(
        "F37",
        "其中财政厅",
        "article-times",
        _adopted(PressLevel.REGION),
        f"{ADOPTIONS}?level=REGION",
    ),
    Figure(
        "F38",
        "其中财政公众号、行署专栏、地区财政等",
        "article-times",
        _adopted(PressLevel.LOCAL_MEDIA),
        f"{ADOPTIONS}?level=LOCAL_MEDIA",
    ),
    Figure(
        "F39", "重点稿件", "articles", lambda y: _n(y.featured), "publicity/articles?featured=true"
    ),
    Figure("F40", "培训场次", "sessions", lambda y: _n(y.sessions), TRAININGS),
    Figure("F41", "培训人次", "person-times", lambda y: _n(y.person_times), TRAININGS),
    Figure("F42", "培训形式", "channels", _training_channels, TRAININGS),
    Figure("F43", "绩效管理理念", "ideas", lambda y: _n(y.ideas), "policies/ideas"),
)


def items_path(figure_id: str, span: Span, day: date) -> str:
    """The list whose items add up to the figure, as it was known on a day."""
    return (
        f"/v1/annual-reports/{span.region_code}/{span.fiscal_year}/figures/{figure_id}/items"
        f"?scope={span.scope}&as_of={day.isoformat()}{_effective(span, day)}"
    )


def register_path(figure: Figure, span: Span) -> str:
    """The register that the figure was counted from, with whole rows."""
    path, _, filters = figure.register.partition("?")
    asked = (
        f"region={span.region_code}&fiscal_year={span.fiscal_year}"
        f"&scope={span.scope}&as_of={span.as_of.isoformat()}"
    )
    return f"/v1/{path}?{asked}{'&' if filters else ''}{filters}"


def _effective(span: Span, day: date) -> str:
    return "" if span.as_of == day else f"&effective_at={span.as_of.isoformat()}"
