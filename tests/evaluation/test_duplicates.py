"""Programmes that overlap or are fragments: found among many, measured, decided by a person."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

import pytest

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.disposition import Disposition
from services.evaluation.domain.duplicates.duplicates import duplicates_decider
from services.evaluation.domain.duplicates.finding import Compared, DuplicateKind, find
from services.evaluation.domain.duplicates.messages import (
    CloseDuplicates,
    DecideDuplicates,
    DuplicatesClosed,
    DuplicatesDecided,
    DuplicatesProposed,
    ProposeDuplicates,
)
from services.evaluation.domain.duplicates.refusals import (
    DuplicatesStepOutOfOrder,
    DuplicatesUnknown,
    GroupTooSmall,
    KeptProgrammeMissing,
    NotAlike,
    ProgrammeUnknown,
)
from services.evaluation.domain.refusals import AlreadyRecorded, SamePersonDecidesAgain
from services.evaluation.domain.self_evaluation.messages import Project
from services.evaluation.domain.self_evaluation.states import Open, Unopened
from services.evaluation.projections.duplicate_groups import DuplicateRow, duplicate_groups
from shared.domain.money import Money
from shared.domain.name_likeness import essence, likeness
from shared.testing.projection_spec import ProjectionSpec
from shared.testing.spec import Given, Spec
from tests.evaluation.duplicate_names import measure
from tests.evaluation.story import (
    ADOPTED,
    BUREAU,
    KNOWN_UNIT,
    NOW,
    PROJECT,
    REGION,
    SECOND,
    TODAY,
    yuan,
)

group = Spec(duplicates_decider)
RULES: Final = ADOPTED.rule_set.linkage
PRECISION_MIN, RECALL_MIN = Decimal("0.95"), Decimal("0.90")
ONE: Final = replace(
    PROJECT, project_code="P1", name="交通局2021年乌帕尔镇村级道路硬化项目", function_code="2140106"
)
OTHER: Final = replace(ONE, project_code="P2", name="乌帕尔镇村级道路硬化工程（2021年）")
PROPOSE: Final = ProposeDuplicates(
    group_id="G1",
    fiscal_year=2021,
    kind=DuplicateKind.OVERLAP,
    project_codes=("P2", "P1"),
    reason="同一路段两次申报",
    region_code=REGION,
    by=BUREAU,
    now=NOW,
)
DECIDE: Final = DecideDuplicates(group_id="G1", restructure=True, keeps="P1", by=SECOND, now=NOW)
CLOSE: Final = CloseDuplicates(group_id="G1", document_no="调〔2021〕3号", by=SECOND, now=NOW)


def known(one: Project | None = ONE, other: Project | None = OTHER, *, rules: int = 9) -> Given:
    """What a proposal consults: two programmes, no applications, rules, the unit."""
    states = [Open(project=p) if p else Unopened() for p in (one, other)]
    adopted = [ADOPTED, *[Rules()] * (rules - 1)]
    return group.knowing(*states, None, None, *adopted, *([KNOWN_UNIT] if one or other else []))


@pytest.mark.parametrize("seed", range(3))
def test_planted_programmes_are_found_and_others_are_left_alone(seed: int) -> None:
    told = measure(seed)
    assert told.precision >= PRECISION_MIN, told
    assert told.recall >= RECALL_MIN, told


def compared(code: str, name: str, unit: str = "U1", function: str = "2140106") -> Compared:
    return Compared(
        project_code=code,
        name=name,
        unit_code=unit,
        owner="",
        function_code=function,
        amount=Money(100),
    )


def test_the_work_of_many_units_is_no_overlap() -> None:
    many = [compared(f"P{n}", "校舍维修改造", f"U{n}") for n in range(5)]
    assert not find(many, RULES)
    (found,) = find(many[:2], RULES)
    assert (found.kind, found.members) == (DuplicateKind.OVERLAP, ("P0", "P1"))


def test_neighbouring_villages_are_two_places() -> None:
    one = compared("P1", "恰尔巴格乡二村党群服务中心修缮")
    assert not find([one, compared("P2", "恰尔巴格乡三村党群服务中心修缮", "U2")], RULES)
    assert find([one, compared("P2", "恰尔巴格乡二村党群服务中心修缮", "U2")], RULES)


def test_another_function_code_is_another_programme() -> None:
    one = compared("P1", "乌帕尔镇村级道路硬化")
    assert find([one, compared("P2", "乌帕尔镇村级道路硬化", "U2")], RULES)
    assert not find([one, compared("P2", "乌帕尔镇村级道路硬化", "U2", "2130305")], RULES)
    assert find([one, compared("P2", "乌帕尔镇村级道路硬化", "U2", "")], RULES)


def test_three_parts_of_one_work_are_fragments_and_two_are_an_overlap() -> None:
    parts = [compared(f"P{n}", f"城乡环卫一体化设施采购{n}标段") for n in "一二三"]
    (found,) = find(parts, RULES)
    assert (found.kind, found.amount) == (DuplicateKind.FRAGMENTED, Money(300))
    (pair,) = find(parts[:2], RULES)
    assert pair.kind is DuplicateKind.OVERLAP


@pytest.mark.parametrize(
    ("name", "owner", "matter"),
    [
        ("疏附县教育局第3分中心2021年校舍维修项目（1234）", "疏附县教育局第3分中心", "校舍维修"),
        ("２０２１年度 校舍维修专项资金", "", "校舍维修"),
        ("项目资金", "", "项目资金"),
        ("", "教育局", ""),
    ],
)
def test_what_a_name_is_about(name: str, owner: str, matter: str) -> None:
    assert essence(name, owner) == matter


def test_likeness_counts_pairs_of_characters() -> None:
    assert likeness("农村公路养护", "农村公路养护") == 1
    assert likeness("农村公路养护", "教师培训") == 0
    assert likeness("道路硬化", "道路亮化") == Decimal("0.3333")


def test_a_group_is_proposed_with_its_measure() -> None:
    (fact,) = known().when(PROPOSE).facts
    assert isinstance(fact, DuplicatesProposed)
    assert (fact.project_codes, fact.amount) == (("P1", "P2"), yuan(1000))
    assert [pair.names for pair in fact.pairs] == [Decimal("1.0000")]
    assert fact.grounds.streams[-1] == "rules-653121-2021"
    proposed = known().after(PROPOSE)
    proposed.when(replace(PROPOSE, project_codes=("P1", "P2"))).then_nothing()
    proposed.when(replace(PROPOSE, kind=DuplicateKind.FRAGMENTED)).then_refused(AlreadyRecorded)


def test_what_is_not_alike_is_no_group() -> None:
    far = replace(OTHER, name="教师周转宿舍建设")
    known(ONE, far).when(PROPOSE).then_refused(NotAlike, threshold="0.75")
    coded = replace(OTHER, function_code="2050202")
    known(ONE, coded).when(PROPOSE).then_refused(NotAlike)
    known(ONE, None).when(PROPOSE).then_refused(ProgrammeUnknown, projects=["P2"])
    elsewhere = replace(OTHER, region_code="653101")
    known(ONE, elsewhere).when(PROPOSE).then_refused(ProgrammeUnknown, projects=["P2"])
    known().when(replace(PROPOSE, kind=DuplicateKind.FRAGMENTED)).then_refused(
        GroupTooSmall, projects_min=3
    )


@pytest.mark.parametrize(
    ("region", "inside"),
    [("653121", True), ("653100", True), ("650000", True), ("653120", False), ("653101", False)],
)
def test_a_bureau_looks_over_what_is_under_it(region: str, inside: bool) -> None:  # noqa: FBT001
    asked = replace(PROPOSE, region_code=region)
    rules = sum(one.category == "rules" for one in duplicates_decider.consults(asked))
    outcome = known(rules=rules).when(asked)
    assert (outcome.refusal is None) is inside


def test_another_person_decides() -> None:
    proposed = known().after(PROPOSE)
    proposed.when(replace(DECIDE, by=BUREAU)).then_refused(SamePersonDecidesAgain)
    proposed.when(replace(DECIDE, keeps="P9")).then_refused(KeptProgrammeMissing)
    proposed.when(DECIDE).then(
        DuplicatesDecided(
            disposition=Disposition.RESTRUCTURE,
            keeps="P1",
            reason="",
            decided_by=SECOND,
            decided_on=TODAY,
        )
    )
    decided = proposed.after(DECIDE)
    decided.when(DECIDE).then_nothing()
    decided.when(replace(DECIDE, keeps="P2")).then_refused(AlreadyRecorded)
    left = replace(DECIDE, restructure=False, keeps="")
    proposed.when(left).then_refused(DuplicatesStepOutOfOrder)
    (fact,) = proposed.when(replace(left, reason="两段道路不同")).facts
    assert fact.disposition is None  # type: ignore[attr-defined]


def test_a_group_is_closed_with_its_document() -> None:
    proposed = known().after(PROPOSE)
    proposed.when(CLOSE).then_refused(DuplicatesStepOutOfOrder)
    done = proposed.after(DECIDE)
    done.when(CLOSE).then(
        DuplicatesClosed(document_no="调〔2021〕3号", closed_by=SECOND, closed_on=TODAY)
    )
    done.after(CLOSE).when(CLOSE).then_nothing()
    for command in (DECIDE, CLOSE):
        group.when(command).then_refused(DuplicatesUnknown)


async def test_the_register_follows_a_group() -> None:
    story = known().after(PROPOSE)
    for command, status in ((DECIDE, "RESTRUCTURE"), (CLOSE, "CLOSED")):
        story = story.after(command)
        rows = ProjectionSpec(duplicate_groups).given("duplicates-G1", *story.facts)
        await rows.then(DuplicateRow, "G1", status=status, disposition="RESTRUCTURE", keeps="P1")
