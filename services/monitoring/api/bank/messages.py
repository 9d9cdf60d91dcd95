"""Which bank message a document is: known by its namespace, valid against the schema of it."""

from functools import cache
from pathlib import Path
from typing import Final

from services.monitoring.api.bank.refusals import MessageUnknown
from shared.documents.markup import Element, expect_valid, name_of, read_markup

SCHEMAS: Final = Path(__file__).parent / "schemas"
_PREFIX: Final = "urn:iso:std:iso:20022:tech:xsd:"


@cache
def forms() -> tuple[str, ...]:
    """Every message that can be read or written, as `camt.053.001.08`."""
    return tuple(sorted(path.stem for path in SCHEMAS.glob("*.xsd")))


def form_of(root: Element) -> str:
    """The message a document says it is; several versions of each are known."""
    namespace, _ = name_of(root)
    form = namespace.removeprefix(_PREFIX)
    if form in forms() and namespace != form:
        return form
    known = ", ".join(forms())
    raise MessageUnknown(
        f"{namespace[:100] or 'A document without namespace'} is not read.",
        remedy=f"Send one of {known}.",
        detail_zh=f"不支持的报文：{namespace[:100] or '无命名空间'}。",
        remedy_zh=f"支持的报文：{known}。",
        namespace=namespace[:200],
    )


def valid_message(content: bytes) -> tuple[str, Element]:
    """A message that is valid against its schema, and which it is. Else it is refused whole."""
    root = read_markup(content)
    form = form_of(root)
    expect_valid(root, SCHEMAS / f"{form}.xsd")
    return form, root
