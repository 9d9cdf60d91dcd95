"""An objection against an ex-ante conclusion: once, in time, decided by somebody else."""

from collections.abc import Sequence
from dataclasses import replace

from services.targets.domain.commands.ex_ante import DecideExAnteObjection, FileExAnteObjection
from services.targets.domain.events.ex_ante import (
    ExAnteEvent,
    ExAnteObjectionDecided,
    ExAnteObjectionFiled,
)
from services.targets.domain.ex_ante_states import (
    Concluded,
    Consumed,
    ExAnteState,
    Graded,
    UnderObjection,
)
from services.targets.domain.outcome import concluded
from services.targets.domain.refusals import (
    DeciderConcludedBefore,
    EvidenceNotNew,
    ExAnteInBudget,
    ExAnteNotConcluded,
    ObjectionAlreadyDecided,
    ObjectionNotFiled,
    ObjectionTooLate,
    ObjectionUnscored,
    ReasonMissing,
    ScorerWroteReport,
)
from services.targets.domain.rule_set import in_force
from services.targets.domain.values import Evidence
from shared.domain.grades import grade_of, rounded
from shared.domain.hands import Hands
from shared.domain.workdays import business_date


def file_objection(command: FileExAnteObjection, state: ExAnteState) -> Sequence[ExAnteEvent]:
    """The unit does not agree and says why."""
    asked = ExAnteObjectionFiled(
        grounds=command.grounds, evidence=command.evidence, filed_by=command.by
    )
    match state:
        case Concluded(decided_objection=True):
            raise ObjectionAlreadyDecided
        case Concluded(outcome=outcome, graded=Graded(report=report)):
            if not command.grounds.strip():
                raise ReasonMissing(pointer="/grounds")
            if business_date(command.now) > outcome.objection_by:
                raise ObjectionTooLate(objection_by=outcome.objection_by)
            _check_new(command.evidence, report.evidence)
            return [asked]
        case UnderObjection(filed=filed):
            if (filed.grounds, filed.evidence) == (asked.grounds, asked.evidence):
                return []
            raise ObjectionNotFiled("another objection is already open")
        case Consumed():
            raise ExAnteInBudget
        case _:
            raise ExAnteNotConcluded


def _check_new(brought: Sequence[Evidence], known: Sequence[Evidence]) -> None:
    if not {file.sha256 for file in brought} - {file.sha256 for file in known}:
        raise EvidenceNotNew(pointer="/evidence")


def decide_objection(command: DecideExAnteObjection, state: ExAnteState) -> Sequence[ExAnteEvent]:
    """Somebody who did not decide the first time decides."""
    match state:
        case UnderObjection(concluded=before, filed=filed):
            pass
        case (
            Concluded(decided_objection=True)
            | Consumed(concluded=Concluded(decided_objection=True))
        ):
            return []
        case _:
            raise ObjectionNotFiled
    report = before.graded.report
    _deciders(before).expect_another(command.by, DeciderConcludedBefore)
    before.graded.authors.also(filed.filed_by).expect_another(command.by, ScorerWroteReport)
    if not command.reason.strip():
        raise ReasonMissing(pointer="/reason")
    decided = ExAnteObjectionDecided(upheld=command.upheld, reason=command.reason)
    if not command.upheld:
        return [decided]
    if command.score is None:
        raise ObjectionUnscored(pointer="/score")
    adopted = in_force(command.rules, report.region_code)
    rules = adopted.rules
    score = rounded(command.score)
    grading = replace(
        before.graded.grading,
        score=score,
        grade=grade_of(score, rules.grades),
        vetoes=(),
        rule_set_version=rules.version,
        rules_region=adopted.lent_to(report.region_code),
    )
    outcome = concluded(report, grading, before.graded.cut, rules, by=command.by, now=command.now)
    return [decided, outcome]


def _deciders(before: Concluded) -> Hands:
    """Everybody whose judgement is part of the conclusion."""
    graded = before.graded
    decided = before.outcome.concluded_by, graded.grading.graded_by
    return graded.cutters.also(*decided, *graded.scores)
