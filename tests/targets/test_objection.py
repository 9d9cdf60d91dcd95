"""An objection to an ex-ante conclusion: once, in time, decided by somebody else."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from services.targets.domain.commands.ex_ante import (
    DecideExAnteObjection,
    FileExAnteObjection,
    ReduceExAnteAmount,
)
from services.targets.domain.events.ex_ante import (
    ExAnteConcluded,
    ExAnteObjectionDecided,
    ExAnteObjectionFiled,
)
from services.targets.domain.refusals import (
    DeciderConcludedBefore,
    EvidenceNotNew,
    ExAnteAlreadyConcluded,
    ExAnteNotConcluded,
    ObjectionAlreadyDecided,
    ObjectionNotFiled,
    ObjectionTooLate,
    ObjectionUnscored,
    ReasonMissing,
    ScorerWroteReport,
)
from services.targets.domain.values import Conclusion, Evidence, ReductionKind, ReductionLine
from shared.domain.grades import Grade
from shared.domain.money import Money
from tests.targets.assessments import (
    conclude_report,
    grade_report,
    reviewed,
    scored,
    submit_report,
)
from tests.targets.stories import (
    CODE,
    DEPT,
    GRADER,
    HEAD,
    NOW,
    REGION_CODE,
    YEAR,
    ex_ante,
    yuan,
)

NEW_PROOF = (Evidence(name="可行性研究.pdf", sha256="b" * 64),)
object_now = FileExAnteObjection(
    project_code=CODE,
    fiscal_year=YEAR,
    region_code=REGION_CODE,
    grounds="补充可行性研究",
    evidence=NEW_PROOF,
    by=HEAD,
    now=NOW,
)
uphold = DecideExAnteObjection(
    project_code=CODE,
    fiscal_year=YEAR,
    region_code=REGION_CODE,
    upheld=True,
    score=Decimal(85),
    reason="新证据成立",
    by="leader",
    now=NOW,
)
turn_down = replace(uphold, upheld=False, score=None, reason="证据不足")
PART = ReduceExAnteAmount(
    project_code=CODE,
    fiscal_year=YEAR,
    region_code=REGION_CODE,
    kind=ReductionKind.PARTIAL_CUT,
    lines=(ReductionLine(line="1", amount=Money(1), reason="x"),),
    by=GRADER,
    now=NOW,
)
poor = reviewed(scored("s1", "70"), scored("s2", "72")).after(conclude_report)


def test_the_unit_may_object_for_ten_working_days() -> None:
    concluded = poor.facts[-1]
    assert isinstance(concluded, ExAnteConcluded)
    assert concluded.objection_by == date(2021, 3, 15)
    poor.when(object_now).then(
        ExAnteObjectionFiled(grounds="补充可行性研究", evidence=NEW_PROOF, filed_by=object_now.by)
    )
    last = replace(object_now, now=datetime(2021, 3, 15, 15, 59, 59, tzinfo=UTC))
    poor.after(last)
    late = replace(object_now, now=datetime(2021, 3, 15, 16, tzinfo=UTC))
    poor.when(late).then_refused(ObjectionTooLate)
    poor.when(replace(object_now, grounds=" ")).then_refused(ReasonMissing)
    filed = poor.after(object_now)
    filed.when(object_now).then_nothing()
    filed.when(replace(object_now, grounds="别的")).then_refused(ObjectionNotFiled)
    reviewed().when(object_now).then_refused(ExAnteNotConcluded)


def test_an_objection_brings_evidence_the_report_did_not_have() -> None:
    for old in ((), submit_report.evidence):
        refusal = poor.when(replace(object_now, evidence=old)).then_refused(EvidenceNotNew)
        assert refusal.pointer == "/evidence"
    poor.after(replace(object_now, evidence=(*submit_report.evidence, *NEW_PROOF)))


def test_an_objection_upheld_is_concluded_anew() -> None:
    decided = poor.after(object_now, uphold)
    again = decided.facts[-1]
    assert isinstance(again, ExAnteConcluded)
    assert (again.grade, again.conclusion) == (Grade.GOOD, Conclusion.INCLUDED)
    assert again.accepted == yuan("8_000_000")
    decided.when(uphold).then_nothing()
    decided.when(object_now).then_refused(ObjectionAlreadyDecided)


def test_an_objection_turned_down_leaves_the_conclusion() -> None:
    filed = poor.after(object_now)
    filed.when(turn_down).then(ExAnteObjectionDecided(upheld=False, reason="证据不足"))
    assert filed.after(turn_down).state.outcome.conclusion is Conclusion.NOT_ARRANGED


def test_an_objection_is_decided_by_somebody_else_and_with_reasons() -> None:
    filed = poor.after(object_now)
    for before in (GRADER, "s1"):
        filed.when(replace(uphold, by=before)).then_refused(DeciderConcludedBefore)
    graded_and_cut = reviewed(scored("s1", "90"), scored("s2", "90")).after(
        replace(grade_report, by="grader"),
        replace(PART, by="reducer"),
        conclude_report,
        object_now,
    )
    for before in ("grader", "reducer", GRADER, "s2"):
        graded_and_cut.when(replace(uphold, by=before)).then_refused(DeciderConcludedBefore)
    filed.when(replace(uphold, by=HEAD)).then_refused(ScorerWroteReport)
    filed.when(replace(uphold, reason="")).then_refused(ReasonMissing)
    filed.when(replace(uphold, score=None)).then_refused(ObjectionUnscored)
    poor.when(uphold).then_refused(ObjectionNotFiled)
    assert ex_ante.decider.owner(filed.state).department_code == "653101"  # type: ignore[union-attr]
    assert DEPT != HEAD


def test_nothing_is_cut_while_an_objection_is_open() -> None:
    poor.after(object_now).when(PART).then_refused(ExAnteAlreadyConcluded)
