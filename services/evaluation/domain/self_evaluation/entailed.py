"""What a fact of a self-evaluation has for others, in the same transaction."""

from collections.abc import Iterable

from services.evaluation.domain.deviation import Deviation, NoteDeviation
from services.evaluation.domain.self_evaluation.evidence import SHA256, fingerprints
from services.evaluation.domain.self_evaluation.messages import (
    ObjectionDecided,
    RecheckConcluded,
    SelfEvaluationEvent,
    SelfEvaluationSubmitted,
)
from services.evaluation.domain.self_evaluation.proof import NoteProof
from services.evaluation.domain.self_evaluation.states import (
    Rechecked,
    SelfEvaluation,
    project_of,
)
from services.evaluation.domain.values import project_year
from services.evaluation.domain.wording import WORDS_MIN, NoteWording, words_of


def entailed(event: SelfEvaluationEvent, state: SelfEvaluation) -> Iterable[object]:
    """What a report says is compared, its proofs are noted; what a re-check found is counted."""
    match event:
        case SelfEvaluationSubmitted():
            yield from _worded(event, state)
            yield from _proven(event, state)
        case RecheckConcluded() | ObjectionDecided() if isinstance(state, Rechecked):
            whose = event.whose
            yield NoteDeviation(
                region_code=whose.region_code,
                fiscal_year=whose.fiscal_year,
                project_code=whose.project_code,
                deviation=Deviation(
                    unit_code=whose.unit_code,
                    self_score=state.result.self_score,
                    score=event.score,
                    inflation=event.inflation,
                ),
            )
        case _:
            return


def _worded(event: SelfEvaluationSubmitted, state: SelfEvaluation) -> Iterable[NoteWording]:
    project, words = project_of(state), words_of(event)
    if project is None or len(words) < WORDS_MIN:
        return
    yield NoteWording(
        department_code=project.department_code,
        self_evaluation_id=project_year(project.project_code, project.fiscal_year),
        fiscal_year=project.fiscal_year,
        words=words,
    )


def _proven(event: SelfEvaluationSubmitted, state: SelfEvaluation) -> Iterable[NoteProof]:
    """Whatever a signed report is proven by is noted, so that a second use is seen."""
    project = project_of(state)
    if project is None:
        return
    used_in = project_year(project.project_code, project.fiscal_year)
    for digest in fingerprints(event.reports):
        if SHA256.fullmatch(digest):
            yield NoteProof(sha256=digest, whose=project.whose, used_in=used_in)
