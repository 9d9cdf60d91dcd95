"""Stories of third parties: registered, commissioned where independent, reviewed before paid."""

from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.judging import refusals as judging
from services.evaluation.domain.judging.commands import NoteCommission
from services.evaluation.domain.judging.state import Evaluation
from services.evaluation.domain.judging.values import Side
from services.evaluation.domain.refusals import AlreadyRecorded, EvaluationUnknown, NotItsName
from services.evaluation.domain.self_evaluation.messages import SelfEvaluationSubmitted
from services.evaluation.domain.self_evaluation.states import Open, Submitted
from services.evaluation.domain.third_party import assignment_messages as told
from services.evaluation.domain.third_party import refusals as no
from services.evaluation.domain.third_party.assignment_decider import assignment_decider
from services.evaluation.domain.third_party.commissioned import Commissioned, commissioned
from services.evaluation.domain.third_party.credit_code import (
    ALPHABET,
    check_character,
    is_credit_code,
)
from services.evaluation.domain.third_party.registry import (
    ExcludeThirdParty,
    RegisterThirdParty,
    ThirdParty,
    ThirdPartyExcluded,
    third_party_decider,
)
from services.evaluation.domain.third_party.values import (
    Declaration,
    FeeBasis,
    Independence,
    InstitutionKind,
    LeadEvaluator,
    Subcontract,
    Work,
    WorkingPaper,
)
from services.evaluation.projections.third_parties import ThirdPartyRow, third_parties
from shared.domain.money import Money
from shared.testing.projection_spec import ProjectionSpec
from shared.testing.spec import Given, Spec
from tests.evaluation import judging_story as story
from tests.evaluation import test_self_evaluation as reports
from tests.evaluation.story import BUREAU, DEPT, NOW, PROJECT, REGION, SECOND, THIRD, UNIT, submit

CODE: Final = "91653101MA77777777"
LEAD: Final = "iss|lead"
ID: Final = f"{story.ID}-{CODE}"
PROOF: Final = "7" * 64
assignment = Spec(assignment_decider)
registry = Spec(third_party_decider)
REGISTER: Final = RegisterThirdParty(
    unified_credit_code=CODE,
    name="某会计师事务所",
    kind=InstitutionKind.ACCOUNTING_FIRM,
    credit_platform_no="PJ-18",
    credit_level="A",
    lead_evaluators=(LeadEvaluator(account="lead", name="李华"),),
    affiliations=(),
    by=BUREAU,
    now=NOW,
)
EXCLUDE: Final = ExcludeThirdParty(
    unified_credit_code=CODE, reason="虚假报告", document_no="监1号", by=SECOND, now=NOW
)
ONE: Final[dict[str, Any]] = {"assignment_id": ID, "now": NOW}
COMMISSION: Final = told.CommissionThirdParty(
    **ONE,
    evaluation_id=story.ID,
    unified_credit_code=CODE,
    contract_no="HT-1",
    fee=Money(6_000_000),
    fee_basis=FeeBasis.FIXED,
    works=(Work.PLAN, Work.SCORING, Work.REPORT),
    subcontracts=(Subcontract(work=Work.SURVEY, to="某调查公司"),),
    lead_evaluator="lead",
    declaration=Declaration(sha256=PROOF),
    side=Side.FINANCE,
    by=BUREAU,
)
BEGIN: Final = told.BeginAssignment(**ONE, by=LEAD)
DELIVER: Final = told.SubmitDraftReport(
    **ONE,
    report_sha256=PROOF,
    seal_sha256=PROOF,
    working_papers=(WorkingPaper(name="访谈记录", sha256=PROOF),),
    by=LEAD,
)
REVIEW: Final = told.ReviewAssignment(
    **ONE, quality_score=Decimal(92), passed=True, findings="依据充分", by=BUREAU
)
ACCEPT: Final = told.AcceptAssignment(**ONE, by=SECOND)
REJECT: Final = told.RejectAssignment(**ONE, reason="底稿不全", by=SECOND)
PAY: Final = told.PayAssignment(**ONE, amount=Money(6_000_000), document_no="支1号", by=THIRD)
LIFE: Final = (BEGIN, DELIVER, REVIEW, ACCEPT, PAY)


def registered(**changes: Any) -> ThirdParty:  # noqa: ANN401 - any field
    """The institution as it is registered."""
    found = registry.given().after(replace(REGISTER, **changes)).state
    assert isinstance(found, ThirdParty)
    return found


