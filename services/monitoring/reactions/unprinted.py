"""Letters that nobody printed: found by the clock, whatever the worker that heard of them was.

A letter is printed when the worker hears that it was issued. A worker of before that change passes
such a word by, so the order in which api and worker are replaced would matter. It does not: an hour
after the signature the clock asks for the file, and in the morning, with each tie-out, it looks for
letters of earlier days that have none. Printing twice is silent.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from services.monitoring.domain.letterfile import FileLetter, LetterFiled, LetterPrepared
from services.monitoring.domain.tie_out import TieOutPublished
from services.monitoring.reactions.printing import print_letter
from shared.domain.workdays import business_date
from shared.messages import AnyRecorded, CalledOff, Deadline, Due, Look

PRINT: Final = "PRINT_LETTER"
UNPRINTED: Final = "UNPRINTED_LETTERS"
PATIENCE: Final = timedelta(hours=1)
CLOCK: Final = "monitoring|clock"

# A word that is parked waits for a person; one letter that fails does not stand before the others.
_UNPRINTED: Final = """
SELECT l.warning_id, l.letter_no FROM letters l
WHERE l.pdf_sha256 = '' AND l.issued_on < $1
  AND EXISTS (SELECT FROM es.event e
              WHERE e.stream = 'letterfile-' || l.warning_id AND e.name = 'LetterPrepared')
  AND NOT EXISTS (SELECT FROM es.parked p
                  WHERE p.reader = 'inbox:monitoring' AND p.subject = 'warning-' || l.warning_id)
ORDER BY md5(l.letter_no || $2) LIMIT 1
"""


def schedule_printing(recorded: AnyRecorded) -> Sequence[Deadline | CalledOff]:
    """When a letter is asked for, and when those are looked for that nobody asked for."""
    match recorded.event:
        case LetterPrepared(warning_id=key, letter=letter):
            due_at = recorded.occurred_at + PATIENCE
            subject = f"{key}|{letter.letter_no}"
            return [Deadline(key=_key(subject), kind=PRINT, subject=subject, due_at=due_at)]
        case LetterFiled(part=1, warning_id=key, letter_no=number):
            return [CalledOff(key=_key(f"{key}|{number}")), _look(recorded)]
        case TieOutPublished():
            return [_look(recorded)]
        case _:
            return []


def _key(subject: str) -> str:
    return f"print:{subject}"


def _look(recorded: AnyRecorded) -> Deadline:
    return Deadline(
        key="print:unprinted", kind=UNPRINTED, subject="all", due_at=recorded.occurred_at
    )


def printing_due(due: Due) -> object | None:
    """The command for a letter that should have its file by now."""
    match due.kind, due.subject.rsplit("|", 1):
        case "PRINT_LETTER", [key, number]:
            return _file(key, number, due)
        case "UNPRINTED_LETTERS", _:
            return _found(due)
        case _:
            return None


def _found(due: Due) -> Look:
    def then(found: Sequence[Sequence[Sequence[Any]]]) -> FileLetter | None:
        ((*rows,),) = found
        if not rows:
            return None
        key, number = rows[0]
        return _file(key, number, due)

    today = business_date(due.now)
    return Look(queries=((_UNPRINTED, (today, due.now.isoformat())),), then=then)


def _file(warning_id: str, letter_no: str, due: Due) -> FileLetter:
    return FileLetter(
        warning_id=warning_id, letter_no=letter_no, press=print_letter, by=CLOCK, now=due.now
    )
