"""The files of letters, as they were sent: kept byte for byte, once, and never printed again.

A layout may change; what a unit received does not. With the signature the text of a letter is put
here, in the same transaction; whoever prints takes it from here and from nowhere else, so that it
does not matter what has become of the warning meanwhile. The file is a fact of its own with its
fingerprint, under the hash chain (ADR 0017). A warning with several letters has several files, and
one that is too large for one fact lies in several.
"""

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, assert_never

from services.monitoring.domain.values import Project
from services.monitoring.domain.warning.letter import Letter, Press
from services.monitoring.domain.warning.letter_events import LetterIssued
from services.monitoring.domain.warning.state import letter_of
from shared.domain.decider import Decider, Reference

PART_BYTES: Final = 150_000  # as text a third more: what one fact may hold with room to spare


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareLetter:
    """Put the text of the letter that a warning has just issued where it will be printed."""

    warning_id: str
    by: str
    now: datetime
    issued: LetterIssued | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLetter:
    """Print a letter that waits for it, and keep the file."""

    warning_id: str
    letter_no: str
    press: Press
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPrepared:
    """A letter was signed and waits to be printed: this text, and no other."""

    project: Project
    warning_id: str
    letter: Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFiled:
    """The file, or one part of it, is kept as it was sent; hash and size are those of the whole.

    Letters that were printed with their signature have no `size_bytes`: nobody asked.
    """

    project: Project
    warning_id: str
    letter_no: str
    sha256: str
    part: int
    pdf_base64: str
    size_bytes: int = 0


type LetterfileEvent = LetterPrepared | LetterFiled


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterfile:
    """The letters that wait to be printed, by number, and the numbers of those that were."""

    project: Project | None = None
    waiting: Mapping[str, Letter] = field(default_factory=dict)
    filed: frozenset[str] = frozenset()


def _decide(command: PrepareLetter | FileLetter, state: Letterfile) -> Sequence[LetterfileEvent]:
    match command:
        case PrepareLetter():
            return _prepare(command, state)
        case FileLetter():
            return _file(command, state)
        case _:
            assert_never(command)


def _prepare(command: PrepareLetter, state: Letterfile) -> Sequence[LetterfileEvent]:
    issued = command.issued
    if issued is None:
        return []
    number = issued.letter.letter_no
    if number in state.waiting or number in state.filed:
        return []
    return [
        LetterPrepared(project=issued.project, warning_id=command.warning_id, letter=issued.letter)
    ]


def _file(command: FileLetter, state: Letterfile) -> Sequence[LetterfileEvent]:
    """Told twice, or of a letter that was printed with its signature: there is nothing to do."""
    letter = state.waiting.get(command.letter_no)
    if letter is None or state.project is None:
        return []
    content = command.press(letter)
    parts = [content[at : at + PART_BYTES] for at in range(0, len(content), PART_BYTES)]
    return [
        LetterFiled(
            project=state.project,
            warning_id=command.warning_id,
            letter_no=letter.letter_no,
            sha256=hashlib.sha256(content).hexdigest(),
            part=number,
            pdf_base64=b64encode(part).decode(),
            size_bytes=len(content),
        )
        for number, part in enumerate(parts, start=1)
    ]


def _evolve(state: Letterfile, event: LetterfileEvent) -> Letterfile:
    match event:
        case LetterPrepared(project=project, letter=letter):
            waiting = {**state.waiting, letter.letter_no: letter}
            return replace(state, project=project, waiting=waiting)
        case LetterFiled(project=project, letter_no=number):
            rest = {other: one for other, one in state.waiting.items() if other != number}
            return Letterfile(project=project, waiting=rest, filed=state.filed | {number})
        case _:
            assert_never(event)


def _consults(command: PrepareLetter | FileLetter) -> Sequence[Reference]:
    return (Reference("warning", command.warning_id),) if isinstance(command, PrepareLetter) else ()


def _inform(
    command: PrepareLetter | FileLetter, states: Sequence[object]
) -> PrepareLetter | FileLetter:
    if isinstance(command, FileLetter):
        return command
    (warning,) = states
    return replace(command, issued=letter_of(warning))


letterfile_decider: Final[Decider[PrepareLetter | FileLetter, LetterfileEvent, Letterfile]] = (
    Decider(
        category="letterfile",
        initial=Letterfile(),
        commands=(PrepareLetter, FileLetter),
        events={"LetterPrepared": LetterPrepared, "LetterFiled": LetterFiled},
        decide=_decide,
        evolve=_evolve,
        identify=lambda command: command.warning_id,
        owner=lambda state: state.project.owner if state.project else None,
        consults=_consults,
        inform=_inform,
    )
)
