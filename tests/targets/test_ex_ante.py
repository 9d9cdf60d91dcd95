"""Ex-ante assessment: reported, scored, graded, cut, concluded, objected to. Vector V3."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.targets.domain.commands.ex_ante import (
    ReduceExAnteAmount,
    ReturnExAnteReport,
)
from services.targets.domain.events.ex_ante import (
    ExAnteAmountReduced,
    ExAnteConcluded,
    ExAnteGraded,
    ExAnteReportReturned,
    ExAnteReportReviewed,
)
from services.targets.domain.project_states import UnknownProject
from services.targets.domain.refusals import (
    DimensionUnanswered,
    EvidenceMissing,
    ExAnteAlreadyConcluded,
    ExAnteNotReviewed,
    ExAnteNotSubmitted,
    ExAnteReportExists,
    ExAnteRoundsExhausted,
    ExAnteUnknown,
    GoalMissing,
    ProjectUnknown,
    ReasonMissing,
    ReductionTooLarge,
    RejectionNotWhole,
    ScoreIncomplete,
    ScorerHasScored,
    ScorersTooFarApart,
    ScorersTooFew,
    ScorerWroteReport,
    TargetNotDrafted,
    TargetRejectedForGood,
)
from services.targets.domain.target import TARGET
from services.targets.domain.values import Conclusion, ReductionKind, ReductionLine
from shared.domain.grades import Grade
from shared.domain.money import ZERO, Money
from tests.targets.assessments import (
    AT_REPORT,
    conclude_report,
    grade_report,
    review_report,
    reviewed,
    scored,
    submit_report,
)
from tests.targets.stories import (
    CODE,
    FINANCE,
    HEAD,
    NOW,
    REGION_CODE,
    YEAR,
    approved,
    checked,
    ex_ante,
    governed,
    grade_target,
    ready,
    with_points,
    yuan,
)
from tests.targets.stories import submitted as target_submitted

known = ex_ante.knowing(*AT_REPORT)
submitted = known.after(submit_report)
send_back = ReturnExAnteReport(
    project_code=CODE, fiscal_year=YEAR, reasons=("筹资方案不全",), by=FINANCE, now=NOW
)


def cut(kind: ReductionKind, *amounts: str) -> ReduceExAnteAmount:
    return ReduceExAnteAmount(
        project_code=CODE,
        fiscal_year=YEAR,
        region_code=REGION_CODE,
        kind=kind,
        lines=tuple(
            ReductionLine(line=f"第{n}项", amount=yuan(a), reason="超标准")
            for n, a in enumerate(amounts, 1)
        ),
        by=FINANCE,
        now=NOW,
    )


poor = reviewed(scored("s1", "70"), scored("s2", "72")).after(conclude_report)


def outcome(*scores: str) -> ExAnteConcluded:
    """What these scores lead to."""
    story = reviewed(*(scored(f"s{n}", s) for n, s in enumerate(scores)))
    concluded = story.after(conclude_report).facts[-1]
    assert isinstance(concluded, ExAnteConcluded)
    return concluded


def test_v3_two_scorers_are_excellent_and_the_project_is_cut_by_600000() -> None:
    story = reviewed(scored("s1", "91.20"), scored("s2", "93.00"))
    story = story.after(cut(ReductionKind.PARTIAL_CUT, "600_000"))
    assert story.facts[-2] == ExAnteGraded(
        totals=(Decimal("91.20"), Decimal("93.00")),
        trimmed=False,
        vetoes=(),
        score=Decimal("92.10"),
        grade=Grade.EXCELLENT,
        rule_set_version=1,
        graded_by=FINANCE,
    )
    concluded = story.after(conclude_report).facts[-1]
    assert isinstance(concluded, ExAnteConcluded)
    assert concluded.requested == yuan("8_000_000")
    assert concluded.reduced == yuan("600_000")
    assert concluded.accepted == yuan("7_400_000")
    assert concluded.reduction_kind is ReductionKind.PARTIAL_CUT
    assert concluded.conclusion is Conclusion.INCLUDED


@pytest.mark.parametrize(
    ("scores", "score", "grade", "conclusion"),
    [
        (("79.99", "80.00"), "80.00", Grade.GOOD, Conclusion.INCLUDED),  # mean 79.995
        (("79.99", "79.99"), "79.99", Grade.FAIR, Conclusion.NOT_ARRANGED),
        (("59.99", "59.99"), "59.99", Grade.POOR, Conclusion.NOT_ARRANGED),
        (("100", "100"), "100.00", Grade.EXCELLENT, Conclusion.INCLUDED),
    ],
)
def test_v3_the_grade_is_taken_from_the_rounded_mean(
    scores: tuple[str, ...], score: str, grade: Grade, conclusion: Conclusion
) -> None:
    found = outcome(*scores)
    assert (found.score, found.grade, found.conclusion) == (Decimal(score), grade, conclusion)


def test_five_scorers_leave_out_the_highest_and_the_lowest() -> None:
    assert outcome("10", "90", "90", "93", "100").score == Decimal("91.00")
    assert outcome("85", "90", "90", "93").score == Decimal("89.50")


def test_one_veto_makes_a_project_poor_whatever_its_points() -> None:
    story = reviewed(scored("s1", "95"), scored("s2", "96", "NO_LEGAL_BASIS"))
    concluded = story.after(conclude_report).facts[-1]
    assert isinstance(concluded, ExAnteConcluded)
    assert (concluded.grade, concluded.conclusion) == (Grade.POOR, Conclusion.NOT_ARRANGED)


def test_a_project_that_is_not_arranged_loses_the_whole_amount() -> None:
    concluded = poor.facts[-1]
    assert isinstance(concluded, ExAnteConcluded)
    assert (concluded.accepted, concluded.reduced) == (ZERO, yuan("8_000_000"))
    assert concluded.reduction_kind is ReductionKind.REJECTED_PROJECT


def test_one_scorer_is_not_enough_and_two_far_apart_need_a_third() -> None:
    reviewed(scored("s1", "90")).when(grade_report).then_refused(ScorersTooFew, scorers_min=2)
    apart = reviewed(scored("s1", "70"), scored("s2", "85.01"))
    apart.when(grade_report).then_refused(ScorersTooFarApart)
    apart.when(conclude_report).then_refused(ScorersTooFarApart)
    assert apart.after(scored("s3", "80"), grade_report).state.grading.score == Decimal("78.34")
    reviewed(scored("s1", "70"), scored("s2", "85")).after(grade_report)


def test_the_report_speaks_on_every_dimension() -> None:
    silent = replace(submit_report, statements={**submit_report.statements, "ECONOMY": " "})
    refusal = known.when(silent).then_refused(DimensionUnanswered)
    assert refusal.pointer == "/statements/ECONOMY"
    unproven = known.when(replace(submit_report, evidence=())).then_refused(EvidenceMissing)
    aimless = known.when(replace(submit_report, goal=" ")).then_refused(GoalMissing)
    assert (unproven.pointer, aimless.pointer) == ("/evidence", "/goal")
    nobody = ex_ante.knowing(UnknownProject(), *AT_REPORT[1:])
    nobody.when(submit_report).then_refused(ProjectUnknown)


def test_a_report_comes_with_the_draft_of_the_target() -> None:
    project, _, *rules = AT_REPORT
    without = ex_ante.knowing(project, TARGET.initial, *rules)
    refusal = without.when(submit_report).then_refused(TargetNotDrafted, fiscal_year=YEAR)
    assert refusal.pointer == "/project_code"
    assert refusal.remedy is not None
    assert refusal.remedy.startswith("Draft the target")
    [report] = known.when(submit_report).facts
    for later in (target_submitted().state, ready().state, approved().state):
        ex_ante.knowing(project, later, *rules).when(submit_report).then(report)
    poor_target = checked().knowing(*governed).after(replace(grade_target, points=with_points(50)))
    refused = ex_ante.knowing(project, poor_target.state, *rules)
    refused.when(submit_report).then_refused(TargetRejectedForGood)


def test_a_report_handed_in_before_targets_came_with_it_stays_as_it_is() -> None:
    without = ex_ante.given(*submitted.facts).knowing(AT_REPORT[0], TARGET.initial, *AT_REPORT[2:])
    without.when(submit_report).then_nothing()
    back = ex_ante.given(*submitted.after(send_back).facts)
    again = back.knowing(AT_REPORT[0], TARGET.initial, *AT_REPORT[2:])
    again.when(submit_report).then_refused(TargetNotDrafted)


def test_a_report_is_handed_in_once_at_a_time() -> None:
    submitted.when(submit_report).then_nothing()
    submitted.when(replace(submit_report, goal="其他")).then_refused(ExAnteReportExists)


def test_the_department_passes_the_report_on() -> None:
    submitted.when(review_report).then(ExAnteReportReviewed(opinion=""))
    reviewed().when(review_report).then_nothing()
    submitted.when(replace(review_report, by=HEAD)).then_refused(ScorerWroteReport)
    ex_ante.when(review_report).then_refused(ExAnteUnknown)
    returned = submitted.after(send_back)
    returned.when(review_report).then_refused(ExAnteNotSubmitted)


def test_a_report_goes_back_at_most_three_times() -> None:
    story = submitted
    for _ in range(3):
        story.when(send_back).then(ExAnteReportReturned(reasons=("筹资方案不全",)))
        story = story.after(send_back)
        story.when(send_back).then_nothing()
        story = story.after(submit_report)
    story.when(send_back).then_refused(ExAnteRoundsExhausted)
    submitted.when(replace(send_back, reasons=())).then_refused(ReasonMissing)
    poor.when(send_back).then_refused(ExAnteAlreadyConcluded)


def test_a_scorer_scores_once_completely_and_never_their_own_report() -> None:
    story = reviewed(scored("s1", "90"))
    story.when(scored("s1", "90")).then_nothing()
    story.when(scored("s1", "91")).then_refused(ScorerHasScored)
    story.when(scored(HEAD, "90")).then_refused(ScorerWroteReport)
    points = dict(scored("s2", "90").points)
    lacking = {name: given for name, given in points.items() if name != "ECONOMY"}
    story.when(replace(scored("s2", "90"), points=lacking)).then_refused(ScoreIncomplete)
    above = {**points, "ECONOMY": Decimal("20.01")}
    story.when(replace(scored("s2", "90"), points=above)).then_refused(ScoreIncomplete)
    submitted.knowing(*governed).when(scored("s2", "90")).then_refused(ExAnteNotReviewed)
    graded = story.after(scored("s2", "90"), grade_report)
    graded.when(scored("s1", "90")).then_nothing()
    graded.when(scored("s3", "90")).then_refused(ExAnteAlreadyConcluded)
    poor.when(scored("s3", "90")).then_refused(ExAnteAlreadyConcluded)


def test_grading_and_concluding_again_is_silent() -> None:
    graded = reviewed(scored("s1", "90"), scored("s2", "90")).after(grade_report)
    graded.when(grade_report).then_nothing()
    concluded = graded.after(conclude_report)
    concluded.when(grade_report).then_nothing()
    concluded.when(conclude_report).then_nothing()
    author = replace(conclude_report, by=HEAD)
    graded.when(author).then_refused(ScorerWroteReport)
    scoring = reviewed(scored("s1", "90"), scored("s2", "90"))
    part = cut(ReductionKind.PARTIAL_CUT, "1")
    for command in (grade_report, conclude_report, part):
        scoring.when(replace(command, by=HEAD)).then_refused(ScorerWroteReport)
    graded.when(replace(part, by=HEAD)).then_refused(ScorerWroteReport)
    waiting = submitted.knowing(*governed)
    waiting.when(grade_report).then_refused(ExAnteNotReviewed)
    waiting.when(conclude_report).then_refused(ExAnteNotReviewed)


def test_a_cut_is_checked_line_by_line() -> None:
    graded = reviewed(scored("s1", "90"), scored("s2", "90")).after(grade_report)
    part = cut(ReductionKind.PARTIAL_CUT, "100_000", "200_000")
    graded.when(part).then(
        ExAnteAmountReduced(
            kind=ReductionKind.PARTIAL_CUT,
            lines=part.lines,
            reduced=yuan("300_000"),
            reduced_by=FINANCE,
        )
    )
    graded.after(part).when(part).then_nothing()
    graded.after(part).when(replace(part, by="a colleague")).then_nothing()
    graded.when(cut(ReductionKind.PARTIAL_CUT, "8_000_001")).then_refused(ReductionTooLarge)
    negative = ReductionLine(line="1", amount=Money(-1), reason="x")
    graded.when(replace(part, lines=(negative,))).then_refused(ReductionTooLarge)
    silent = ReductionLine(line="1", amount=Money(1), reason=" ")
    graded.when(replace(part, lines=(silent,))).then_refused(ReasonMissing)


def test_a_rejected_project_is_cut_whole_and_a_part_is_a_partial_cut() -> None:
    graded = reviewed(scored("s1", "90"), scored("s2", "90")).after(grade_report)
    whole = cut(ReductionKind.REJECTED_PROJECT, "8_000_000")
    rejected = graded.after(whole, conclude_report).facts[-1]
    assert isinstance(rejected, ExAnteConcluded)
    assert rejected.conclusion is Conclusion.NOT_ARRANGED
    for wrong in (
        cut(ReductionKind.REJECTED_PROJECT, "1"),
        cut(ReductionKind.PARTIAL_CUT, "8_000_000"),
        cut(ReductionKind.PARTIAL_CUT),
        cut(ReductionKind.NONE, "1"),
    ):
        graded.when(wrong).then_refused(RejectionNotWhole)


def test_after_the_conclusion_nothing_is_cut_any_more() -> None:
    part = cut(ReductionKind.PARTIAL_CUT, "100_000")
    concluded = reviewed(scored("s1", "90"), scored("s2", "90")).after(part, conclude_report)
    concluded.when(part).then_nothing()
    concluded.when(cut(ReductionKind.PARTIAL_CUT, "2")).then_refused(ExAnteAlreadyConcluded)
    submitted.knowing(*governed).when(part).then_refused(ExAnteNotReviewed)
