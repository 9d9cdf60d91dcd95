"""What a decision hands on to another says everything the other needs, and of whom."""

from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest

from services.evaluation.domain.effectiveness.plan_decider import effectiveness_plan_decider
from services.evaluation.domain.prior_result import PriorResultRecorded, entails
from services.evaluation.domain.refusals import AuthorJudgesOwnReport
from services.evaluation.domain.sampling.messages import RecheckSampled, Sampled
from services.evaluation.domain.self_evaluation.lines import expect_proven
from services.evaluation.domain.self_evaluation.refusals import SelfEvaluationEvidenceMissing
from services.evaluation.domain.values import Operator, Reported
from shared.domain.grades import Grade
from tests.evaluation import standing as say
from tests.evaluation import test_recheck as rechecks
from tests.evaluation import test_self_evaluation as reports
from tests.evaluation.judging_story import RULES
from tests.evaluation.story import DEPT, REGION, THIRD, TODAY, UNIT, accept, indicator
from tests.evaluation.test_effectiveness_ranking import V7, ranked


def test_an_older_result_is_held_against_the_next_request_with_all_that_was_recorded() -> None:
    recorded = PriorResultRecorded(
        project_code="P0",
        fiscal_year=2020,
        name="旧水渠",
        unit_code=UNIT,
        department_code=DEPT,
        region_code=REGION,
        score=Decimal("55.00"),
        grade=Grade.POOR,
        execution_rate=Decimal("0.4000"),
        function_code="2130305",
        track_pro_code="T1",
        document_no="1号",
        told_on=TODAY,
        origin="OFFICIAL",
    )
    (noted,) = entails(recorded, None)
    told: Any = noted
    assert (told.project_code, told.fiscal_year, told.unit_code) == ("P0", 2020, UNIT)
    other = {"rate": "execution_rate"}
    for field in fields(told.basis):
        name = other.get(field.name, field.name)
        if hasattr(recorded, name):
            assert getattr(told.basis, field.name) == getattr(recorded, name), field.name
    assert (told.basis.function_code, told.basis.track_pro_code) == ("2130305", "T1")


def test_a_snapshot_keeps_the_rank_of_the_half_year_before() -> None:
    last = ranked({**V7, "c": "99.00"}).after(say.RANK).state
    published = ranked(V7, last).after(say.RANK, say.PUBLISH)
    fact: Any = published.facts[-1]
    (snapshot,) = effectiveness_plan_decider.entails(fact, published.state)
    told: Any = snapshot
    assert {row.subject: row.previous_rank for row in told.rows} == {"a": 3, "b": 2, "c": 1, "d": 3}


def test_whoever_handed_the_report_in_decides_no_objection_to_its_score() -> None:
    rechecked = reports.audited(by="iss|deputy").after(accept(), reports.recheck("80"))
    signed = rechecked.state.result.submitted_by
    filed = rechecked.after(reports.file_objection(by="iss|lawyer"))
    for by in (signed, "iss|lawyer"):
        filed.when(reports.decide_objection("85", by)).then_refused(AuthorJudgesOwnReport)
    assert filed.when(reports.decide_objection("85", THIRD)).refusal is None


def test_a_department_evaluation_is_drawn_from_its_own_department() -> None:
    own = rechecks.own().state
    done = rechecks.accepted(1, "D9")
    facts: Any = rechecks.listed([done]).knowing(*RULES, done, own).when(rechecks.DRAW).facts
    assert all(isinstance(fact, RecheckSampled) for fact in facts)
    assert {(fact.kind, fact.department_code) for fact in facts} == {
        (Sampled.SELF_EVALUATION, "D9"),
        (Sampled.DEPARTMENT_EVALUATION, DEPT),
    }


@pytest.mark.parametrize(
    ("operator", "lower_is_better", "proof"),
    [
        (Operator.AT_LEAST, False, False),
        (Operator.AT_LEAST, True, True),
        (Operator.AT_MOST, False, True),
        (Operator.EXACTLY, False, True),
    ],
)
def test_a_zero_needs_proof_where_nothing_is_good(
    operator: Operator, *, lower_is_better: bool, proof: bool
) -> None:
    one = replace(indicator("a", 10, "5", operator), lower_is_better=lower_is_better)
    line = Reported(indicator_id="a", value=Decimal(0))
    if proof:
        with pytest.raises(SelfEvaluationEvidenceMissing):
            expect_proven((line,), (one,))
    else:
        expect_proven((line,), (one,))
    expect_proven((replace(line, evidence=("x",)),), (one,))
