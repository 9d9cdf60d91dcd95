"""A policy document: drafted, reviewed by another, issued, in force by the clock, ended."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

import msgspec

from services.disclosure.domain import policy, refusals
from services.disclosure.domain.policy.document import number_key
from services.disclosure.domain.policy.refusals import (
    DocumentNumberTaken,
    PolicyAmendedTooEarly,
    PolicyDatesContradict,
    PolicyKnownOtherwise,
    PolicyLegalityNotReviewed,
    ReviewerDraftedPolicy,
    StepNotMapped,
    SuccessorUnknown,
)
from services.disclosure.domain.values import Layer, Step
from shared.testing.spec import Spec
from tests.disclosure.stories import BUREAU, NOW, TODAY, UNIT

BY: Final[dict[str, Any]] = {"by": BUREAU, "now": NOW}
APRIL, JUNE, SEPTEMBER = date(2021, 4, 1), date(2021, 6, 1), date(2021, 9, 1)
DOCUMENT: Final = policy.Document(
    policy_id="P1",
    region_code="653100",
    layer=Layer.ONE,
    title="实施意见",
    document_no="〔2021〕1号",
    issuer="喀什地委",
    steps=(Step.TARGET,),
)
library: Final = Spec(policy.decider)
drafted: Final = policy.PolicyDrafted(document=DOCUMENT, drafted_by=UNIT)
reviewed: Final = policy.PolicyLegalityReviewed(passed=True, opinion="合法", reviewed_by=BUREAU)
issued: Final = policy.PolicyIssued(issued_on=TODAY, effective_on=APRIL)
issue: Final = policy.IssuePolicy(policy_id="P1", issued_on=TODAY, effective_on=APRIL, **BY)
review: Final = policy.ReviewPolicyLegality(policy_id="P1", passed=True, opinion="合法", **BY)
in_force: Final = library.given(drafted, reviewed, issued)
amend: Final = policy.AmendPolicy(
    policy_id="P1",
    steps=(Step.TARGET, Step.EVALUATION),
    summary="增加环节",
    effective_on=JUNE,
    **BY,
)
amended: Final = policy.PolicyAmended(
    steps=amend.steps, summary="增加环节", effective_on=JUNE, number=2
)
repealed: Final = policy.PolicyRepealed(reason="过时", ends_on=SEPTEMBER)


def at(day: date) -> datetime:
    """Noon of a day in Shanghai."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def test_a_policy_is_drafted_once() -> None:
    draft = policy.DraftPolicy(document=DOCUMENT, by=UNIT, now=NOW)
    library.when(draft).then(drafted)
    library.given(drafted).when(draft).then_nothing()
    other = replace(draft, document=replace(DOCUMENT, title="其他"))
    library.given(drafted).when(other).then_refused(refusals.NumberTaken)
    stepless = replace(draft, document=replace(DOCUMENT, steps=()))
    library.when(stepless).then_refused(refusals.PolicyWithoutStep)
    itself = replace(draft, document=replace(DOCUMENT, supersedes=("P1",)))
    library.when(itself).then_refused(refusals.PolicySupersedesItself)


def test_nobody_reviews_the_legality_of_what_they_drafted_or_revised() -> None:
    library.given(drafted).when(review).then(reviewed)
    library.given(drafted, reviewed).when(review).then_nothing()
    library.when(review).then_refused(refusals.PolicyUnknown)
    own = replace(review, by=UNIT)
    library.given(drafted).when(own).then_refused(ReviewerDraftedPolicy)
    revise = policy.RevisePolicy(
        policy_id="P1",
        layer=Layer.N,
        title="办法",
        steps=(Step.TARGET,),
        text_sha256="a" * 64,
        supersedes=(),
        **BY,
    )
    changed = replace(DOCUMENT, layer=Layer.N, title="办法", text_sha256="a" * 64)
    revised = policy.PolicyRevised(document=changed, revised_by=BUREAU)
    library.given(drafted).when(revise).then(revised)
    library.given(drafted, revised).when(revise).then_nothing()
    library.given(drafted, revised).when(review).then_refused(ReviewerDraftedPolicy)
    in_force.when(revise).then_refused(refusals.PolicyNotDraft)


def test_what_was_reviewed_and_then_revised_is_reviewed_again() -> None:
    revised = policy.PolicyRevised(document=replace(DOCUMENT, title="办法"), revised_by=UNIT)
    library.given(drafted, reviewed, revised).when(issue).then_refused(PolicyLegalityNotReviewed)
    no = replace(review, passed=False, opinion="与上位法抵触")
    objected = policy.PolicyLegalityReviewed(
        passed=False, opinion="与上位法抵触", reviewed_by=BUREAU
    )
    library.given(drafted).when(no).then(objected)
    library.given(drafted, objected).when(no).then_nothing()
    library.given(drafted, objected).when(issue).then_refused(PolicyLegalityNotReviewed)


