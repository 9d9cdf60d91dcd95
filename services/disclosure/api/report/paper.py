"""An edition as paper: DOCX to work with, PDF as it is kept, in the layout of official papers."""

from typing import Final

from services.disclosure.api.report.edition import TABLE, UNITS, Edition
from shared.documents.paper import Block, Grid, Heading, Paper, Text

APPENDIX: Final = ("编号", "指标", "数值", "单位", "明细")
_SHARES: Final = (2, 7, 5, 3, 9)
_WORK_SHARES: Final = (3, 6, 4, 3, 5, 9)


def paper_of(edition: Edition) -> Paper:
    """The text with its numbers, then the figures with the lists that add up to them."""
    blocks: list[Block] = []
    if edition.lines:
        blocks.append(Heading("月度绩效工作公开表"))
        blocks.append(_work(edition))
    for passage in edition.passages:
        blocks.append(Heading(passage.heading))
        blocks += [Text(edition.read(one)) for one in passage.paragraphs]
    blocks.append(Heading("附：数据表"))
    rows = [
        (one.id, one.label, one.value, UNITS.get(one.unit, one.unit), one.items)
        for one in edition.figures
    ]
    blocks.append(Grid(headings=APPENDIX, rows=rows, shares=_SHARES))
    if edition.sha256:
        blocks.append(Text(f"内容摘要（SHA-256）：{edition.sha256}"))
    return Paper(title=edition.title, blocks=blocks, note=edition.note)


def _work(edition: Edition) -> Grid:
    rows = [(edition.month, *(str(line.get(name, "")) for name in TABLE)) for line in edition.lines]
    return Grid(headings=("月份", *TABLE.values()), rows=rows, shares=_WORK_SHARES)
