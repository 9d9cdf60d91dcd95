"""Nobody reads what is not theirs: every question of every service, as every role of A, about B.

B's rows hold canaries. Lists are asked as they are, and with B's own codes in every filter; files
and spreadsheets are unpacked. Of a single thing the answer about B's and about one that does not
exist is the same: status, body and headers. As a control B's own people ask the same and do see
canaries. Source: `reliability` S2.
"""

import json
import logging
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode
from zipfile import ZipFile, is_zipfile

import pytest
import structlog
from sqlalchemy import true

from shared.http.policy import Role
from shared.http.scope import Scope
from shared.testing.servers import Postgres
from tests.authority.callers import ROLES, header
from tests.authority.division import expected
from tests.authority.doors import PLACES, Answer, Door, House
from tests.authority.lives import LIVES
from tests.authority.two_regions import BIRD, CANARIES, A, B, Twins, twins
from tests.authority.writing import document

NOWHERE: Final = "NOWHERE"
SHOWN_MIN: Final = 0.3
CLASSES: Final = (Role.UNIT_HEAD, Role.DEPT_HEAD, Role.FB_PERFORMANCE, Role.AUDIT, Role.EXPERT)
ITSELF: Final = frozenset({"instance", "correlation_id"})
VARYING: Final = frozenset({"abacus-correlation-id", "content-length", "etag"})
PLAIN: Final = 1
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?")
SHARED: Final = frozenset({"list_third_parties", "get_third_party"})
"""Institutions work everywhere and stand in one register (`domain` §4.13)."""
FORMS: Final = ("csv", "xlsx")
PLANTED: Final = ("list_projects", "get_project")
NARROWING: Final = frozenset(
    {"region", "region_code", "unit_code", "department_code", "project_code", "q", "search"}
)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.reset_defaults()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("service", sorted(LIVES))
async def test_nothing_of_b_is_seen_from_a(
    postgres: Postgres, tmp_path: Path, service: str
) -> None:
    manifest = import_module(f"services.{service}.main").service
    async with twins(manifest, postgres, tmp_path, LIVES[service]) as both:
        assert both.copied >= 10
        doors = [one for one in both.house.doors if _reads(one) and not _public(one)]
        found = await _crawled(both, doors)
        assert not found.wrong, "\n".join(found.wrong[:40])
        unseen = sorted({one.operation for one in doors} - found.shown)
        assert len(found.shown) >= SHOWN_MIN * len(doors), unseen
        assert found.asked >= 4 * len(doors)


