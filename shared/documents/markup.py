"""XML from outside: read without DTD, entities and network, bounded in size and depth.

Only UTF-8 and encodings that extend ASCII are read, so that a declaration of a document type
can be seen before a parser sees it. What a schema says is checked by the schema, not here.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from lxml import etree

from shared.documents.refusals import (
    MarkupForbidden,
    MarkupInvalid,
    MarkupTooDeep,
    MarkupUnreadable,
)

DEPTH_MAX: Final = 40
_DECLARES: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)

type Element = etree._Element  # noqa: SLF001 - lxml names its type so


def read_markup(content: bytes) -> Element:
    """The root of a document. Raises a refusal with the line where it cannot be read."""
    if b"\x00" in content[:4] or content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise MarkupUnreadable(
            "The file is not UTF-8.",
            remedy="Save it as UTF-8 and send it again.",
            detail_zh="文件不是 UTF-8 编码。",
            remedy_zh="请以 UTF-8 编码保存后重新上传。",
        )
    if declared := _DECLARES.search(content):
        line = content.count(b"\n", 0, declared.start()) + 1
        raise MarkupForbidden(
            f"Line {line} declares a document type or an entity.",
            remedy="Leave the declaration out; no bank message needs one.",
            detail_zh=f"第 {line} 行含有文档类型或实体声明。",
            remedy_zh="请删除该声明后重新上传。",
            line=line,
        )
    try:
        root = etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as broken:
        line = broken.lineno or 1
        raise MarkupUnreadable(
            f"Line {line}: {broken.msg}",
            remedy="Send the file as the bank made it.",
            detail_zh=f"第 {line} 行不是有效的 XML。",
            remedy_zh="请上传银行出具的原始文件。",
            line=line,
        ) from None
    _expect_flat(root)
    return root


def expect_valid(root: Element, schema: Path) -> None:
    """Refuse a document that its schema does not allow, with the line and the reason."""
    rules = _schema(schema)
    if rules.validate(root):
        return
    log: Any = rules.error_log
    wrong = log[0]
    reason = re.sub(r"\{[^}]*\}", "", wrong.message)
    raise MarkupInvalid(
        f"Line {wrong.line}: {reason}",
        remedy="Ask the bank for a message that is valid; nothing of this one was read.",
        detail_zh=f"第 {wrong.line} 行不符合报文规范：{reason}",
        remedy_zh="请向银行索取符合规范的报文；本报文未作任何处理。",
        line=wrong.line,
        reason=reason,
    )


def name_of(element: Element) -> tuple[str, str]:
    """The namespace and the local name."""
    name = etree.QName(element)
    return name.namespace or "", name.localname


def row_of(element: Element) -> int:
    """The line of the file on which an element begins."""
    row: Any = element.sourceline
    return int(row or 0)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


@cache
def _schema(path: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(path, _parser()))


def _expect_flat(root: Element) -> None:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEPTH_MAX:
            raise MarkupTooDeep(
                f"Line {row_of(element)}: nested deeper than {DEPTH_MAX}.",
                remedy="Send a message as its schema describes; none is nested that deep.",
                detail_zh=f"第 {row_of(element)} 行嵌套超过 {DEPTH_MAX} 层。",
                remedy_zh="请按报文规范上传，其嵌套层数不会超过此限。",
                line=row_of(element),
            )
