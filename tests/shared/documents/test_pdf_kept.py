"""What is kept between papers changes nothing on them: whatever was printed before, the same bytes.

A text of common characters is encoded once, and its places are those of every document that begins
with these characters; a document that begins with others, or with none, has places of its own.
"""

import subprocess
import sys
from dataclasses import replace
from hashlib import sha256

import pytest

from shared.documents.paper import Text
from shared.documents.pdf import write_pdf
from tests.shared.documents.test_pdf import LETTER, pages

COMMON = "关于的告知函一、项目情况名称预算数序号指标执行率回执"
OTHERS = "率执行标指号序数算预称名况情目项、一函知告的于关"
NAMES = ("疏勒县饮水安全巩固提升", "泽普县林果业提质增效", "指标执行情况")


def digest(common: str) -> str:
    return sha256(write_pdf(LETTER, None, common)).hexdigest()


def alone(common: str) -> str:
    """The same in a process that has printed nothing yet."""
    script = f"from tests.shared.documents.test_pdf_kept import digest\nprint(digest({common!r}))"
    said = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    return said.stdout.strip()


@pytest.mark.parametrize("common", ["", COMMON])
def test_what_was_printed_before_changes_no_byte(common: str) -> None:
    expected = alone(common)
    for other in ("", COMMON, OTHERS, COMMON):
        for name in NAMES:
            # What is said first has the first places: each of these papers has others.
            before = replace(LETTER, title=name, blocks=(Text(name), *LETTER.blocks))
            write_pdf(before, None, other)
        assert digest(common) == expected, other


def test_a_paper_says_what_it_says_whichever_characters_it_began_with() -> None:
    said = pages(write_pdf(LETTER))
    for common in (COMMON, OTHERS, COMMON):
        assert pages(write_pdf(LETTER, None, common)) == said
