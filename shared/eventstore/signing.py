"""The worker's pen: every ten seconds it signs what both logs have become."""

import asyncio
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.eventstore.checkpoints import (
    HistoryChanged,
    Log,
    LogKind,
    NotSigned,
    Signer,
    Verifier,
    sign_next,
)
from shared.eventstore.working import is_defect

SIGN_SECONDS: Final = 10.0
KINDS: Final[tuple[LogKind, ...]] = ("ledger", "words")

log = structlog.get_logger()


class Signing:
    """Signs the logs of one service. `stopped` says why nothing is signed any more."""

    def __init__(self, logs: Log, signer: Signer, *, origin: str) -> None:
        """`origin` names the logs for ever: `<origin>/ledger` and `<origin>/words`."""
        self._logs = logs
        self._signer = signer
        self._origin = origin
        self._introduced = False
        self.stopped: str | None = None

    async def run(self) -> None:
        """Sign for ever; a history that was changed is never signed, only reported."""
        while True:
            try:
                await self.sign()
                self.stopped = None
            except (HistoryChanged, NotSigned) as changed:
                self.stopped = str(changed)
                log.critical("history_changed", origin=self._origin, reason=self.stopped)
            except Exception as trouble:
                if is_defect(trouble):
                    raise
                log.warning("signer_waits", why=repr(trouble))
            await asyncio.sleep(SIGN_SECONDS)

    async def sign(self) -> None:
        """Sign both logs as they are now, and say with which key that can be verified.

        Said afterwards: whoever cannot continue what was signed takes nobody's key away, and a new
        key is said when there is something that it signed.
        """
        for kind in KINDS:
            await sign_next(self._logs, kind, self._signer, origin=f"{self._origin}/{kind}")
        if not self._introduced and await self._has_signed():
            await self._logs.introduce(self._signer.verifier.key)
            self._introduced = True

    async def _has_signed(self) -> bool:
        """Whether our key opens what strangers are shown; so it does where nothing is shown."""
        shown = await self._logs.latest("words")
        try:
            return shown is None or bool(self._signer.verifier.open(shown.note))
        except NotSigned:
            return False


def signer_of(
    folder: Path, service: str, given: str | None = None, *, previous: Sequence[str] = ()
) -> Signer:
    """The signer of a service; its key follows from what is given.

    Else it is drawn once and kept in the folder, closed to others: where processes come and go the
    folder must stay, because a signer with another key continues no checkpoint. Beside it lies what
    witnesses are given: the verifier's text. `previous` are the keys of before, as they were given,
    or the verifier's text of one that is lost (`ValueError` where it is none); one that was drawn
    is a previous one as long as it lies there.
    """
    name, secret = f"abacus/{service}", folder / f"checkpoint-{service}.key"
    before = [_before(name, service, one) for one in previous]
    if given is not None:
        if secret.exists():
            before.append(Signer(name, _drawn(secret)))
        return Signer(name, _key_of(service, given), previous=before)
    if not secret.exists():
        folder.mkdir(parents=True, exist_ok=True)
        drawn = Ed25519PrivateKey.generate().private_bytes_raw()
        handle = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(drawn)
    signer = Signer(name, _drawn(secret), previous=before)
    (folder / f"checkpoint-{service}.verifier").write_text(signer.verifier.text + "\n")
    return signer


def _before(name: str, service: str, told: str) -> Signer | Verifier:
    if told.startswith(f"{name}+"):  # a verifier's text
        return Verifier.read_text(told)
    return Signer(name, _key_of(service, told))


def _key_of(service: str, given: str) -> Ed25519PrivateKey:
    seed = hashlib.sha256(f"checkpoint {service} {given}".encode()).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def _drawn(secret: Path) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(secret.read_bytes())
