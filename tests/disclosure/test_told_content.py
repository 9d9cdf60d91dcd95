"""What is told: nothing decided is lost, nothing strange is let through, every change is named."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest

from services.disclosure.domain.allowed import FACTS, SUPPLEMENT, strange, told
from services.disclosure.domain.content import FieldChange, canonical, differences, digest
from services.disclosure.domain.item import decider
from services.disclosure.domain.item_changing import totals
from services.disclosure.domain.item_words import (
    ItemPrepared,
    ItemPublished,
    PrepareDisclosure,
    PublishDisclosure,
)
from services.disclosure.domain.refusals import FieldNotPublic
from services.disclosure.domain.small_cells import Cell, told_cells
from services.disclosure.domain.values import CHANNEL_OF, COVERED, Channel, ItemKind
from shared.contracts import evaluation, monitoring
from shared.domain.decider import Json
from shared.domain.money import Money
from shared.testing.spec import Spec
from tests.disclosure import years
from tests.disclosure.stories import BUREAU, ITEM, NOW, UNIT, cleared, owed
from tests.disclosure.test_owed_items import FIRST, place
from tests.disclosure.test_reactions import A, owes

item: Final = Spec(decider)
PUBLISH: Final = PublishDisclosure(item_id=ITEM.item_id, by=BUREAU, now=NOW)
PROBLEM: Final = evaluation.CoreProblem(
    subject="i1",
    name="修渠长度",
    deviation=Decimal(-20),
    lost=Decimal(5),
    cause="FUNDING",
    text="土地手续办理较慢",
    measure="提前办理",
    objective=Decimal(40),
    subjective=Decimal(60),
    due_on=date(2022, 6, 30),
    owner="某某某",
)
FILED: Final = {
    "report_no": "喀财绩评〔2022〕1号",
    "report_content_sha256": "b" * 64,
    "report_pdf_sha256": "a" * 64,
}
"""What is told of a report once it is on file."""


REGION: Final[dict[str, Any]] = {"region_code": "653101"}
CORE: Final = years.evaluated(A, 2021).model_copy(update={"core_problems": (PROBLEM,)})
REPORT: Final = years.finance_evaluated(A, 2021)
ROUND: Final = monitoring.RoundClosed(
    **REGION,
    fiscal_year=2021,
    node="M05",
    cut_off_on=date(2021, 5, 31),
    reviewed=3,
    missed=1,
    levels={"NORMAL": 2, "BLUE": 1, "RED": 1},
    mean_score=Decimal("88.50"),
)
CIRCULAR: Final = evaluation.CircularIssued(
    **REGION, case_id="C1", unit_code="u", subject="通报", issued_on=date(2021, 7, 1)
)
RANKING: Final = evaluation.RankingPublished(
    **REGION,
    ranking_id="K1",
    period="2021",
    rows=(evaluation.RankedSubject(subject="u", score=Decimal("91.00"), rank=1),),
    kind="BUDGET_UNIT",
    fiscal_year=2021,
)
PEOPLE: Final = monitoring.BeneficiariesPublished(
    **REGION,
    project_code="A",
    fiscal_year=2021,
    unit_code="u",
    month="2021-06",
    places=(place("01", 30, 300),),
    published_on=date(2021, 7, 2),
)
SUMMED: Final[Json] = {"month": "2021-12", **totals([FIRST])}
DECIDED: Final[Mapping[ItemKind, Json]] = {
    ItemKind.TARGET: owes(years.approved(A, 2021)).content,
    ItemKind.EX_ANTE_REPORT: owes(years.assessed(A, 2021, "GOOD")).content,
    ItemKind.SELF_EVALUATION: owes(CORE).content,
    ItemKind.FINANCE_REPORT: {**owes(REPORT).content, **FILED},
    ItemKind.DEPARTMENT_REPORT: {
        **owes(REPORT.model_copy(update={"kind": "DEPARTMENT"})).content,
        **FILED,
    },
    ItemKind.MONITORING_SUMMARY: owes(ROUND).content,
    ItemKind.RECOVERY_SUMMARY: SUMMED,
    ItemKind.CUT_SUMMARY: SUMMED,
    ItemKind.CIRCULAR: owes(CIRCULAR).content,
    ItemKind.RANKING: owes(RANKING).content,
    ItemKind.BENEFICIARIES: owes(PEOPLE).content,
}
"""What the other services decided about an item of each kind, as a reaction tells it."""


def fields_of(value: object) -> Any:  # noqa: ANN401 - a shape is what it is
    """The names of the fields in a content, with those of the parts of its lists."""
    if isinstance(value, Mapping):
        return {name: fields_of(inner) for name, inner in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return fields_of(value[0])
    return None


@pytest.mark.parametrize("kind", ItemKind)
def test_everything_that_was_decided_is_told_and_nothing_else_is_on_the_list(
    kind: ItemKind,
) -> None:
    content = DECIDED[kind]
    assert strange(kind, content, facts=True) == []
    assert told(kind, content) == content
    assert fields_of(content) == FACTS[kind]


SAID: Final[Json] = {
    "note": "说明",
    "explanation": "偏差原因及改进措施",
    "problems": "主要问题",
    "rectification": "整改情况",
    "link": "https://example.org/1",
    "report_url": "https://example.org/2",
    "report_sha256": "c" * 64,
    "agency": "评价机构",
    "attachments": [{"name": "表", "url": "https://example.org/3", "sha256": "d" * 64}],
}
"""The columns of 公开表 that the unit fills in (`domain` §8.7), and evidence beside them."""


def test_a_unit_says_what_the_tables_ask_of_it_beside_the_decided_facts() -> None:
    prepare = PrepareDisclosure(item_id=ITEM.item_id, supplement=SAID, by=UNIT, now=NOW)
    ready = ItemPrepared(supplement=SAID, prepared_by=UNIT)
    item.given(owed).when(prepare).then(ready)
    [fact] = item.given(owed, ready, cleared).when(PUBLISH).facts
    assert isinstance(fact, ItemPublished)
    assert fact.content == {**SAID, **owed.content}
    assert fields_of(SAID) == SUPPLEMENT


@pytest.mark.parametrize(
    ("supplement", "pointer"),
    [
        ({"note": {"owner": "某人"}}, "/supplement/note"),
        ({"phone": "x"}, "/supplement/phone"),
        ({"note": "x", "attachments": [{"name": "表"}, {"by": "某人"}]}, "/attachments/1/by"),
        ({"attachments": [{"name": {"zh": "表"}}]}, "/supplement/attachments/0/name"),
    ],
)
def test_what_is_not_on_the_list_is_refused_by_its_place(supplement: Json, pointer: str) -> None:
    prepare = PrepareDisclosure(item_id=ITEM.item_id, supplement=supplement, by=UNIT, now=NOW)
    refusal = item.given(owed).when(prepare).then_refused(FieldNotPublic)
    assert (refusal.pointer or "").endswith(pointer)
    assert refusal.detail.startswith(refusal.pointer.removeprefix("/supplement"))  # type: ignore[union-attr]
    assert refusal.remedy


def test_what_is_inside_a_plain_value_is_not_told() -> None:
    content: Json = {"budget": {"owner": "某人"}, "annual_goal": ["甲", ["乙"]]}
    assert told(ItemKind.TARGET, content) == {"budget": {}, "annual_goal": ["甲", ["乙"]]}


def test_one_content_has_one_text_and_one_digest() -> None:
    content: Json = {"b": "修渠", "a": [1, {"d": None, "c": True}]}
    assert canonical(content) == '{"a":[1,{"c":true,"d":null}],"b":"修渠"}'
    # printf '{"a":"b"}' | sha256sum
    known = "db4a7ecb114bc66c623a06c4ff6fe8daa2f49cc270ebbf7a1f81e22ab061c837"
    assert digest({"a": "b"}) == known


def test_every_field_in_which_two_contents_differ_is_named_in_order() -> None:
    before: Json = {"b": 1, "a/b": 1, "c~d": [{"x": 1}, 2], "same": {"y": 1}, "gone": 1, "l": [1]}
    after: Json = {"b": 2, "a/b": 2, "c~d": [{"x": 3}, 2], "same": {"y": 1}, "new": 1, "l": [1, 2]}
    assert differences(before, after) == (
        FieldChange(pointer="/a~1b", before=1, after=2),
        FieldChange(pointer="/b", before=1, after=2),
        FieldChange(pointer="/c~0d/0/x", before=1, after=3),
        FieldChange(pointer="/gone", before=1, after=None),
        FieldChange(pointer="/l", before=[1], after=[1, 2]),
        FieldChange(pointer="/new", before=None, after=1),
    )
    assert differences(before, before) == ()
    assert differences({"a": [1]}, {"a": {"b": 1}}) == (
        FieldChange(pointer="/a", before=[1], after={"b": 1}),
    )


def cell(code: str, persons: int, fen: int) -> Cell:
    """A place with households of the same number."""
    return Cell(place_code=code, counts=(persons, persons), fen=fen)


def test_five_are_told_by_themselves_and_four_with_the_smallest_of_the_others() -> None:
    five, four = cell("05", 5, 50), cell("04", 4, 40)
    many, some = cell("09", 90, 900), cell("03", 30, 300)
    assert told_cells([many, five]) == [five, many]
    assert told_cells([four]) == ()
    assert told_cells([]) == []
    together = Cell(place_code="", counts=(34, 34), fen=340)
    assert told_cells([many, four, some]) == [many, together]
    both = Cell(place_code="", counts=(8, 8), fen=80)
    assert told_cells([many, four, cell("02", 4, 40), some]) == [some, many, both]
    assert told_cells([many, cell("01", 0, 0)]) == [cell("01", 0, 0), many]
    alone = Cell(place_code="02", counts=(40, 1), fen=10)
    joined = Cell(place_code="", counts=(70, 31), fen=310)
    assert told_cells([alone, many, some]) == [many, joined]
    assert told_cells([many, some], smallest=31) == [
        Cell(place_code="", counts=(120, 120), fen=1200)
    ]


@pytest.mark.parametrize(
    ("kind", "channel"),
    [
        (ItemKind.TARGET, Channel.WITH_BUDGET),
        (ItemKind.EX_ANTE_REPORT, Channel.WITH_BUDGET),
        (ItemKind.SELF_EVALUATION, Channel.WITH_FINAL_ACCOUNTS),
        (ItemKind.DEPARTMENT_REPORT, Channel.WITH_FINAL_ACCOUNTS),
        (ItemKind.FINANCE_REPORT, Channel.KEY_EVALUATION),
        (ItemKind.MONITORING_SUMMARY, Channel.MONTHLY),
        (ItemKind.RECOVERY_SUMMARY, Channel.MONTHLY),
        (ItemKind.CUT_SUMMARY, Channel.MONTHLY),
        (ItemKind.CIRCULAR, Channel.MONTHLY),
        (ItemKind.RANKING, Channel.MONTHLY),
        (ItemKind.BENEFICIARIES, Channel.MONTHLY),
    ],
)
def test_a_kind_is_told_through_the_channel_of_the_source(kind: ItemKind, channel: Channel) -> None:
    """四公开 (`domain` §3.10)."""
    assert CHANNEL_OF[kind] is channel


def test_three_kinds_are_covered_and_every_kind_has_a_channel() -> None:
    assert COVERED == (ItemKind.TARGET, ItemKind.SELF_EVALUATION, ItemKind.FINANCE_REPORT)
    assert set(CHANNEL_OF) == set(ItemKind) == set(FACTS)


def test_a_summary_adds_up_units_projects_and_money() -> None:
    assert totals([]) == {"units": 0, "projects": 0, "amount": str(Money(0))}
