"""What proves a value: judged by a reviewer, used once, made in time, accepted before it scores."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.checks import Finding
from services.evaluation.domain.refusals import (
    AuthorJudgesOwnReport,
    SelfEvaluationNotSubmitted,
    SelfEvaluationUnknown,
)
from services.evaluation.domain.self_evaluation import refusals as no
from services.evaluation.domain.self_evaluation.entailed import entailed
from services.evaluation.domain.self_evaluation.events import (
    DuplicateFound,
    EvidenceJudged,
    ScoreRecomputed,
)
from services.evaluation.domain.self_evaluation.evidence import (
    Acceptance,
    Demand,
    EvidenceFlag,
    Verdict,
)
from services.evaluation.domain.self_evaluation.messages import (
    SelfEvaluationReturned,
    SelfEvaluationSubmitted,
)
from services.evaluation.domain.self_evaluation.proof import (
    NoteProof,
    ProofReused,
    ProofUsed,
    proof_decider,
)
from services.evaluation.domain.self_evaluation.terms import USUAL, terms_of
from services.evaluation.publishing import publish
from shared.contracts import evaluation as said
from shared.testing.projection_spec import recorded
from shared.testing.spec import Given, Spec
from tests.evaluation.self_evaluations import (
    BUSINESS,
    FINANCE,
    PROOF,
    back,
    duplicate,
    file,
    fill,
    judge,
    named,
    signed,
)
from tests.evaluation.story import (
    ADOPTED,
    DEPARTMENT,
    HEAD,
    PAID,
    PROJECT,
    RULES,
    accept,
    audit,
    reports,
)

proofs = Spec(proof_decider)
STRICT = replace(ADOPTED, text=json.dumps({**RULES, "self_evaluation": {"evidence": "ACCEPTED"}}))


def strictly(story: Given) -> Given:
    """The same where the rule set demands accepted evidence."""
    return story.knowing(PAID, STRICT, Rules(), Rules())


def recomputed(story: Given) -> ScoreRecomputed:
    """What the machine makes of it when the department passes it on."""
    found = [one for one in story.when(audit()).facts if isinstance(one, ScoreRecomputed)]
    return found[0]


def test_a_reviewer_judges_each_file_and_says_why() -> None:
    story = signed()
    (fact,) = story.when(judge(Acceptance.DOUBTFUL, "缺少监理签字")).facts
    verdict = Verdict(sha256=PROOF, acceptance=Acceptance.DOUBTFUL, reason="缺少监理签字")
    assert fact == EvidenceJudged(verdicts=(verdict,), judged_by=DEPARTMENT)
    doubted = story.after(judge(Acceptance.DOUBTFUL, "缺少监理签字"))
    doubted.when(judge(Acceptance.DOUBTFUL, "缺少监理签字")).then_nothing()
    assert doubted.after(judge(Acceptance.ACCEPTED)).state.form.verdicts == {
        PROOF: Acceptance.ACCEPTED
    }


@pytest.mark.parametrize("acceptance", [Acceptance.REJECTED, Acceptance.DOUBTFUL])
def test_to_reject_or_to_doubt_takes_a_reason(acceptance: Acceptance) -> None:
    refused = signed().when(judge(acceptance, "  ")).then_refused(no.VerdictUnexplained)
    assert refused.pointer == "/verdicts/0/reason"


def test_only_files_of_a_signed_report_are_judged_and_not_by_its_hands() -> None:
    accepted = judge(Acceptance.ACCEPTED)
    strange = "b" * 64
    judged = signed().when(judge(Acceptance.ACCEPTED, sha256=strange))
    judged.then_refused(no.EvidenceUnknown, sha256=strange)
    named().after(fill()).when(accepted).then_refused(SelfEvaluationNotSubmitted)
    Spec(named().decider).when(accepted).then_refused(SelfEvaluationUnknown)
    for hand in (HEAD, BUSINESS, FINANCE):
        signed().when(replace(accepted, by=hand)).then_refused(AuthorJudgesOwnReport)
        signed().when(audit(hand)).then_refused(AuthorJudgesOwnReport)


def test_a_rejected_file_proves_nothing_and_what_it_proved_scores_nothing() -> None:
    rejected = signed(self_score=None).after(judge(Acceptance.REJECTED, "非本项目资料"))
    *_, computed, returned = rejected.when(audit()).facts
    assert isinstance(computed, ScoreRecomputed)
    assert computed.machine_score == Decimal("8.20")  # the execution alone
    assert Finding.MISSING_EVIDENCE in computed.findings
    assert isinstance(returned, SelfEvaluationReturned)


def test_a_doubtful_file_counts_until_the_rules_ask_for_accepted_ones() -> None:
    doubted = signed().after(judge(Acceptance.DOUBTFUL, "缺少监理签字"))
    assert recomputed(doubted).machine_score == Decimal("93.89")
    assert recomputed(strictly(doubted)).machine_score == Decimal("8.20")
    assert recomputed(strictly(signed())).machine_score == Decimal("8.20")  # nobody judged it
    accepted = strictly(signed().after(judge(Acceptance.ACCEPTED)))
    assert recomputed(accepted).machine_score == Decimal("93.89")


def test_an_audit_can_judge_in_the_same_act() -> None:
    verdict = Verdict(sha256=PROOF, acceptance=Acceptance.ACCEPTED)
    judged, *_, computed = strictly(signed()).when(replace(audit(), verdicts=(verdict,))).facts
    assert isinstance(judged, EvidenceJudged)
    assert isinstance(computed, ScoreRecomputed)
    assert computed.machine_score == Decimal("93.89")


def test_after_a_return_proofs_are_judged_anew() -> None:
    story = signed().after(judge(Acceptance.ACCEPTED), back())
    assert story.state.form.verdicts == {}


def test_a_file_made_after_the_reports_were_due_is_flagged() -> None:
    late = file(captured_on=date(2022, 4, 1))
    assert recomputed(signed(evidence=(late,))).flags == (EvidenceFlag.LATE_EVIDENCE,)
    last_day = file(captured_on=date(2022, 3, 31))
    assert recomputed(signed(evidence=(last_day,))).flags == ()


def test_a_file_used_elsewhere_is_flagged_once() -> None:
    story = signed()
    story.when(duplicate()).then(DuplicateFound(sha256=PROOF, also_in="P0-2020"))
    story.after(duplicate()).when(duplicate("P9-2021")).then_nothing()
    assert recomputed(story.after(duplicate())).flags == (EvidenceFlag.DUPLICATE_EVIDENCE,)
    assert recomputed(story).flags == ()
    accepted = story.after(audit(), accept())
    assert isinstance(accepted.when(duplicate()).facts[0], DuplicateFound)
    accepted.after(duplicate()).when(duplicate()).then_nothing()
    Spec(story.decider).when(duplicate()).then_nothing()


def test_a_duplicate_found_before_acceptance_is_told_with_it() -> None:
    (fact,) = signed().after(audit(), duplicate()).when(accept()).facts
    assert fact.flags == (EvidenceFlag.DUPLICATE_EVIDENCE,)  # type: ignore[attr-defined]


def use(used_in: str) -> NoteProof:
    return NoteProof(sha256=PROOF, whose=PROJECT.whose, used_in=used_in)


def test_the_second_use_of_a_file_is_a_fact_that_is_told() -> None:
    proofs.when(use("P1-2021")).then(ProofUsed(used_in="P1-2021"))
    used = proofs.given(ProofUsed(used_in="P1-2021"))
    used.when(use("P1-2021")).then_nothing()
    (again,) = used.when(use("P1-2022")).facts  # another year of the same project
    assert isinstance(again, ProofReused)
    assert (again.first_in, again.used_in) == ("P1-2021", "P1-2022")
    used.after(use("P1-2022")).when(use("P1-2022")).then_nothing()
    word = publish(recorded(f"proof-{PROOF}", again)[0])
    assert isinstance(word, said.EvidenceReused)
    assert (word.sha256, word.first_in) == (PROOF, "P1-2021")
    assert publish(recorded(f"proof-{PROOF}", ProofUsed(used_in="P1-2021"))[0]) is None


def noted(fact: SelfEvaluationSubmitted) -> list[object]:
    """What its signature notes of files, among whatever else it has for others."""
    everything: list[object] = [*entailed(fact, signed().state)]
    return [one for one in everything if isinstance(one, NoteProof)]


def test_a_signed_report_notes_each_of_its_files() -> None:
    *_, fact = signed().facts
    assert isinstance(fact, SelfEvaluationSubmitted)
    assert noted(fact) == [use("P1-2021")]
    unhashed = replace(fact, reports=reports(evidence=("竣工报告",)))
    assert noted(unhashed) == []  # no fingerprint, nothing to compare


def test_the_terms_are_the_rule_sets_or_the_usual_ones() -> None:
    assert terms_of(None) == terms_of(ADOPTED) == USUAL
    assert USUAL.due_on(2021) == date(2022, 3, 31)
    stated = {"submit_by": "02-28", "evidence": "ACCEPTED", "explain_wd": 5}
    terms = terms_of(Rules(version=1, text=json.dumps({**RULES, "self_evaluation": stated})))
    assert (terms.due_on(2021), terms.evidence) == (date(2022, 2, 28), Demand.ACCEPTED)
    assert terms.explain_workdays == 5
