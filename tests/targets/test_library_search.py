"""Searching the libraries in Chinese: complete, ranked, and fast with ten thousand entries."""

import time
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from math import inf
from statistics import quantiles
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.targets.projections.bigrams import folded, grams, wanted
from shared.http.policy import Role
from tests.targets.stories import REGION_CODE
from tests.targets.town import Town

KEEPER = Role.FB_PERFORMANCE
ENTRIES: Final = 10_000
CLASS_ENTRIES: Final = 500
P95_MILLISECONDS_MAX: Final = 50
ROUNDS: Final = 8
WIDE: Final = "\uff27\uff29\uff33"  # GIS as full-width letters
PARTS: Final = tuple(
    words.split()
    for words in (
        f"农村 城镇 校舍 公路 水利 医疗 养老 住房 草原 林地 5G网络 {WIDE} 乡村振兴 衔接资金",
        "维修改造 新建 补助 设备购置 人员培训 管护 宣传 监测 采购 建设工程 运行维护 应急处置",
        "数量 合格率 完成率 及时率 覆盖率 满意度 单位成本 增收金额 受益人数 持续年限 达标率",
    )
)


def chance(*about: object, below: int) -> int:
    """A number that depends on nothing but what it is about."""
    return int.from_bytes(sha256(repr(about).encode()).digest()[:4]) % below


@cache
def names() -> Sequence[str]:
    """Ten thousand names as offices write them; only the number makes some of them differ."""
    return [
        "".join(part[chance(number, place, below=len(part))] for place, part in enumerate(PARTS))
        + (f"({number % 97})" if number % 3 else "")
        for number in range(ENTRIES)
    ]


@cache
def queries() -> Sequence[str]:
    """Pieces of names, of one to eight characters; what no name has; words out of order."""
    pieces = []
    for number in range(0, ENTRIES, 160):
        name = names()[number]
        length = 1 + chance(number, "length", below=8)
        begin = chance(number, "begin", below=max(1, len(name) - length))
        pieces.append(name[begin : begin + length])
    return [*pieces, "航天发射", "率", "合格率校舍", "gis", "\uff15\uff47网络", "改造数量公路"]


@pytest.fixture
async def filled(real_town: Town) -> Town:
    """A library of ten thousand entries, in use."""
    numbered = [
        {"code": f"E{number:05d}", "name": name, "level1": "OUTPUT" if number % 2 else "BENEFIT"}
        for number, name in enumerate(names())
    ]
    rows = [
        {"path": {}, "body": class_body(f"{place:02d}", entries)}
        for place, entries in enumerate(
            numbered[first : first + CLASS_ENTRIES] for first in range(0, ENTRIES, CLASS_ENTRIES)
        )
    ]
    await real_town.imported(KEEPER, "import_library_class", rows)
    await real_town.done(KEEPER, "/libraries/XJ_INDUSTRY/publish")
    return real_town


def class_body(
    class_code: str, entries: Iterable[object], library: str = "XJ_INDUSTRY"
) -> dict[str, object]:
    """A class of a library."""
    return {
        "library": library,
        "region_code": REGION_CODE,
        "class_code": class_code,
        "class_name": f"行业{class_code}",
        "entries": list(entries),
    }


async def search(town: Town, **query: Any) -> Sequence[Any]:  # noqa: ANN401
    """Everything that is found, page by page."""
    found: list[Any] = []
    cursor: str | None = ""
    while cursor is not None:
        more: dict[str, Any] = {"cursor": cursor} if cursor else {}
        page = await town.read("/library-entries", limit=1000, **query, **more)
        found += page["items"]
        cursor = page["next"]
    return found


async def test_ten_thousand_entries_are_searched_completely_in_order_and_in_time(
    filled: Town,
) -> None:
    assert await p95(filled) < P95_MILLISECONDS_MAX
    for query in queries()[::4]:
        await expect_complete(filled, query)


async def p95(town: Town) -> float:
    """Milliseconds in which all but one of twenty questions are answered.

    The quickest of some rounds counts: what a neighbour on the machine takes is not ours.
    """
    spent = dict.fromkeys(queries(), inf)
    for _ in range(ROUNDS):
        for query in spent:
            began = time.perf_counter()
            await town.read("/library-entries", words=query, limit=20)
            spent[query] = min(spent[query], (time.perf_counter() - began) * 1_000)
    return quantiles(spent.values(), n=20)[-1]


async def expect_complete(town: Town, query: str) -> None:
    """Every name that contains the query is found, and nothing comes before it."""
    found = await search(town, words=query)
    held = {f"E{n:05d}" for n, name in enumerate(names()) if folded(query) in folded(name)}
    codes = [hit["code"] for hit in found]
    assert held <= set(codes), query
    assert len(codes) == len(set(codes))
    shared = [hit["shared"] for hit in found]
    assert shared == sorted(shared, reverse=True)
    looked_for = wanted(query)
    assert all(hit["shared"] == len(looked_for) for hit in found if hit["code"] in held)
    for hit in found[:50]:
        assert hit["shared"] == sum(one in grams(hit["name"]).split() for one in looked_for)


