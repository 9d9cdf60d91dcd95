"""Every bad token an attacker would try, generated: by algorithm, key, header, claim and form.

Source: `reliability` S5 (OWASP API2, ASVS 9 and 10). None of them may ever open anything. Most are
signed with the right key, so that nothing but the one thing that is wrong can be what is refused.
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.testing.tokens import AUDIENCE, ISSUER, Tokens

KEY_IDS: Final = (
    "../../../../dev/null", "..\\..\\..\\windows\\win.ini", "/etc/passwd", "file:///dev/null",
    "http://127.0.0.1:9/jwks.json", "https://issuer.test/jwks.json", "' OR '1'='1",
    "x'; DROP TABLE es.event; --", "' UNION SELECT 'c2VjcmV0' --", "$(id)", "`id`", "|id", "%00",
    "\x00", "", " ", "*", "k" * 4_000, "\u202e", "null", "__proto__", "0",
)  # fmt: skip
HASHES: Final = {"HS256": "sha256", "HS384": "sha384", "HS512": "sha512"}
OTHER_ALGORITHMS: Final = (
    "none", "None", "NONE", "nOnE", "", "RS256", "PS256", "ES256", "HS256", "ES256K", "EdDsa",
    "EDDSA",
    "Ed25519", "Ed448", "dir", "A128KW", "EdDSA ", None, 0, True, ["EdDSA"], {"a": "EdDSA"},
)  # fmt: skip
OTHER_TYPES: Final = (
    "JWT", "jwt", "", "id+jwt", "refresh+jwt", "logout+jwt", "AT+JWT", "at+jwt ", "dpop+jwt",
    "application/jwt", None, 1, ["at+jwt"],
)  # fmt: skip
OTHER_AUDIENCES: Final[Sequence[object]] = (
    "", "Abacus", "abacus ", "abacus-admin", "https://abacus", [], [""], ["else"], [["abacus"]],
    {"aud": "abacus"}, None, 0, True,
)  # fmt: skip
OTHER_ISSUERS: Final = (
    "", "https://issuer.test/", "https://issuer.test.evil.example", "http://issuer.test",
    "HTTPS://ISSUER.TEST", [ISSUER], None, 0, True,
)  # fmt: skip
MOMENTS: Final[Sequence[object]] = (
    "tomorrow", "9999999999", True, None, [], {}, float("inf"), float("nan"), 1e300, -1, -1e300,
)  # fmt: skip


def of(tokens: Tokens) -> Iterator[tuple[str, str]]:
    """The attacks on an issuer whose signing key the attacker may even use."""
    yield from _algorithms(tokens)
    yield from _keys(tokens)
    yield from _claims(tokens)
    yield from _times(tokens)
    yield from _forms(tokens)
    yield from _broken(tokens)


def _algorithms(tokens: Tokens) -> Iterator[tuple[str, str]]:
    good = tokens.forged()
    _, body, signature = good.split(".")
    for alg in OTHER_ALGORITHMS:
        yield f"signed as {alg!r}", tokens.forged(header={"alg": alg})
        head = _part({"alg": alg, "typ": "at+jwt", "kid": tokens.kid})
        yield f"not signed, as {alg!r}", f"{head}.{body}."
        yield f"another's signature, as {alg!r}", f"{head}.{body}.{signature}"
    public = tokens.issuer.key.as_dict(private=False)
    raw = base64.urlsafe_b64decode(str(public["x"]) + "==")
    secrets = {
        "the public JWK": json.dumps(public).encode(),
        "its compact form": json.dumps(public, separators=(",", ":")).encode(),
        "the raw public key": raw,
        "its text": str(public["x"]).encode(),
        "nothing": b"",
        "the key id": tokens.kid.encode(),
    }
    for alg, digest in HASHES.items():
        for name, secret in secrets.items():
            signed = f"{_part({'alg': alg, 'typ': 'at+jwt', 'kid': tokens.kid})}.{body}"
            mac = hmac.new(secret, signed.encode(), getattr(hashlib, digest)).digest()
            yield f"{alg} with {name} as secret", f"{signed}.{_text(mac)}"


def _keys(tokens: Tokens) -> Iterator[tuple[str, str]]:
    stranger = Tokens.fresh()
    public = stranger.issuer.key.as_dict(private=False)
    brought: Mapping[str, Mapping[str, Any]] = {
        "jwk": {"jwk": public},
        "jwk with our id": {"jwk": {**public, "kid": tokens.kid}},
        "jku": {"jku": "http://127.0.0.1:9/jwks.json"},
        "jku of a file": {"jku": "file:///tmp/jwks.json"},
        "x5u": {"x5u": "http://127.0.0.1:9/chain.pem"},
        "x5c": {"x5c": [base64.b64encode(b"certificate").decode()]},
        "x5t": {"x5t": "AAAA", "x5t#S256": "BBBB"},
        "all of them": {"jwk": public, "jku": "http://127.0.0.1:9/", "x5u": "http://127.0.0.1:9/"},
    }
    for name, head in brought.items():
        for kid in (tokens.kid, stranger.kid):
            whose = "our key id" if kid == tokens.kid else "its own key id"
            yield f"brings {name}, with {whose}", stranger.forged(header={**head, "kid": kid})
    for kid in KEY_IDS:
        yield f"key id {kid[:40]!r}", tokens.forged(header={"kid": kid})
    for odd in (None, 0, True, [tokens.kid], {"kid": tokens.kid}):
        yield f"key id {odd!r}", tokens.forged(header={"kid": odd})
    for crit in (["exp"], ["b64"], [], ["kid"], "b64", ["x"]):
        yield f"critical {crit!r}", tokens.forged(header={"crit": crit, "b64": False, "x": 1})


def _claims(tokens: Tokens) -> Iterator[tuple[str, str]]:
    for typ in OTHER_TYPES:
        yield f"type {typ!r}", tokens.forged(header={"typ": typ})
    for audience in (*OTHER_AUDIENCES, ...):
        yield f"audience {audience!r}", tokens.forged({"aud": audience})
    for issuer in (*OTHER_ISSUERS, ...):
        yield f"issuer {issuer!r}", tokens.forged({"iss": issuer})
    for subject in ("", None, 7, True, ["root"], {"sub": "root"}, ...):
        yield f"subject {subject!r}", tokens.forged({"sub": subject})
    for roles in ("FB_LEADER", None, 1, {"FB_LEADER": True}, True, ...):
        yield f"roles {roles!r}", tokens.forged({"roles": roles})
    for claim in ("region_code", "unit_code", "department_code"):
        for value in (653100, ["653100"], {"x": 1}, True, ""):
            yield f"{claim} {value!r}", tokens.forged({claim: value})


def _times(tokens: Tokens) -> Iterator[tuple[str, str]]:
    now = int(time.time())
    for claim in ("exp", "nbf", "iat"):
        for value in MOMENTS:
            if claim == "nbf" and value == -1:
                continue  # valid since long ago is no attack where the token says when it ends
            yield f"{claim} {value!r}", tokens.forged({claim: value})
    for claim in ("exp", "iat"):
        yield f"no {claim}", tokens.forged({claim: ...})
    # Leeway is 30 seconds and not one more; a life is 15 minutes and not one second more.
    edges: Mapping[str, Mapping[str, int]] = {
        "expired beyond the leeway": {"iat": now - 300, "nbf": now - 300, "exp": now - 32},
        "starts beyond the leeway": {"nbf": now + 40},
        "issued beyond the leeway": {"iat": now + 40},
        "lives a second too long": {"exp": now + 901},
        "lives for a day": {"exp": now + 86_400},
        "lives since long ago": {"iat": now - 100_000, "nbf": now - 100_000},
        "ended before it began": {"exp": now - 600, "iat": now, "nbf": now},
    }
    for name, claims in edges.items():
        yield name, tokens.forged(claims)


def _forms(tokens: Tokens) -> Iterator[tuple[str, str]]:
    good = tokens.forged()
    body = good.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    names = {"alg": "EdDSA", "typ": "at+jwt", "kid": tokens.kid}
    again = json.dumps(claims)[:-1]
    twice = {
        "subject": '"sub": "root"',
        "roles": '"roles": ["FB_LEADER"]',
        "audience": f'"aud": "{AUDIENCE}"',
        "expiry": f'"exp": {claims["exp"]}',
        "region": '"region_code": "650000"',
    }
    for name, more in twice.items():
        yield f"{name} twice", _signed(tokens, names, f"{again}, {more}}}".encode())
    for name, payload in {
        "no JSON": b"sub=root",
        "a list": b"[]",
        "a text": b'"sub"',
        "null": b"null",
        "a number": b"1",
        "nested deep": b"[" * 3_000 + b"]" * 3_000,
        "cut off": b'{"sub":',
        "not UTF-8": b"\xff\xfe{}",
        "UTF-16": '{"sub":"x"}'.encode("utf-16"),
        "a token": good.encode(),
        "nothing": b"",
    }.items():
        yield f"claims that are {name}", _signed(tokens, names, payload)
    yield "nested in a token", _signed(tokens, {**names, "cty": "JWT"}, good.encode())


def _broken(tokens: Tokens) -> Iterator[tuple[str, str]]:
    """What is no token any more, or says more than it should."""
    good = tokens.forged()
    head, body, signature = good.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    names = {"alg": "EdDSA", "typ": "at+jwt", "kid": tokens.kid}
    flipped = signature[:-2] + ("A" if signature[-2] != "A" else "B") + signature[-1]
    yield from {
        "one part": head,
        "two parts": f"{head}.{body}",
        "four parts": f"{good}.x",
        "five parts": f"{head}.{body}.{signature}.x.y",
        "no signature": f"{head}.{body}.",
        "another signature": f"{head}.{body}.{flipped}",
        "half a signature": f"{head}.{body}.{signature[:43]}",
        "changed claims": f"{head}.{_part({**claims, 'roles': ['FB_LEADER']})}.{signature}",
        "changed header": f"{_part({**names, 'x': 1})}.{body}.{signature}",
        "header of a list": f"{_text(b'[]')}.{body}.{signature}",
        "header of text": f"{_text(b'alg')}.{body}.{signature}",
        "dots": "..",
        "dot": ".",
        "empty": "",
        "spaces": "   ",
        "huge": "a" * 100_000,
        "huge parts": f"{'a' * 50_000}.{body}.{signature}",
        "just too long": good + "A" * 8_192,
        "two tokens": f"{good} {good}",
        "two, with a comma": f"{good},{good}",
        "quoted": f'"{good}"',
        "JSON form": json.dumps({"payload": body, "protected": head, "signature": signature}),
        "with a line break": f"{head}.\n{body}.{signature}",
        "with a NUL": f"{good}\x00",
        "standard base64": f"{head}+.{body}/.{signature}=",
        "in upper case": good.upper(),
    }.items()
    yield "a wide token", tokens.forged({f"c{number}": number for number in range(2_000)})
    yield "a long token", tokens.forged({"x": "y" * 8_192})


def _signed(tokens: Tokens, head: Mapping[str, Any], payload: bytes) -> str:
    key = tokens.issuer.key.get_op_key("sign")
    assert isinstance(key, Ed25519PrivateKey)
    signed = f"{_part(head)}.{_text(payload)}"
    return f"{signed}.{_text(key.sign(signed.encode()))}"


def _part(value: Mapping[str, Any]) -> str:
    return _text(json.dumps(value).encode())


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
