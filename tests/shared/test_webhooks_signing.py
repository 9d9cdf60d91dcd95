"""Signatures by Standard Webhooks 1.0.0: official vectors, and the official library verifies."""

import json
import time
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from shared.webhooks.keys import WebhookKeys, hmac_signature, signed_content

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "webhooks" / "data" / "vectors.json").read_text()
)["vectors"]
KEYS = WebhookKeys(b"a key of this installation")
BODY = '{"type":"monitoring.TreasuryRequestOpened.v1","data":{"reason":"合同争议"}}'.encode()


def headers(
    body: bytes = BODY,
    *,
    generations: tuple[int, ...] = (1,),
    age: int = 0,
    key: WebhookKeys = KEYS,
) -> dict[str, str]:
    """What is sent with a body."""
    moment = int(time.time()) - age
    signed = signed_content("msg_1", moment, body)
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(moment),
        "webhook-signature": key.signature("w1", generations, signed),
    }


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["id"]))
def test_the_official_vectors(vector: dict[str, Any]) -> None:
    secret = b64decode(vector["secret"].removeprefix("whsec_"))
    payload = vector["payload"].encode()
    signed = signed_content(vector["webhook-id"], int(vector["webhook-timestamp"]), payload)
    made = hmac_signature(secret, signed)
    assert (made in vector["webhook-signature"].split(" ")) is (vector["expect"] == "valid")


def test_the_official_library_accepts_what_we_sign() -> None:
    found = Webhook(KEYS.secret("w1", 1)).verify(BODY, headers())
    assert found["data"]["reason"] == "合同争议"


type Sent = tuple[bytes, dict[str, str]]

# Each is signed when it is tried: what is of the future now is not in ten minutes.
TAMPERED: dict[str, Callable[[], Sent]] = {
    "another body": lambda: (BODY.replace(b"Opened", b"Closed"), headers()),
    "another id": lambda: (BODY, {**headers(), "webhook-id": "msg_2"}),
    "an old message": lambda: (BODY, headers(age=600)),
    "of the future": lambda: (BODY, headers(age=-600)),
    "of another webhook's key": lambda: (BODY, headers(generations=(7,))),
    "of another installation": lambda: (BODY, headers(key=WebhookKeys(b"elsewhere"))),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_the_official_library_refuses(what: str) -> None:
    body, sent = TAMPERED[what]()
    with pytest.raises(WebhookVerificationError):
        Webhook(KEYS.secret("w1", 1)).verify(body, sent)


def test_while_a_key_rotates_both_verify_and_afterwards_only_the_new_one() -> None:
    during, after = headers(generations=(2, 1)), headers(generations=(2,))
    old, new = Webhook(KEYS.secret("w1", 1)), Webhook(KEYS.secret("w1", 2))
    old.verify(BODY, during)
    new.verify(BODY, during)
    new.verify(BODY, after)
    with pytest.raises(WebhookVerificationError):
        old.verify(BODY, after)


def test_anybody_verifies_ed25519_with_the_public_key() -> None:
    sent = headers()
    signed = signed_content("msg_1", int(sent["webhook-timestamp"]), BODY)
    (made,) = (p for p in sent["webhook-signature"].split(" ") if p.startswith("v1a,"))
    shown = KEYS.public_key("w1", 1)
    assert shown.startswith("whpk_")
    public = Ed25519PublicKey.from_public_bytes(b64decode(shown.removeprefix("whpk_")))
    public.verify(b64decode(made.removeprefix("v1a,")), signed)
    with pytest.raises(InvalidSignature):
        public.verify(b64decode(made.removeprefix("v1a,")), signed + b" ")


def test_secrets_are_long_enough_and_every_webhook_has_its_own() -> None:
    shown = {KEYS.secret(webhook, generation) for webhook in "ab" for generation in (1, 2)}
    assert len(shown) == 4
    assert {len(b64decode(one.removeprefix("whsec_"))) for one in shown} == {32}
