"""Every denial is on record with who, what and why, and no secret or personal field with it.

Source: `reliability` S7, P12 and §6 (audit). Every door is asked with canaries wherever a caller
can write something; a log line holds none of them.
"""

import json
import logging
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from typing import Any, Final

import pytest
import structlog
from structlog.testing import capture_logs

from shared.http import edge
from shared.http.policy import Role
from shared.telemetry import DENIALS
from tests.authority.callers import HOME, header, worthless
from tests.authority.division import expected, unlocked
from tests.authority.doors import Door, House

DENIED: Final = frozenset({401, 403, 404})
DENIALS_MIN: Final = 1_500
NAME, NUMBER, WORD = "阿卜杜拉金丝雀", "653101199001010018", "canary-7f3a9b"
CANARIES: Final = (NAME, NUMBER, WORD)
SUBJECT: Final = "person-4711"
BODY: Final = json.dumps(
    {"name": NAME, "number": NUMBER, "contact": WORD, "bank_account": NUMBER, "text": NAME}
).encode()
WRITTEN: Final = {
    "cookie": f"session={WORD}",
    "user-agent": WORD,
    "referer": f"https://x.example/{WORD}",
    "x-forwarded-for": NUMBER,
    "idempotency-key": WORD,
    "if-match": "*",
}

type Lines = Sequence[MutableMapping[str, Any]]

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """What is logged meanwhile."""
    structlog.reset_defaults()
    # A logger that has spoken keeps its way of speaking; another test may have had it speak.
    monkeypatch.setattr(edge, "log", structlog.get_logger())
    with capture_logs() as found:
        yield found
    structlog.reset_defaults()


def _asked(door: Door) -> str:
    """The address with a canary in every place."""
    return "/".join(WORD if part.startswith("{") else part for part in door.path.split("/"))


async def test_every_denial_says_who_what_and_why(
    houses: Sequence[House], lines: Lines, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    denied, secrets = 0, []
    for house in houses:
        more = {"name": NAME, "email": f"{WORD}@example.org", "id_number": NUMBER, "sub": SUBJECT}
        callers: dict[str, Mapping[str, str]] = {
            "none": {},
            "bad": worthless(house.tokens)["expired"],
            **{
                role: header(house.tokens, {**HOME, **more, "roles": [role]})
                for role in (Role.SYS_ADMIN, Role.FB_PERFORMANCE)
            },
        }
        # Who it is cannot be said of a bad token, and is said of nobody without one.
        whose: dict[str, str | None] = dict.fromkeys(callers, f"https://issuer.test|{SUBJECT}")
        whose |= {"none": "public", "bad": None}
        secrets += [one.get("authorization", "") for one in callers.values()]
        for door in house.doors:
            if door.operation in unlocked() or door.operation == "follow_feed":
                continue
            for role, token in callers.items():
                before = len(lines)
                answer = await house.ask(
                    door.method,
                    _asked(door),
                    headers={**WRITTEN, **token},
                    body=BODY if door.method == "POST" else b"",
                    query=f"region={WORD}&limit={WORD}" if door.method == "GET" else "",
                )
                if answer.status not in DENIED or "problem" not in answer.headers["content-type"]:
                    continue
                denied += 1
                (line,) = [one for one in lines[before:] if one["event"] == "request_denied"]
                assert line["actor"] == whose[role], line
                assert (line["operation"], line["status"]) == (door.operation, answer.status)
                assert line["why"], line
                if answer.status == 403 and role not in expected(house.name)[door.operation]:
                    assert line["why"] == "RoleMissing"
    assert denied >= DENIALS_MIN
    text = json.dumps(list(lines), ensure_ascii=False, default=str) + caplog.text
    found = [one for one in (*CANARIES, *filter(None, secrets)) if one in text]
    assert not found
    assert all(token.removeprefix("Bearer ") not in text for token in filter(None, secrets))


@pytest.mark.parametrize("status", sorted(DENIED))
async def test_a_planted_silence_is_seen(
    houses: Sequence[House],
    lines: Lines,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
) -> None:
    monkeypatch.setattr(edge, "_DENIED", DENIED - {status})
    with pytest.raises(ValueError, match="not enough values"):
        await test_every_denial_says_who_what_and_why(houses, lines, caplog)


async def test_a_missing_and_a_foreign_thing_are_told_alike_and_logged_apart(
    houses: Sequence[House], lines: Lines
) -> None:
    house = houses[0]
    region = json.dumps({"region_code": "653101", "name": "喀什市", "parent_code": "653100"})
    leader = header(house.tokens, {"roles": ["FB_LEADER"], "region_code": "653100"})
    stranger = header(house.tokens, {"roles": ["FB_LEADER"], "region_code": "650100"})
    await house.ask("POST", "/v1/regions", headers=leader, body=region.encode())
    told = [
        await house.ask(
            "POST",
            f"/v1/regions/{code}/rename",
            headers={**stranger, "if-match": "*"},
            body=json.dumps({"name": "新名", "from_on": "2021-03-01"}).encode(),
        )
        for code in ("653100", "659999")
    ]
    assert {answer.kind for answer in told} == {(404, "not-found")}
    whys = {line["why"] for line in lines if line["event"] == "request_denied"}
    assert whys
    assert None not in whys


async def test_every_denial_is_counted(houses: Sequence[House]) -> None:
    house = houses[0]
    counted = DENIALS.labels("targets", "approve_target", 401)
    before = counted._value.get()  # noqa: SLF001 - the library has no other way to read one
    for _ in range(7):
        await house.ask("POST", "/v1/targets/x/approve")
    assert counted._value.get() == before + 7  # noqa: SLF001
