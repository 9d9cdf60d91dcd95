"""Asked of accountability cases. What is measured out was decided elsewhere; it is recorded."""

from typing import Final

from services.evaluation.api import case_schemas as told
from services.evaluation.api.judging_schemas import ReasonBody
from services.evaluation.domain import case_messages as cases
from shared.http.commands import Asked, CommandEndpoint, Translate


def open_case(asked: Asked, body: told.OpenCaseBody) -> cases.OpenCase:
    """Open an accountability case; on a clue, under the clue's number."""
    return cases.OpenCase(**dict(body), by=asked.actor, now=asked.now)


def start_investigation(
    asked: Asked, case_id: str, body: told.StartInvestigationBody
) -> cases.StartInvestigation:
    """Say which office looks into a case."""
    return cases.StartInvestigation(case_id=case_id, **dict(body), by=asked.actor, now=asked.now)


def record_measure(asked: Asked, case_id: str, body: told.RecordMeasureBody) -> cases.RecordMeasure:
    """Record a measure that others decided; this system decides none."""
    return cases.RecordMeasure(case_id=case_id, **dict(body), by=asked.actor, now=asked.now)


def record_no_action(
    asked: Asked, case_id: str, body: told.RecordNoActionBody
) -> cases.RecordNoAction:
    """Record that an authority decided to do nothing."""
    return cases.RecordNoAction(case_id=case_id, **dict(body), by=asked.actor, now=asked.now)


def close_case(asked: Asked, case_id: str, body: told.OutcomeBody) -> cases.CloseCase:
    """Close a case; only with a measure, or with the decision that none is taken."""
    return cases.CloseCase(case_id=case_id, outcome=body.outcome, by=asked.actor, now=asked.now)


def reopen_case(asked: Asked, case_id: str, body: ReasonBody) -> cases.ReopenCase:
    """Open a closed case again; it is looked into anew."""
    return cases.ReopenCase(case_id=case_id, reason=body.reason, by=asked.actor, now=asked.now)


_TAG: Final = "Accountability"


def _case(verb: str, translate: Translate) -> CommandEndpoint:
    return CommandEndpoint(path=f"/cases/{{case_id}}/{verb}", translate=translate, tag=_TAG)


CASE_COMMANDS: Final = (
    CommandEndpoint(path="/cases", translate=open_case, tag=_TAG, creates=True),
    _case("start-investigation", start_investigation),
    _case("record-measure", record_measure),
    _case("record-no-action", record_no_action),
    _case("close", close_case),
    _case("reopen", reopen_case),
)
