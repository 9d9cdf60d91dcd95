"""The files of letters, as they were sent: kept byte for byte, once, and never printed again.

A layout may change; what a unit received does not. The file is printed when the letter is signed,
its fingerprint stands in the fact of the issue, and the file itself is a fact of its own in the
same transaction, under the hash chain (ADR 0017). A warning with several letters has several, and a
file that is too large for one fact lies in several.
"""

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from services.monitoring.domain.values import Project
from services.monitoring.domain.warning.letter import Press
from services.monitoring.domain.warning.letter_events import LetterIssued
from services.monitoring.domain.warning.state import letter_of
from shared.domain.decider import Decider, Reference

PART_BYTES: Final = 150_000  # as text a third more: what one fact may hold with room to spare


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLetter:
    """Keep the file of the letter that a warning has just issued."""

    warning_id: str
    by: str
    now: datetime
    press: Press | None = None
    issued: LetterIssued | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFiled:
    """The file, or one part of it, is kept as it was sent; `sha256` is that of the whole."""

    project: Project
    warning_id: str
    letter_no: str
    sha256: str
    part: int
    pdf_base64: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterfile:
    """The numbers of the letters whose files are kept."""

    project: Project | None = None
    filed: frozenset[str] = frozenset()


def _decide(command: FileLetter, state: Letterfile) -> Sequence[LetterFiled]:
    issued, press = command.issued, command.press
    if issued is None or press is None or issued.letter.letter_no in state.filed:
        return []
    content = press(issued.letter)
    parts = [content[at : at + PART_BYTES] for at in range(0, len(content), PART_BYTES)]
    return [
        LetterFiled(
            project=issued.project,
            warning_id=command.warning_id,
            letter_no=issued.letter.letter_no,
            sha256=hashlib.sha256(content).hexdigest(),
            part=number,
            pdf_base64=b64encode(part).decode(),
        )
        for number, part in enumerate(parts, start=1)
    ]


def _evolve(state: Letterfile, event: LetterFiled) -> Letterfile:
    return Letterfile(project=event.project, filed=state.filed | {event.letter_no})


def _inform(command: FileLetter, states: Sequence[object]) -> FileLetter:
    (warning,) = states
    return replace(command, issued=letter_of(warning))


letterfile_decider: Final[Decider[FileLetter, LetterFiled, Letterfile]] = Decider(
    category="letterfile",
    initial=Letterfile(),
    commands=(FileLetter,),
    events={"LetterFiled": LetterFiled},
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: command.warning_id,
    owner=lambda state: state.project.owner if state.project else None,
    consults=lambda command: (Reference("warning", command.warning_id),),
    inform=_inform,
)