def selected() -> Evaluation:
    """The evaluation that is commissioned."""
    found = story.until(story.NOTICE).state
    assert isinstance(found, Evaluation)
    return found


def knowing(party: ThirdParty, evaluation: Evaluation | None = None) -> Given:
    """Nothing is commissioned yet."""
    return assignment.knowing(party, evaluation or selected(), Open(project=PROJECT))


def until(last: object) -> Given:
    """The assignment up to one of its steps."""
    begun = Given(assignment_decider, knowing(registered()).after(COMMISSION).facts)
    return begun.after(*LIFE[: LIFE.index(last) + 1])


@given(st.text(alphabet=ALPHABET, min_size=17, max_size=17), st.sampled_from(ALPHABET))
def test_only_the_check_character_of_gb_32100_is_taken(first: str, last: str) -> None:
    assert is_credit_code(first + last) == (check_character(first) == last)


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("91110108551385082Q", True),
        ("91110000802100433B", True),
        ("914403001922038216", True),
        ("91110108551385082R", False),
        ("91110108551385028Q", False),  # two characters changed places
        ("91110108551385082", False),
        ("9111010855138508\uff12Q", False),
        ("9111010855138I082Q", False),
    ],
)
def test_published_codes_are_right_and_changed_ones_wrong(code: str, *, right: bool) -> None:
    assert is_credit_code(code) is right


def test_an_institution_is_registered_by_its_code_and_kept_up_to_date() -> None:
    wrong = replace(REGISTER, unified_credit_code="91653101MA77777776")
    registry.when(wrong).then_refused(no.CreditCodeWrong)
    known = registry.given().after(REGISTER)
    known.when(replace(REGISTER, by=SECOND)).then_nothing()
    assert len(known.when(replace(REGISTER, credit_level="B")).facts) == 1
    registry.when(EXCLUDE).then_refused(no.ThirdPartyUnknown)
    known.after(EXCLUDE).when(EXCLUDE).then_nothing()


def test_an_independent_institution_is_commissioned_and_the_evaluation_knows() -> None:
    (fact,) = knowing(registered()).when(COMMISSION).facts
    assert isinstance(fact, told.ThirdPartyCommissioned)
    assert (fact.lead_evaluator.name, fact.declaration.sha256) == ("李华", PROOF)
    (noted,) = assignment_decider.entails(fact, None)
    assert isinstance(noted, NoteCommission)
    assert (noted.evaluation_id, noted.assignment_id) == (story.ID, ID)
    knowing(registered()).after(COMMISSION).when(COMMISSION).then_nothing()
    again = replace(COMMISSION, contract_no="HT-2")
    knowing(registered()).after(COMMISSION).when(again).then_refused(AlreadyRecorded)


@pytest.mark.parametrize(
    ("party", "contract", "reasons"),
    [
        ({"affiliations": (REGION,)}, {}, [Independence.OF_THE_CLIENT]),
        ({"affiliations": (UNIT,)}, {}, [Independence.OF_THE_OBJECT]),
        ({"affiliations": (DEPT,)}, {}, [Independence.OF_THE_OBJECT]),
        (
            {},
            {"declaration": Declaration(sha256=PROOF, interests=(UNIT,))},
            [Independence.OF_THE_OBJECT],
        ),
        (
            {},
            {"declaration": Declaration(sha256=PROOF, served_projects=("P1",))},
            [Independence.PLANNED_THE_PROJECT],
        ),
        ({}, {"by": LEAD}, [Independence.SAME_PERSON]),
        (
            {"affiliations": (REGION, UNIT)},
            {"declaration": Declaration(sha256=PROOF, served_projects=("P1",)), "by": LEAD},
            list(Independence),
        ),
    ],
    ids=str,
)
def test_whoever_is_not_independent_is_refused_with_every_reason(
    party: dict[str, Any], contract: dict[str, Any], reasons: list[Independence]
) -> None:
    asked = replace(COMMISSION, **contract)
    told_reasons = [reason.value for reason in reasons]
    refusal = knowing(registered(**party)).when(asked).then_refused(no.NotIndependent)
    assert refusal.details["reasons"] == told_reasons