def found_codes(found: Sequence[Any]) -> list[str]:
    """The codes, in order."""
    return [hit["code"] for hit in found]


async def published(town: Town, *entries: object, class_code: str = "01", **more: str) -> None:
    """A class is in the library, and in use."""
    body = class_body(class_code, entries, **more)
    await town.done(KEEPER, "/libraries/classes", body)
    await town.done(KEEPER, f"/libraries/{body['library']}/publish")


def named(code: str, name: str, **more: str) -> dict[str, str]:
    """An entry."""
    return {"code": code, "name": name, **more}


async def test_a_search_is_narrowed_by_library_class_level_and_version(real_town: Town) -> None:
    town = real_town
    await published(town, named("A", "校舍数量", level1="OUTPUT"), named("B", "校舍面积"))
    await published(town, named("C", "校舍满意度"), class_code="02")
    await published(town, named("A", "校舍质量", level1="OUTPUT"))
    await published(town, named("K", "校舍合格率"), library="KS_CORE")
    await town.done(KEEPER, "/libraries/classes", class_body("03", [named("N", "校舍未发布")]))

    async def codes(**query: Any) -> list[str]:  # noqa: ANN401
        return found_codes(await search(town, words="校舍", **query))

    assert await codes() == ["K", "A", "C"]
    assert await codes(library="KS_CORE") == ["K"]
    assert await codes(library="XJ_INDUSTRY", class_code="02") == ["C"]
    assert await codes(level1="OUTPUT") == ["A"]
    assert await codes(library="XJ_INDUSTRY", version=1) == ["A", "B"]
    assert await codes(library="XJ_INDUSTRY", version=2) == ["A", "B", "C"]
    old = await search(town, words="数量", library="XJ_INDUSTRY", version=1)
    assert [hit["name"] for hit in old] == ["校舍数量"]
    assert await search(town, words="数量") == []


async def test_one_character_is_enough_and_width_case_and_spaces_do_not_matter(
    real_town: Town,
) -> None:
    town = real_town
    await published(
        town, named("A", "5G 网络覆盖率"), named("B", f"{WIDE}系统"), named("C", "100%")
    )
    for words, codes in {
        "率": ["A"],
        "g网": ["A"],
        "\uff15\uff47": ["A"],
        "gis": ["B"],
        "%": ["C"],
        "系统网络": ["A", "B"],
        "无": [],
    }.items():
        assert found_codes(await search(town, words=words)) == codes, words
    listed = await town.read("/libraries/XJ_INDUSTRY/entries", words="网络覆盖")
    assert found_codes(listed["items"]) == ["A"]


async def test_what_is_retired_is_found_only_when_asked_for(real_town: Town) -> None:
    town = real_town
    await published(town, named("A", "校舍数量"), named("B", "校舍面积"))
    one = "/libraries/XJ_INDUSTRY/entries/A"
    await town.done(KEEPER, f"{one}/retire", {"reason": "停用"})
    assert found_codes(await search(town, words="校舍")) == ["B"]
    every = await search(town, words="校舍", retired=True)
    assert [(hit["code"], hit["retired"]) for hit in every] == [("A", "停用"), ("B", None)]
    await town.done(KEEPER, f"{one}/reinstate", {"reason": "恢复"})
    assert found_codes(await search(town, words="校舍")) == ["A", "B"]


async def test_pages_of_a_search_join_without_a_gap(real_town: Town) -> None:
    town = real_town
    entries = [named(f"{n:02d}", "校舍数量" if n % 3 else "校舍") for n in range(20)]
    await published(town, *entries)
    whole = found_codes(await search(town, words="校舍数量"))
    paged: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        more: dict[str, Any] = {"cursor": cursor} if cursor else {}
        page = await town.read("/library-entries", words="校舍数量", limit=3, **more)
        paged += found_codes(page["items"])
        cursor = page["next"]
    assert (paged, len(paged)) == (whole, 20)
    wrong = await town.client.get(
        "/v1/library-entries", params={"words": "x", "cursor": "x"}, headers=town.by(KEEPER)
    )
    assert wrong.status_code == 422


characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


@given(st.text(characters, max_size=8), st.data())
def test_whatever_a_name_contains_its_bigrams_contain(name: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(name)))
    end = data.draw(st.integers(begin, len(name)))
    kept = set(grams(name).split(" "))
    assert set(wanted(name[begin:end])) <= kept
    assert all(len(one) <= 2 for one in kept)
    assert folded(name[begin:end]) in folded(name)
