"""What a unit's report must contain before anybody reads it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from services.monitoring.domain.rating import completion_of, is_due
from services.monitoring.domain.record import refusals as no
from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.values import Indicator, ReportedValue

ONE = Decimal(1)


def check_forecast(values: Sequence[ReportedValue], indicators: Sequence[Indicator]) -> None:
    """A forecast may be incomplete, but tells only of what was promised."""
    _known_once(values, {indicator.indicator_id: indicator for indicator in indicators})


def check_report(
    values: Sequence[ReportedValue],
    indicators: Sequence[Indicator],
    node: str,
    rules: RulesInForce,
) -> None:
    """Every due indicator has its value, every value its proof, every deviation its cause."""
    promised = {indicator.indicator_id: indicator for indicator in indicators}
    _known_once(values, promised)
    reported = {value.indicator_id for value in values}
    missing = [
        key
        for key, indicator in promised.items()
        if key not in reported and is_due(indicator, node, rules.monitoring)
    ]
    if missing:
        raise no.ValueMissing(pointer="/values", indicators=missing)
    for index, value in enumerate(values):
        _check_value(value, promised[value.indicator_id], f"/values/{index}", (node, rules))


def _known_once(values: Sequence[ReportedValue], promised: Mapping[str, Indicator]) -> None:
    seen: set[str] = set()
    for index, value in enumerate(values):
        pointer = f"/values/{index}/indicator_id"
        if value.indicator_id not in promised:
            raise no.IndicatorNotPromised(pointer=pointer, indicator_id=value.indicator_id)
        if value.indicator_id in seen:
            raise no.IndicatorReportedTwice(pointer=pointer, indicator_id=value.indicator_id)
        seen.add(value.indicator_id)


def _check_value(
    value: ReportedValue, indicator: Indicator, pointer: str, at: tuple[str, RulesInForce]
) -> None:
    node, rules = at
    if value.actual is None and value.completion is None:
        raise no.ValueMissing(pointer=f"{pointer}/actual", indicators=[value.indicator_id])
    if indicator.target_value is not None and value.actual is None:
        raise no.ValueMissing(pointer=f"{pointer}/actual", indicators=[value.indicator_id])
    if not value.proven_by:
        raise no.EvidenceMissing(pointer=f"{pointer}/evidence", indicator_id=value.indicator_id)
    if not is_due(indicator, node, rules.monitoring):
        return
    deviation = ONE - completion_of(indicator, value, node, rules.monitoring).completion
    explained = value.cause is not None and bool(value.cause_text.strip())
    if deviation > rules.deviation_tolerance and not explained:
        raise no.CauseMissing(
            pointer=f"{pointer}/cause",
            indicator_id=value.indicator_id,
            deviation=str(deviation),
            tolerance=str(rules.deviation_tolerance),
        )