def test_who_signed_the_self_evaluation_does_not_lead_its_evaluation() -> None:
    (signed,) = reports.started().when(submit(by=LEAD)).facts
    assert isinstance(signed, SelfEvaluationSubmitted)
    report = Submitted(project=PROJECT, report=signed)
    asked = assignment.knowing(registered(), selected(), report).when(COMMISSION)
    asked.then_refused(no.NotIndependent, reasons=["SAME_PERSON"])


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"fee_basis": FeeBasis.SCORE}, no.FeeTiedToScore),
        ({"works": (Work.SCORING, Work.CONCLUDING)}, no.AdministrationsOwnWork),
        ({"works": (Work.SETTING_TARGETS,)}, no.AdministrationsOwnWork),
        ({"works": (Work.SIGNING_SELF_EVALUATION,)}, no.AdministrationsOwnWork),
        (
            {"subcontracts": (Subcontract(work=Work.SCORING, to="x"),)},
            no.CoreWorkSubcontracted,
        ),
        ({"lead_evaluator": "nobody"}, no.LeadEvaluatorUnknown),
        ({"side": Side.DEPARTMENT}, judging.AnotherSideEvaluates),
        ({"assignment_id": "X"}, NotItsName),
    ],
    ids=str,
)
def test_what_a_contract_may_not_say(changes: dict[str, Any], refusal: type) -> None:
    knowing(registered()).when(replace(COMMISSION, **changes)).then_refused(refusal)


def test_only_a_known_institution_is_commissioned_and_in_time() -> None:
    assignment.knowing(ThirdParty(), selected(), Open(project=PROJECT)).when(
        COMMISSION
    ).then_refused(no.ThirdPartyUnknown)
    assignment.knowing(registered(), None).when(COMMISSION).then_refused(EvaluationUnknown)
    barred = registry.given().after(REGISTER, EXCLUDE).state
    knowing(barred).when(COMMISSION).then_refused(no.ThirdPartyBarred)
    late = story.until(story.SCORE).state
    knowing(registered(), late).when(COMMISSION).then_refused(no.CommissionTooLate)


@pytest.mark.parametrize(
    ("excluder", "binds"),
    [
        (REGION, True),  # the county itself
        (f"{REGION[:4]}00", True),  # its prefecture
        (f"{REGION[:2]}0000", True),
        (f"{REGION[:4]}99", False),  # a neighbour
        (f"{REGION[:2]}2900", False),  # another prefecture
        ("", True),  # a fact of before exclusions named a region
    ],
)
def test_an_exclusion_binds_its_region_and_those_below(excluder: str, *, binds: bool) -> None:
    barred = registry.given().after(REGISTER, replace(EXCLUDE, region_code=excluder)).state
    outcome = knowing(barred).when(COMMISSION)
    if binds:
        told_no = outcome.then_refused(no.ThirdPartyBarred, region_code=excluder)
        assert told_no.details["reason"] == EXCLUDE.reason
    else:
        assert outcome.refusal is None


def test_each_bureau_excludes_for_itself_and_once() -> None:
    neighbour = f"{REGION[:4]}99"
    excluded = registry.given().after(REGISTER, replace(EXCLUDE, region_code=neighbour))
    excluded.when(replace(EXCLUDE, region_code=neighbour, by=THIRD)).then_nothing()
    own = replace(EXCLUDE, region_code=REGION, document_no="监2号")
    excluded.when(own).then(
        ThirdPartyExcluded(
            reason=EXCLUDE.reason,
            document_no="监2号",
            excluded_by=SECOND,
            region_code=REGION,
            regions=(neighbour, REGION),
        )
    )
    both = excluded.after(own, replace(REGISTER, credit_level="B")).state
    knowing(both).when(COMMISSION).then_refused(no.ThirdPartyBarred, document_no="监2号")
    other_way_round = registry.given().after(REGISTER, own, replace(EXCLUDE, region_code=neighbour))
    barred = knowing(other_way_round.state).when(COMMISSION)
    barred.then_refused(no.ThirdPartyBarred, document_no="监2号")


