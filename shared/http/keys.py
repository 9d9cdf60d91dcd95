"""The issuer's public keys: read from its JWKS, cached, kept while the issuer is away.

Source: `reliability` §6 (OWASP API2): cached ten minutes, stale keys stay valid when a fetch
fails, and an unknown key id causes at most one fetch in 30 seconds, whoever asks.
"""

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, Protocol

import httpx
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import Key, import_key

JWKS_SECONDS_MAX: Final = 600.0
REFETCH_SECONDS_MIN: Final = 30.0
FETCH_SECONDS_MAX: Final = 5.0
JWKS_BYTES_MAX: Final = 262_144
KEYS_MAX: Final = 64
KEY_TYPES: Final[Mapping[str, str]] = {"EdDSA": "OKP", "RS256": "RSA"}

log = structlog.get_logger(__name__)


class KeySource(Protocol):
    """Where verification keys come from."""

    async def key(self, kid: str) -> Key | None:
        """The issuer's key of this id, or nothing."""


class FixedKeys:
    """Keys that are known from the start: tests, and an issuer in the same process."""

    def __init__(self, keys: Mapping[str, Key]) -> None:
        """Keep them."""
        self._keys = dict(keys)

    async def key(self, kid: str) -> Key | None:
        """The key of this id."""
        return self._keys.get(kid)


class Jwks:
    """The keys of a JWKS document at a URL or in a file."""

    def __init__(
        self, source: str, algorithm: str, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """Nothing is read before the first token arrives."""
        self._source = source
        self._kty = KEY_TYPES[algorithm]
        self._monotonic = monotonic
        self._keys: dict[str, Key] = {}
        self._tried_at = -JWKS_SECONDS_MAX
        self._lock = asyncio.Lock()
        self.fetches = 0

    async def key(self, kid: str) -> Key | None:
        """The key of this id; an unknown id looks again, but not more often than allowed."""
        known = self._keys.get(kid)
        if known is not None and (self._lock.locked() or self._age() < JWKS_SECONDS_MAX):
            return known
        # Who knows nothing waits for a fetch that is under way: its answer may be the key.
        async with self._lock:
            if self._age() >= (REFETCH_SECONDS_MIN if kid not in self._keys else JWKS_SECONDS_MAX):
                await self._fetch()
        return self._keys.get(kid)

    def _age(self) -> float:
        return self._monotonic() - self._tried_at

    async def _fetch(self) -> None:
        self._tried_at = self._monotonic()
        self.fetches += 1
        try:
            self._keys = self._usable(json.loads(await self._read()))
        except (OSError, httpx.HTTPError, ValueError, TypeError, KeyError) as problem:
            log.warning("jwks_not_read", source=self._source, problem=type(problem).__name__)

    async def _read(self) -> bytes:
        if not self._source.startswith(("https://", "http://")):
            return await asyncio.to_thread(Path(self._source).read_bytes)
        async with httpx.AsyncClient(timeout=FETCH_SECONDS_MAX) as client:
            answer = await client.get(self._source)
        answer.raise_for_status()
        if len(answer.content) > JWKS_BYTES_MAX:
            raise ValueError("the key set is too large")
        return answer.content

    def _usable(self, document: dict[str, list[Any]]) -> dict[str, Key]:
        """Only public signing keys of the one permitted type."""
        found: dict[str, Key] = {}
        for entry in document["keys"][:KEYS_MAX]:
            if not isinstance(entry, dict):
                continue
            kid = entry.get("kid")
            if (
                not isinstance(kid, str)
                or entry.get("kty") != self._kty
                or entry.get("use", "sig") != "sig"
            ):
                continue
            try:
                found[kid] = import_key(entry)
            except (JoseError, ValueError) as problem:
                log.warning("jwk_not_usable", kid=kid, problem=type(problem).__name__)
        if not found:
            # Whoever publishes nothing has made a mistake; what is known stays.
            raise ValueError("no key can be used")
        return found
