"""Rankings: those that superiors gave, as recorded; and our own comparison of the regions."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from services.disclosure.portal.dashboard import Sums, dashboard_of
from services.disclosure.portal.visit import Facts, Visit
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
    """Both, beside each other and never mixed."""
    asked = visit.request.query_params.get("by", "")
    by = asked if asked in MEASURES else "execution"
    board = await dashboard_of(visit.read, visit.span)
    return {
        "measures": {name: title for name, (title, _) in MEASURES.items()},
        "by": by,
        "ranked": ranked(board.regions, MEASURES[by][1]),
        "external": await visit.read.all(ranks(visit.span)),
    }


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
