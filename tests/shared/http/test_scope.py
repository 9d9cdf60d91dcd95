"""How far a person reaches, in which language they are told, and what a log may say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.decider import Owner
from shared.domain.refusals import Conflict, NotFound
from shared.http.failures import json_pointer, refusal_of
from shared.http.language import Language, preferred
from shared.http.limits import JSON_DEPTH_MAX, expect_sane_json
from shared.http.operations import PathTable
from shared.http.policy import BUREAU_ROLES, DEPARTMENT_ROLES, UNIT_ROLES, Role
from shared.http.position import Position
from shared.http.problems import KERNEL_PROBLEMS, MalformedRequest, Problems, status_of
from shared.http.scope import Scope, covers
from shared.telemetry import correlation_from, traceparent_of

CODES = st.from_regex(r"\A[1-9][0-9]{5}\Z")
OWNERS = st.builds(
    Owner,
    region_code=CODES,
    department_code=st.sampled_from([None, "d1", "d2"]),
    unit_code=st.sampled_from([None, "u1", "u2"]),
)
SCOPES = st.builds(
    Scope,
    roles=st.frozensets(st.sampled_from(sorted(Role)), min_size=1, max_size=3),
    region_code=st.one_of(st.none(), CODES),
    unit_code=st.sampled_from([None, "u1", "*"]),
    department_code=st.sampled_from([None, "d1"]),
)


@pytest.mark.parametrize(
    ("region", "other", "expected"),
    [
        ("650000", "653121", True),
        ("653100", "653121", True),
        ("653100", "653100", True),
        ("653100", "653200", False),
        ("653121", "653100", False),
        ("653121", "653122", False),
        ("000000", "110000", True),
        ("opaque", "opaque", True),
        ("opaque", "opaque2", False),
        ("6531", "653121", False),
    ],
)
def test_a_region_covers_what_lies_below_it(region: str, other: str, *, expected: bool) -> None:
    assert covers(region, other) is expected


@given(SCOPES, OWNERS)
def test_who_may_write_may_read(scope: Scope, owner: Owner) -> None:
    assert not scope.may_write(owner) or scope.may_read(owner)


@given(SCOPES, OWNERS)
def test_nobody_writes_outside_the_own_region(scope: Scope, owner: Owner) -> None:
    if scope.may_write(owner):
        assert scope.region_code == owner.region_code


@given(SCOPES, OWNERS)
def test_a_unit_reaches_only_itself(scope: Scope, owner: Owner) -> None:
    if scope.roles <= UNIT_ROLES and scope.may_read(owner):
        assert owner.unit_code is not None
        assert scope.unit_code in {owner.unit_code, "*"}
    if scope.roles <= DEPARTMENT_ROLES and scope.may_read(owner):
        assert owner.department_code == scope.department_code


@given(CODES, OWNERS)
def test_a_bureau_reads_the_tree_and_writes_its_own_region(region: str, owner: Owner) -> None:
    scope = Scope(roles=BUREAU_ROLES, region_code=region, unit_code=None, department_code=None)
    assert scope.may_write(owner) == (owner.region_code == region)
    assert scope.may_read(owner) == covers(region, owner.region_code)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", Language.EN),
        ("zh", Language.ZH),
        ("zh-CN,zh;q=0.9,en;q=0.8", Language.ZH),
        ("en-GB, zh;q=0.5", Language.EN),
        ("zh;q=0.1, en;q=0.2", Language.EN),
        ("fr, zh;q=0.3", Language.ZH),
        ("*", Language.EN),
        ("zh;q=0", Language.EN),
        ("nonsense;;q=,", Language.EN),
    ],
)
def test_the_caller_chooses_the_language(header: str, expected: Language) -> None:
    assert preferred(header, Language.EN) is expected


@given(st.text(max_size=60))
def test_any_language_header_is_survived(header: str) -> None:
    assert preferred(header, Language.ZH) in Language


@given(st.text(min_size=1, max_size=30), st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1))
def test_a_position_reads_back(stream: str, version: int, said: int) -> None:
    position = Position("targets", stream, version, said)
    assert Position.read(position.token()) == position


@given(st.lists(st.one_of(st.text(max_size=5), st.integers(0, 9)), max_size=4))
def test_a_pointer_escapes(steps: list[object]) -> None:
    found = json_pointer(steps)
    back = [p.replace("~1", "/").replace("~0", "~") for p in found.split("/")[1:]]
    assert back == [str(step) for step in steps]


@pytest.mark.parametrize("depth", [JSON_DEPTH_MAX, JSON_DEPTH_MAX + 1])
def test_depth_is_counted_exactly(depth: int) -> None:
    body = b'["[[[[\\"[", ' * (depth - 1) + b"[]" + b"]" * (depth - 1)
    if depth <= JSON_DEPTH_MAX:
        expect_sane_json(body)
    else:
        with pytest.raises(MalformedRequest):
            expect_sane_json(body)


def test_a_path_is_found_by_its_shape() -> None:
    table = PathTable()
    for path in ("/v1/jars", "/v1/jars/{id}/put", "/v1/jars/all/put", "/v1/{kind}/x/y"):
        table.add(path, path)
    assert table.find("/v1/jars") == ("/v1/jars", [])
    assert table.find("/v1/jars/7/put") == ("/v1/jars/{id}/put", ["7"])
    assert table.find("/v1/jars/all/put") == ("/v1/jars/all/put", [])
    assert table.find("/v1/jars/x/y") == ("/v1/{kind}/x/y", ["jars"])
    assert table.find("/v1/jars/*/put") == ("/v1/jars/{id}/put", ["*"])
    for nothing in ("/", "", "/v1", "/v1/jars/", "/v1/jars//put", "/v1/jars/7/put/", "/v2/jars"):
        assert table.find(nothing) is None
    with pytest.raises(ValueError, match="share"):
        table.add("/v1/jars/{other}/put", "again")


def test_every_kernel_problem_is_told_in_both_languages() -> None:
    problems = Problems("https://example.org/problems/")
    for kind in KERNEL_PROBLEMS:
        english = problems.document(kind(), Language.EN)
        chinese = problems.document(kind(), Language.ZH)
        assert english["type"] == chinese["type"]
        assert english["type"].startswith("https://")
        assert english["status"] == status_of(kind)
        assert english["title"].isascii()
        assert not chinese["title"].isascii()
        assert not chinese["detail"].isascii()


class IndicatorUnknown(NotFound):
    """The library has no such indicator."""

    title_zh = "指标库中没有该指标"


def test_a_missing_thing_keeps_its_name_only_when_a_field_names_it() -> None:
    assert type(refusal_of(IndicatorUnknown("secret"))) is NotFound
    named = refusal_of(IndicatorUnknown(pointer="/indicators/0"))
    assert type(named) is IndicatorUnknown


def test_the_detail_of_a_rule_may_be_given_in_chinese() -> None:
    problems = Problems("https://example.org/")
    refusal = Conflict("too late", detail_zh="已逾期", remedy="ask", remedy_zh="请申请", limit=3)
    english = problems.document(refusal, Language.EN)
    chinese = problems.document(refusal, Language.ZH)
    assert (english["detail"], english["remedy"]) == ("too late", "ask")
    assert (chinese["detail"], chinese["remedy"]) == ("已逾期", "请申请")
    assert english["details"] == chinese["details"] == {"limit": 3}


@given(st.text(max_size=200), st.text(max_size=80))
def test_a_correlation_id_is_always_safe(given_id: str, traceparent: str) -> None:
    found = correlation_from(given_id, traceparent)
    assert 1 <= len(found) <= 128
    assert found.isascii()
    assert not set(found) & set(" \r\n\"'<>")


def test_a_trace_goes_on() -> None:
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    assert correlation_from(None, f"00-{trace}-00f067aa0ba902b7-01") == trace
    header = traceparent_of(trace)
    assert header is not None
    assert correlation_from("", header) == trace
    assert traceparent_of("order-7") is None
