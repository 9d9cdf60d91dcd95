"""A policy document's refusals with their places, its boundaries of days, what is mapped when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

import pytest

from services.disclosure.domain import policy, refusals
from services.disclosure.domain.policy.document import number_key
from services.disclosure.domain.policy.refusals import (
    PolicyAmendedTooEarly,
    PolicyLegalityNotReviewed,
    ReviewerDraftedPolicy,
    StepNotMapped,
    SuccessorUnknown,
)
from services.disclosure.domain.policy.states import Issued
from services.disclosure.domain.values import Layer, Step
from shared.domain.refusals import Refusal
from shared.testing.spec import Outcome
from tests.disclosure.stories import BUREAU, NOW, TODAY, UNIT
from tests.disclosure.test_policy import (
    APRIL,
    BY,
    DOCUMENT,
    JUNE,
    SEPTEMBER,
    amend,
    amended,
    at,
    drafted,
    in_force,
    issue,
    issued,
    library,
    repealed,
    review,
    reviewed,
)

IN_FORCE: Final = (drafted, reviewed, issued)
OCTOBER: Final = date(2021, 10, 1)
map_on: Final = policy.MapPolicyStep(policy_id="P1", step=Step.EVALUATION, from_on=JUNE, **BY)
mapped: Final = policy.PolicyStepMapped(step=Step.EVALUATION, from_on=JUNE)
unmap: Final = policy.UnmapPolicyStep(policy_id="P1", step=Step.EVALUATION, from_on=SEPTEMBER, **BY)
unmapped: Final = policy.PolicyStepUnmapped(step=Step.EVALUATION, from_on=SEPTEMBER)
repeal: Final = policy.RepealPolicy(policy_id="P1", reason="过时", ends_on=SEPTEMBER, **BY)
row: Final = policy.RecordPolicy(
    document=DOCUMENT, issued_on=TODAY, effective_on=APRIL, end=repealed, **BY
)
revise: Final = policy.RevisePolicy(
    policy_id="P1",
    layer=Layer.N,
    title="办法",
    steps=(Step.TARGET,),
    text_sha256="a" * 64,
    supersedes=("P0",),
    by="iss|third",
    now=NOW,
)
changed: Final = replace(
    DOCUMENT, layer=Layer.N, title="办法", text_sha256="a" * 64, supersedes=("P0",)
)
revised: Final = policy.PolicyRevised(document=changed, revised_by="iss|third")
objected: Final = policy.PolicyLegalityReviewed(passed=False, opinion="抵触", reviewed_by=BUREAU)
object_to: Final = replace(review, passed=False, opinion="抵触")


def told(outcome: Outcome, refusal: type[Refusal], pointer: str, **details: object) -> Refusal:
    """The refusal, which names its place and what to do."""
    refused = outcome.then_refused(refusal, **details)
    assert refused.pointer == pointer
    return refused


def test_a_refused_draft_names_the_field_and_the_document() -> None:
    draft = policy.DraftPolicy(document=DOCUMENT, by=UNIT, now=NOW)
    stepless = replace(draft, document=replace(DOCUMENT, steps=()))
    told(library.when(stepless), refusals.PolicyWithoutStep, "/steps")
    itself = replace(draft, document=replace(DOCUMENT, supersedes=("P0", "P1")))
    told(library.when(itself), refusals.PolicySupersedesItself, "/supersedes")
    other = replace(draft, document=replace(DOCUMENT, title="其他"))
    library.given(drafted).when(other).then_refused(refusals.NumberTaken, policy_id="P1")
    for later in ((), (amended,), (repealed,)):
        library.given(*IN_FORCE, *later).when(draft).then_nothing()


def test_a_revision_keeps_every_drafter_and_takes_what_it_says() -> None:
    library.given(drafted).when(revise).then(revised)
    library.given(drafted, reviewed).when(revise).then(revised)
    story = library.given(drafted, revised)
    story.when(revise).then_nothing()
    for hand in (UNIT, "iss|third"):
        story.when(replace(review, by=hand)).then_refused(ReviewerDraftedPolicy)
    story.when(review).then(reviewed)
    told(story.when(replace(revise, steps=())), refusals.PolicyWithoutStep, "/steps")
    for history in (IN_FORCE, (*IN_FORCE, repealed)):
        library.given(*history).when(revise).then_refused(refusals.PolicyNotDraft)
        library.given(*history).when(review).then_refused(refusals.PolicyNotDraft)
    library.when(revise).then_refused(refusals.PolicyUnknown)


def test_an_objection_is_heard_from_each_reviewer_and_lifted_by_a_review_that_passes() -> None:
    story = library.given(drafted, objected)
    story.when(object_to).then_nothing()
    story.when(replace(object_to, opinion="另一问题")).then(replace(objected, opinion="另一问题"))
    third = replace(object_to, by="iss|third")
    story.when(third).then(replace(objected, reviewed_by="iss|third"))
    story.when(review).then(reviewed)
    story.when(replace(review, by=UNIT)).then_refused(ReviewerDraftedPolicy)
    passed = library.given(drafted, reviewed)
    passed.when(object_to).then(objected)
    library.given(drafted, reviewed, objected).when(issue).then_refused(PolicyLegalityNotReviewed)
    refused = library.given(drafted).when(issue).then_refused(PolicyLegalityNotReviewed)
    assert refused.remedy
    passed.when(replace(review, by=UNIT)).then_refused(ReviewerDraftedPolicy)


def test_what_is_issued_carries_the_text_that_was_reviewed() -> None:
    texted = replace(drafted, document=replace(DOCUMENT, text_sha256="b" * 64))
    binding = replace(issued, text_sha256="b" * 64)
    library.given(texted, reviewed).when(issue).then(binding)
    state = library.given(texted, reviewed, binding).state
    assert isinstance(state, Issued)
    assert [(one.number, one.text_sha256) for one in state.versions] == [(1, "b" * 64)]
    library.given(*IN_FORCE, repealed).when(issue).then_refused(refusals.PolicyNotDraft)
    imported = replace(row.document, origin=policy.PolicyOrigin.IMPORTED, text_sha256="b" * 64)
    entered = replace(row, document=imported, end=None)
    first = policy.PolicyDrafted(document=imported, drafted_by=BUREAU)
    library.when(entered).then(first, binding)


def test_an_amendment_comes_after_everything_that_was_decided_before() -> None:
    in_force.when(replace(amend, steps=())).then_refused(refusals.PolicyWithoutStep)
    told(in_force.when(replace(amend, steps=())), refusals.PolicyWithoutStep, "/steps")
    early = told(
        in_force.when(replace(amend, effective_on=APRIL)),
        PolicyAmendedTooEarly,
        "/effective_on",
        last_on="2021-04-01",
    )
    assert early.detail == "What was decided before holds from 2021-04-01 on."
    assert early.remedy
    assert "2021-04-01" in str(early.details["detail_zh"])
    assert early.details["remedy_zh"]
    in_force.when(replace(amend, effective_on=date(2021, 4, 2))).then(
        replace(amended, effective_on=date(2021, 4, 2))
    )
    later = library.given(*IN_FORCE, replace(mapped, from_on=SEPTEMBER))
    told(later.when(amend), PolicyAmendedTooEarly, "/effective_on", last_on="2021-09-01")
    on_its_day = replace(amend, effective_on=SEPTEMBER, text_sha256="c" * 64)
    later.when(on_its_day).then(replace(amended, effective_on=SEPTEMBER, text_sha256="c" * 64))
    library.given(*IN_FORCE, repealed).when(amend).then_refused(refusals.PolicyNotInForce)


def test_another_text_or_other_steps_are_another_version() -> None:
    story = library.given(*IN_FORCE, amended)
    text = replace(amend, effective_on=SEPTEMBER, text_sha256="c" * 64)
    third = replace(amended, effective_on=SEPTEMBER, text_sha256="c" * 64, number=3)
    story.when(text).then(third)
    swapped = replace(amend, steps=(Step.EVALUATION, Step.TARGET))
    story.when(swapped).then_nothing()
    story.when(replace(amend, text_sha256="c" * 64)).then_refused(PolicyAmendedTooEarly)
    story.when(replace(amend, steps=(Step.TARGET,))).then_refused(PolicyAmendedTooEarly)
    state = library.given(*IN_FORCE, amended, third).state
    assert [
        (one.number, one.effective_on, one.text_sha256, one.summary) for one in state.versions
    ] == [
        (1, APRIL, "", ""),
        (2, JUNE, "", "增加环节"),
        (3, SEPTEMBER, "c" * 64, "增加环节"),
    ]


def ruled(*facts: policy.PolicyEvent) -> list[tuple[Step, date, date]]:
    """Which steps the document rules, from which day until the day before which other."""
    state = library.given(*IN_FORCE, *facts).state
    assert isinstance(state, Issued)
    return [(one.step, one.from_on, one.until_on) for one in state.mapped.mappings]


EVER, NEVER = date(1, 1, 1), date(9999, 12, 31)


@pytest.mark.parametrize(
    ("facts", "mappings"),
    [
        ((), [(Step.TARGET, EVER, NEVER)]),
        ((amended,), [(Step.TARGET, EVER, NEVER), (Step.EVALUATION, JUNE, NEVER)]),
        (
            (replace(amended, steps=(Step.EVALUATION,)),),
            [(Step.TARGET, EVER, JUNE), (Step.EVALUATION, JUNE, NEVER)],
        ),
        (
            (mapped, unmapped),
            [(Step.TARGET, EVER, NEVER), (Step.EVALUATION, JUNE, SEPTEMBER)],
        ),
        (
            (mapped, unmapped, replace(mapped, from_on=OCTOBER)),
            [
                (Step.TARGET, EVER, NEVER),
                (Step.EVALUATION, JUNE, SEPTEMBER),
                (Step.EVALUATION, OCTOBER, NEVER),
            ],
        ),
        (
            (mapped, unmapped, replace(amended, effective_on=OCTOBER)),
            [
                (Step.TARGET, EVER, NEVER),
                (Step.EVALUATION, JUNE, SEPTEMBER),
                (Step.EVALUATION, OCTOBER, NEVER),
            ],
        ),
    ],
)
def test_a_step_is_ruled_from_a_day_until_the_day_before_another(
    facts: Sequence[policy.PolicyEvent], mappings: list[tuple[Step, date, date]]
) -> None:
    assert ruled(*facts) == mappings
    state = library.given(*IN_FORCE, *facts).state
    now = tuple(step for step, _, until in mappings if until == NEVER)
    assert state.document.steps == state.mapped.steps == now
    for step, since, until in mappings:
        one = next(m for m in state.mapped.mappings if (m.step, m.from_on) == (step, since))
        assert one.holds_on(since)
        assert not one.holds_on(until)


def test_a_step_is_mapped_again_from_the_day_on_which_it_ended() -> None:
    before = library.given(*IN_FORCE, mapped, unmapped)
    before.when(replace(map_on, from_on=SEPTEMBER)).then(replace(mapped, from_on=SEPTEMBER))
    early = replace(map_on, from_on=date(2021, 8, 31))
    refused = told(before.when(early), PolicyAmendedTooEarly, "/from_on", last_on="2021-09-01")
    assert refused.remedy
    before.when(unmap).then_nothing()
    told(before.when(replace(unmap, from_on=OCTOBER)), StepNotMapped, "/step")
    other = replace(map_on, step=Step.MONITORING, from_on=TODAY)
    before.when(other).then(policy.PolicyStepMapped(step=Step.MONITORING, from_on=TODAY))
    last = in_force.when(replace(unmap, step=Step.TARGET))
    assert told(last, refusals.PolicyWithoutStep, "/step").remedy
    both = library.given(*IN_FORCE, mapped)
    same_day = both.when(replace(unmap, from_on=JUNE))
    told(same_day, PolicyAmendedTooEarly, "/from_on", last_on="2021-06-01")
    next_day = date(2021, 6, 2)
    both.when(replace(unmap, from_on=next_day)).then(replace(unmapped, from_on=next_day))
    for history in ((drafted,), (*IN_FORCE, repealed)):
        library.given(*history).when(map_on).then_refused(refusals.PolicyNotInForce)
        library.given(*history).when(unmap).then_refused(refusals.PolicyNotInForce)
    for command in (map_on, unmap):
        library.when(command).then_refused(refusals.PolicyUnknown)


def test_a_document_ends_on_a_day_on_which_it_has_begun_and_once() -> None:
    on_its_day = replace(repeal, ends_on=APRIL)
    in_force.when(on_its_day).then(replace(repealed, ends_on=APRIL))
    early = in_force.when(replace(repeal, ends_on=date(2021, 3, 31)))
    told(early, refusals.PolicyEndsBeforeItBegins, "/ends_on", effective_on="2021-04-01")
    gone = library.given(*IN_FORCE, repealed)
    gone.when(replace(repeal, reason="别的")).then_refused(refusals.PolicyNotInForce)
    gone.when(replace(repeal, ends_on=OCTOBER)).then_refused(refusals.PolicyNotInForce)
    library.given(drafted, reviewed).when(repeal).then_refused(refusals.PolicyNotInForce)
    end = policy.EndPolicyEffect(
        policy_id="P1", by="clock", now=datetime(2021, 8, 31, 16, tzinfo=UTC)
    )
    gone.when(end).then(policy.PolicyEffectEnded(ended_on=SEPTEMBER))
    for history in ((), (drafted,)):
        library.given(*history).when(end).then_nothing()


def test_every_version_whose_day_has_come_begins_once_and_before_the_end() -> None:
    first = policy.PolicyEffectBegun(number=1, effective_on=APRIL)
    second = policy.PolicyEffectBegun(number=2, effective_on=JUNE)
    begin = policy.BeginPolicyEffect(policy_id="P1", by="clock", now=at(OCTOBER))
    library.given(*IN_FORCE, amended).when(begin).then(first, second)
    ending = library.given(*IN_FORCE, amended, repealed)
    ending.when(begin).then(first, second)
    begun = library.given(*IN_FORCE, amended, repealed, first)
    begun.when(begin).then(second)
    library.given(*IN_FORCE, amended, repealed, first, second).when(begin).then_nothing()
    ends_first = library.given(*IN_FORCE, amended, replace(repealed, ends_on=JUNE))
    ends_first.when(begin).then(first)
    ended = policy.PolicyEffectEnded(ended_on=SEPTEMBER)
    library.given(*IN_FORCE, repealed, first, ended).when(begin).then_nothing()
    library.when(begin).then_nothing()
    library.given(drafted, reviewed).when(begin).then_nothing()


def test_a_successor_is_asked_for_by_its_number_and_is_another_document() -> None:
    supersede = policy.SupersedePolicy(policy_id="P1", superseded_by="P2", ends_on=SEPTEMBER, **BY)
    (known,) = policy.decider.consults(supersede)
    assert known.stream == "policy-P2"
    unknown = in_force.knowing(policy.Unknown()).when(supersede)
    refused = told(unknown, SuccessorUnknown, "/superseded_by")
    assert refused.remedy
    assert refused.details["remedy_zh"]
    itself = in_force.knowing(policy.decider.fold([drafted])).when(
        replace(supersede, superseded_by="P1")
    )
    told(itself, refusals.PolicySupersedesItself, "/superseded_by")
    assert policy.decider.consults(issue) == ()
    assert policy.decider.inform(issue, ()) is issue


def test_a_document_that_is_issued_ends_each_that_it_supersedes() -> None:
    document = replace(DOCUMENT, supersedes=("P0", "P9"))
    story: list[policy.PolicyEvent] = [replace(drafted, document=document), reviewed, issued]
    state = policy.decider.fold(story)
    assert list(policy.decider.entails(issued, state)) == [
        policy.ReplacePolicy(policy_id=one, superseded_by="P1", ends_on=APRIL)
        for one in ("P0", "P9")
    ]
    assert list(policy.decider.entails(reviewed, policy.decider.fold(story[:2]))) == []
    (number,) = policy.decider.entails(drafted, policy.decider.fold([drafted]))
    assert number == policy.RegisterPolicyNumber(
        number=number_key("653100", "喀什地委", "〔2021〕1号"),
        policy_id="P1",
        document_no="〔2021〕1号",
    )


def test_nothing_comes_of_facts_about_a_document_that_nobody_drafted() -> None:
    for fact in (reviewed, issued, amended, mapped, repealed):
        assert library.given(fact).state == policy.Unknown()
    for early in (
        amended,
        mapped,
        repealed,
        policy.PolicyEffectBegun(number=1, effective_on=APRIL),
    ):
        library.given(drafted, reviewed, early).when(issue).then(issued)
