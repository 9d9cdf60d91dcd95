"""An edition as a page: it needs no script, no font and no address outside itself."""

from html import escape
from typing import Final

from services.disclosure.api.report.edition import TABLE, UNITS, Edition
from services.disclosure.domain.telling import PLACE, Figure, Passage

_STYLE: Final = """
body{font-family:serif;line-height:1.8;max-width:52rem;margin:2rem auto;padding:0 1rem;
color:#111;background:#fff}h1{text-align:center;font-size:1.5rem}h2{font-size:1.15rem}
p{text-indent:2em}table{border-collapse:collapse;width:100%}
th,td{border:1px solid #767676;padding:.2rem .5rem;text-align:left;overflow-wrap:anywhere}
a{color:#0b4a8f}.note{color:#444;font-size:.9rem;text-indent:0;overflow-wrap:anywhere}
"""
ENGLISH: Final = "Summary"


def page(edition: Edition) -> str:
    """The whole page; every number of the text leads to its items."""
    chapters = "\n".join(_chapter(one, edition) for one in edition.passages)
    digest = (
        f'\n<p class="note">内容摘要（SHA-256）：{edition.sha256}</p>' if edition.sha256 else ""
    )
    return f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(edition.title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>
<body><main><h1>{escape(edition.title)}</h1>
<p class="note">{escape(edition.note)}</p>{digest}
{_table(edition)}
{chapters}
{_appendix(edition)}
</main></body></html>
"""


def _chapter(passage: Passage, edition: Edition) -> str:
    english = ' lang="en"' if passage.heading == ENGLISH else ""
    text = "\n".join(f"<p>{_linked(one, edition)}</p>" for one in passage.paragraphs)
    return f"<section{english}><h2>{escape(passage.heading)}</h2>\n{text}</section>"


def _linked(paragraph: str, edition: Edition) -> str:
    known = edition.by_id
    parts = PLACE.split(paragraph)
    return "".join(
        _figure(known[part]) if number % 2 and part in known else escape(part)
        for number, part in enumerate(parts)
    )


def _figure(figure: Figure) -> str:
    said = escape(figure.said)
    if not figure.items:
        return f'<data value="{escape(figure.value)}">{said}</data>'
    return f'<a href="{escape(figure.items)}" data-figure="{escape(figure.id)}">{said}</a>'


def _table(edition: Edition) -> str:
    if not edition.lines:
        return ""
    head = "".join(f"<th>{name}</th>" for name in ("月份", *TABLE.values()))
    rows = "\n".join(
        f"<tr><td>{escape(edition.month)}</td>"
        + "".join(_cell(name, str(line.get(name, ""))) for name in TABLE)
        + "</tr>"
        for line in edition.lines
    )
    return f"<section><h2>月度绩效工作公开表</h2><table><tr>{head}</tr>\n{rows}</table></section>"


def _cell(name: str, text: str) -> str:
    if name == "items" and text:
        return f'<td><a href="{escape(text)}">明细</a></td>'
    return f"<td>{escape(text)}</td>"


def _appendix(edition: Edition) -> str:
    rows = "\n".join(
        f'<tr id="{one.id}"><td>{escape(one.id)}</td><td>{escape(one.label)}</td>'
        f"<td>{escape(one.value)}</td><td>{escape(UNITS.get(one.unit, one.unit))}</td>"
        f"{_cell('items', one.items)}</tr>"
        for one in edition.figures
    )
    head = "<tr><th>编号</th><th>指标</th><th>数值</th><th>单位</th><th>明细</th></tr>"
    return f"<section><h2>附：数据表</h2><table>{head}\n{rows}</table></section>"
