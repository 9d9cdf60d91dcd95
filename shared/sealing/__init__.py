"""Sealing: personal fields are encrypted per person before they enter an event.

    vault.seal([Personal(identity="65310119…", fields={"name": "…"})])  → [Sealed(…)]
    vault.open([sealed])                                                → [{"name": "…"} or None]

Every person has a data key of their own, wrapped by a key of the installation and kept beside the
facts, never in them. `None` is what is left once the key was destroyed. Keys of the installation
change: `Ring` has the one that wraps and those of before, `rewrap` wraps again what is old.
"""

from shared.sealing.keys import Keys, MemoryKeys, PostgresKeys, SubjectKey
from shared.sealing.ring import Ring, SealingKeyMissing
from shared.sealing.vault import Personal, Vault

__all__ = [
    "Keys",
    "MemoryKeys",
    "Personal",
    "PostgresKeys",
    "Ring",
    "SealingKeyMissing",
    "SubjectKey",
    "Vault",
]
