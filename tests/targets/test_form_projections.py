"""What only forms show is folded from facts alone."""

from dataclasses import replace
from datetime import date

from services.targets.domain.commands.target import ReturnTarget
from services.targets.domain.values import Office
from services.targets.projections.adjustment_register import (
    AdjustmentSignatureRow,
    adjustment_register,
)
from services.targets.projections.ex_ante_papers import (
    ExAntePaperRow,
    ExAnteScoringRow,
    ex_ante_papers,
)
from services.targets.projections.project_particulars import (
    ProjectParticularsRow,
    project_particulars,
)
from services.targets.projections.target_opinions import TargetOpinionRow, target_opinions
from services.targets.projections.unit_register import UnitRow, unit_register
from shared.testing.projection_spec import ProjectionSpec
from tests.targets import assessments as a
from tests.targets import stories as s
from tests.targets import test_approval_authority as authority
from tests.targets.test_adjustment import approve

DAY = date(2021, 3, 1)
signatures = ProjectionSpec(target_opinions)
agreements = ProjectionSpec(adjustment_register)
papers = ProjectionSpec(ex_ante_papers)


async def test_each_step_of_a_review_signs_the_form() -> None:
    rows = signatures.given("target-P1-2021", *s.ready().facts)
    await rows.then(
        TargetOpinionRow,
        "P1-2021",
        drafted_by="somebody",
        drafted_on=DAY,
        submitted_on=DAY,
        reviewed_on=DAY,
        checked_on=DAY,
        graded_by="somebody",
    )


async def test_opinions_are_kept_until_the_target_is_handed_in_again() -> None:
    review = replace(s.review_target, opinion="符合规划")
    back = ReturnTarget(
        project_code=s.CODE,
        fiscal_year=s.YEAR,
        reasons=("补充",),
        office=Office.BUSINESS,
        by=s.FINANCE,
        now=s.NOW,
    )
    returned = s.submitted().after(review, back)
    rows = signatures.given("target-P1-2021", *returned.facts)
    await rows.then(TargetOpinionRow, "P1-2021", review_opinion="符合规划", reviewed_on=DAY)
    by_its_business = returned.knowing(s.a_matrix.state).after(s.confirm_goal)
    again = by_its_business.knowing(*s.AT_SIGNING).after(s.submit_target)
    rows = signatures.given("target-P1-2021", *again.facts)
    await rows.then(TargetOpinionRow, "P1-2021", review_opinion="", reviewed_on=None)


async def test_who_agreed_to_an_adjustment_is_kept_with_the_document() -> None:
    waiting, record = authority.waiting, authority.record
    rows = agreements.given("target-P1-2021", *waiting.after(approve, record).facts)
    nothing = {"authority": "", "document_no": "", "decided_on": None, "sha256": ""}
    own = {"signed_by": approve.by, "signed_on": DAY, **nothing}
    await rows.then(AdjustmentSignatureRow, "A1", "PERFORMANCE", **own)
    said = {
        "authority": "市人大常委会",
        "document_no": record.document_no,
        "decided_on": record.decided_on,
        "sha256": record.sha256,
    }
    await rows.then(AdjustmentSignatureRow, "A1", "PEOPLES_CONGRESS", signed_by="recorder", **said)


async def test_a_report_keeps_its_words_and_the_days_of_its_scores() -> None:
    story = a.reviewed(a.scored("s1", "90"))
    rows = papers.given("ex_ante-P1-2021", *story.facts)
    await rows.then(ExAntePaperRow, "P1-2021", goal="改善就学条件", reviewed_on=DAY)
    await rows.then(ExAnteScoringRow, "P1-2021", 1, "s1", scored_on=DAY)


async def test_a_registration_keeps_its_flags() -> None:
    stated = replace(s.PARTICULARS, is_renewed=True, library_class="教育")
    story = s.at_registration.after(replace(s.register_project, particulars=stated))
    rows = ProjectionSpec(project_particulars).given("project-P1", *story.facts)
    await rows.then(
        ProjectParticularsRow, "P1", is_new=False, is_renewed=True, library_class="教育"
    )


async def test_a_unit_keeps_its_legal_identity() -> None:
    command = replace(s.register_unit, credit_code="11653101010401234X")
    story = s.unit.knowing(s.a_region.state).after(command)
    rows = ProjectionSpec(unit_register).given(f"unit-{s.UNIT_CODE}", *story.facts)
    await rows.then(UnitRow, s.UNIT_CODE, credit_code="11653101010401234X")
