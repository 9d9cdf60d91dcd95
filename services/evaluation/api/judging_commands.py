"""Asked of judging: a self-evaluation looked at again, and objected to."""

from typing import Final

from services.evaluation.api import judging_schemas as told
from services.evaluation.domain.self_evaluation import messages as own
from shared.http.commands import Asked, CommandEndpoint, Translate


def recheck_self_evaluation(
    asked: Asked, self_evaluation_id: str, body: told.RecheckBody
) -> own.RecheckSelfEvaluation:
    """Replace a score after a look at the evidence itself."""
    return own.RecheckSelfEvaluation(
        self_evaluation_id=self_evaluation_id,
        region_code=asked.region_code or "",
        score=body.score,
        reason=body.reason,
        document_no=body.document_no,
        by=asked.actor,
        now=asked.now,
    )


def file_objection(
    asked: Asked, self_evaluation_id: str, body: told.ObjectionBody
) -> own.FileObjection:
    """Object to a re-check, once."""
    return own.FileObjection(
        self_evaluation_id=self_evaluation_id, text=body.text, by=asked.actor, now=asked.now
    )


def decide_objection(
    asked: Asked, self_evaluation_id: str, body: told.DecideObjectionBody
) -> own.DecideObjection:
    """Decide an objection, as somebody who did not decide before. This is final."""
    return own.DecideObjection(
        self_evaluation_id=self_evaluation_id,
        region_code=asked.region_code or "",
        score=body.score,
        reason=body.reason,
        by=asked.actor,
        now=asked.now,
    )


_SELF: Final = "/self-evaluations/{self_evaluation_id}"


def _self(verb: str, translate: Translate) -> CommandEndpoint:
    return CommandEndpoint(path=f"{_SELF}/{verb}", translate=translate, tag="Self-evaluations")


JUDGING_COMMANDS: Final = (
    _self("recheck", recheck_self_evaluation),
    _self("file-objection", file_objection),
    _self("decide-objection", decide_objection),
)
