"""What an ex-ante assessment comes to: scores, cuts, conclusions, objections (`domain` §4.8)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.targets.domain.events.ex_ante import (
    ExAnteAmountReduced,
    ExAnteConcluded,
    ExAnteConsumed,
    ExAnteGraded,
    ExAnteObjectionDecided,
)
from services.targets.domain.refusals import (
    DeciderConcludedBefore,
    EvidenceNotNew,
    ExAnteUnknown,
    ObjectionTooLate,
    ReasonMissing,
    ReductionTooLarge,
    RejectionNotWhole,
    ScoreIncomplete,
    ScorersTooFarApart,
)
from services.targets.domain.rule_set import Rules
from services.targets.domain.values import Conclusion, ReductionKind, ReductionLine
from shared.domain.grades import Grade
from shared.domain.money import ZERO, Money
from tests.targets import stories as s
from tests.targets.assessments import (
    conclude_report,
    grade_report,
    review_report,
    reviewed,
    scored,
)
from tests.targets.test_consuming import binding, consume
from tests.targets.test_ex_ante_stages import PART, STAGES, concluded, graded, objected
from tests.targets.test_objection import object_now, uphold


@pytest.mark.parametrize(
    ("totals", "grade_or_spread"),
    [
        (("70", "85"), "77.50"),
        (("70", "85.01"), None),
        (("85.01", "70"), None),
        (("70", "100", "100"), "90.00"),
        (("60", "70", "80", "90"), "75.00"),
        (("0", "70", "80", "90", "100"), "80.00"),
        (("100", "100", "1", "1", "1", "4"), "26.50"),
    ],
)
def test_a_pair_may_be_fifteen_points_apart_and_five_lose_their_ends(
    totals: tuple[str, ...], grade_or_spread: str | None
) -> None:
    story = reviewed(*(scored(f"s{n}", total) for n, total in enumerate(totals)))
    outcome = story.when(grade_report)
    if grade_or_spread is None:
        outcome.then_refused(
            ScorersTooFarApart, totals=tuple(map(Decimal, totals)), spread_max=Decimal(15)
        )
        return
    [fact] = outcome.facts
    assert isinstance(fact, ExAnteGraded)
    assert fact.totals == tuple(map(Decimal, totals))
    assert (fact.score, fact.trimmed) == (Decimal(grade_or_spread), len(totals) > 4)


def test_vetoes_of_all_scorers_are_told_once_and_in_order() -> None:
    story = reviewed(
        scored("s1", "95", "NO_TARGET", "HIDDEN_DEBT"), scored("s2", "95", "NO_TARGET")
    )
    [fact] = story.when(grade_report).facts
    assert isinstance(fact, ExAnteGraded)
    assert (fact.vetoes, fact.grade, fact.score) == (
        ("HIDDEN_DEBT", "NO_TARGET"),
        Grade.POOR,
        Decimal("95.00"),
    )


def test_points_are_within_their_dimension() -> None:
    points = dict(scored("s1", "100").points)
    for wrong in ("20.01", "-0.01"):
        command = replace(scored("s1", "100"), points={**points, "ECONOMY": Decimal(wrong)})
        refusal = reviewed().when(command).then_refused(ScoreIncomplete, points_max=20)
        assert refusal.pointer == "/points/ECONOMY"
    lacking = {name: given for name, given in points.items() if name != "ECONOMY"}
    refusal = (
        reviewed()
        .when(replace(scored("s1", "100"), points=lacking))
        .then_refused(ScoreIncomplete, dimensions=sorted(points))
    )
    assert refusal.pointer == "/points"


def lines(*amounts: Money, reason: str = "超标准") -> tuple[ReductionLine, ...]:
    """Lines of a cut."""
    return tuple(ReductionLine(line="设备费", amount=one, reason=reason) for one in amounts)


ALL, FEN = s.yuan("8_000_000"), Money(1)
WHOLE, SOME, NONE = ReductionKind.REJECTED_PROJECT, ReductionKind.PARTIAL_CUT, ReductionKind.NONE


@pytest.mark.parametrize(
    ("kind", "cuts", "refusal", "pointer", "details"),
    [
        (SOME, lines(FEN, reason=" "), ReasonMissing, "/lines/0/reason", {}),
        (SOME, (*lines(FEN), *lines(FEN, reason="")), ReasonMissing, "/lines/1/reason", {}),
        (SOME, lines(FEN, -FEN), ReductionTooLarge, "/lines/1/amount", {}),
        (
            SOME,
            lines(ALL, FEN),
            ReductionTooLarge,
            "/lines",
            {"requested": "8000000.00", "reduced": "8000000.01"},
        ),
        (WHOLE, lines(ALL - FEN), RejectionNotWhole, "/kind", {"reduced": "7999999.99"}),
        (SOME, lines(ALL), RejectionNotWhole, "/kind", {"reduced": "8000000.00"}),
        (SOME, (), RejectionNotWhole, "/kind", {"reduced": "0.00"}),
        (NONE, lines(FEN), RejectionNotWhole, "/kind", {"reduced": "0.01"}),
    ],
)
def test_a_cut_that_cannot_be_is_refused_where_it_is_wrong(
    kind: ReductionKind,
    cuts: tuple[ReductionLine, ...],
    refusal: type,
    pointer: str,
    details: dict[str, object],
) -> None:
    told = graded.when(replace(PART, kind=kind, lines=cuts)).then_refused(refusal)
    assert (told.pointer, told.details) == (pointer, details)


@pytest.mark.parametrize(
    ("kind", "cuts", "reduced", "conclusion"),
    [
        (SOME, lines(FEN), FEN, Conclusion.INCLUDED),
        (SOME, lines(ZERO, FEN), FEN, Conclusion.INCLUDED),
        (SOME, lines(ALL - FEN), ALL - FEN, Conclusion.INCLUDED),
        (WHOLE, lines(ALL - FEN, FEN), ALL, Conclusion.NOT_ARRANGED),
        (NONE, (), ZERO, Conclusion.INCLUDED),
    ],
)
def test_a_cut_takes_up_to_all_and_the_last_one_counts(
    kind: ReductionKind,
    cuts: tuple[ReductionLine, ...],
    reduced: Money,
    conclusion: Conclusion,
) -> None:
    command = replace(PART, kind=kind, lines=cuts)
    story = graded.after(PART, command)
    last = story.facts[-1]
    assert last == ExAnteAmountReduced(kind=kind, lines=cuts, reduced=reduced, reduced_by=PART.by)
    [end] = story.when(conclude_report).facts
    assert isinstance(end, ExAnteConcluded)
    assert (end.accepted, end.reduced, end.reduction_kind) == (ALL - reduced, reduced, kind)
    assert end.conclusion is conclusion
    # Whoever cut it in any of its cuts decides no objection.
    other = graded.after(replace(PART, by="cutter"), command, conclude_report, object_now)
    other.when(replace(uphold, by="cutter")).then_refused(DeciderConcludedBefore)


def test_the_conclusion_says_whose_it_is_by_which_rules_and_until_when_one_may_object() -> None:
    asked = STAGES["submitted"].facts[0]
    assert concluded.facts[-1] == ExAnteConcluded(
        project_code=s.CODE,
        fiscal_year=s.YEAR,
        region_code=s.REGION_CODE,
        unit_code=s.UNIT_CODE,
        department_code=s.DEPARTMENT,
        requested=ALL,
        accepted=s.yuan("7_400_000"),
        reduced=s.yuan("600_000"),
        reduction_kind=SOME,
        score=Decimal("92.00"),
        grade=Grade.EXCELLENT,
        conclusion=Conclusion.INCLUDED,
        rule_set_version=1,
        rules_region="",
        concluded_by=s.GRADER,
        concluded_on=date(2021, 3, 1),
        objection_by=date(2021, 3, 15),
        origin=asked.origin,
    )


def test_a_county_without_rules_is_assessed_by_its_prefectures() -> None:
    above = s.rule_set.given().after(
        replace(s.draft_rules, region_code="653100"),
        replace(s.adopt_rules, region_code="653100"),
    )
    lent = (Rules(), above.state, Rules())
    story = s.ex_ante.given(*STAGES["reviewed"].facts).knowing(*lent)
    story = story.after(scored("s1", "70"), scored("s2", "72"), grade_report, conclude_report)
    story = story.after(object_now, uphold)
    regions = {
        type(fact).__name__: fact.rules_region
        for fact in story.facts
        if isinstance(fact, ExAnteGraded | ExAnteConcluded)
    }
    assert regions == {"ExAnteGraded": "653100", "ExAnteConcluded": "653100"}
    assert story.facts[-2] == ExAnteObjectionDecided(upheld=True, reason=uphold.reason)
    by_own = s.ex_ante.given(*story.facts[:-2]).knowing(*s.governed).after(uphold).facts[-1]
    assert by_own.rules_region == ""  # type: ignore[attr-defined]


def test_an_objection_tells_its_term_and_where_it_lacks_something() -> None:
    late = concluded.when(replace(object_now, now=s.LATE))
    late.then_refused(ObjectionTooLate, objection_by=date(2021, 3, 15))
    wordless = concluded.when(replace(object_now, grounds=" ")).then_refused(ReasonMissing)
    assert wordless.pointer == "/grounds"
    old = concluded.when(replace(object_now, evidence=())).then_refused(EvidenceNotNew)
    assert old.pointer == "/evidence"
    unreasoned = objected.when(replace(uphold, reason=" ")).then_refused(ReasonMissing)
    assert unreasoned.pointer == "/reason"
    s.ex_ante.when(review_report).then_refused(ExAnteUnknown, project_code="P1")


def test_an_upheld_objection_lifts_the_vetoes_and_takes_the_grade_of_the_new_score() -> None:
    vetoed = reviewed(scored("s1", "95", "NO_TARGET"), scored("s2", "95")).after(conclude_report)
    for score, grade, conclusion in (
        ("79.994", Grade.FAIR, Conclusion.NOT_ARRANGED),
        ("79.995", Grade.GOOD, Conclusion.INCLUDED),
        ("90", Grade.EXCELLENT, Conclusion.INCLUDED),
        ("59.99", Grade.POOR, Conclusion.NOT_ARRANGED),
    ):
        [_, end] = vetoed.after(object_now).when(replace(uphold, score=Decimal(score))).facts
        assert isinstance(end, ExAnteConcluded)
        assert (end.grade, end.conclusion, end.concluded_by) == (grade, conclusion, uphold.by)
        kept = ALL if conclusion is Conclusion.INCLUDED else ZERO
        assert (end.accepted, end.reduced) == (kept, ALL - kept)


def test_a_budget_up_to_the_last_fen_uses_the_conclusion_up() -> None:
    exact = concluded.knowing(replace(binding, budget=s.yuan("7_400_000")))
    exact.when(consume).then(ExAnteConsumed(budget=s.yuan("7_400_000")))
    above = concluded.knowing(replace(binding, budget=s.yuan("7_400_000") + FEN)).when(consume)
    assert above.refusal is not None
    assert above.refusal.details == {"accepted": "7400000.00"}
