"""Whatever has happened: a command that was accepted records nothing when it is repeated."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.case_messages import Rung
from services.evaluation.domain.checks import Inflation
from services.evaluation.domain.duplicates.messages import ProposeDuplicates
from services.evaluation.domain.external import (
    RecordExternalRanking,
    RecordExternalScore,
)
from services.evaluation.domain.funds.funds import Funds
from services.evaluation.domain.judging.reportfile import EnterReportFile
from services.evaluation.domain.manifest import DECIDERS
from services.evaluation.domain.ranking import Ranking
from services.evaluation.domain.ranking_messages import PublishRanking
from services.evaluation.domain.sampling.roster import EnterUnit, UnitRoster
from services.evaluation.domain.self_evaluation.commands import (
    NoteSelfEvaluationOverdue,
    RemindOfSelfEvaluation,
    ReturnSelfEvaluation,
)
from services.evaluation.domain.self_evaluation.messages import OpenSelfEvaluation
from services.evaluation.domain.self_evaluation.proof import NoteProof
from services.evaluation.domain.self_evaluation.states import Open, Unopened
from services.evaluation.domain.unit import (
    GrantNoted,
    NoteAdjustedBudget,
    NoteApprovedBudget,
    NoteGrant,
    RegisterUnit,
)
from services.evaluation.domain.values import RecoveryReason, Route, Subject
from services.evaluation.domain.watched import NoteNodeScore, NotePaid
from shared.domain.decider import AnyDecider
from shared.domain.roll import Roll
from shared.testing.spec import Given
from tests.evaluation import judging_story as evaluations
from tests.evaluation import self_evaluations as asked
from tests.evaluation import standing
from tests.evaluation import test_appraisal as appraisals
from tests.evaluation import test_cut as cuts
from tests.evaluation import test_cut_found as found
from tests.evaluation import test_duplicates as doubles
from tests.evaluation import test_external as superiors
from tests.evaluation import test_feedback as feedbacks
from tests.evaluation import test_findings_of_others as findings
from tests.evaluation import test_funds as moneys
from tests.evaluation import test_key_projects as keys
from tests.evaluation import test_linkage as linkages
from tests.evaluation import test_objection as objections
from tests.evaluation import test_recheck as rechecks
from tests.evaluation import test_records as records
from tests.evaluation import test_recovery as recoveries
from tests.evaluation import test_self_evaluation as reports
from tests.evaluation import test_third_party as third_parties
from tests.evaluation.story import (
    ADOPTED,
    BUREAU,
    DEPT,
    HEAD,
    ID,
    NOW,
    PAID,
    PROJECT,
    REGION,
    SECOND,
    THIRD,
    UNIT,
    accept,
    audit,
    submit,
    yuan,
)

WHERE: Final[dict[str, Any]] = {"project_code": "P1", "fiscal_year": 2021, "by": BUREAU, "now": NOW}
RANK: Final = PublishRanking(
    ranking_id="R",
    subject=Subject.BUDGET_UNIT,
    region_code=REGION,
    fiscal_year=2021,
    period="2021",
    subjects=(UNIT,),
    by=BUREAU,
    now=NOW,
)
GRANTS: Final = {
    "P1-2022": GrantNoted(project_code="P1", fiscal_year=2022, granted=yuan(9), exempt=False)
}
CONSULTED: Final = {
    "rules": ADOPTED,
    "unit": replace(appraisals.BUDGETED, grants=GRANTS),
    "watched": PAID,
    "self_evaluation": Open(project=PROJECT),
    "prior_result": cuts.PRIOR,
    "funds": Funds(version=9, quota=yuan(500), committed=yuan(50)),
    "application": None,
    "appraisal": appraisals.concluded(UNIT, "55.00"),
    "ranking": Ranking(),
    "effectiveness_plan": standing.PLANNED,
    "effectiveness": standing.FINAL,
    "feedback": objections.TOLD,
    "third_party": third_parties.registered(),
    "evaluation": third_parties.selected(),
    "unit_roster": UnitRoster(region_code=REGION, units=Roll.of(UNIT)),
}
COMMANDS: Final[dict[str, tuple[object, ...]]] = {
    "self_evaluation": (
        OpenSelfEvaluation(project=PROJECT, by=BUREAU, now=NOW),
        reports.revise(2),
        reports.revise(3),
        submit(),
        submit(self_score=Decimal(99)),
        audit(),
        audit(BUREAU),
        *asked.LIFE,
        ReturnSelfEvaluation(self_evaluation_id=ID, reason="x", by=BUREAU, now=NOW),
        RemindOfSelfEvaluation(self_evaluation_id=ID, by=BUREAU, now=NOW),
        NoteSelfEvaluationOverdue(self_evaluation_id=ID, by=BUREAU, now=NOW + timedelta(days=30)),
        accept(),
        accept(SECOND),
        reports.recheck("80", THIRD),
        reports.recheck("70"),
        reports.file_objection(),
        reports.decide_objection("85", "iss|fb4"),
    ),
    "proof": (
        NoteProof(sha256=asked.PROOF, whose=PROJECT.whose, used_in="P1-2021"),
        NoteProof(sha256=asked.PROOF, whose=PROJECT.whose, used_in="P1-2022"),
    ),
    "evaluation": (
        evaluations.SELECT,
        evaluations.NOTICE,
        evaluations.PLAN,
        evaluations.APPROVE,
        evaluations.COLLECT,
        evaluations.VISIT,
        evaluations.SCORE,
        evaluations.ANSWER,
        evaluations.CLOSE,
        evaluations.CONCLUDE,
        replace(evaluations.CONCLUDE, by=SECOND),
        objections.OBJECT,
        objections.DECIDE,
        objections.OVERDUE,
        evaluations.SUBMIT,
        evaluations.FILE,
        rechecks.RECHECK,
    ),
    "reportfile": (
        EnterReportFile(evaluation_id=evaluations.ID, press=evaluations.press, by=BUREAU, now=NOW),
    ),
    "third_party": (
        third_parties.REGISTER,
        replace(third_parties.REGISTER, credit_level="B"),
        third_parties.EXCLUDE,
    ),
    "assignment": (third_parties.COMMISSION, *third_parties.LIFE, third_parties.REJECT),
    "unit_roster": (EnterUnit(region_code=REGION, unit_code=UNIT, by=BUREAU, now=NOW),),
    "recheck_sample": (
        rechecks.FIND,
        rechecks.DRAW,
        replace(rechecks.DRAW, seed="another-seed"),
    ),
    "feedback": (
        feedbacks.ISSUE,
        *feedbacks.LIFE[:2],
        feedbacks.ESCALATE,
        *feedbacks.LIFE[2:],
        feedbacks.FAIL,
    ),
    "appraisal": (
        appraisals.note(Inflation.INFLATED),
        appraisals.note(Inflation.NONE),
        appraisals.SCORE,
        replace(appraisals.SCORE, bonus=Decimal(5)),
        appraisals.CONCLUDE,
        replace(appraisals.PRIOR, fiscal_year=2021),
    ),
    "linkage": (
        appraisals.LINK,
        linkages.NOTIFY,
        linkages.EXEMPT,
        linkages.ANSWER,
        replace(linkages.ANSWER, agrees=False),
        linkages.CLOSE_TERM,
        linkages.CONFIRM,
        linkages.APPLIED,
        linkages.VERIFY,
        linkages.CLOSE,
    ),
    "recovery": (
        recoveries.identify(amount=yuan(40), commitments=yuan(50)),
        recoveries.checking(RecoveryReason.SURPLUS),
        recoveries.NOTIFY,
        recoveries.ANSWER,
        recoveries.CLOSE,
        recoveries.approve(yuan(30)),
        recoveries.approve(yuan(20), document="2"),
        recoveries.book(yuan(10)),
        recoveries.book(yuan(30), entry="w2"),
        recoveries.book(yuan(30), Route.CURRENT_YEAR_REFUND, "r"),
        recoveries.fail(yuan(25)),
        recoveries.reallocate(yuan(5)),
        recoveries.CLOSE_UP,
        recoveries.DROP,
        recoveries.WITHDRAW,
    ),
    "cut": (
        cuts.PROPOSE,
        cuts.NOTIFY,
        cuts.ANSWER,
        cuts.CLOSE_TERM,
        cuts.CONFIRM,
        cuts.WRITTEN,
        cuts.CLOSE,
        cuts.WITHDRAW,
    ),
    "funds": moneys.LIFE,
    "duplicates": (doubles.PROPOSE, doubles.DECIDE, doubles.CLOSE),
    "key_project": (keys.DESIGNATE, keys.RELEASE),
    "similar_projects": (found.JUDGED, found.ASK),
    "application": (cuts.APPLY, replace(cuts.APPLY, name="改名")),
    "ranking": (RANK,),
    "prior_result": (replace(cuts.RECORD, project_code="P0"),),
    "external": (
        RecordExternalRanking(told=records.RANK, by=BUREAU, now=NOW),
        RecordExternalScore(told=records.SCORE, by=BUREAU, now=NOW),
        *superiors.NEWER,
    ),
    "case": (
        records.OPEN,
        records.INVESTIGATE,
        records.measure(Rung.REMINDER),
        records.measure(Rung.CIRCULAR),
        records.CLOSE,
        records.REOPEN,
    ),
    "effectiveness_plan": standing.PLAN_LIFE,
    "effectiveness": standing.SUBJECT_LIFE,
    "rules": (records.adopt(1), records.adopt(2)),
    "unit": (
        RegisterUnit(
            unit_code=UNIT,
            name="交通局",
            region_code=REGION,
            department_code=DEPT,
            by=HEAD,
            now=NOW,
        ),
        NoteApprovedBudget(**WHERE, unit_code=UNIT, budget=yuan(1)),
        NoteAdjustedBudget(**WHERE, unit_code=UNIT, budget=yuan(2)),
        NoteGrant(**WHERE, unit_code=UNIT, granted=yuan(3), exempt=False),
    ),
    "watched": (
        NotePaid(**WHERE, paid=yuan(1)),
        NotePaid(**WHERE, paid=yuan(2)),
        NoteNodeScore(**WHERE, node="M05", score=Decimal(80), level="BLUE"),
        findings.LIKENESS,
    ),
    "wording": findings.WORDINGS,
    "deviation": findings.DEVIATIONS,
}


def consulted(decider: AnyDecider, command: object, state: object) -> list[object]:
    """What the other streams say; a result from before the system has none beside it."""
    alone: dict[str, object] = {}
    if decider.category == "prior_result":
        alone = {"self_evaluation": Unopened()}
    if decider.category == "recheck_sample":
        alone = {"self_evaluation": rechecks.accepted(1), "evaluation": None}
    if decider.category == "reportfile":
        alone = {"evaluation": evaluations.until(evaluations.SUBMIT).state}
    if decider.category == "feedback":
        alone = {"evaluation": evaluations.until(evaluations.CONCLUDE).state}
    told = {**CONSULTED, **alone}
    if isinstance(command, ProposeDuplicates):
        two = iter((Open(project=doubles.ONE), Open(project=doubles.OTHER)))
        known = [
            next(two) if one.category == "self_evaluation" else told[one.category]
            for one in decider.consults(command)
        ]
    else:
        known = [told[one.category] for one in decider.consults(command)]
    return known + [told[one.category] for one in decider.refers(command, state, known)]


def test_every_aggregate_is_repeated() -> None:
    assert {decider.category for decider in DECIDERS} == COMMANDS.keys()


@pytest.mark.parametrize("decider", DECIDERS, ids=lambda decider: decider.category)
@given(story=st.data())
def test_a_repeated_command_records_nothing_new(decider: AnyDecider, story: st.DataObject) -> None:
    commands = st.sampled_from(COMMANDS[decider.category])
    # The order of the table is the order of life; a wish in between may come at any time.
    life = story.draw(st.lists(commands, max_size=4))
    state = Given(decider, ())
    for command in (*life, *COMMANDS[decider.category], *life):
        known = consulted(decider, command, state.state)
        first = state.knowing(*known).when(command)
        state = Given(decider, (*state.facts, *first.facts))
        known = consulted(decider, command, state.state)
        again = state.knowing(*known).when(command)
        assert not again.facts, (command, again.facts)


@pytest.mark.parametrize("decider", DECIDERS, ids=lambda decider: decider.category)
def test_the_order_of_life_records_something_in_every_aggregate(decider: AnyDecider) -> None:
    state = Given(decider, ())
    for command in COMMANDS[decider.category]:
        known = consulted(decider, command, state.state)
        state = Given(decider, (*state.facts, *state.knowing(*known).when(command).facts))
    assert state.facts