async def test_a_planted_leak_is_seen(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = import_module("services.targets.main").service
    async with twins(manifest, postgres, tmp_path, LIVES["targets"]) as both:
        doors = [one for one in both.house.doors if one.operation in PLANTED]
        assert not (await _crawled(both, doors)).wrong
        monkeypatch.setattr(Scope, "where", lambda _scope, **_columns: true())
        monkeypatch.setattr(Scope, "may_read", lambda _scope, _owner: True)
        wrong = (await _crawled(both, doors)).wrong
    assert {one.partition(" by ")[0] for one in wrong} == set(PLANTED)


@dataclass(slots=True)
class Crawl:
    """What was wrong, how often somebody asked, and which doors show B's people what is theirs."""

    wrong: list[str] = field(default_factory=list)
    asked: int = 0
    shown: set[str] = field(default_factory=set)


async def _crawled(both: Twins, doors: Sequence[Door]) -> Crawl:
    """Every question at these doors."""
    found = Crawl()
    for door in doors:
        for number, (path, query) in enumerate(_questions(both, door)):
            people = list(_people(both.house, door, A, whole=number == 0))
            # Files cost a second of processor; how far a person reaches is asked before.
            for role, token in people if number < PLAIN and not _heavy(door) else people[-2:]:
                answer = await both.house.ask("GET", path, headers=token, query=query)
                found.asked += 1
                if leak := _leaked(answer, path + query):
                    found.wrong.append(f"{door.operation} by {role} {path}?{query}: {leak}")
            _, token = next(iter(_people(both.house, door, B, whole=False)))
            answer = await both.house.ask("GET", path, headers=token, query=query)
            if answer.status == 200 and (BIRD in _text(answer) or _leaked(answer, query)):
                found.shown.add(door.operation)
        found.wrong += await _same_as_missing(both, door)
    return found


def _heavy(door: Door) -> bool:
    return door.operation.startswith(("export_", "print_"))


def _reads(door: Door) -> bool:
    return door.method == "GET" and not door.command and door.path.startswith("/v1/")


def _public(door: Door) -> bool:
    if door.operation in SHARED:
        return True
    return Role.PUBLIC in expected(door.service)[door.operation] or "import" in door.operation


def _people(
    house: House, door: Door, region: str, *, whole: bool
) -> Iterator[tuple[Role, Mapping[str, str]]]:
    """Those of a region who may ask: everybody, or one of each kind of reach."""
    admitted = [role for role in ROLES if role in expected(house.name)[door.operation]]
    some = [role for role in admitted if role in CLASSES] or admitted[:1]
    for role in admitted if whole else some:
        claims: dict[str, Any] = {"region_code": region, "roles": [role], "sub": role.value}
        claims |= {"unit_code": "*" if region == B else f"{A}001", "department_code": region}
        yield role, header(house.tokens, claims)


def _questions(both: Twins, door: Door) -> Iterator[tuple[str, str]]:
    """The paths of B's things, each with no more than it needs and with B's codes everywhere."""
    needed, known = _parameters(both, door)
    for number, path in enumerate(islice(_addresses(both, door), 2)):
        yield path, urlencode(needed)
        yield path, urlencode({**needed, **known})
        if number == 0:
            for form in FORMS if "format" in known else ():
                yield path, urlencode({**needed, "format": form})
            for name, value in known.items():
                if name in NARROWING:
                    yield path, urlencode({**needed, name: value})


def _parameters(both: Twins, door: Door) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What a question must say, and what it may say of B."""
    told = document(both.house)["paths"].get(door.path, {}).get("get", {}).get("parameters", ())
    needed, known = {}, {}
    for one in told:
        if one["in"] != "query":
            continue
        name = one["name"]
        value = _of_b(both, name)
        if name == "format":
            known[name] = "json"
        elif value is not None:
            known[name] = value
        if one.get("required"):
            needed[name] = value if value is not None else PLACES.get(name, "x")
    return needed, known


def _of_b(both: Twins, name: str) -> Any:  # noqa: ANN401 - whatever a column holds
    if name in {"region", "region_code"}:
        return B
    if name in {"q", "text", "search", "words"}:
        return BIRD
    return next(iter(both.theirs.get(name, ())), None)


def _addresses(both: Twins, door: Door) -> Iterator[str]:
    """Where B's things are: names that stand in one row come from one row."""
    names = [part[1:-1].partition(":")[0] for part in door.path.split("/") if part[:1] == "{"]
    if not names:
        yield door.path
        return
    found = dict.fromkeys(
        tuple(str(row[name]) for name in names)
        for row in both.together
        if all(row.get(name) for name in names)
    )
    apart = tuple(str(_of_b(both, name) or PLACES.get(name, NOWHERE)) for name in names)
    for values in found or {apart: None}:
        yield _filled(door, values)


def _filled(door: Door, values: Sequence[str]) -> str:
    left = iter(values)
    parts = (next(left) if part[:1] == "{" else part for part in door.path.split("/"))
    return "/".join(parts)


async def _same_as_missing(both: Twins, door: Door) -> list[str]:
    """Where B's thing and one that is nowhere are told apart."""
    if "{" not in door.path:
        return []
    wrong, (needed, _) = [], _parameters(both, door)
    for path in islice(_addresses(both, door), 2):
        nowhere = path
        for canary in CANARIES:
            nowhere = nowhere.replace(canary, NOWHERE if canary != CANARIES[2] else "deadbeef")
        nowhere = nowhere.replace(B, "653199")
        if nowhere == path:
            continue
        for role, token in _people(both.house, door, A, whole=False):
            query = urlencode(needed)
            there = await both.house.ask("GET", path, headers=token, query=query)
            missing = await both.house.ask("GET", nowhere, headers=token, query=query)
            if _said(there, path) != _said(missing, nowhere):
                wrong.append(
                    f"{door.operation} by {role}: {path} {there.kind} {there.body[:200]!r} "
                    f"but {nowhere} {missing.kind} {missing.body[:200]!r}"
                )
    return wrong


def _said(answer: Answer, path: str) -> object:
    """Everything that an answer says but what names this one request."""
    body = _body(answer)
    if answer.problem:
        told = json.loads(answer.body)
        body = json.dumps({name: told[name] for name in sorted(told.keys() - ITSELF)})
    headers = {name: text for name, text in answer.headers.items() if name not in VARYING}
    said = _MOMENT.sub("", f"{body} {json.dumps(headers)}")
    for part in filter(None, path.split("/")):
        said = said.replace(quote(part), "").replace(part, "")
    return answer.status, said


def _body(answer: Answer) -> str:
    """What can be read in a body, also in a file that is packed."""
    body = answer.body
    if answer.headers.get("content-encoding") == "gzip":
        body = zlib.decompress(body, 47)
    if is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as packed:
            body = b"".join(packed.read(name) for name in packed.namelist())
    return body.decode("utf-8", "replace")


def _text(answer: Answer) -> str:
    """What can be read in an answer, its headers included."""
    text, headers = _body(answer), " ".join(answer.headers.values())
    # Some JSON is written with escapes, which hide a word from who looks for it.
    return f"{text} {headers} {_unescaped(text)}"


def _unescaped(text: str) -> str:
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return ""


def _leaked(answer: Answer, said: str) -> str:
    """The canary in an answer that its question did not hold."""
    text = _text(answer)
    hidden = [one for one in CANARIES if one not in said and urlencode({"": one})[1:] not in said]
    return next((f"{one} ({answer.status})" for one in hidden if one in text), "")
