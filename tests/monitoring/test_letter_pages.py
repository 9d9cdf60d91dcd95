"""The letter on its pages: no heading stands alone, whatever the letter has to say."""

import re
from dataclasses import replace

import pypdfium2
import pytest

from services.monitoring.domain.values import Level, Reason
from services.monitoring.domain.warning.letter import Letter
from services.monitoring.reactions.printing import print_letter
from tests.monitoring.test_letter import sent, warned

BEGINNINGS = {
    "一、项目执行情况": "项目名称",
    "二、存在问题": "指标",
    "三、纠偏要求": "（一）措施要求：",
    "四、依据": "财预〔2019〕136号",
}


def pages(letter: Letter) -> list[str]:
    """What stands on each page, without breaks of lines."""
    document = pypdfium2.PdfDocument(print_letter(letter))
    try:
        texts = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    finally:
        document.close()
    return [re.sub(r"\s", "", text) for text in texts]


@pytest.fixture(scope="module")
def signed() -> Letter:
    """A red letter with four problems."""
    reasons = (Reason.EXECUTION_BEHIND, Reason.GOAL_BEHIND, Reason.IDLE)
    return sent(warned(Level.RED, *reasons)).letter


@pytest.mark.parametrize("problems", [1, 12])
def test_no_heading_stands_alone_at_the_foot_of_a_page(signed: Letter, problems: int) -> None:
    """The name of the project makes the head of the letter longer, line by line."""
    some = (signed.problems * 3)[:problems]
    on_pages: dict[str, set[int]] = {heading: set() for heading in BEGINNINGS}
    for characters in range(10, 330, 32):
        name = ("乡村道路提升改造工程" * 40)[:characters]
        found = pages(replace(signed, project_name=name, problems=some))
        for heading, begins in BEGINNINGS.items():
            (number,) = (n for n, text in enumerate(found) if heading in text)
            _, _, below = found[number].partition(heading)
            assert begins in below, (heading, characters, found[number])
            if heading == "二、存在问题":
                assert some[0].text[:4] in below, (characters, found[number])
            on_pages[heading].add(number)
    assert len(on_pages["二、存在问题"]) == 2  # it went from one page to the next
