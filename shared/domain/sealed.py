"""Personal fields that nobody can read without the key of the person they tell of.

Source: `domain` §11 (beneficiaries are encrypted), `reliability` (erasure): facts are never
written again, so what must be erasable enters them sealed. Destroying the key makes it unreadable
while every hash stays what it was.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A sealed box and whose it is.

    `subject` is a keyed hash of what identifies the person: the same person is recognised, and
    nobody without the key of the installation finds out who it is by trying every number.
    """

    subject: str
    key_id: str
    box: str
