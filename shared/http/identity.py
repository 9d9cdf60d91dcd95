"""Who is asking: a bearer token of the pinned issuer, verified once, remembered until it expires.

Source: `reliability` §6. One algorithm is allowed, the key is chosen by id from the issuer's
own set, headers that bring keys are ignored, an ID token is not an access token, and identity
is issuer and subject. Verifying costs 92 µs, remembering 0.1 µs.
"""

import json
import time
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

import structlog
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwa import JWSAlgModel
from joserfc.jws import JWSRegistry

from shared.http.keys import KeySource
from shared.http.policy import EVERYONE, Role
from shared.http.problems import RoleMissing, Unauthenticated
from shared.http.scope import PUBLIC_SCOPE, Scope, bureau_alone

LEEWAY_SECONDS: Final = 30
TOKEN_BYTES_MAX: Final = 8_192
REMEMBERED_TOKENS_MAX: Final = 10_000
TYPES: Final = frozenset({"at+jwt", "application/at+jwt"})

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The bearer of a valid token."""

    actor: str
    roles: frozenset[Role]
    region_code: str | None
    unit_code: str | None
    department_code: str | None
    expires_at: float

    def scope(self, admitted: frozenset[Role]) -> Scope:
        """How far this person reaches in an operation that admits these roles."""
        return Scope(
            roles=self.roles & admitted,
            region_code=self.region_code,
            unit_code=self.unit_code,
            department_code=self.department_code,
        )


ANYBODY: Final = Person(
    actor="public",
    roles=EVERYONE,
    region_code=None,
    unit_code=None,
    department_code=None,
    expires_at=float("inf"),
)
"""Who asks without a token."""


class OneAlgorithm(JWSRegistry):
    """Knows the allowed algorithm and no other, `none` and HMAC least of all."""

    def get_alg(self, name: str) -> JWSAlgModel:
        if self.allowed is None or name not in self.allowed:
            raise JoseError("the algorithm is not allowed")
        return self.algorithms[name]


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object in which no name comes twice: two readers must not see two tokens."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError("a claim comes twice")
        found[name] = value
    return found


@dataclass(slots=True, kw_only=True)
class Identity:
    """Verifies bearer tokens of one issuer for one audience."""

    keys: KeySource
    issuer: str
    audience: str
    algorithm: str = "EdDSA"
    token_seconds_max: int = 900
    clock: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic
    remembered: dict[bytes, tuple[Person, float]] = field(default_factory=dict, repr=False)
    """Who sent this, and until when that may be believed by the clock that is never set."""

    def known(self, authorization: bytes) -> Person | None:
        """Who sent this before, as long as that may be believed."""
        known = self.remembered.get(authorization)
        if known is None:
            return None
        person, until = known
        if person.expires_at > self.clock() and until > self.monotonic():
            return person
        # A clock that was set back must not lengthen a life: it is looked at as if new.
        del self.remembered[authorization]
        return None

    async def person(self, authorization: bytes | None) -> Person | None:
        """The bearer named by an `Authorization` header; `None` without one.

        Raises `Unauthenticated` when there is a token but not a good one.
        """
        if authorization is None:
            return None
        known = self.known(authorization)
        if known is not None:
            return known
        person = await self._verify(authorization)
        while len(self.remembered) >= REMEMBERED_TOKENS_MAX:
            self.remembered.pop(next(iter(self.remembered)))
        self.remembered[authorization] = person, self.monotonic() + person.expires_at - self.clock()
        return person

    async def admit(
        self,
        authorization: bytes | None,
        admitted: frozenset[Role],
        scope: MutableMapping[str, Any],
    ) -> Person:
        """The caller of an operation that admits these roles, or a refusal.

        Who it is stands in the ASGI scope from then on, for the log of a denial too.
        """
        person = await self.person(authorization)
        scope["abacus.person"] = person or ANYBODY
        if Role.PUBLIC in admitted:
            return person or ANYBODY
        if person is None:
            _refuse("no access token was sent")
        if not person.roles & admitted:
            raise RoleMissing(
                "This operation is for: " + ", ".join(sorted(admitted)),
                detail_zh="该操作仅限以下角色：" + "、".join(sorted(admitted)),
            )
        return person

    async def _verify(self, authorization: bytes) -> Person:
        scheme, _, token = authorization.partition(b" ")
        token = token.strip()
        if scheme.lower() != b"bearer" or not token or len(token) > TOKEN_BYTES_MAX:
            _refuse("the Authorization header is not a bearer token")
        try:
            header = jws.extract_compact(token).headers()
            kid = header.get("kid")
            if header.get("typ") not in TYPES or not isinstance(kid, str):
                _refuse("this is not an access token")
            key = await self.keys.key(kid)
            if key is None:
                _refuse("the signing key is not known")
            registry = OneAlgorithm(algorithms=[self.algorithm])
            signed = jws.deserialize_compact(token, key, registry=registry)
            claims = json.loads(signed.payload, object_pairs_hook=_once)
        except (JoseError, ValueError, TypeError, RecursionError) as problem:
            log.info("token_refused", problem=type(problem).__name__)
            _refuse("the token is not valid")
        if not isinstance(claims, dict):
            _refuse("the token holds no claims")
        return self._bearer(claims)

    def _bearer(self, claims: Mapping[str, Any]) -> Person:
        now = self.clock()
        if claims.get("iss") != self.issuer or not _aimed_at(claims.get("aud"), self.audience):
            _refuse("the token is from or for someone else")
        expires, issued = _moment(claims, "exp"), _moment(claims, "iat")
        starts = _moment(claims, "nbf") if "nbf" in claims else issued
        if expires <= now - LEEWAY_SECONDS:
            _refuse("the token has expired")
        if max(starts, issued) > now + LEEWAY_SECONDS:
            _refuse("the token is not valid yet")
        if expires - issued > self.token_seconds_max:
            _refuse("the token lives longer than allowed")
        subject, roles = claims.get("sub"), claims.get("roles")
        if not isinstance(subject, str) or not subject or not isinstance(roles, list):
            _refuse("the token names no subject or no roles")
        held = frozenset(role for role in Role if role.value in roles) - EVERYONE
        if not bureau_alone(held):
            _refuse("nobody holds a role of a unit and one of the bureau")
        return Person(
            actor=f"{self.issuer}|{subject}",
            roles=held,
            region_code=_text(claims, "region_code"),
            unit_code=_text(claims, "unit_code"),
            department_code=_text(claims, "department_code"),
            expires_at=expires + LEEWAY_SECONDS,
        )


def scope_in(person: Person, admitted: frozenset[Role]) -> Scope:
    """The caller's reach in an operation; a public operation shows everybody the same."""
    return PUBLIC_SCOPE if Role.PUBLIC in admitted else person.scope(admitted)


def _refuse(reason: str) -> NoReturn:
    raise Unauthenticated(
        f"Send a valid access token: {reason}.",
        detail_zh="请提供有效的访问令牌。",
        headers={"www-authenticate": 'Bearer error="invalid_token"'},
    )


def _aimed_at(audience: object, ours: str) -> bool:
    return audience == ours or (isinstance(audience, list) and ours in audience)


def _moment(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        _refuse(f"the claim {name} is missing or not a number")
    if value != value or abs(value) > 1e12:  # noqa: PLR0124, PLR2004 - NaN is not itself; far future
        _refuse(f"the claim {name} is not a moment")
    return float(value)


def _text(claims: Mapping[str, Any], name: str) -> str | None:
    value = claims.get(name)
    if value is not None and (not isinstance(value, str) or not value):
        _refuse(f"the claim {name} is not a text")
    return value
