"""An issuer for one machine: demo, tests, a single county without an identity provider.

An Ed25519 key is made at the first start and stays in the data folder, readable by its owner
only. A real installation pins its own OIDC issuer instead (`ABACUS_ISSUER`, `ABACUS_JWKS`).
"""

import json
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from joserfc import jws
from joserfc.jwk import OKPKey

from shared.http.identity import OneAlgorithm
from shared.http.policy import Role
from shared.settings import ServiceSettings, kept_secret

TOKEN_SECONDS: Final = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """What a token says of its bearer. A unit `*` is every unit of the region."""

    subject: str
    roles: Iterable[Role]
    region_code: str | None = None
    unit_code: str | None = None
    department_code: str | None = None


class Issuer:
    """Signs access tokens with the key of this machine."""

    def __init__(self, key: OKPKey, *, issuer: str, audience: str) -> None:
        """Keep the key."""
        self.key = key
        self._issuer = issuer
        self._audience = audience

    @classmethod
    def fresh(cls, *, issuer: str, audience: str) -> Self:
        """An issuer with a new key that is written nowhere."""
        key = OKPKey.generate_key("Ed25519", private=True)
        key.ensure_kid()
        return cls(key, issuer=issuer, audience=audience)

    @classmethod
    def of(cls, settings: ServiceSettings) -> Self:
        """The issuer of this data folder; its key is made when there is none."""
        document = json.loads(kept_secret(settings.issuer_key_file, _fresh_key))
        found = cls(OKPKey.import_key(document), issuer=settings.issuer, audience=settings.audience)
        _publish(settings.data_dir / "issuer.jwks.json", found.jwks())
        return found

    def jwks(self) -> dict[str, list[dict[str, Any]]]:
        """The public key as a JWKS document."""
        public = self.key.as_dict(private=False)
        return {"keys": [{**public, "use": "sig", "alg": "EdDSA"}]}

    def mint(
        self, bearer: Bearer, *, seconds: int = TOKEN_SECONDS, now: float | None = None
    ) -> str:
        """An access token (RFC 9068) for this bearer."""
        issued = int(time.time() if now is None else now)
        claims: dict[str, Any] = {
            "iss": self._issuer,
            "aud": self._audience,
            "sub": bearer.subject,
            "iat": issued,
            "nbf": issued,
            "exp": issued + seconds,
            "roles": sorted(role.value for role in bearer.roles),
            "region_code": bearer.region_code,
            "unit_code": bearer.unit_code,
            "department_code": bearer.department_code,
        }
        known = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "EdDSA", "typ": "at+jwt", "kid": self.key.kid}
        registry = OneAlgorithm(algorithms=["EdDSA"])
        payload = json.dumps(known, separators=(",", ":"))
        return jws.serialize_compact(header, payload, self.key, registry=registry)


def _fresh_key() -> str:
    key = OKPKey.generate_key("Ed25519", private=True)
    key.ensure_kid()
    return json.dumps(key.as_dict(private=True))


def _publish(path: Path, document: dict[str, Any]) -> None:
    text = json.dumps(document, indent=2)
    if path.exists() and path.read_text() == text:
        return
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    draft.write_text(text)
    draft.replace(path)
