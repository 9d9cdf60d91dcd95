"""Who may ask: forged tokens, the key set of the issuer, and the separation of roles."""

import json
import time
from pathlib import Path

import pytest
from joserfc.jwk import OKPKey

from shared.http.identity import ANYBODY, LEEWAY_SECONDS, REMEMBERED_TOKENS_MAX, Identity
from shared.http.issuer import Bearer, Issuer
from shared.http.keys import Jwks
from shared.http.policy import Role
from shared.http.problems import Unauthenticated
from shared.testing.api_spec import Api
from shared.testing.tokens import AUDIENCE, ISSUER, Tokens
from tests.shared.http.jars import JarsSettings

ATTACKS = sorted(Tokens.fresh().attacks())


@pytest.mark.parametrize("attack", ATTACKS)
async def test_a_forged_token_opens_nothing(jars: Api, attack: str) -> None:
    token = jars.tokens.attacks()[attack]
    for path, body in (("/v1/jars", {"jar_id": "a"}), ("/v1/imports?operation=open_jar", None)):
        answer = await jars.post(path, body, by={"authorization": f"Bearer {token}"})
        answer.then(401).refused("unauthenticated").recorded_nothing()
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert token not in answer.response.text or not token.strip("x")


@pytest.mark.parametrize("header", ["", "Basic bGk6eA==", "Bearer", "bearer  ", "Token x"])
async def test_only_bearer_tokens_are_read(jars: Api, header: str) -> None:
    (await jars.post("/v1/jars", {"jar_id": "a"}, by={"authorization": header})).then(401)


async def test_without_a_token_nothing_opens(jars: Api) -> None:
    (await jars.post("/v1/jars", {"jar_id": "a"}, by={})).then(401).recorded_nothing()


async def test_the_good_token_of_the_forger_is_good(jars: Api) -> None:
    token = {"authorization": f"Bearer {jars.tokens.forged()}"}
    (await jars.post("/v1/jars", {"jar_id": "a"}, by=token)).then(201)


async def test_public_operations_need_no_token_but_no_bad_one_either(jars: Api) -> None:
    (await jars.get("/v1/vocabulary", by={})).then(200)
    (await jars.get("/v1/vocabulary", by={"authorization": "Bearer x"})).then(401)


async def test_a_remembered_token_is_forgotten_when_it_expires() -> None:
    tokens, now = Tokens.fresh(), time.time()
    moments = [now, now + 10, now + 1_000]
    identity = Identity(
        keys=tokens.keys, issuer=ISSUER, audience=AUDIENCE, clock=lambda: moments[0]
    )
    header = f"Bearer {tokens.forged()}".encode()
    first = await identity.person(header)
    moments.pop(0)
    assert await identity.person(header) is first
    moments.pop(0)
    for _ in range(2):
        with pytest.raises(Unauthenticated):
            await identity.person(header)


async def test_a_clock_that_is_set_back_gives_a_token_no_longer_life() -> None:
    tokens, wall, steady = Tokens.fresh(), [time.time()], [0.0]
    identity = Identity(
        keys=tokens.keys,
        issuer=ISSUER,
        audience=AUDIENCE,
        clock=lambda: wall[0],
        monotonic=lambda: steady[0],
    )
    header = f"Bearer {tokens.forged()}".encode()
    first = await identity.person(header)
    wall[0] -= 86_400
    assert await identity.person(header) is first
    steady[0] += 300 + LEEWAY_SECONDS
    with pytest.raises(Unauthenticated):
        await identity.person(header)


async def test_not_more_tokens_are_remembered_than_allowed() -> None:
    tokens = Tokens.fresh()
    identity = Identity(keys=tokens.keys, issuer=ISSUER, audience=AUDIENCE)
    known = identity.remembered
    known.update({str(n).encode(): (ANYBODY, 0.0) for n in range(REMEMBERED_TOKENS_MAX)})
    await identity.person(f"Bearer {tokens.forged()}".encode())
    assert len(known) == REMEMBERED_TOKENS_MAX


async def test_ten_thousand_unknown_keys_cause_one_fetch(tmp_path: Path) -> None:
    tokens, now = Tokens.fresh(), [1_000.0]
    source = tmp_path / "jwks.json"
    source.write_text(json.dumps(tokens.issuer.jwks()))
    keys = Jwks(str(source), "EdDSA", monotonic=lambda: now[0])
    assert await keys.key(tokens.kid) is not None
    for number in range(10_000):
        assert await keys.key(f"unknown-{number}") is None
    assert keys.fetches == 1
    now[0] += 31
    assert await keys.key("unknown") is None
    assert await keys.key("other") is None
    assert keys.fetches == 2


async def test_keys_outlive_an_absent_issuer_and_follow_a_rotation(tmp_path: Path) -> None:
    tokens, now = Tokens.fresh(), [1_000.0]
    source = tmp_path / "jwks.json"
    source.write_text(json.dumps(tokens.issuer.jwks()))
    keys = Jwks(str(source), "EdDSA", monotonic=lambda: now[0])
    assert await keys.key(tokens.kid) is not None
    source.write_text("gone")
    now[0] += 1_800
    assert await keys.key(tokens.kid) is not None
    successor = Tokens.fresh()
    source.write_text(json.dumps(successor.issuer.jwks()))
    now[0] += 31
    assert await keys.key(successor.kid) is not None
    assert await keys.key(tokens.kid) is None


async def test_only_signing_keys_of_the_allowed_type_are_used(tmp_path: Path) -> None:
    tokens = Tokens.fresh()
    public = tokens.issuer.key.as_dict(private=False)
    source = tmp_path / "jwks.json"
    entries = [
        {**public, "kid": "for-encryption", "use": "enc"},
        {"kty": "oct", "kid": "secret", "k": "c2VjcmV0"},
        {"kty": "OKP", "kid": "broken"},
        {**public, "kid": "good"},
    ]
    source.write_text(json.dumps({"keys": entries}))
    keys = Jwks(str(source), "EdDSA")
    found = [
        name for name in ("for-encryption", "secret", "broken", "good") if await keys.key(name)
    ]
    assert found == ["good"]


def test_the_embedded_issuer_keeps_its_key_to_itself(tmp_path: Path) -> None:
    settings = JarsSettings.model_validate({"data_dir": tmp_path})
    first, again = Issuer.of(settings), Issuer.of(settings)
    assert first.key.kid == again.key.kid
    assert settings.issuer_key_file.stat().st_mode & 0o077 == 0
    published = json.loads((tmp_path / "issuer.jwks.json").read_text())
    assert "d" not in published["keys"][0]
    assert OKPKey.import_key(published["keys"][0]).kid == first.key.kid
    assert first.mint(Bearer(subject="li", roles=[Role.UNIT_HEAD])).count(".") == 2
