"""The application around the routes: start-up, documents, headers, the unexpected."""

import dataclasses
import json
from pathlib import Path

import httpx
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from shared.http.app import create_app
from shared.http.policy import EVERYONE, Role
from shared.http.routes import PolicyIncomplete
from shared.settings import ServiceSettings
from shared.testing.api_spec import Api, api
from shared.testing.tokens import Tokens
from tests.shared.http.jars import JarsSettings, service


def settings(folder: Path, **more: object) -> ServiceSettings:
    """Settings that touch nothing of the machine."""
    return JarsSettings.model_validate({"data_dir": folder, **more})


def test_an_operation_without_a_policy_row_does_not_start(tmp_path: Path) -> None:
    for name in ("open_jar", "get_jar"):
        rows = {row: roles for row, roles in service.policy.items() if row != name}
        unguarded = dataclasses.replace(service, policy=rows)
        with pytest.raises(PolicyIncomplete, match=name):
            create_app(unguarded, settings=settings(tmp_path))


def test_a_policy_row_without_an_operation_does_not_start(tmp_path: Path) -> None:
    idle = dataclasses.replace(service, policy={**service.policy, "close_jar": EVERYONE})
    with pytest.raises(PolicyIncomplete, match="close_jar"):
        create_app(idle, settings=settings(tmp_path))


