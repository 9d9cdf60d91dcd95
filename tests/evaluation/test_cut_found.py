"""The machine proposes a cut when request and result are both known; a person decides (§4.9)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import pytest

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.application import ApplicationNoted
from services.evaluation.domain.cut.commands import Basis, DropCut, FindCut
from services.evaluation.domain.cut.cut import cut_decider
from services.evaluation.domain.cut.events import CutConfirmed, CutProposed, CutWithdrawn
from services.evaluation.domain.cut.finding import similar_projects_decider
from services.evaluation.domain.cut.finding_messages import (
    JudgedNoted,
    NoteAsked,
    NoteJudged,
    SimilarFound,
    SimilarGone,
)
from services.evaluation.domain.prior_result import prior_result_decider
from services.evaluation.domain.refusals import AlreadyRecorded, SamePersonDecidesAgain
from services.evaluation.domain.self_evaluation.states import Accepted, Unopened
from services.evaluation.reactions import react
from shared.domain.grades import Grade
from shared.domain.money import ZERO
from shared.testing.spec import Given, Spec
from tests.evaluation import test_cut as cuts
from tests.evaluation.money_words import accepted, registered
from tests.evaluation.story import (
    ADOPTED,
    BUREAU,
    DEPT,
    KNOWN_UNIT,
    PROJECT,
    REGION,
    SECOND,
    THIRD,
    UNIT,
    yuan,
)
from tests.evaluation.test_reactions import corrected, heard

similar = Spec(similar_projects_decider)
cut = Spec(cut_decider)
NO = Rules()
FUNCTION: Final = "2140106"
ASKED: Final = ApplicationNoted(
    project_code="P9",
    name="交通局农村公路养护2022年项目",
    fiscal_year=2022,
    region_code=REGION,
    department_code=DEPT,
    unit_code=UNIT,
    function_code=FUNCTION,
    fund_type_code="111",
    requested=yuan(1000),
    origin="OFFICIAL",
)
BASIS: Final = Basis(
    region_code=REGION,
    department_code=DEPT,
    unit_code=UNIT,
    grade=Grade.POOR,
    rate=Decimal("0.40"),
    name="农村公路养护2020年",
    function_code=FUNCTION,
    score=Decimal("52.00"),
)
JUDGED: Final = NoteJudged(
    unit_code=UNIT, region_code=REGION, project_code="P0", fiscal_year=2020, basis=BASIS
)
ASK: Final = NoteAsked(application=ASKED)
FOUND: Final = SimilarFound(
    cut_id="P9-2022",
    project_code="P9",
    budget_year=2022,
    basis_project_code="P0",
    basis_fiscal_year=2020,
    region_code=REGION,
    grade=Grade.POOR,
    requested=yuan(1000),
)


def told(story: Given, command: NoteAsked | NoteJudged) -> Given:
    """The story goes on with a command and what it consults."""
    result = () if isinstance(command, NoteAsked) else (Unopened(),)
    # Rules of three years, each of county, prefecture and province.
    return story.knowing(KNOWN_UNIT, *result, ADOPTED, *[NO] * 8).after(command)


def kinds(story: Given) -> list[type]:
    return [type(fact) for fact in story.facts]


START: Final = Given(similar_projects_decider, ())


@pytest.mark.parametrize("first", [ASK, JUDGED])
def test_whichever_comes_last_finds_the_other(first: NoteAsked | NoteJudged) -> None:
    last = JUDGED if first is ASK else ASK
    story = told(told(START, first), last)
    assert story.facts[-1] == FOUND
    assert told(story, last).facts == story.facts  # heard again, nothing is found again
    (proposal,) = similar_projects_decider.entails(FOUND, story.state)
    assert proposal == find()


@pytest.mark.parametrize(
    ("asked", "basis"),
    [
        ({"name": "人畜饮水安全"}, {}),
        ({"function_code": "2130305"}, {}),
        ({"function_code": ""}, {}),
        ({"fiscal_year": 2023}, {}),
        ({"requested": ZERO}, {}),
        ({}, {"grade": Grade.GOOD, "rate": Decimal("0.40")}),
        ({}, {"grade": Grade.EXCELLENT}),
    ],
)
def test_what_is_of_another_type_or_year_or_well_judged_is_left_alone(
    asked: dict[str, Any], basis: dict[str, Any]
) -> None:
    story = told(START, replace(JUDGED, basis=replace(BASIS, **basis)))
    assert kinds(told(story, NoteAsked(application=replace(ASKED, **asked))))[2:] == []


def test_the_worst_of_several_counts_and_a_correction_takes_it_back() -> None:
    fair = replace(JUDGED, project_code="P1", basis=replace(BASIS, grade=Grade.FAIR))
    story = told(told(told(START, fair), ASK), JUDGED)
    assert [one.grade for one in story.facts if isinstance(one, SimilarFound)] == [
        Grade.FAIR,
        Grade.POOR,
    ]
    healed = told(story, replace(JUDGED, basis=replace(BASIS, grade=Grade.EXCELLENT)))
    assert healed.facts[-1] == replace(FOUND, basis_project_code="P1", grade=Grade.FAIR)
    none = told(healed, replace(fair, basis=replace(BASIS, grade=Grade.EXCELLENT)))
    assert none.facts[-1] == SimilarGone(cut_id="P9-2022")
    (drop,) = similar_projects_decider.entails(none.facts[-1], none.state)
    assert isinstance(drop, DropCut)


def test_a_request_that_is_registered_anew_is_proposed_anew() -> None:
    story = told(told(START, JUDGED), ASK)
    more = told(story, NoteAsked(application=replace(ASKED, requested=yuan(2000))))
    assert more.facts[-1] == replace(FOUND, requested=yuan(2000))


def test_a_result_that_is_judged_here_is_read_from_the_report() -> None:
    result = Accepted(
        project=replace(PROJECT, name="农村公路养护", function_code=FUNCTION),
        self_score=Decimal(55),
        score=Decimal(55),
        grade=Grade.POOR,
        rate=Decimal("0.40"),
        findings=(),
        submitted_by="a",
        accepted_by="b",
    )
    command = NoteJudged(unit_code=UNIT, region_code=REGION, project_code="P1", fiscal_year=2021)
    (fact,) = similar.knowing(KNOWN_UNIT, result, ADOPTED, *[NO] * 8).when(command).facts
    assert isinstance(fact, JudgedNoted)
    assert (fact.basis.grade, fact.basis.name) == (Grade.POOR, "农村公路养护")
    similar.knowing(KNOWN_UNIT, Unopened(), ADOPTED, *[NO] * 8).when(command).then_nothing()


def test_the_words_that_lead_there() -> None:
    ((_, asked),) = [one for one in react(heard(registered(2023))) if isinstance(one, tuple)]
    assert isinstance(asked, NoteAsked)
    poor = react(heard(accepted("POOR")))
    assert any(isinstance(one, NoteJudged) for one in poor)
    good = react(heard(accepted("GOOD")))
    assert not any(isinstance(one, NoteJudged) for one in good)
    assert any(isinstance(one, NoteJudged) for one in react(heard(corrected("NONE"))))


def test_a_result_from_before_the_system_is_held_against_what_is_asked_for() -> None:
    (note,) = prior_result_decider.entails(cuts.PRIOR, cuts.PRIOR)
    assert isinstance(note, NoteJudged)
    assert note.basis
    assert (note.unit_code, note.basis.grade) == (UNIT, Grade.POOR)


def find(**changes: Any) -> FindCut:  # noqa: ANN401 - the fields of the command
    return FindCut(
        **{
            "cut_id": "P9-2022",
            "by": "abacus|evaluation",
            "project_code": "P9",
            "budget_year": 2022,
            "basis_project_code": "P0",
            "basis_fiscal_year": 2020,
            "region_code": REGION,
            **changes,
        }
    )


PRIOR: Final = replace(cuts.PRIOR, name="农村公路养护2020年", function_code=FUNCTION)


def known(story: Given | None = None) -> Given:
    return (story or Given(cut_decider, ())).knowing(*cuts.known(PRIOR, applied=ASKED).known)


def machine_found() -> Given:
    return known().after(find())


def test_the_machine_proposes_the_least_of_the_range_and_only_once() -> None:
    (fact,) = known().when(find()).facts
    assert isinstance(fact, CutProposed)
    assert (fact.amount, fact.found_by_machine, fact.proposed_by) == (
        yuan(300),
        True,
        "abacus|evaluation",
    )
    assert "名称相似度" in fact.similarity
    machine_found().when(find()).then_nothing()


def test_the_machine_is_never_refused_and_knows_nothing_without_both() -> None:
    for applied in (None, replace(ASKED, name="人畜饮水"), replace(ASKED, function_code="")):
        Given(cut_decider, ()).knowing(*cuts.known(PRIOR, applied=applied).known).when(
            find()
        ).then_nothing()
    cut.when(DropCut(cut_id="P9-2022", by="abacus", reason="x")).then_nothing()


def test_whoever_told_the_unit_does_not_confirm_what_the_machine_found() -> None:
    notified = machine_found().after(cuts.NOTIFY, cuts.ANSWER)
    notified.when(replace(cuts.CONFIRM, by=BUREAU)).then_refused(SamePersonDecidesAgain)
    (fact,) = notified.when(replace(cuts.CONFIRM, by=THIRD)).facts
    assert isinstance(fact, CutConfirmed)


def test_a_person_replaces_what_the_machine_found_until_the_unit_was_told() -> None:
    more = replace(cuts.PROPOSE, amount=yuan(400))
    (fact,) = machine_found().when(more).facts
    assert (fact.amount, fact.found_by_machine) == (yuan(400), False)  # type: ignore[attr-defined]
    machine_found().after(more).when(find()).then_nothing()
    machine_found().after(cuts.NOTIFY).when(more).then_refused(AlreadyRecorded)
    machine_found().after(cuts.NOTIFY).when(find()).then_nothing()


def test_what_is_not_so_any_more_is_taken_back_unless_people_took_it_up() -> None:
    drop = DropCut(cut_id="P9-2022", by="abacus", reason="更正")
    machine_found().when(drop).then(CutWithdrawn(reason="更正", by_machine=True))
    dropped = machine_found().after(drop)
    dropped.when(drop).then_nothing()
    assert isinstance(dropped.when(find()).facts[0], CutProposed)  # found again, proposed again
    machine_found().after(cuts.NOTIFY).when(drop).then_nothing()
    by_person = known().after(cuts.PROPOSE)
    by_person.when(drop).then_nothing()
    machine_found().after(cuts.WITHDRAW).when(find()).then_nothing()  # a person said no


def test_the_second_person_is_the_one_who_confirms() -> None:
    proposed = known().after(cuts.PROPOSE, cuts.NOTIFY, cuts.ANSWER)
    assert isinstance(proposed.when(replace(cuts.CONFIRM, by=SECOND)).facts[0], CutConfirmed)
