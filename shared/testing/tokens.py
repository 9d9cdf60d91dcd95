"""Tokens for tests: good ones by name, and every bad one an attacker would try."""

import base64
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws
from joserfc.jwk import OctKey, OKPKey

from shared.http.issuer import Bearer, Issuer
from shared.http.keys import FixedKeys
from shared.http.policy import Role

ISSUER: Final = "https://issuer.test"
AUDIENCE: Final = "abacus"


@dataclass(frozen=True, slots=True)
class Tokens:
    """An issuer that exists only in this test."""

    issuer: Issuer

    @classmethod
    def fresh(cls) -> "Tokens":
        """With a new key."""
        return cls(Issuer.fresh(issuer=ISSUER, audience=AUDIENCE))

    @property
    def keys(self) -> FixedKeys:
        """What the service under test may know: the public key alone."""
        public = OKPKey.import_key(self.issuer.key.as_dict(private=False))
        return FixedKeys({self.kid: public})

    @property
    def kid(self) -> str:
        """The id of the key."""
        kid = self.issuer.key.kid
        assert kid is not None
        return kid

    def of(
        self,
        *roles: Role,
        region: str | None = "653100",
        unit: str | None = None,
        department: str | None = None,
        subject: str = "somebody",
    ) -> dict[str, str]:
        """The header of a good token."""
        bearer = Bearer(
            subject=subject,
            roles=roles,
            region_code=region,
            unit_code=unit,
            department_code=department,
        )
        return {"authorization": f"Bearer {self.issuer.mint(bearer)}"}

    def forged(
        self, claims: Mapping[str, Any] | None = None, header: Mapping[str, Any] | None = None
    ) -> str:
        """A token signed with the right key that says whatever an attacker likes."""
        now = int(time.time())
        good = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": "somebody",
            "iat": now,
            "nbf": now,
            "exp": now + 300,
            "roles": ["UNIT_FINANCE"],
            "region_code": "653100",
            "unit_code": "u1",
        }
        said = {name: value for name, value in {**good, **(claims or {})}.items() if value != ...}
        names = {"alg": "EdDSA", "typ": "at+jwt", "kid": self.kid, **(header or {})}
        signed = f"{_part(names)}.{_part(said)}"
        # Signed by hand: a library that signs well refuses to write some of these headers.
        key = self.issuer.key.get_op_key("sign")
        assert isinstance(key, Ed25519PrivateKey)
        return f"{signed}.{_text(key.sign(signed.encode()))}"

    def attacks(self) -> Mapping[str, str]:
        """Bad tokens by the name of the attack. None of them may ever open anything."""
        now = int(time.time())
        good = self.forged()
        head, body, signature = good.split(".")
        public = json.dumps(self.issuer.key.as_dict(private=False))
        stranger = Tokens.fresh()
        return {
            "no algorithm": f"{_part({'alg': 'none', 'typ': 'at+jwt', 'kid': self.kid})}.{body}.",
            "no signature": f"{head}.{body}.",
            "changed claims": f"{head}.{_part({'sub': 'root'})}.{signature}",
            "signed by a stranger": stranger.forged(header={"kid": self.kid}),
            "unknown key": stranger.forged(),
            "key in the header": stranger.forged(
                header={"jwk": stranger.issuer.key.as_dict(private=False), "kid": self.kid}
            ),
            "key at an address": stranger.forged(
                header={"jku": "http://127.0.0.1:9/jwks", "kid": self.kid}
            ),
            "key id that walks": self.forged(header={"kid": "../../../../dev/null"}),
            "public key as a secret": _hmac(self.kid, body, public),
            "another issuer": self.forged({"iss": "https://elsewhere.test"}),
            "another audience": self.forged({"aud": "somebody-else"}),
            "no audience": self.forged({"aud": ...}),
            "expired": self.forged({"iat": now - 600, "nbf": now - 600, "exp": now - 300}),
            "not valid yet": self.forged({"nbf": now + 600, "exp": now + 900}),
            "issued in the future": self.forged({"iat": now + 600, "exp": now + 900}),
            "lives too long": self.forged({"exp": now + 86_400}),
            "never expires": self.forged({"exp": ...}),
            "expiry as a text": self.forged({"exp": str(now + 300)}),
            "expiry as a truth": self.forged({"exp": True}),
            "ID token": self.forged(header={"typ": "JWT"}),
            "no type": self.forged(header={"typ": ""}),
            "critical extension": self.forged(header={"crit": ["exp"]}),
            "no subject": self.forged({"sub": ""}),
            "roles as a text": self.forged({"roles": "UNIT_FINANCE"}),
            "unit and bureau at once": self.forged({"roles": ["UNIT_FINANCE", "FB_BUDGET"]}),
            "not a token": "x",
            "empty": "",
            "much too long": "a" * 20_000,
        }


def _part(value: Mapping[str, Any]) -> str:
    return _text(json.dumps(value).encode())


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _hmac(kid: str, body: str, secret: str) -> str:
    """The classic confusion: our public key, used as the secret of a symmetric algorithm."""
    padded = body + "=" * (-len(body) % 4)
    claims = base64.urlsafe_b64decode(padded)
    key = OctKey.import_key(base64.b64encode(secret.encode()).decode())
    return jws.serialize_compact(
        {"alg": "HS256", "typ": "at+jwt", "kid": kid}, claims, key, algorithms=["HS256"]
    )
