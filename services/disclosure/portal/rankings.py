"""Rankings: as the bureau published them, as superiors gave them, and our own comparison.

What was published is a snapshot: its page never changes but to name what took its place.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from sqlmodel import col
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.domain.values import ItemKind
from services.disclosure.portal.dashboard import Sums, dashboard_of
from services.disclosure.portal.listing import unit_names
from services.disclosure.portal.visit import Facts, Visit
from services.disclosure.projections import ranking_register as published
from services.disclosure.projections.disclosure_register import item
from services.disclosure.projections.external_ranks import ranks

type Measure = Callable[[Sums], Decimal | None]

MEASURES: Final[Mapping[str, tuple[str, Measure]]] = {
    "execution": ("预算执行率", lambda sums: sums.executed),
    "score": ("自评平均得分", lambda sums: sums.mean_score),
    "excellent": ("自评优秀率", lambda sums: sums.excellent),
    "coverage": ("公开覆盖率", lambda sums: sums.covered),
    "targets": ("绩效目标设置率", lambda sums: sums.targets_set),
}


async def rankings(visit: Visit) -> Facts:
    """Beside each other and never mixed."""
    asked = visit.request.query_params.get("by", "")
    by = asked if asked in MEASURES else "execution"
    board = await dashboard_of(visit)
    return {
        "measures": {name: title for name, (title, _) in MEASURES.items()},
        "by": by,
        "ranked": ranked(board.regions, MEASURES[by][1]),
        "external": await visit.read.all(ranks(visit.span)),
        "published": await visit.read.all(newest(published.rankings(visit.span))),
    }


def newest(rows: SelectOfScalar[published.RankingRow]) -> SelectOfScalar[published.RankingRow]:
    """The last one that was published first."""
    row = published.RankingRow
    return rows.order_by(col(row.published_on).desc(), col(row.ranking_id).desc())


async def ranking(visit: Visit, ranking_id: str) -> Facts:
    """A snapshot with its lines, and what it corrects or is corrected by."""
    row = await visit.read.one(published.ranking(ranking_id))
    lines = await visit.read.all(
        published.lines(ranking_id).order_by(
            col(published.RankedRow.rank), col(published.RankedRow.subject)
        )
    )
    told = f"{ItemKind.RANKING.value}-{ranking_id}"
    return {
        "ranking": row,
        "lines": lines,
        "names": await unit_names(visit.read, {line.subject for line in lines}),
        "told": told if await visit.read.first(item(told)) else "",
    }


async def standing(visit: Visit, subject: str) -> Sequence[Facts]:
    """Where a unit or a county stands in what was published until now, the newest first."""
    found = await visit.read.rows(published.places_of(subject, visit.span.as_of))
    return [{"ranking": row, "line": line} for row, line in found]


def ranked(
    regions: Mapping[str, Sums], measure: Measure
) -> Sequence[tuple[int | None, str, Decimal | None, Sums]]:
    """Best first; equals share a place; without a value there is none."""
    values = [(code, measure(sums), sums) for code, sums in regions.items()]
    known = sorted((v for v in values if v[1] is not None), key=lambda v: (-(v[1] or 0), v[0]))
    placed: list[tuple[int | None, str, Decimal | None, Sums]] = []
    for index, (code, value, sums) in enumerate(known, 1):
        same = placed and placed[-1][2] == value
        placed.append((placed[-1][0] if same else index, code, value, sums))
    return [*placed, *((None, code, None, sums) for code, value, sums in values if value is None)]
