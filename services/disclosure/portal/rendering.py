"""Templates become pages: everything escaped, a name that is not given is an error.

The template engine is imported when the first page is made, because the worker of the same
service never makes one.
"""

import hashlib
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from services.disclosure.portal import charts, numbers
from services.disclosure.portal.addresses import Addresses, segment
from services.disclosure.portal.assets import ASSETS
from services.disclosure.portal.content_fields import (
    columns_of,
    field_name,
    field_of,
    place_of,
    told_title,
)
from services.disclosure.portal.labels import label_of, renamed
from services.disclosure.portal.marking import marked
from services.disclosure.portal.navigation import NAVIGATION
from services.disclosure.portal.texts import said
from shared.domain.money import Money
from shared.domain.refusals import Refusal
from shared.http.language import Language

if TYPE_CHECKING:
    from jinja2 import Environment

    from services.disclosure.portal.visit import Visit

TEMPLATES: Final = Path(__file__).parent / "templates"


@cache
def environment() -> "Environment":
    """The engine, once per process."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - as above

    engine = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        extensions=["jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    engine.globals |= {
        "navigation": NAVIGATION,
        "percent": numbers.percent,
        "share_of": numbers.share_of,
        "exact": numbers.exact_money,
        "plain": numbers.plain,
        "day": numbers.day,
        "segment": segment,
        "decimal": Decimal,
        "fen": lambda yuan: Money.parse(yuan).fen,
        "marked": marked,
        "charts": charts,
        "field_of": field_of,
        "told_title": told_title,
        "columns_of": columns_of,
        "moment": numbers.moment,
    }
    return engine


@cache
def build() -> str:
    """A digest of everything a page is made with: another build makes other pages."""
    digest = hashlib.sha256()
    for path in sorted(TEMPLATES.iterdir()):
        digest.update(path.read_bytes())
    for asset in ASSETS.values():
        digest.update(asset.name.encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def render(template: str, visit: "Visit", facts: Mapping[str, Any]) -> bytes:
    """A page of the site."""
    speech = _speech(visit.language, visit.addresses)
    page = environment().get_template(template)
    return page.render(speech, visit=visit, **facts).encode()


def render_refusal(
    status: int, refusal: Refusal, language: Language, addresses: Addresses
) -> bytes:
    """The page of a refusal. It needs neither the database nor the logs."""
    page = environment().get_template("refusal.html")
    speech = _speech(language, addresses)
    return page.render(speech, visit=None, status=status, remedy=refusal.remedy).encode()


def _speech(language: Language, addresses: Addresses) -> dict[str, Any]:
    """What a template says things with."""

    def asset(name: str) -> str:
        return addresses.url(f"/portal/static/{ASSETS[name].name}")

    def label(kind: str, code: str | None) -> str:
        return label_of(kind, code, language)

    def again(kind: str, chinese: str) -> str:
        return renamed(kind, chinese, language)

    def money(fen: int) -> str:
        return numbers.short_money(fen, language)

    def speak(text: str, **values: object) -> str:
        return said(text, language, **values)

    def field(name: str) -> str:
        return field_name(name, language)

    def place(pointer: str) -> str:
        return place_of(pointer, language)

    tools: dict[str, Callable[..., str]] = {
        "_": speak, "label": label, "money": money, "asset": asset, "url": addresses.url,
        "field": field, "place": place, "renamed": again,
    }  # fmt: skip
    return {**tools, "language": language, "english": language is Language.EN}
