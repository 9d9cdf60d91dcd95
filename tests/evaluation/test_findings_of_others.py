"""Texts that are copied, and the inflation index: what a fact has for others."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from services.evaluation.domain.checks import Inflation
from services.evaluation.domain.deviation import (
    Deviation,
    DeviationNoted,
    DeviationPublished,
    NoteDeviation,
    PublishDeviation,
    deviation_decider,
    index_of,
)
from services.evaluation.domain.scoring_refusals import NothingRechecked
from services.evaluation.domain.self_evaluation.entailed import entailed
from services.evaluation.domain.self_evaluation.messages import SelfEvaluationSubmitted
from services.evaluation.domain.self_evaluation.states import SelfEvaluation
from services.evaluation.domain.watched import NoteLikeness, watched_decider
from services.evaluation.domain.wording import (
    LIKENESS_MIN,
    NoteWording,
    WordingNoted,
    Wordings,
    entails,
    wording_decider,
    words_of,
)
from shared.domain.likeness import Alike, plain_words
from shared.testing.spec import Spec
from tests.evaluation import test_self_evaluation as stories
from tests.evaluation.story import (
    BUREAU,
    LOW,
    NOW,
    POLICY,
    PROJECT,
    REGION,
    SLOW,
    TODAY,
    UNIT,
    accept,
    reports,
    submit,
)
from tests.evaluation.test_findings import report

SAME: Final = plain_words((LOW.text, "农村公路十八公里", SLOW.text))
LIKENESS: Final = NoteLikeness(
    self_evaluation_id="P1-2021",
    alike=(Alike(project_code="P0-2020", likeness=Decimal("0.95")),),
    characters=len(SAME),
)
FOUND: Final = Deviation(
    unit_code=UNIT,
    self_score=Decimal("98.00"),
    score=Decimal("84.50"),
    inflation=Inflation.INFLATED,
)
PUBLISH: Final = PublishDeviation(region_code=REGION, fiscal_year=2021, by=BUREAU, now=NOW)
NOTE: Final = NoteDeviation(
    region_code=REGION, fiscal_year=2021, project_code="P1", deviation=FOUND
)


def wording(one: str, words: str = SAME, fiscal_year: int = 2021) -> NoteWording:
    """What a report says."""
    return NoteWording(
        department_code="D1", self_evaluation_id=one, fiscal_year=fiscal_year, words=words
    )


WORDINGS: Final = (wording("P1-2021"), wording("P2-2021"), wording("P2-2021", SAME[:60]))
DEVIATIONS: Final = (
    NOTE,
    replace(NOTE, deviation=replace(FOUND, score=Decimal(90))),
    PUBLISH,
)


words = Spec(wording_decider)


def test_of_two_that_say_the_same_the_second_is_found() -> None:
    first, second = wording("P1-2021"), wording("P2-2021")
    [noted] = words.when(first).facts
    assert isinstance(noted, WordingNoted)
    assert noted.alike == ()
    [copied] = words.given(noted).when(second).facts
    assert isinstance(copied, WordingNoted)
    assert copied.alike == (Alike(project_code="P1-2021", likeness=Decimal("1.0000")),)
    words.given(noted).when(first).then_nothing()
    [entailed_note] = entails(copied, Wordings())
    assert entailed_note == NoteLikeness(
        self_evaluation_id="P2-2021", alike=copied.alike, characters=len(SAME)
    )


def test_last_years_text_is_remembered_and_that_of_two_years_ago_is_not() -> None:
    old = words.given().after(wording("P1-2019", fiscal_year=2019))
    [next_year] = old.when(wording("P1-2020", fiscal_year=2020)).facts
    assert [one.project_code for one in next_year.alike] == ["P1-2019"]  # type: ignore[attr-defined]
    later = old.after(wording("P9-2021", "另" * 60))
    [two_years] = later.when(wording("P1-2021")).facts
    assert two_years.alike == ()  # type: ignore[attr-defined]


def noted(fact: SelfEvaluationSubmitted, state: SelfEvaluation) -> list[NoteWording]:
    """What of a report is compared, among whatever else it has for others."""
    return [one for one in entailed(fact, state) if isinstance(one, NoteWording)]


def test_other_words_and_short_words_are_not_alike() -> None:
    other = plain_words((POLICY.text, "校舍维修二十所竣工验收合格"))
    [told] = words.given().after(wording("P1-2021")).when(wording("P2-2021", other)).facts
    assert told.alike == ()  # type: ignore[attr-defined]
    assert Decimal("0.80") == LIKENESS_MIN
    short = report(reports=tuple(replace(one, cause=None) for one in reports()))
    state = stories.started().after(submit()).state
    assert noted(short, state) == []
    [note] = noted(report(), state)
    assert (note.department_code, note.words) == (PROJECT.department_code, words_of(report()))


def test_likeness_stands_where_the_report_is_judged_and_goes_with_a_new_text() -> None:
    known = Spec(watched_decider).given().after(LIKENESS)
    assert (known.state.alike, known.state.characters) == (LIKENESS.alike, len(SAME))
    known.when(LIKENESS).then_nothing()
    assert known.after(replace(LIKENESS, alike=())).state.alike == ()


index = Spec(deviation_decider)


def test_the_index_ranks_the_highest_mean_first_and_equal_means_share() -> None:
    other = replace(FOUND, unit_code="U2", score=Decimal("95.00"), inflation=Inflation.NONE)
    third = replace(other, unit_code="U3")
    fourth = replace(other, unit_code="U4", score=Decimal(98))
    lines = index_of([fourth, third, FOUND, replace(FOUND, score=Decimal("94.50")), other])
    assert [(line.unit_code, line.rank) for line in lines] == [
        (UNIT, 1),
        ("U2", 2),
        ("U3", 2),
        ("U4", 4),
    ]
    assert (lines[0].mean_deviation, lines[0].share_inflated) == (Decimal("8.50"), Decimal(1))
    assert index_of([]) == ()


def test_an_index_is_told_when_it_has_changed() -> None:
    index.when(PUBLISH).then_refused(NothingRechecked)
    noted = index.given(DeviationNoted(project_code="P1", deviation=FOUND))
    noted.when(NOTE).then_nothing()
    [told_index] = noted.when(PUBLISH).facts
    assert isinstance(told_index, DeviationPublished)
    assert (told_index.published_on, told_index.rows[0].inflated) == (TODAY, 1)
    noted.after(PUBLISH).when(PUBLISH).then_nothing()
    changed = noted.after(PUBLISH, replace(NOTE, deviation=replace(FOUND, score=Decimal(90))))
    assert len(changed.when(PUBLISH).facts) == 1


def test_a_recheck_and_its_objection_count_once_in_the_index() -> None:
    story = stories.audited().after(accept(), stories.recheck("84.50"))
    [note] = entailed(story.facts[-1], story.state)  # type: ignore[arg-type]
    assert isinstance(note, NoteDeviation)
    assert (note.deviation.excess, note.project_code) == (Decimal("9.39"), "P1")
    decided = story.after(stories.file_objection(), stories.decide_objection("90"))
    [final] = entailed(decided.facts[-1], decided.state)  # type: ignore[arg-type]
    assert isinstance(final, NoteDeviation)
    assert final.deviation.excess == Decimal("3.89")
