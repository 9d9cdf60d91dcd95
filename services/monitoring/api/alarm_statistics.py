"""False alarms: what was warned of in vain, what was foreseen, what nobody foresaw."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from services.monitoring.api.record_views import ForecastHits, SourceAlarms
from services.monitoring.domain.rating import rate
from services.monitoring.domain.values import FALSE_ALARMS, Reason


def warnings_of(groups: Iterable[Sequence[Any]]) -> list[SourceAlarms]:
    """By region, source and reason; a warning with several reasons counts for each of them."""
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for region, source, reasons, cancelled, code, upgraded, many in groups:
        for reason in json.loads(reasons):
            counter = counts.setdefault((region, source, reason), Counter())
            counter["raised"] += many
            counter["cancelled"] += many * cancelled
            counter["false_alarms"] += many * (cancelled and code in FALSE_ALARMS)
            counter["upgraded"] += many * upgraded
    names = ("raised", "cancelled", "false_alarms", "upgraded")
    return [
        SourceAlarms(
            region_code=region,
            source=source,
            reason=reason,
            **{name: counter[name] for name in names},
        )
        for (region, source, reason), counter in sorted(counts.items())
    ]


def forecasts_of(groups: Iterable[Sequence[Any]]) -> list[ForecastHits]:
    """By region and node: in all, then reason by reason."""
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for region, node, foreseen_text, came_text, many in groups:
        foreseen, came = _reasons(foreseen_text), _reasons(came_text)
        _count(counts, (region, node, ""), many, foreseen=bool(foreseen), came=bool(came))
        for reason in foreseen | came:
            of = (region, node, reason)
            _count(counts, of, many, foreseen=reason in foreseen, came=reason in came)
    order = {reason.value: number for number, reason in enumerate(Reason, 1)}
    ordered = sorted(counts, key=lambda of: (of[0], of[1], order.get(of[2], 0)))
    return [_hits(of, counts[of]) for of in ordered]


def _reasons(text: str | None) -> set[str]:
    return set(json.loads(text) or ()) if text else set()


def _count(
    counts: dict[tuple[str, str, str], Counter[str]],
    of: tuple[str, str, str],
    many: int,
    *,
    foreseen: bool,
    came: bool,
) -> None:
    counter = counts.setdefault(of, Counter())
    if foreseen and came:
        counter["hits"] += many
    elif foreseen:
        counter["false_alarms"] += many
    elif came:
        counter["misses"] += many


def _hits(of: tuple[str, str, str], counter: Counter[str]) -> ForecastHits:
    region, node, reason = of
    hits, false, missed = counter["hits"], counter["false_alarms"], counter["misses"]
    return ForecastHits(
        region_code=region,
        node=node,
        reason=reason or None,
        hits=hits,
        false_alarms=false,
        misses=missed,
        precision=_share(hits, hits + false),
        recall=_share(hits, hits + missed),
    )


def _share(part: int, whole: int) -> str | None:
    return str(rate(Decimal(part) / whole)) if whole else None
