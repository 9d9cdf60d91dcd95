"""A commenter whose contact is sealed: erased by destroying the key (ADR 0019)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from shared.domain.decider import Decider


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseSubject:
    """The key of a commenter is destroyed."""

    subject: str
    key_id: str
    region_code: str
    reason: str
    erased_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectErased:
    """The key is gone, in the transaction that records this."""

    subject: str
    key_id: str
    region_code: str
    reason: str
    erased_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A person; the key may be destroyed more than once, if the person comments again later."""

    erased_keys: frozenset[str] = frozenset()


def _erase(command: EraseSubject, subject: Subject) -> Sequence[SubjectErased]:
    if command.key_id in subject.erased_keys:
        return []
    return [
        SubjectErased(
            subject=command.subject,
            key_id=command.key_id,
            region_code=command.region_code,
            reason=command.reason,
            erased_by=command.erased_by,
        )
    ]


def _erased(subject: Subject, event: SubjectErased) -> Subject:
    return Subject(erased_keys=subject.erased_keys | {event.key_id})


# The category and the name of the fact are those the trigger of the keys listens to
# (shared/sealing/schema.py): with the fact the key is gone, in one transaction.
decider: Final[Decider[EraseSubject, SubjectErased, Subject]] = Decider(
    category="subject",
    initial=Subject(),
    commands=(EraseSubject,),
    events={"SubjectErased": SubjectErased},
    decide=_erase,
    evolve=_erased,
    identify=lambda command: command.subject,
)
