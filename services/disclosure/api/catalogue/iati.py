"""Results by the International Aid Transparency Initiative 2.03: what was promised, what came.

One activity a project and year. Elements stand in the order that the schema wants. A value is
only where it was told: a target from the told target, an actual from what the treasury paid and
from the accepted self-evaluation. Nothing is reckoned from anything else.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, tostring

from services.disclosure.api.catalogue.ocds import CURRENCY
from services.disclosure.api.catalogue.promises import Promise
from shared.domain.money import Money

VERSION: Final = "2.03"
MEDIA_TYPE: Final = "application/xml"
# Code lists of the standard: OrganisationType, OrganisationRole, ActivityStatus, ActivityDateType,
# ResultType, IndicatorMeasure, BudgetStatus.
_LOCAL_GOVERNMENT: Final = "11"
_FUNDING, _IMPLEMENTING = "1", "4"
_GOING_ON, _CLOSED = "2", "4"
_PLANNED_START, _PLANNED_END = "1", "3"
_COMMITTED: Final = "2"
_OTHER_RESULT: Final = "9"
_RESULT: Final = {"OUTPUT": "1", "BENEFIT": "2", "SATISFACTION": "2"}
_UNIT, _PERCENTAGE, _QUALITATIVE = "1", "2", "5"
_OWN_VOCABULARY: Final = "99"
_LOWER_IS_BETTER: Final = frozenset({"<", "<=", "≤"})
_FULL_SCORE: Final = "100"
_SURROGATES: Final = range(0xD800, 0xE000)
_FORBIDDEN: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *_SURROGATES, 0xFFFE, 0xFFFF))
"""What no document may hold, however it is written (XML 1.0 §2.2)."""


def opening(told_at: str) -> bytes:
    """The document up to its activities."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<iati-activities version="{VERSION}" generated-datetime="{told_at}">\n'
    ).encode()


CLOSING: Final = b"</iati-activities>\n"


async def document(
    head: bytes, reporter: str, day: date, found: AsyncIterator[Sequence[Promise]]
) -> AsyncIterator[bytes]:
    """The whole document, piece by piece."""
    yield head
    async for batch in found:
        yield b"".join(written(one, reporter, day) for one in batch)
    yield CLOSING


def written(promise: Promise, reporter: str, day: date) -> bytes:
    """One activity as bytes."""
    text: bytes = tostring(activity(promise, reporter, day), encoding="utf-8")
    return text + b"\n"


def activity(promise: Promise, reporter: str, day: date) -> Element:
    """One project of one year."""
    project, told = promise.project, promise.told or {}
    year, unit = project.fiscal_year, f"{reporter}-{project.unit_code}"
    begins, ends = date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()
    found = Element("iati-activity", {"xml:lang": "zh", "default-currency": CURRENCY})
    identity = f"{reporter}-{project.project_code}-{year}"
    SubElement(found, "iati-identifier").text = _clean(identity)
    office = {"ref": reporter, "type": _LOCAL_GOVERNMENT}
    _told(SubElement(found, "reporting-org", office), promise.region)
    _told(SubElement(found, "title"), project.name)
    _told(SubElement(found, "description", {"type": "1"}), told.get("annual_goal") or project.name)
    funding = {**office, "role": _FUNDING}
    _told(SubElement(found, "participating-org", funding), promise.region)
    implementing = {"ref": unit, "type": _LOCAL_GOVERNMENT, "role": _IMPLEMENTING}
    _told(SubElement(found, "participating-org", implementing), promise.unit_name)
    over = day > date(year, 12, 31)
    SubElement(found, "activity-status", {"code": _CLOSED if over else _GOING_ON})
    SubElement(found, "activity-date", {"type": _PLANNED_START, "iso-date": begins})
    SubElement(found, "activity-date", {"type": _PLANNED_END, "iso-date": ends})
    SubElement(found, "recipient-country", {"code": "CN", "percentage": "100"})
    sector = {"vocabulary": _OWN_VOCABULARY, "code": _clean(project.department_code)}
    _told(SubElement(found, "sector", sector), _department(promise))
    budget = SubElement(found, "budget", {"type": "1", "status": _COMMITTED})
    SubElement(budget, "period-start", {"iso-date": begins})
    SubElement(budget, "period-end", {"iso-date": ends})
    value = {"currency": CURRENCY, "value-date": begins}
    SubElement(budget, "value", value).text = str(Money(project.budget_fen))
    for indicator in told.get("indicators", ()):
        _promised(found, indicator, begins, ends)
    _paid(found, promise, begins, ends)
    _scored(found, promise, begins, ends)
    return found


def _promised(found: Element, told: Mapping[str, Any], begins: str, ends: str) -> None:
    """An indicator of the target: what was promised of it."""
    unit, target = told.get("unit") or "", told.get("target_value")
    measure = _PERCENTAGE if unit in {"%", "％"} else _UNIT
    if target is None:
        measure = _QUALITATIVE
    title = str(told.get("name") or "")
    result = _result(found, _RESULT.get(str(told.get("level1")), _OTHER_RESULT), title)
    lower = told.get("operator") in _LOWER_IS_BETTER
    named = f"{title}（{unit}）" if unit and measure == _UNIT else title
    period = _period(result, named, measure, (begins, ends), ascending=not lower)
    if target is not None:
        SubElement(period, "target", {"value": str(target)})


def _paid(found: Element, promise: Promise, begins: str, ends: str) -> None:
    """The money: the budget in force, and what was paid of it."""
    result = _result(found, _OTHER_RESULT, "预算执行")
    period = _period(result, "实际支付（元）", _UNIT, (begins, ends))
    SubElement(period, "target", {"value": str(Money(promise.project.budget_fen))})
    if promise.watched is not None:
        SubElement(period, "actual", {"value": str(Money(promise.watched.paid_fen))})


def _scored(found: Element, promise: Promise, begins: str, ends: str) -> None:
    """The self-evaluation, once it was accepted: points of a hundred."""
    if promise.judged is None:
        return
    result = _result(found, _OTHER_RESULT, "绩效自评")
    period = _period(result, "自评最终得分", _UNIT, (begins, ends))
    SubElement(period, "target", {"value": _FULL_SCORE})
    SubElement(period, "actual", {"value": format(promise.judged.final_score, "f")})


def _result(found: Element, kind: str, title: str) -> Element:
    result = SubElement(found, "result", {"type": kind, "aggregation-status": "0"})
    _told(SubElement(result, "title"), title)
    return result


def _period(
    result: Element, title: str, measure: str, span: tuple[str, str], *, ascending: bool = True
) -> Element:
    marks = {"measure": measure, "ascending": "1" if ascending else "0"}
    indicator = SubElement(result, "indicator", marks)
    _told(SubElement(indicator, "title"), title)
    period = SubElement(indicator, "period")
    SubElement(period, "period-start", {"iso-date": span[0]})
    SubElement(period, "period-end", {"iso-date": span[1]})
    return period


def _department(promise: Promise) -> str:
    unit = promise.unit
    return unit.department_name if unit is not None else promise.project.department_code


def _told(parent: Element, text: str) -> None:
    SubElement(parent, "narrative").text = _clean(text)


def _clean(text: str) -> str:
    return text.translate(_FORBIDDEN)
