"""XML as nested names and texts: no attribute but what a message needs, no choice of layout."""

from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape, quoteattr

type Node = tuple[str, str | list[Node]]
"""A tag, with its text or its children. An amount's tag carries its currency: `InstdAmt@CNY`."""

_NAMESPACE: Final = "urn:iso:std:iso:20022:tech:xsd:"


def document(form: str, children: list[Node]) -> bytes:
    """A whole message of this form, as UTF-8."""
    namespace = quoteattr(f"{_NAMESPACE}{form}")
    body = "".join(_lines(children, 1))
    text = f"<Document xmlns={namespace}>\n{body}</Document>\n"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()


def _lines(nodes: Iterable[Node], depth: int) -> Iterable[str]:
    margin = "  " * depth
    for tag, content in nodes:
        name, _, currency = tag.partition("@")
        opening = f"{name} Ccy={quoteattr(currency)}" if currency else name
        if isinstance(content, str):
            yield f"{margin}<{opening}>{escape(content)}</{name}>\n"
        else:
            yield f"{margin}<{opening}>\n"
            yield from _lines(content, depth + 1)
            yield f"{margin}</{name}>\n"