def test_a_policy_is_issued_after_its_review_and_once() -> None:
    library.given(drafted, reviewed).when(issue).then(issued)
    library.given(drafted).when(issue).then_refused(PolicyLegalityNotReviewed)
    in_force.when(issue).then_nothing()
    later = replace(issue, effective_on=date(2021, 5, 1))
    in_force.when(later).then_refused(refusals.PolicyNotDraft)
    library.when(issue).then_refused(refusals.PolicyUnknown)
    imported = replace(drafted, document=replace(DOCUMENT, origin=policy.PolicyOrigin.IMPORTED))
    library.given(imported).when(issue).then(issued)


def test_a_policy_takes_effect_by_the_clock_on_its_day() -> None:
    begin = policy.BeginPolicyEffect(policy_id="P1", by="clock", now=at(APRIL))
    begun = policy.PolicyEffectBegun(number=1, effective_on=APRIL)
    early = replace(begin, now=datetime(2021, 3, 31, 15, 59, tzinfo=UTC))
    in_force.when(early).then_nothing()
    in_force.when(replace(begin, now=datetime(2021, 3, 31, 16, tzinfo=UTC))).then(begun)
    library.given(drafted, reviewed, issued, begun).when(begin).then_nothing()
    second = policy.PolicyEffectBegun(number=2, effective_on=JUNE)
    both = library.given(drafted, reviewed, issued, begun, amended)
    both.when(begin).then_nothing()
    both.when(replace(begin, now=at(JUNE))).then(second)
    library.given(drafted).when(begin).then_nothing()
    never = replace(repealed, ends_on=APRIL)
    library.given(drafted, reviewed, issued, never).when(begin).then_nothing()


def test_a_policy_in_force_is_amended_by_later_versions() -> None:
    in_force.when(amend).then(amended)
    library.given(drafted, reviewed, issued, amended).when(amend).then_nothing()
    library.given(drafted).when(amend).then_refused(refusals.PolicyNotInForce)
    library.when(amend).then_refused(refusals.PolicyUnknown)
    in_force.when(replace(amend, steps=())).then_refused(refusals.PolicyWithoutStep)
    early = replace(amend, effective_on=APRIL)
    in_force.when(early).then_refused(PolicyAmendedTooEarly, last_on="2021-04-01")


def test_a_step_is_mapped_and_unmapped_by_days() -> None:
    on = policy.MapPolicyStep(policy_id="P1", step=Step.EVALUATION, from_on=JUNE, **BY)
    mapped = policy.PolicyStepMapped(step=Step.EVALUATION, from_on=JUNE)
    in_force.when(on).then(mapped)
    both = library.given(drafted, reviewed, issued, mapped)
    both.when(on).then_nothing()
    off = policy.UnmapPolicyStep(policy_id="P1", step=Step.TARGET, from_on=SEPTEMBER, **BY)
    unmapped = policy.PolicyStepUnmapped(step=Step.TARGET, from_on=SEPTEMBER)
    both.when(off).then(unmapped)
    library.given(drafted, reviewed, issued, mapped, unmapped).when(off).then_nothing()
    in_force.when(off).then_refused(refusals.PolicyWithoutStep)
    in_force.when(replace(off, step=Step.MONITORING)).then_refused(StepNotMapped)
    too_early = replace(off, step=Step.EVALUATION, from_on=JUNE)
    both.when(too_early).then_refused(PolicyAmendedTooEarly)
    library.given(drafted).when(on).then_refused(refusals.PolicyNotInForce)


def test_a_policy_is_repealed_or_superseded_and_ends_by_the_clock() -> None:
    repeal = policy.RepealPolicy(policy_id="P1", reason="过时", ends_on=SEPTEMBER, **BY)
    in_force.when(repeal).then(repealed)
    gone = library.given(drafted, reviewed, issued, repealed)
    gone.when(repeal).then_nothing()
    library.given(drafted).when(repeal).then_refused(refusals.PolicyNotInForce)
    library.when(repeal).then_refused(refusals.PolicyUnknown)
    early = replace(repeal, ends_on=date(2021, 3, 1))
    in_force.when(early).then_refused(refusals.PolicyEndsBeforeItBegins)
    end = policy.EndPolicyEffect(policy_id="P1", by="clock", now=at(SEPTEMBER))
    ended = policy.PolicyEffectEnded(ended_on=SEPTEMBER)
    gone.when(replace(end, now=at(date(2021, 8, 31)))).then_nothing()
    gone.when(end).then(ended)
    library.given(drafted, reviewed, issued, repealed, ended).when(end).then_nothing()
    in_force.when(end).then_nothing()


def test_a_successor_is_a_document_of_the_library() -> None:
    supersede = policy.SupersedePolicy(policy_id="P1", superseded_by="P2", ends_on=SEPTEMBER, **BY)
    superseded = policy.PolicySuperseded(superseded_by="P2", ends_on=SEPTEMBER)
    known = policy.decider.fold([drafted])
    in_force.knowing(known).when(supersede).then(superseded)
    in_force.knowing(policy.Unknown()).when(supersede).then_refused(SuccessorUnknown)
    itself = replace(supersede, superseded_by="P1")
    in_force.knowing(known).when(itself).then_refused(refusals.PolicySupersedesItself)
    after = library.given(drafted, reviewed, issued, repealed).knowing(known)
    after.when(supersede).then_refused(refusals.PolicyNotInForce)


