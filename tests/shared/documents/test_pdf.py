"""A paper as PDF: everything stands on it, the same bytes every time, and never a silent box."""

import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest

from shared.documents.linebreaks import NEVER_FIRST, NEVER_LAST, lines_of
from shared.documents.paper import (
    Address,
    Closing,
    Facts,
    Grid,
    Heading,
    Imprint,
    Masthead,
    NewPage,
    Paper,
    Text,
)
from shared.documents.pdf import write_pdf
from shared.documents.refusals import CharacterUnprintable, FontUnreadable
from shared.documents.typefaces import HERE, Face, typefaces

LETTER = Paper(
    title="关于“乡村道路”绩效运行预警纠偏的告知函",
    masthead=Masthead(
        agency="喀什地区财政局", number="喀地财绩预〔2021〕12号", marks=("紧急程度：红色重要",)
    ),
    blocks=(
        Address("疏附县交通局："),
        Heading("一、项目情况"),
        Facts(pairs=(("项目名称", "乡村道路"), ("预算数", "300.00万元"))),
        Text("经监控分析，项目进度滞后。\n请认真整改。"),
        Grid(headings=("序号", "指标"), rows=[("1", "预算执行率")], shares=(1, 5)),
        Closing(agency="喀什地区财政局", day="2021年6月9日", signed="签发人：张三"),
        Imprint(("抄送：喀什地区交通运输局。",)),
        NewPage("回执"),
    ),
)
OF_8105_AND_GB_2312 = "㛃䴖喀什噶尔巴楚岳普湖塔吉克〔〕①⑳≥％％·—“”￥㎡"


def pages(content: bytes) -> list[str]:
    """What stands on each page, without breaks of lines."""
    document = pypdfium2.PdfDocument(content)
    try:
        texts = [document[n].get_textpage().get_text_range() for n in range(len(document))]
        return [re.sub(r"\s", "", text) for text in texts]
    finally:
        document.close()


def test_everything_stands_on_it_in_its_order() -> None:
    *body, receipt = pages(write_pdf(LETTER))
    first = "".join(body)
    wanted = [
        "紧急程度：红色重要",
        "喀什地区财政局",
        "喀地财绩预〔2021〕12号",
        "关于“乡村道路”绩效运行预警纠偏的告知函",
        "疏附县交通局：",
        "一、项目情况",
        "300.00万元",
        "经监控分析，项目进度滞后。",
        "预算执行率",
        "签发人：张三",
        "2021年6月9日",
    ]
    assert [first.index(text) for text in wanted] == sorted(first.index(text) for text in wanted)
    assert "（印章）" in first
    assert "抄送：喀什地区交通运输局。" in first
    assert body[0].endswith("—1—")
    assert receipt == f"回执—{len(body) + 1}—"


def test_the_same_paper_has_the_same_bytes_in_every_process() -> None:
    here = sha256(write_pdf(LETTER)).hexdigest()
    code = (
        "from hashlib import sha256; from shared.documents.pdf import write_pdf;"
        "from tests.shared.documents.test_pdf import LETTER;"
        "print(sha256(write_pdf(LETTER)).hexdigest())"
    )
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert there.stdout.strip() == here


def test_the_standard_characters_are_in_the_font() -> None:
    assert OF_8105_AND_GB_2312 in pages(write_pdf(Paper(title=OF_8105_AND_GB_2312, blocks=())))[0]
    font = typefaces().fonts[Face.TEXT][0]
    sixty_seven = (bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    gb_2312 = "".join(two.decode("gb2312", "ignore") for two in sixty_seven)
    assert len(gb_2312) == 6_763
    assert [character for character in gb_2312 if not font.has(character)] == []


def test_a_character_no_font_has_is_told_by_name() -> None:
    with pytest.raises(CharacterUnprintable) as refused:
        write_pdf(Paper(title="吐尔逊\U0002f9f4", blocks=()))
    assert refused.value.details["characters"] == ["U+2F9F4"]
    with pytest.raises(CharacterUnprintable):
        write_pdf(Paper(title="x", blocks=(Grid(headings=("\U0001f600",), rows=[]),)))


def test_a_bureaus_own_font_goes_before_and_the_one_here_helps_out(tmp_path: Path) -> None:
    shutil.copy(HERE, tmp_path / "simfang.TTF")
    own = typefaces(tmp_path)
    assert own.is_own(Face.TEXT)
    assert not own.is_own(Face.TITLE)
    assert [font.name for font in own.fonts[Face.TEXT]][1] == "NotoSerifSC"
    assert pages(write_pdf(LETTER, own)) == pages(write_pdf(LETTER))


def test_a_font_file_that_is_none_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "黑体.ttf").write_bytes(b"no font")
    with pytest.raises(FontUnreadable, match="黑体"):
        typefaces(tmp_path)


def test_a_long_table_goes_on_under_its_headings_and_loses_nothing() -> None:
    rows = [(str(number), f"指标{number}" * 9) for number in range(60)]
    rows.insert(30, ("长", "某项整改措施，" * 700))
    found = pages(write_pdf(Paper(title="表", blocks=(Grid(headings=("序", "项"), rows=rows),))))
    assert len(found) > 4
    assert all("序" in page for page in found)
    whole = "".join(found)
    assert whole.count("某项整改措施，") >= 690  # a few are parted by the end of a page
    assert all(f"指标{number}" in whole for number in range(60))


def test_no_line_begins_or_ends_with_a_mark_that_must_not() -> None:
    text = (
        "按照《财政部关于印发〈项目支出绩效评价管理办法〉的通知》（财预〔2020〕10号），请整改。" * 9
    )
    for room in range(6, 40):
        lines = lines_of(text, len, room)
        assert "".join(lines) == text
        assert all(len(line) <= room for line in lines)
        if room > 12:
            assert not [line for line in lines[1:] if line[0] in NEVER_FIRST]
            assert not [line for line in lines[:-1] if line[-1] in NEVER_LAST]


def test_a_number_is_parted_only_where_no_line_can_hold_it() -> None:
    assert lines_of("预算为1234567.89元整", len, 12) == ["预算为", "1234567.89元整"]
    assert lines_of("预算为1234567.89元整", len, 6) == ["预算为123", "4567.8", "9元整"]
