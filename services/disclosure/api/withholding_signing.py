"""The signature on a withholding: a detached JWS over the canonical fact, for anybody to verify.

The key follows from the key of the installation, so that every replica signs alike and no ledger
holds a secret. Ed25519 signs the same bytes with the same result: what is read twice is the same.
The word in the feed is covered by the signed checkpoints of the log besides.
"""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.disclosure.domain.content import canonical
from services.disclosure.projections.withholding_register import WithholdingRow

ALGORITHM: Final = "Ed25519"
"""RFC 9864: the name says the curve, too."""
PURPOSE: Final = b"abacus withholding|ed25519|1"


def document(row: WithholdingRow) -> dict[str, object]:
    """The fact that is signed: what is withheld, why, by whom, since when, until when."""
    return {
        "item_id": row.item_id,
        "version": row.version,
        "kind": row.kind,
        "channel": row.channel,
        "fiscal_year": row.fiscal_year,
        "region_code": row.region_code,
        "unit_code": row.unit_code,
        "project_code": row.project_code,
        "protects": row.protects,
        "legal_basis": row.legal_basis,
        "authority": row.authority,
        "withheld_on": row.withheld_on.isoformat(),
        "expires_on": row.expires_on.isoformat(),
    }


def encoded(raw: bytes) -> str:
    """base64url without padding, as JOSE writes it."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class WithholdingSigner:
    """Signs what is not told."""

    master: bytes = field(repr=False)

    @property
    def jwk(self) -> dict[str, str]:
        """The public key (RFC 8037)."""
        public = encoded(self._key().public_key().public_bytes_raw())
        known = {"crv": "Ed25519", "kty": "OKP", "x": public}
        kid = encoded(sha256(json.dumps(known, separators=(",", ":")).encode()).digest())
        return {**known, "alg": ALGORITHM, "use": "sig", "kid": kid}

    def sign(self, fact: Mapping[str, object]) -> str:
        """The detached JWS (RFC 7515, appendix F): header and signature, nothing between them."""
        header = encoded(canonical({"alg": ALGORITHM, "kid": self.jwk["kid"]}).encode())
        signed = f"{header}.{encoded(canonical(fact).encode())}".encode()
        return f"{header}..{encoded(self._key().sign(signed))}"

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(hmac.digest(self.master, PURPOSE, sha256))