def test_the_issue_of_a_document_ends_those_that_it_supersedes() -> None:
    document = replace(DOCUMENT, supersedes=("P0",))
    story: list[policy.PolicyEvent] = [replace(drafted, document=document), reviewed, issued]
    state = policy.decider.fold(story)
    (entailed,) = policy.decider.entails(issued, state)
    assert entailed == policy.ReplacePolicy(policy_id="P0", superseded_by="P1", ends_on=APRIL)
    old = replace(entailed, policy_id="P1", superseded_by="P9", ends_on=SEPTEMBER)
    fact = policy.PolicySuperseded(superseded_by="P9", ends_on=SEPTEMBER)
    in_force.when(old).then(fact)
    library.given(drafted, reviewed, issued, fact).when(old).then_nothing()


def test_a_document_number_names_one_document_of_an_issuer() -> None:
    (entailed,) = policy.decider.entails(drafted, policy.decider.fold([drafted]))
    assert isinstance(entailed, policy.RegisterPolicyNumber)
    numbers = Spec(policy.number_decider)
    taken = policy.PolicyNumberRegistered(policy_id="P1", document_no="〔2021〕1号")
    numbers.when(entailed).then(taken)
    numbers.given(taken).when(entailed).then_nothing()
    other = replace(entailed, policy_id="P2")
    numbers.given(taken).when(other).then_refused(DocumentNumberTaken, policy_id="P1")
    same = number_key("653100", "喀什地委", "〔2021〕1号")
    assert same == number_key("653100", "喀什 地委", "[2021] 1号")
    assert same != number_key("653100", "财政局", "〔2021〕1号")
    assert same != number_key("653101", "喀什地委", "〔2021〕1号")


def test_a_row_of_the_list_enters_a_document_with_its_whole_life() -> None:
    document = replace(DOCUMENT, origin=policy.PolicyOrigin.IMPORTED)
    row = policy.RecordPolicy(
        document=document, issued_on=TODAY, effective_on=APRIL, end=repealed, **BY
    )
    entered = policy.PolicyDrafted(document=document, drafted_by=BUREAU)
    library.when(row).then(entered, issued, repealed)
    library.given(entered, issued, repealed).when(row).then_nothing()
    library.given(drafted, reviewed, issued, repealed).when(row).then_nothing()
    other = replace(row, document=replace(document, title="其他"))
    library.given(entered, issued, repealed).when(other).then_refused(PolicyKnownOtherwise)
    library.given(entered, issued).when(row).then_refused(PolicyKnownOtherwise)
    draft = replace(row, issued_on=None, effective_on=None, end=None)
    library.when(draft).then(entered)
    half = replace(row, effective_on=None)
    library.when(half).then_refused(PolicyDatesContradict)
    library.when(replace(draft, end=repealed)).then_refused(PolicyDatesContradict)
    early = replace(row, end=replace(repealed, ends_on=TODAY))
    library.when(early).then_refused(refusals.PolicyEndsBeforeItBegins)


def test_a_row_as_of_a_day_before_an_amendment_is_known_too() -> None:
    row = policy.RecordPolicy(
        document=DOCUMENT, issued_on=TODAY, effective_on=APRIL, end=None, **BY
    )
    changed = library.given(drafted, reviewed, issued, amended)
    changed.when(row).then_nothing()
    now = replace(row, document=replace(DOCUMENT, steps=amend.steps))
    changed.when(now).then_nothing()
    never = replace(row, document=replace(DOCUMENT, steps=(Step.EVALUATION,)))
    changed.when(never).then_refused(PolicyKnownOtherwise)


def test_facts_of_before_are_read_as_they_were_written() -> None:
    """As the first version stored them: without drafters, texts, reviews and numbers."""
    said = {
        "PolicyDrafted": {
            "document": {
                "policy_id": "P1",
                "region_code": "653100",
                "layer": "ONE",
                "title": "实施意见",
                "document_no": "〔2021〕1号",
                "issuer": "喀什地委",
                "steps": ["TARGET"],
            }
        },
        "PolicyIssued": {"issued_on": "2021-03-01", "effective_on": "2021-04-01"},
        "PolicyAmended": {
            "steps": ["EVALUATION"],
            "summary": "修订",
            "effective_on": "2021-06-01",
        },
    }
    known = policy.decider.events
    facts = [msgspec.convert(body, known[name]) for name, body in said.items()]
    state = policy.decider.fold(facts)
    assert isinstance(state, policy.Issued)
    assert state.document.steps == (Step.EVALUATION,)
    assert [one.number for one in state.versions] == [1, 2]
    with_end = policy.decider.fold([*facts, repealed])
    assert isinstance(with_end, policy.Ended)
