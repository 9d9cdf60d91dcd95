"""Small looks into a message, whatever its version: by the local names of its elements."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from shared.documents.markup import Element
from shared.domain.workdays import business_date

NOT_PROVIDED = "NOTPROVIDED"
DAY_CHARACTERS = 10


def every(element: Element, path: str) -> Iterator[Element]:
    """The elements at a path of local names."""
    return iter(element.findall(_any_version(path)))


def text_at(element: Element, *paths: str) -> str:
    """The first text that is there, without what says that there is none."""
    for path in paths:
        found = (element.findtext(_any_version(path)) or "").strip()
        if found and found != NOT_PROVIDED:
            return found
    return ""


def money_at(element: Element, path: str) -> tuple[Decimal, str] | None:
    """An amount and its currency."""
    found = element.find(_any_version(path))
    if found is None:
        return None
    return Decimal((found.text or "").strip()), str(found.get("Ccy") or "")


def number_at(element: Element, path: str) -> Decimal | None:
    """A number without a currency."""
    try:
        return Decimal(text_at(element, path))
    except InvalidOperation:
        return None


def day_at(element: Element, path: str) -> date | None:
    """A day, or the business day of an instant; an instant without offset is of its own day."""
    text = text_at(element, f"{path}/Dt", f"{path}/DtTm")
    return day_of(text) if text else None


def day_of(text: str) -> date:
    """The day of a text that a schema has already seen."""
    if len(text) == DAY_CHARACTERS:
        return date.fromisoformat(text)
    if "T" not in text:
        return date.fromisoformat(text[:DAY_CHARACTERS])
    moment = datetime.fromisoformat(text)
    return business_date(moment) if moment.tzinfo else moment.date()


def _any_version(path: str) -> str:
    return "/".join("{*}" + name for name in path.split("/"))
