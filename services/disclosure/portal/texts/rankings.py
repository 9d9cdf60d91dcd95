"""English of the rankings that were published."""

from collections.abc import Mapping
from typing import Final

RANKINGS: Final[Mapping[str, str]] = {
    "已发布的实效评价排名": "Rankings that were published",
    "由财政部门发布的排名原样留存；有更正的，另行发布，原排名不改动。": (
        "Kept as the finance bureau published them; a correction is another ranking, and the one"
        " it corrects stays."
    ),
    "实效评价排名": "Ranking by effectiveness",
    "参加排名数": "Ranked",
    "（{year}年度）": " ({year})",
    "（{period}）": " ({period})",
    "未公布名称的县市": "A county that was not named",
    "已更正": "Corrected",
    "更正后": "Correction",
    "本年度没有发布排名。": "No ranking was published for this year.",
    "本排名有误，原样留存；": "This one was wrong and is kept as it was. ",
    "查看更正后的排名": "See the ranking that counts",
    "所更正的排名": "Corrects",
    "发布时的快照，此后不再改动；得分相同位次相同。": (
        "A snapshot of the day it was published; it does not change. Equal scores share a rank."
    ),
    "更正前位次": "Rank before",
    "第 {rank} 位，共 {n} 个，得分 {score}": "rank {rank} of {n}, score {score}",
}
