"""Sealing: personal fields are encrypted per person before they enter an event.

    vault.seal([Personal(identity="65310119…", fields={"name": "…"})])  → [Sealed(…)]
    vault.open([sealed])                                                → [{"name": "…"} or None]

Every person has a data key of their own, wrapped by the key of the installation and kept beside
the facts, never in them. `None` is what is left once the key was destroyed.
"""

from shared.sealing.keys import Keys, MemoryKeys, PostgresKeys, SubjectKey
from shared.sealing.vault import Personal, Vault

__all__ = ["Keys", "MemoryKeys", "Personal", "PostgresKeys", "SubjectKey", "Vault"]
