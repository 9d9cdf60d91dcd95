"""实效评价得分表 and 实效评价排名表 (`domain` §8.8), both ways.

The score sheet shows rank, points of every link, extra points, total, grade and former rank, which
only the system can know, and reads back what a person judges: a line for each aspect that waits or
was judged, and for each bonus or penalty. The ranking sheet reads back whom it ranks; ranks are
computed.
"""

from typing import Any, Final

from services.evaluation.api.standing_vocabulary import STANDING_VOCABULARY
from shared.documents.sheet import Column, Kind, Sheet

type Line = dict[str, Any]
BONUS: Final = "BONUS"
PENALTY: Final = "PENALTY"
EXTRA: Final = {BONUS: "加分", PENALTY: "减分"}
LINKS: Final = {code: words[0] for code, words in STANDING_VOCABULARY["Link"].items()}
ASPECTS: Final = {words[0]: code for code, words in STANDING_VOCABULARY["Aspect"].items()} | {
    word: code for code, word in EXTRA.items()
}
SOURCES: Final = {words[0]: code for code, words in STANDING_VOCABULARY["ScoreSource"].items()}
SUBJECTS: Final = {"预算单位": "BUDGET_UNIT", "县市": "COUNTY"}

EFFECTIVENESS_SHEET: Final = Sheet(
    operation="score_effectiveness",
    title="实效评价得分表",
    columns=(
        Column(title="排名", pointer="/shown/rank", kind=Kind.WHOLE, width=8),
        Column(title="对象", pointer="/shown/subject", width=18),
        *(
            Column(title=word, pointer=f"/shown/{code}", kind=Kind.NUMBER)
            for code, word in LINKS.items()
        ),
        Column(title="加减分", pointer="/shown/extra", kind=Kind.NUMBER),
        Column(title="总分", pointer="/shown/score", kind=Kind.NUMBER),
        Column(title="等级", pointer="/shown/grade"),
        Column(title="上期排名", pointer="/shown/previous_rank", kind=Kind.WHOLE),
        Column(title="评价编号", pointer="/path/effectiveness_id", required=True, width=34),
    ),
    lines=(
        Column(title="评分内容", pointer="/aspect", codes=ASPECTS, width=20),
        Column(title="满分", pointer="/shown/points", kind=Kind.NUMBER),
        Column(title="来源", pointer="/shown/source", codes=SOURCES),
        Column(title="得分", pointer="/score", kind=Kind.NUMBER),
        Column(title="依据", pointer="/basis", width=30),
        Column(title="文号", pointer="/document_no", width=24),
    ),
    lines_pointer="/body/judged",
    note="系统计算的内容不得人工评分；加分、减分各占一行。排名、总分等仅供查看。",
)
RANKING_SHEET: Final = Sheet(
    operation="publish_ranking",
    title="实效评价排名表",
    columns=(
        Column(title="排名编号", pointer="/body/ranking_id", required=True, width=30),
        Column(title="对象类别", pointer="/body/subject", codes=SUBJECTS, required=True),
        Column(title="年度", pointer="/body/fiscal_year", kind=Kind.WHOLE, required=True),
        Column(title="期间", pointer="/body/period", required=True),
        Column(title="更正的排名", pointer="/body/corrects", width=30),
        Column(title="更正原因", pointer="/body/reason", width=24),
        Column(title="文号", pointer="/body/document_no", width=24),
    ),
    lines=(
        Column(title="排名", pointer="/shown/rank", kind=Kind.WHOLE),
        Column(title="对象", pointer="/subject", width=18),
        Column(title="总分", pointer="/shown/score", kind=Kind.NUMBER),
        Column(title="同分参考", pointer="/shown/tie_break", kind=Kind.NUMBER),
        Column(title="上期排名", pointer="/shown/previous_rank", kind=Kind.WHOLE),
    ),
    lines_pointer="/body/lines",
    note="排名由系统按得分计算，同分并列；同分参考仅供查看。",
)
EFFECTIVENESS_SHEETS: Final = (EFFECTIVENESS_SHEET, RANKING_SHEET)
