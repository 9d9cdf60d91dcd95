"""What the check before printing says is what the printer says, without a page."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import reportlab

from shared.documents.glyphs import characters_of
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
from shared.documents.printable import expect_printable
from shared.documents.refusals import CharacterUnprintable, FontUnreadable
from shared.documents.typefaces import HERE, Face, coverage, typefaces

ODD = (
    "\U0002f9f4",
    "\U0001f600",
    "\t",
    "\n",
    "\u2028",
    "\x0b",
    "\u2003",
    "\xa0",
    "\x00",
    "é",
    "甲",
)
PLACES: dict[str, Callable[[str], Paper]] = {
    "title": lambda said: Paper(title=said, blocks=()),
    "note": lambda said: Paper(title="表", note=said, blocks=()),
    "agency": lambda said: _headed(Masthead(agency=said, number="1号")),
    "number": lambda said: _headed(Masthead(agency="局", number=said)),
    "mark": lambda said: _headed(Masthead(agency="局", number="1号", marks=(said,))),
    "heading": lambda said: Paper(title="表", blocks=(Heading(said),)),
    "text": lambda said: Paper(title="表", blocks=(Text(said),)),
    "address": lambda said: Paper(title="表", blocks=(Address(said),)),
    "fact": lambda said: Paper(title="表", blocks=(Facts(pairs=(("名", said),)),)),
    "fact name": lambda said: Paper(title="表", blocks=(Facts(pairs=((said, "值"),)),)),
    "cell": lambda said: Paper(title="表", blocks=(Grid(headings=("名",), rows=[(said,)]),)),
    "column": lambda said: Paper(title="表", blocks=(Grid(headings=(said,), rows=[]),)),
    "signed": lambda said: Paper(title="表", blocks=(Closing(agency="局", day="日", signed=said),)),
    "imprint": lambda said: Paper(title="表", blocks=(Imprint((said,)),)),
    "page": lambda said: Paper(title="表", blocks=(NewPage(said),)),
}


def _headed(head: Masthead) -> Paper:
    return Paper(title="函", masthead=head, blocks=())


def refused(work: Callable[[], object]) -> list[str] | None:
    """Which characters it was refused for; none where it was done."""
    try:
        work()
    except CharacterUnprintable as refusal:
        characters = refusal.details["characters"]
        assert isinstance(characters, list)
        return characters
    return None


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_it_refuses_what_the_printer_refuses_and_nothing_else(place: str, odd: str) -> None:
    paper = PLACES[place](f"某{odd}项")
    assert refused(lambda: expect_printable(paper)) == refused(lambda: write_pdf(paper))


def test_all_that_is_missing_is_told_at_once() -> None:
    paper = Paper(title="\U0002f9f4", blocks=(Text("\U0001f600甲\U0002f9f4"),))
    assert refused(lambda: expect_printable(paper)) == ["U+1F600", "U+2F9F4"]


def test_the_characters_of_a_font_are_those_the_printer_knows() -> None:
    known = characters_of(HERE)
    assert len(known) > 9_000
    for face in Face:
        assert typefaces().fonts[face][0].widths.keys() == known
        assert coverage()[face] == known


def test_a_bureaus_own_font_helps_only_where_it_is_used(tmp_path: Path) -> None:
    vera = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    shutil.copy(vera, tmp_path / "simfang.ttf")
    only = sorted(characters_of(tmp_path / "simfang.ttf") - characters_of(HERE))
    assert only, "the font of the printer's maker has a character that ours lacks"
    character = chr(only[0])
    for place, paper in PLACES.items():
        said = paper(f"某{character}项")
        own = refused(partial(expect_printable, said, tmp_path))
        assert own == refused(partial(write_pdf, said, typefaces(tmp_path))), place
    assert refused(lambda: expect_printable(PLACES["text"](character), tmp_path)) is None
    assert refused(lambda: expect_printable(PLACES["title"](character), tmp_path)) is not None


def test_a_file_that_is_no_font_is_told_by_name(tmp_path: Path) -> None:
    for content in (b"", b"no font", HERE.read_bytes()[:200], HERE.read_bytes()[:5_000]):
        (tmp_path / "黑体.ttf").write_bytes(content)
        characters_of.cache_clear()
        with pytest.raises(FontUnreadable, match="黑体"):
            characters_of(tmp_path / "黑体.ttf")


def test_whoever_only_asks_loads_no_printer() -> None:
    code = (
        "import sys; from shared.documents.printable import expect_printable;"
        "from shared.documents.paper import Paper; expect_printable(Paper(title='表', blocks=()));"
        "print(sorted({'reportlab', 'docx', 'lxml'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