async def test_openapi_is_valid_and_exact(jars: Api) -> None:
    document = (await jars.get("/openapi.json")).then(200).json
    OpenAPIV31SpecValidator(document).validate()
    assert [server["url"] for server in document["servers"]] == ["/", "/jars"]
    put = document["paths"]["/v1/jars/{jar_id}/put"]["post"]
    assert put["operationId"] == "put_coins"
    assert put["security"] == [{"bearer": []}]
    assert put["x-abacus-roles"] == sorted(service.policy["put_coins"])
    declared = {p["name"]: p["required"] for p in put["parameters"]}
    assert declared == {
        "jar_id": True,
        "dry_run": False,
        "effective_at": False,
        "idempotency-key": False,
        "if-match": True,
    }
    take = document["paths"]["/v1/jars/{jar_id}/take"]["post"]
    key = next(p for p in take["parameters"] if p["name"] == "idempotency-key")
    assert key["required"]
    reference = put["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    assert reference.endswith("/CoinsBody")
    assert {
        "204",
        "200",
        "400",
        "401",
        "403",
        "404",
        "409",
        "412",
        "413",
        "415",
        "422",
        "428",
    } <= set(put["responses"])
    problem = put["responses"]["422"]["content"]["application/problem+json"]["schema"]["$ref"]
    assert problem == "#/components/schemas/Problem"
    assert document["paths"]["/v1/window"]["get"]["security"] == [{}, {"bearer": []}]
    assert "HTTPValidationError" not in document["components"]["schemas"]
    example = document["paths"]["/v1/jars"]["post"]["requestBody"]["content"]["application/json"]
    assert "kitchen" in json.dumps(example)


async def test_behind_the_gateway_its_server_comes_first(jars: Api) -> None:
    answer = await jars.get("/openapi.json", headers={"x-forwarded-prefix": "/jars"})
    assert answer.json["servers"][0]["url"] == "/jars"


async def test_the_documentation_needs_no_other_host(jars: Api) -> None:
    page = (await jars.get("/docs")).then(200)
    assert "//" not in page.response.text.replace("<!doctype", "")
    for path in ("/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js", "/docs/start.js"):
        assert len((await jars.get(path)).then(200).response.content) > 100
    assert "script-src" not in page.headers["content-security-policy"]
    assert "default-src 'self'" in page.headers["content-security-policy"]


async def test_every_answer_is_guarded(jars: Api) -> None:
    for path in ("/v1/vocabulary", "/livez", "/nothing", "/v1/jars"):
        headers = (await jars.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["abacus-correlation-id"]
        assert headers["cache-control"]
        assert "set-cookie" not in headers
        assert "default-src 'none'" in headers["content-security-policy"]


async def test_an_unknown_path_and_an_unknown_method_are_problems(jars: Api) -> None:
    (await jars.get("/v1/nothing")).then(404).refused("not-found")
    answer = await jars.client.put("/v1/jars/a/put", headers=jars.by)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"
    both = await jars.client.delete("/v1/jars", headers=jars.by)
    assert both.headers["allow"] == "GET, POST"
    assert answer.json()["type"].endswith("/method-not-allowed")


async def test_a_bug_tells_nothing(jars: Api, caplog: pytest.LogCaptureFixture) -> None:
    jars.app.state.runtime.clock = None
    answer = await jars.post("/v1/jars", {"jar_id": "a"})
    answer.then(500).refused("something-broke").recorded_nothing()
    assert "NoneType" not in answer.response.text
    assert "Traceback" not in answer.response.text
    assert answer.json["correlation_id"] == answer.headers["abacus-correlation-id"]
    assert caplog is not None


async def test_vocabulary_has_both_languages(jars: Api) -> None:
    enums = (await jars.get("/v1/vocabulary", by={})).then(200).json["enums"]
    assert enums["Size"] == [{"code": "SMALL", "zh": "小", "en": "Small"}]
    assert {term["code"] for term in enums["Role"]} == set(Role)


async def test_the_clock_is_set_forward_by_those_who_may(jars: Api) -> None:
    later = {"now": "2090-01-01T00:00:00+08:00"}
    (await jars.post("/v1/clock", later)).then(403)
    by = jars.tokens.of(Role.SYS_ADMIN)
    (await jars.post("/v1/clock", later, by=by)).then(200)
    assert (await jars.get("/v1/clock")).json["now"].startswith("2089-12-31T16:00")
    (await jars.post("/v1/clock", {"now": "2021-01-01T00:00:00Z"}, by=by)).then(409)
    (await jars.post("/v1/clock", {"now": "2091-01-01T00:00:00"}, by=by)).then(422)
    (await jars.post("/v1/jars", {"jar_id": "a"})).then(201)
    entries = await jars.store.read_ledger(0, 1)
    assert jars.codec.decode(entries[0].event).occurred_at.year == 2089


async def test_a_real_clock_cannot_be_set(tmp_path: Path) -> None:
    async with api(service, data_dir=tmp_path, clock="system") as jars:
        by = jars.tokens.of(Role.SYS_ADMIN)
        (await jars.post("/v1/clock", {"now": "2090-01-01T00:00:00Z"}, by=by)).then(404)
        (await jars.get("/v1/clock")).then(404)


async def test_only_listed_origins_may_ask_from_a_browser(tmp_path: Path) -> None:
    origin = "https://portal.example"
    async with api(service, data_dir=tmp_path, cors_origins=f"{origin}, https://b.example") as jars:
        good = await jars.get("/v1/vocabulary", by={}, headers={"origin": origin})
        assert good.headers["access-control-allow-origin"] == origin
        assert "ETag" in good.headers["access-control-expose-headers"]
        bad = await jars.get("/v1/vocabulary", by={}, headers={"origin": "https://evil.example"})
        assert "access-control-allow-origin" not in bad.headers
        asked = {"origin": origin, "access-control-request-method": "POST"}
        preflight = await jars.client.options("/v1/jars", headers=asked)
        assert preflight.status_code == 200
        refused = await jars.get("/v1/jars", by={}, headers={"origin": origin})
        assert refused.then(401).headers["access-control-allow-origin"] == origin


async def test_metrics_name_operations_and_never_paths(jars: Api) -> None:
    await jars.post("/v1/jars/secret-name/put", {"coins": 1}, if_match="*")
    await jars.get("/v1/secret-path")
    text = (await jars.get("/metrics")).then(200).response.text
    assert 'operation="put_coins"' in text
    assert "secret" not in text


async def test_large_answers_are_compressed(jars: Api) -> None:
    answer = await jars.get("/v1/vocabulary", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JARS_DATABASE_URL", "postgresql://own")
    monkeypatch.setenv("JARS_PORT", "8123")
    monkeypatch.setenv("ABACUS_CORS_ORIGINS", "https://a.example, https://b.example")
    monkeypatch.setenv("ABACUS_CLOCK", "adjustable")
    found = JarsSettings()
    assert found.database_url == "postgresql://own"
    assert found.port == 8123
    assert found.cors_origins == ("https://a.example", "https://b.example")
    assert found.clock == "adjustable"
    assert "own" not in repr(found)


async def test_the_issuer_of_the_machine_is_trusted_by_default(tmp_path: Path) -> None:
    from shared.eventstore.memory import MemoryStore  # noqa: PLC0415 - only here
    from shared.http.issuer import Bearer, Issuer  # noqa: PLC0415 - only here

    chosen = settings(tmp_path)
    app = create_app(service, settings=chosen, store=MemoryStore())
    token = Issuer.of(chosen).mint(
        Bearer(subject="li", roles=[Role.UNIT_HEAD], region_code="653100", unit_code="u1")
    )
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://jars") as client:
            for bearer, status in ((token, 201), (Tokens.fresh().forged(), 401)):
                answer = await client.post(
                    "/v1/jars",
                    json={"jar_id": "a"},
                    headers={"authorization": f"Bearer {bearer}"},
                )
                assert answer.status_code == status
