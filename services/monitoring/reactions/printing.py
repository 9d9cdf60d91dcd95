"""The press: a letter becomes a file, once, after it was signed (ADR 0017).

Whether it can be printed is asked when it is signed, from the characters of the fonts alone; the
pages are laid out by the worker, when it hears that the letter was issued.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from string import printable

from services.monitoring.domain.letterfile import FileLetter
from services.monitoring.domain.warning.letter import Letter
from services.monitoring.reactions.letter_paper import blank_paper, letter_paper
from services.monitoring.settings import MonitoringSettings
from shared.contracts.monitoring import LetterIssued
from shared.documents.printable import characters, expect_printable
from shared.messages import Large


def print_letter(letter: Letter) -> bytes:
    """The PDF of a letter: the same letter gives the same bytes."""
    # Only a process that prints pays for the printer.
    from shared.documents.pdf import write_pdf  # noqa: PLC0415
    from shared.documents.typefaces import typefaces  # noqa: PLC0415

    return write_pdf(letter_paper(asdict(letter)), typefaces(_own_fonts()), common_characters())


@lru_cache(maxsize=1)
def common_characters() -> str:
    """What every letter says, whatever it is about: the form itself, letters and digits."""
    return characters(blank_paper()) + printable


def proofread(letter: Letter) -> None:
    """Refuse a letter that could not be printed."""
    expect_printable(letter_paper(asdict(letter)), _own_fonts())


def file_letter(word: LetterIssued, by: str, now: datetime) -> Sequence[object]:
    """Print what was issued and keep it. A file is large: few of them share a transaction."""
    print_it = FileLetter(
        warning_id=word.warning_id,
        letter_no=word.letter_no,
        press=print_letter,
        by=by,
        now=now,
    )
    return [Large(command=print_it)]


@lru_cache(maxsize=1)
def _own_fonts() -> Path | None:
    """The bureau's own, where a process is told of them."""
    return MonitoringSettings().fonts_dir