async def test_the_register_shows_where_an_institution_is_excluded() -> None:
    excluded = registry.given().after(REGISTER, replace(EXCLUDE, region_code=REGION))
    anew = excluded.after(replace(REGISTER, credit_level="B"))
    shown = ProjectionSpec(third_parties).given(f"third_party-{CODE}", *anew.facts)
    said = {"credit_level": "B", "excluded": "虚假报告", "excluded_in": [REGION]}
    await shown.then(ThirdPartyRow, CODE, **said)
    # What was decided before an exclusion named a region is shown as an exclusion for all.
    old = ThirdPartyExcluded(reason="虚假报告", document_no="监1号", excluded_by=SECOND)
    before = (*registry.given().after(REGISTER).facts, old)
    shown = ProjectionSpec(third_parties).given(f"third_party-{CODE}", *before)
    await shown.then(ThirdPartyRow, CODE, excluded_in=[""])


def test_the_lead_evaluator_signs_and_papers_come_with_the_report() -> None:
    assignment.when(BEGIN).then_refused(no.AssignmentUnknown)
    begun = until(BEGIN)
    begun.when(replace(DELIVER, by="iss|member")).then_refused(no.NotTheLeadEvaluator)
    begun.when(replace(DELIVER, working_papers=())).then_refused(no.WorkingPapersMissing)
    before = Given(assignment_decider, begun.facts[:1])
    before.when(DELIVER).then_refused(no.AssignmentStepOutOfOrder)
    before.when(replace(BEGIN, by=BUREAU)).then_refused(no.NotTheLeadEvaluator)


def test_quality_is_reviewed_before_anything_is_accepted_or_paid() -> None:
    delivered = until(DELIVER)
    delivered.when(PAY).then_refused(no.PaymentBeforeAcceptance)
    delivered.when(ACCEPT).then_refused(no.AssignmentStepOutOfOrder)
    delivered.when(replace(REVIEW, by=LEAD)).then_refused(no.ReviewerNotIndependent)
    reviewed = until(REVIEW)
    reviewed.when(PAY).then_refused(no.PaymentBeforeAcceptance)
    for judged, who in product((ACCEPT, REJECT), (BUREAU, LEAD)):
        reviewed.when(replace(judged, by=who)).then_refused(no.ReviewerNotIndependent)
    accepted = until(ACCEPT)
    accepted.when(REJECT).then_refused(no.AssignmentStepOutOfOrder)
    paid = accepted.when(PAY).facts
    assert [type(one) for one in paid] == [told.AssignmentPaid]
    accepted.after(PAY).when(replace(PAY, document_no="2")).then_refused(AlreadyRecorded)


@pytest.mark.parametrize("amount", [0, 5_999_999, 6_000_001])
def test_what_is_paid_is_the_agreed_fee_whatever_the_score(amount: int) -> None:
    paid = until(ACCEPT).when(replace(PAY, amount=Money(amount)))
    paid.then_refused(no.FeeDiffers, fee="60000.00")


def test_a_failed_review_is_followed_by_a_new_report_or_a_rejection() -> None:
    failed = until(DELIVER).after(replace(REVIEW, passed=False))
    failed.when(ACCEPT).then_refused(no.QualityNotPassed)
    better = replace(DELIVER, report_sha256="6" * 64)
    anew = failed.after(better)
    anew.when(ACCEPT).then_refused(no.AssignmentStepOutOfOrder)
    assert anew.after(REVIEW).when(ACCEPT).refusal is None
    rejected = failed.after(REJECT)
    rejected.when(REJECT).then_nothing()
    rejected.when(PAY).then_refused(no.PaymentBeforeAcceptance)
    until(REVIEW).when(better).then_refused(no.AssignmentStepOutOfOrder)


def test_the_report_of_a_third_party_is_submitted_after_it_was_accepted() -> None:
    note = NoteCommission(
        evaluation_id=story.ID, assignment_id=ID, evaluator="某会计师事务所", by=BUREAU, now=NOW
    )
    done = story.after(*story.STEPS[:8]).after(note)
    unreviewed = done.knowing(story.KNOWN_UNIT, until(REVIEW).state)
    unreviewed.when(story.SUBMIT).then_refused(judging.ReportNotReviewed)
    accepted = until(ACCEPT).state
    assert commissioned([accepted]) == Commissioned(
        name="某会计师事务所", lead_evaluator="李华", accepted=True
    )
    unsigned = replace(story.SUBMIT, lead_evaluator="")
    (fact,) = done.knowing(story.KNOWN_UNIT, accepted).when(unsigned).facts
    report = fact.report  # type: ignore[attr-defined]
    assert (report.lead_evaluator, report.sealed_by) == ("李华", "某会计师事务所")
