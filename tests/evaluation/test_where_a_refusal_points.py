"""A refusal points at the field that is wrong, so that a form can show it there (RFC 6901)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest

from services.evaluation.domain.case_messages import Rung
from services.evaluation.domain.duplicates.finding import DuplicateKind
from services.evaluation.domain.effectiveness.scoring import JudgedAspect
from services.evaluation.domain.external import RecordExternalScore
from services.evaluation.domain.judging.values import Side
from services.evaluation.domain.self_evaluation.evidence import Acceptance
from services.evaluation.domain.self_evaluation.states import Unopened
from services.evaluation.domain.third_party.registry import ThirdParty
from services.evaluation.domain.third_party.values import FeeBasis, Subcontract, Work
from services.evaluation.domain.values import Attainment
from shared.domain.money import Money
from shared.testing.spec import Given
from tests.evaluation import judging_story as e
from tests.evaluation import self_evaluations as own
from tests.evaluation import standing as say
from tests.evaluation import test_case as cases
from tests.evaluation import test_cut as cuts
from tests.evaluation import test_duplicates as doubles
from tests.evaluation import test_external as superiors
from tests.evaluation import test_feedback as feedbacks
from tests.evaluation import test_key_projects as keys
from tests.evaluation import test_objection as objections
from tests.evaluation import test_records as records
from tests.evaluation import test_self_evaluation as reports
from tests.evaluation import test_third_party as parties
from tests.evaluation.story import KNOWN_UNIT, LOW, TODAY, UNIT, yuan
from tests.evaluation.story import reports as v1

TOO_MUCH: Final = Decimal("100.01")
PARTY: Final = parties.knowing(parties.registered())
FIRST: Final = e.GIVEN[0]
SELECTING: Final = e.evaluation.knowing(*e.consulted(e.SELECT))
COLLECTED: Final = e.until(e.COLLECT).knowing(*e.RULES)
HEARD: Final = (
    e.until(e.SCORE).after(replace(e.ANSWER, agrees=False, text="口径不同")).knowing(*e.RULES)
)
LATER: Final = feedbacks.DUE + timedelta(days=1)
LINE: Final = feedbacks.PLAN.steps
SIGNED: Final = own.signed()
V1: Final = v1()


def commissioned(**changes: Any) -> object:  # noqa: ANN401 - the fields of the command
    return replace(parties.COMMISSION, **changes)


def judged(aspect: str, score: str = "1") -> object:
    """A score sheet that begins with this line."""
    line = JudgedAspect(aspect=aspect, score=Decimal(score), **say.HOW)
    return replace(say.SCORE, judged=(line, *say.SCORE.judged))


JUDGING: Final = (
    (SELECTING, replace(e.SELECT, evaluation_id="X"), "/evaluation_id"),
    (SELECTING, replace(e.SELECT, side=Side.DEPARTMENT), "/kind"),
    (e.until(e.NOTICE).knowing(*e.RULES), replace(e.PLAN, methods=()), "/methods"),
    (e.until(e.NOTICE).knowing(*e.RULES), replace(e.PLAN, standards=()), "/standards"),
    (e.until(e.NOTICE).knowing(*e.RULES), replace(e.PLAN, items=e.ITEMS[:1]), "/items"),
    (e.until(e.APPROVE), replace(e.COLLECT, materials=()), "/materials"),
    (
        e.until(e.COLLECT),
        replace(e.COLLECT, materials=(e.E2, replace(e.E2, number="E1"))),
        "/materials/1/number",
    ),
    (
        e.until(e.COLLECT),
        replace(e.VISIT, visited_on=TODAY + timedelta(days=1)),
        "/visited_on",
    ),
    (
        COLLECTED,
        replace(e.SCORE, scores=(FIRST, replace(e.GIVEN[1], evidence=("E7",)), e.GIVEN[2])),
        "/scores/1/evidence",
    ),
    (COLLECTED, replace(e.SCORE, answer_by=TODAY), "/answer_by"),
    (HEARD, e.CONCLUDE, "/reply"),
    (
        e.until(e.CONCLUDE).knowing(e.KNOWN_UNIT),
        replace(e.SUBMIT, lead_evaluator=""),
        "/lead_evaluator",
    ),
    (e.until(e.SUBMIT), replace(e.FILE, report_no="2号"), "/report_no"),
    (e.until(e.SUBMIT), replace(e.FILE, report_sha256="b" * 64), "/report_sha256"),
    (objections.objected(), replace(objections.DECIDE, score=TOO_MUCH), "/score"),
    (reports.audited(), reports.recheck("100.01"), "/score"),
    (keys.key.knowing(Unopened()), keys.DESIGNATE, "/project_code"),
    (keys.known().after(keys.DESIGNATE), replace(keys.RELEASE, reason=" "), "/reason"),
)
PARTIES: Final = (
    (PARTY, commissioned(assignment_id="X"), "/assignment_id"),
    (parties.knowing(ThirdParty()), parties.COMMISSION, "/unified_credit_code"),
    (
        parties.knowing(parties.registered(affiliations=(UNIT,))),
        parties.COMMISSION,
        "/unified_credit_code",
    ),
    (PARTY, commissioned(lead_evaluator="nobody"), "/lead_evaluator"),
    (PARTY, commissioned(fee_basis=FeeBasis.SCORE), "/fee_basis"),
    (PARTY, commissioned(works=(Work.CONCLUDING,)), "/works"),
    (PARTY, commissioned(subcontracts=(Subcontract(work=Work.SCORING, to="x"),)), "/subcontracts"),
    (parties.until(parties.BEGIN), replace(parties.DELIVER, working_papers=()), "/working_papers"),
    (
        parties.until(parties.DELIVER),
        replace(parties.REVIEW, quality_score=TOO_MUCH),
        "/quality_score",
    ),
    (parties.until(parties.ACCEPT), replace(parties.PAY, amount=Money(1)), "/amount"),
    (
        parties.registry.given(),
        replace(parties.REGISTER, unified_credit_code="91653101MA77777776"),
        "/unified_credit_code",
    ),
)
FEEDBACKS: Final = (
    (feedbacks.until(1), replace(feedbacks.PLAN, steps=LINE[:1]), "/steps"),
    (
        feedbacks.until(1),
        replace(feedbacks.PLAN, steps=(LINE[0], replace(LINE[1], due_on=LATER))),
        "/steps/1/due_on",
    ),
    (
        feedbacks.until(2),
        replace(feedbacks.REPORT, cures=feedbacks.REPORT.cures[:1]),
        "/cures",
    ),
    (
        feedbacks.until(2),
        replace(
            feedbacks.REPORT,
            cures=(feedbacks.REPORT.cures[0], replace(feedbacks.REPORT.cures[1], evidence=())),
        ),
        "/cures/1/evidence",
    ),
    (feedbacks.until(2).after(feedbacks.ESCALATE), feedbacks.CLOSE, "/measure"),
)
MONEY: Final = (
    (cuts.known(), replace(cuts.PROPOSE, cut_id="X"), "/cut_id"),
    (
        cuts.known(),
        replace(cuts.PROPOSE, budget_year=2021, cut_id="P9-2021"),
        "/budget_year",
    ),
    (
        cuts.known(cuts.OLD, applied=replace(cuts.NEW, name="教师周转宿舍建设")),
        cuts.PROPOSE,
        "/basis_project_code",
    ),
    (
        cuts.known(cuts.OLD, applied=replace(cuts.NEW, requested=yuan(999))),
        cuts.PROPOSE,
        "/requested",
    ),
    (cuts.known(), replace(cuts.PROPOSE, amount=yuan(299)), "/amount"),
    (
        cuts.prior.knowing(KNOWN_UNIT, Unopened()),
        replace(cuts.RECORD, score=TOO_MUCH),
        "/score",
    ),
    (
        doubles.known(),
        replace(doubles.PROPOSE, kind=DuplicateKind.FRAGMENTED),
        "/project_codes",
    ),
    (doubles.known(doubles.ONE, None), doubles.PROPOSE, "/project_codes"),
    (
        doubles.known(doubles.ONE, replace(doubles.OTHER, name="教师周转宿舍建设")),
        doubles.PROPOSE,
        "/project_codes",
    ),
    (
        doubles.known().after(doubles.PROPOSE),
        replace(doubles.DECIDE, keeps="P9"),
        "/keeps",
    ),
)
STANDING: Final = (
    (say.begun(), replace(say.SCORE, judged=say.SCORE.judged[1:]), "/judged"),
    (say.begun(), judged("X"), "/judged/0/aspect"),
    (say.begun(), judged("FORMS_ON_TIME"), "/judged/0/aspect"),
    (say.begun(), judged("POLICY_MAPPED", "99"), "/judged/0/score"),
    (
        say.plans.knowing(KNOWN_UNIT),
        replace(say.ISSUE, cut_off_on=date(2022, 6, 29)),
        "/cut_off_on",
    ),
    (
        say.plans.knowing(KNOWN_UNIT, KNOWN_UNIT),
        replace(say.ISSUE, subjects=(UNIT, UNIT)),
        "/subjects",
    ),
    (
        say.plans.knowing(replace(KNOWN_UNIT, region_code="653130")),
        say.ISSUE,
        "/subjects",
    ),
    (cases.looked_into(), records.measure(Rung.TRANSFER), "/recipient"),
    (
        superiors.external.given(),
        RecordExternalScore(told=replace(records.SCORE, score=TOO_MUCH), by="a", now=say.LATE),
        "/score",
    ),
    *(
        (superiors.external.given().after(superiors.SCORED), newer, pointer)
        for newer, pointer in (
            (replace(superiors.NEWER_SCORE, replaces="别的"), "/replaces"),
            (
                replace(
                    superiors.NEWER_SCORE,
                    told=replace(superiors.NEWER_SCORE.told, document_no=records.SCORE.document_no),
                ),
                "/document_no",
            ),
            (
                replace(
                    superiors.NEWER_SCORE,
                    told=replace(superiors.NEWER_SCORE.told, told_on=TODAY - timedelta(days=1)),
                ),
                "/told_on",
            ),
        )
    ),
)
REPORTS: Final = (
    (own.named().after(own.fill(), own.confirm()), own.sign(person="赵"), "/person"),
    (
        own.named().after(own.fill(), own.confirm()),
        own.sign(reports=v1()[:6]),
        "/reports",
    ),
    (own.named(), own.fill(self_score=TOO_MUCH), "/self_score"),
    (own.named(), own.fill(evidence=(own.file("x"),)), "/reports/0/evidence/0"),
    *(
        (own.named(), own.fill(reports=lines), pointer)
        for lines, pointer in (
            ((*V1, V1[0]), "/reports/7/indicator_id"),
            (V1[:6], "/reports"),
            ((*V1, replace(V1[0], indicator_id="X")), "/reports"),
            ((replace(V1[0], value=None), *V1[1:]), "/reports/0/value"),
            ((V1[0], replace(V1[1], attainment=Attainment.MET), *V1[2:]), "/reports/1"),
            ((*V1[:6], replace(V1[6], share=Decimal("0.79"))), "/reports/6"),
            ((*V1[:2], replace(V1[2], evidence=()), *V1[3:]), "/reports/2/evidence"),
            (v1(None), "/reports/4/cause"),
            (v1(replace(LOW, text="短")), "/reports/4/cause/text"),
            (v1(replace(LOW, measure=" ")), "/reports/4/cause/measure"),
            (v1(replace(LOW, objective=Decimal(41))), "/reports/4/cause/objective"),
            (v1(replace(LOW, due_on=None)), "/reports/4/cause/due_on"),
            (v1(replace(LOW, owner="")), "/reports/4/cause/owner"),
        )
    ),
    (own.named(), own.fill(evidence=(own.file(), own.file())), "/evidence/1/sha256"),
    (own.named(), own.fill(evidence=(own.file(), own.file("b" * 64))), "/evidence/1/sha256"),
    (SIGNED, own.judge(Acceptance.ACCEPTED, sha256="b" * 64), "/verdicts/0/sha256"),
    (SIGNED, own.judge(Acceptance.DOUBTFUL), "/verdicts/0/reason"),
    (own.flagged().after(own.request()), own.explain("短"), "/text"),
)


ALL: Final = (*JUDGING, *PARTIES, *FEEDBACKS, *MONEY, *STANDING, *REPORTS)


@pytest.mark.parametrize(
    ("story", "command", "pointer"), ALL, ids=[f"{n} {row[2]}" for n, row in enumerate(ALL)]
)
def test_a_refusal_points_at_the_field(story: Given, command: object, pointer: str) -> None:
    refusal = story.when(command).refusal
    assert refusal is not None
    assert refusal.pointer == pointer
