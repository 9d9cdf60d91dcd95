"""Forged tokens open nothing, cost no fetch, and an issuer that is away takes nobody's token away.

Source: `reliability` S5. Every attack is tried at a command and at a question of a real service.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

import httpx
import pytest

from shared.http.identity import Identity
from shared.http.keys import REFETCH_SECONDS_MIN, Jwks
from shared.http.problems import Unauthenticated
from shared.testing.tokens import AUDIENCE, ISSUER, Tokens
from tests.authority.doors import House
from tests.authority.forgeries import of

ATTACKS_MIN = 200
DOORS = (("POST", "/v1/units"), ("GET", "/v1/units"), ("POST", "/v1/imports"))

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_no_forged_token_opens_anything_or_is_said_back(houses: Sequence[House]) -> None:
    house = houses[0]
    attacks = list(of(house.tokens))
    assert len({token for _, token in attacks}) >= ATTACKS_MIN
    wrong = []
    for (name, token), (method, path) in product(attacks, DOORS):
        sent = {"authorization": "Bearer " + token.encode().decode("latin-1")}
        answer = await house.ask(
            method, path, headers=sent, body=b"{}" if method == "POST" else b""
        )
        echoed = len(token) > 20 and token[:200].encode() in answer.body
        if answer.kind != (401, "unauthenticated") or echoed:
            wrong.append(f"{method} {path} with {name}: {answer.kind}")
    assert not wrong, "\n".join(wrong)
    assert await house.store.read_ledger(0, 1) == []


async def test_the_forger_can_make_a_good_token(houses: Sequence[House]) -> None:
    good = {"authorization": f"Bearer {houses[0].tokens.forged()}"}
    assert (await houses[0].ask("GET", "/v1/units", headers=good)).status == 503  # let in to read


async def test_just_within_the_edges_a_token_is_good() -> None:
    tokens, now = Tokens.fresh(), 1_700_000_000
    identity = Identity(keys=tokens.keys, issuer=ISSUER, audience=AUDIENCE, clock=lambda: now)
    life = {"iat": now, "nbf": now, "exp": now + 900}
    edges: Sequence[Mapping[str, object]] = (
        life,
        {"iat": now - 870, "nbf": now - 870, "exp": now - 29},
        {"iat": now + 30, "nbf": now + 30, "exp": now + 930},
        {**life, "aud": ["elsewhere", AUDIENCE]},
    )
    for claims in edges:
        person = await identity.person(f"Bearer {tokens.forged(claims)}".encode())
        assert person is not None


async def test_identity_is_issuer_and_subject_and_no_address(houses: Sequence[House]) -> None:
    tokens = houses[0].tokens
    identity = Identity(keys=tokens.keys, issuer=ISSUER, audience=AUDIENCE)
    same = {"email": "li@example.org", "preferred_username": "li", "upn": "li", "actor": "li"}
    people = [
        await identity.person(f"Bearer {tokens.forged({**same, 'sub': sub})}".encode())
        for sub in ("li", "wang")
    ]
    assert [person and person.actor for person in people] == [f"{ISSUER}|li", f"{ISSUER}|wang"]


class Issuer:
    """An issuer's key set over HTTP, which counts who asks and may be away."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Answer whatever `httpx` asks for."""
        self.asked = 0
        self.away = False
        self.keys: dict[str, object] = {}
        real = httpx.AsyncClient

        def client(**options: object) -> httpx.AsyncClient:
            return real(transport=httpx.MockTransport(self._answer), **options)  # type: ignore[arg-type]

        monkeypatch.setattr("shared.http.keys.httpx.AsyncClient", client)

    def _answer(self, _request: httpx.Request) -> httpx.Response:
        self.asked += 1
        return httpx.Response(503) if self.away else httpx.Response(200, json=self.keys)


async def test_ten_thousand_unknown_keys_cause_one_fetch_in_half_a_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    issuer, tokens, now = Issuer(monkeypatch), Tokens.fresh(), [1_000.0]
    issuer.keys = dict(tokens.issuer.jwks())
    keys = Jwks("https://issuer.test/jwks.json", "EdDSA", monotonic=lambda: now[0])
    identity = Identity(keys=keys, issuer=ISSUER, audience=AUDIENCE)
    stranger = Tokens.fresh()

    async def comes(number: int) -> bool:
        forged = stranger.forged(header={"kid": f"unknown-{number}"})
        try:
            await identity.person(f"Bearer {forged}".encode())
        except Unauthenticated:
            return False
        return True

    for wave in range(4):
        came = await asyncio.gather(*(comes(wave * 2_500 + one) for one in range(2_500)))
        assert not any(came)
    assert issuer.asked == 1
    # Whoever has a good token is let in meanwhile, without another fetch.
    assert await identity.person(f"Bearer {tokens.forged()}".encode()) is not None
    now[0] += REFETCH_SECONDS_MIN - 1
    assert not await comes(10_001)
    assert issuer.asked == 1
    now[0] += 2
    assert not any(await asyncio.gather(*(comes(20_000 + one) for one in range(500))))
    assert issuer.asked == 2


async def test_while_the_issuer_is_away_good_tokens_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    issuer, tokens, now = Issuer(monkeypatch), Tokens.fresh(), [1_000.0]
    issuer.keys = dict(tokens.issuer.jwks())
    keys = Jwks("https://issuer.test/jwks.json", "EdDSA", monotonic=lambda: now[0])
    assert await keys.key(tokens.kid) is not None
    issuer.away = True
    for _minute in range(30):
        now[0] += 60
        identity = Identity(keys=keys, issuer=ISSUER, audience=AUDIENCE)
        assert await identity.person(f"Bearer {tokens.forged()}".encode()) is not None
    assert issuer.asked <= 1 + 30 * 60 / REFETCH_SECONDS_MIN
    assert issuer.asked >= 2  # it was looked for


async def test_a_key_set_that_lies_takes_nothing_away(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    issuer, tokens, now = Issuer(monkeypatch), Tokens.fresh(), [1_000.0]
    source = tmp_path / "jwks.json"
    source.write_text(json.dumps(tokens.issuer.jwks()))
    keys = Jwks(str(source), "EdDSA", monotonic=lambda: now[0])
    assert await keys.key(tokens.kid) is not None
    for nonsense in ("", "[]", "null", '{"keys": null}', '{"keys": [1, null, []]}', "<html>", "{}"):
        source.write_text(nonsense)
        now[0] += 601
        assert await keys.key(tokens.kid) is not None, nonsense
    assert issuer.asked == 0
