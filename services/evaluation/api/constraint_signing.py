"""The signature on a constraint document: a detached JWS that anybody verifies with our key.

The key follows from the key of the installation, so that every replica signs alike and neither
the ledger nor the database holds a secret. Ed25519 signs the same bytes with the same result: a
document that is pulled twice is the same, signature and all.
"""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ALGORITHM: Final = "Ed25519"
"""RFC 9864: the name says the curve, too."""
PURPOSE: Final = b"abacus budget constraint|ed25519|1"


def canonical(document: Mapping[str, object]) -> bytes:
    """The bytes that are signed: RFC 8785, which for texts, whole numbers and flags is this."""
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def encoded(raw: bytes) -> str:
    """base64url without padding, as JOSE writes it."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class ConstraintSigner:
    """Signs what binds a coming budget."""

    master: bytes = field(repr=False)

    @property
    def public(self) -> str:
        """The public key, `x` of its JWK."""
        return encoded(self._key().public_key().public_bytes_raw())

    @property
    def kid(self) -> str:
        """The thumbprint of the key (RFC 7638, RFC 8037)."""
        known = {"crv": "Ed25519", "kty": "OKP", "x": self.public}
        return encoded(sha256(canonical(known)).digest())

    def sign(self, document: Mapping[str, object]) -> str:
        """The detached JWS: header and signature, with nothing between them."""
        header = encoded(canonical({"alg": ALGORITHM, "kid": self.kid}))
        signed = f"{header}.{encoded(canonical(document))}".encode()
        return f"{header}..{encoded(self._key().sign(signed))}"

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(hmac.digest(self.master, PURPOSE, sha256))
