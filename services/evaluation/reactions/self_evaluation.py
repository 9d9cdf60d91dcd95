"""What self-evaluations hear: who answers for them, and a proof that was used twice."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.evaluation.domain.self_evaluation.commands import NameDuty, NoteDuplicate
from services.evaluation.domain.values import project_year
from shared.contracts import evaluation, targets

STEP: Final = "SELF_EVAL"
SELF_EVALUATION_HEARS: Final = (targets.ResponsibilityAssigned, evaluation.EvidenceReused)

type Told = targets.ResponsibilityAssigned | evaluation.EvidenceReused


def react_to_self_evaluation(word: Told, by: str, now: datetime) -> Sequence[object]:
    """Name the three persons; tell both reports of the file they share."""
    if isinstance(word, targets.ResponsibilityAssigned):
        if STEP not in word.steps:
            return []
        return [
            NameDuty(
                self_evaluation_id=project_year(word.project_code, word.fiscal_year),
                business=word.business,
                finance=word.finance,
                head=word.head,
                by=by,
                now=now,
            )
        ]
    both = ((word.used_in, word.first_in), (word.first_in, word.used_in))
    return [
        NoteDuplicate(self_evaluation_id=one, sha256=word.sha256, also_in=other, by=by, now=now)
        for one, other in both
    ]
