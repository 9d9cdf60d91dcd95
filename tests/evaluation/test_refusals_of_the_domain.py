"""Every refusal of `domain` §3.7-3.9, sentence by sentence, beside the story that refuses it.

The table is read by people and held by the machine: a story that is gone, or that does not refuse
by this name any more, is missed here. And no refusal of these rooms is without a story.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from services.evaluation import domain
from shared.domain.refusals import Refusal

TESTS: Final = Path(__file__).parents[1]
HERE: Final = "tests.evaluation"
TABLE: Final[tuple[tuple[str, str, str, str], ...]] = (
    # §3.7 (a) self-evaluation
    (
        "each indicator with an actual value needs evidence",
        "SelfEvaluationEvidenceMissing",
        "test_self_evaluation_filling",
        "test_every_guard_of_the_form_names_field_and_rule",
    ),
    (
        "execution rate is read-only from treasury",
        "SelfEvaluationExecutionChanged",
        "test_self_evaluation_filling",
        "test_money_that_moved_is_confirmed_once_more",
    ),
    (
        "a deviation above tolerance needs a cause",
        "CauseMissing",
        "test_self_evaluation_filling",
        "test_every_guard_of_the_form_names_field_and_rule",
    ),
    (
        "and a cure",
        "CureMissing",
        "test_self_evaluation_filling",
        "test_every_guard_of_the_form_names_field_and_rule",
    ),
    (
        "low execution is explained by itself (10号 art. 26)",
        "CauseMissing",
        "test_self_evaluation",
        "test_low_execution_needs_a_cause_of_the_units_own",
    ),
    (
        "OPENED → …: nothing is asked of a report that is not due",
        "SelfEvaluationUnknown",
        "test_self_evaluation",
        "test_nothing_can_be_asked_of_a_report_that_is_not_due",
    ),
    (
        "DEPT_AUDITED comes before ACCEPTED, by others than who handed in",
        "AuthorJudgesOwnReport",
        "test_self_evaluation",
        "test_nobody_accepts_what_they_handed_in_or_audited",
    ),
    (
        "FLAGGED → EXPLANATION_REQUESTED is settled before ACCEPTED",
        "FindingsNotSettled",
        "test_self_evaluation_settling",
        "test_what_was_asked_is_settled_before_it_is_accepted",
    ),
    # §3.7 (b), (c) department and finance evaluation
    (
        "owner of a department evaluation is the department",
        "AnotherSideEvaluates",
        "test_evaluation",
        "test_the_bureau_and_the_department_keep_to_their_own_evaluations",
    ),
    (
        "nine steps: no jump",
        "EvaluationStepOutOfOrder",
        "test_evaluation",
        "test_every_jump_is_refused",
    ),
    (
        "OPINIONS_EXCHANGED is mandatory",
        "OpinionsNotExchanged",
        "test_evaluation",
        "test_silence_is_agreement_when_the_last_day_is_over",
    ),
    (
        "≤ 10 wd to answer the draft",
        "OpinionTermOver",
        "test_evaluation",
        "test_the_evaluated_party_answers_once_and_in_time",
    ),
    (
        "a key project is designated with its reason",
        "DesignationUnfounded",
        "test_key_projects",
        "test_without_reason_document_or_target_it_is_refused",
    ),
    (
        "third party: QUALITY_REVIEWED before ACCEPTED and PAID",
        "AssignmentStepOutOfOrder",
        "test_third_party",
        "test_quality_is_reviewed_before_anything_is_accepted_or_paid",
    ),
    # §3.7 (d), (e), (f)
    (
        "re-check: once, by another person",
        "RecheckAlreadyConcluded",
        "test_self_evaluation",
        "test_a_recheck_is_done_once_and_by_another_person",
    ),
    (
        "re-check: the seed of a round is recorded and does not change",
        "RoundAlreadyDrawn",
        "test_recheck",
        "test_rounds_follow_one_another_and_do_not_overlap",
    ),
    (
        "objection: one per result",
        "ObjectionAlreadyFiled",
        "test_objection",
        "test_one_objection_is_filed_in_working_days_after_the_result_was_told",
    ),
    (
        "objection: ≤ 10 wd after notification",
        "ObjectionTermOver",
        "test_objection",
        "test_one_objection_is_filed_in_working_days_after_the_result_was_told",
    ),
    (
        "objection: decided by another person",
        "SamePersonDecidesAgain",
        "test_objection",
        "test_whoever_had_a_part_in_the_result_does_not_decide",
    ),
    (
        "feedback: from state to state as in §3.5",
        "FeedbackStepOutOfOrder",
        "test_feedback",
        "test_every_jump_is_refused",
    ),
    # §3.8
    (
        "INDICATORS_FIXED before the period starts",
        "IndicatorsFixedTooLate",
        "test_effectiveness",
        "test_the_indicators_are_fixed_before_the_period_starts",
    ),
    (
        "DATA_FROZEN: system data as of cut-off",
        "EffectivenessStepOutOfOrder",
        "test_effectiveness",
        "test_data_are_frozen_once_and_only_after_the_cut_off",
    ),
    (
        "OBJECTION_WINDOW before FINAL",
        "ObjectionWindowNotOver",
        "test_effectiveness",
        "test_a_score_is_final_after_the_window_and_by_another_person",
    ),
    (
        "PUBLISHED before APPLIED",
        "EffectivenessStepOutOfOrder",
        "test_effectiveness_ranking",
        "test_results_are_applied_with_a_document_after_they_were_published",
    ),
    # §3.9 linkage
    (
        "NOTIFIED: ≤ 10 wd to answer",
        "AnswerTermOutsideRange",
        "test_linkage",
        "test_the_unit_has_ten_working_days_and_no_more",
    ),
    (
        "ANSWERED before CONFIRMED",
        "StillTimeToAnswer",
        "test_linkage",
        "test_another_person_confirms_once_the_unit_was_heard",
    ),
    (
        "APPLIED_TO_BUDGET: requests obey the cap",
        "BudgetCapExceeded",
        "test_linkage_to_budget",
        "test_a_request_above_the_cap_is_refused_with_the_explanation",
    ),
    (
        "exempt is what the signed document says",
        "ExemptionNotConfirmed",
        "test_linkage_to_budget",
        "test_what_no_cap_binds_is_said_with_the_cap_and_by_nobody_else",
    ),
    (
        "VERIFIED: a breach is not closed in silence",
        "CapBreached",
        "test_linkage_to_budget",
        "test_a_cap_that_comes_after_the_grant_is_breached_and_not_closed_in_silence",
    ),
    # §3.9 recovery and cut
    (
        "recoverable = quota - paid - commitments - frozen",
        "MoreThanRecoverable",
        "test_recovery",
        "test_v5_recoverable_is_140",
    ),
    (
        "and still so when it is APPROVED",
        "RecoverableFell",
        "test_recovery_by_the_ledger",
        "test_what_fell_below_the_claim_since_is_not_approved",
    ),
    (
        "NOTIFIED → UNIT_ANSWERED | UNANSWERED → APPROVED",
        "RecoveryStepOutOfOrder",
        "test_recovery",
        "test_another_person_approves_no_more_than_was_claimed",
    ),
    (
        "a route's record is the ledger's, a slip only for older money",
        "BookedByTheLedger",
        "test_recovery",
        "test_a_slip_books_older_money_only",
    ),
    (
        "REALLOCATED: no more than was booked",
        "MoreThanBooked",
        "test_recovery_by_the_ledger",
        "test_booked_money_goes_where_it_is_needed_and_no_further_than_it_reaches",
    ),
    (
        "recovery and cut: NOTIFIED with time to answer",
        "AnswerTermTooEarly",
        "test_answering",
        "test_the_term_of_an_answer_has_not_passed_when_it_is_told",
    ),
    (
        "NOTIFIED → UNIT_ANSWERED until the last day, → UNANSWERED after it",
        "AnswerTermOver",
        "test_answering",
        "test_the_last_day_is_for_the_answer_and_the_next_for_the_decision",
    ),
    (
        "cut: PROPOSED on a similar project",
        "NotSimilar",
        "test_cut",
        "test_two_projects_of_one_type",
    ),
    (
        "cut: CONFIRMED by a person who was not the first",
        "SamePersonDecidesAgain",
        "test_cut_found",
        "test_whoever_told_the_unit_does_not_confirm_what_the_machine_found",
    ),
    (
        "cut: WRITTEN_INTO_BUDGET before CLOSED",
        "CutStepOutOfOrder",
        "test_cut",
        "test_a_cut_is_closed_once_it_stands_in_the_budget",
    ),
)
LIMITS_OF_SIZE: Final = frozenset({"YearTooLarge", "SelfEvaluationFormsTooMany", "RegionNotSaid"})
"""How much may be asked of one answer; none of them is a sentence of §3.7-3.9."""


@pytest.mark.parametrize(("sentence", "refusal", "module", "story"), TABLE)
def test_every_sentence_is_refused_by_its_story(
    sentence: str, refusal: str, module: str, story: str
) -> None:
    found = importlib.import_module(f"{HERE}.{module}")
    whole, told = inspect.getsource(found), inspect.getsource(getattr(found, story))
    assert refusal in told or refusal in _cases(whole, story), sentence
    assert refusal in {one.__name__ for one in _refusals(Refusal)}, sentence


def _cases(source: str, story: str) -> str:
    """The decorators of a story, where its cases stand."""
    before = source.split(f"def {story}(", maxsplit=1)[0]
    return before[before.rfind("\n\n\n") :]


def _refusals(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for below in kind.__subclasses__():
        yield below
        yield from _refusals(below)


def test_no_refusal_of_the_service_is_without_a_story() -> None:
    for one in pkgutil.walk_packages(domain.__path__, f"{domain.__name__}."):
        importlib.import_module(one.name)
    ours = {
        one.__name__ for one in _refusals(Refusal) if one.__module__.startswith(domain.__name__)
    }
    told = "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted(TESTS.rglob("*.py"))
        if path != Path(__file__)
    )
    untold = {
        name
        for name in ours - LIMITS_OF_SIZE
        if not re.search(rf"\b{name}\b", told) and f'"{_slug(name)}"' not in told
    }
    assert untold == set()


def _slug(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()
