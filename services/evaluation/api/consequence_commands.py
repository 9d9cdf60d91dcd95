"""Asked of what follows: recovery, cut, ranking, external record, accountability."""

from typing import Final

from services.evaluation.api import consequence_schemas as told
from services.evaluation.api.judging_schemas import AnswerBody, ReasonBody
from services.evaluation.domain import case as cases
from services.evaluation.domain import cut_messages as cut
from services.evaluation.domain import recovery_messages as recovery
from services.evaluation.domain.external import (
    RankTold,
    RecordExternalRanking,
    RecordExternalScore,
    ScoreTold,
)
from services.evaluation.domain.ranking import PublishRanking
from services.evaluation.domain.values import Route
from shared.domain.money import ZERO
from shared.http.commands import Asked, CommandEndpoint, Translate


def identify_recovery(asked: Asked, body: told.IdentifyRecoveryBody) -> recovery.IdentifyRecovery:
    """Find idle or ineffective money of a project; never more than is recoverable."""
    return recovery.IdentifyRecovery(
        recovery_id=body.recovery_id,
        project_code=body.project_code,
        fiscal_year=body.fiscal_year,
        reason=body.reason,
        route=body.route,
        amount=body.amount,
        basis=body.basis,
        quota=body.quota,
        commitments=body.commitments or ZERO,
        frozen=body.frozen or ZERO,
        by=asked.actor,
        now=asked.now,
    )


def notify_recovery(
    asked: Asked, recovery_id: str, body: told.NotifyBody
) -> recovery.NotifyRecovery:
    """Notify the unit; it may answer until a day."""
    return recovery.NotifyRecovery(
        recovery_id=recovery_id, **dict(body), by=asked.actor, now=asked.now
    )


def answer_recovery(asked: Asked, recovery_id: str, body: AnswerBody) -> recovery.AnswerRecovery:
    """Answer the notice, as the head of the unit."""
    return recovery.AnswerRecovery(
        recovery_id=recovery_id, **dict(body), by=asked.actor, now=asked.now
    )


def approve_recovery(
    asked: Asked, recovery_id: str, body: told.ApproveRecoveryBody
) -> recovery.ApproveRecovery:
    """Approve a recovery after the unit was heard; the ledger then books it, or refuses."""
    return recovery.ApproveRecovery(
        recovery_id=recovery_id, **dict(body), by=asked.actor, now=asked.now
    )


def book_recovery(asked: Asked, recovery_id: str, body: told.BookSlipBody) -> recovery.BookRecovery:
    """Book the pay-in slip of older money; what the ledger books is not booked by hand."""
    return recovery.BookRecovery(
        recovery_id=recovery_id,
        **dict(body),
        route=Route.PRIOR_YEAR_PAYMENT,
        by=asked.actor,
        now=asked.now,
    )


def withdraw_recovery(
    asked: Asked, recovery_id: str, body: ReasonBody
) -> recovery.WithdrawRecovery:
    """Drop a claim before it is approved."""
    return recovery.WithdrawRecovery(
        recovery_id=recovery_id, reason=body.reason, by=asked.actor, now=asked.now
    )


def propose_cut(asked: Asked, body: told.ProposeCutBody) -> cut.ProposeCut:
    """Propose to cut a new application that resembles a badly judged project."""
    return cut.ProposeCut(
        **dict(body), region_code=asked.region_code or "", by=asked.actor, now=asked.now
    )


def notify_cut(asked: Asked, cut_id: str, body: told.NotifyBody) -> cut.NotifyCut:
    """Notify the unit; it may answer until a day."""
    return cut.NotifyCut(cut_id=cut_id, **dict(body), by=asked.actor, now=asked.now)


def answer_cut(asked: Asked, cut_id: str, body: AnswerBody) -> cut.AnswerCut:
    """Answer the notice, as the head of the unit."""
    return cut.AnswerCut(cut_id=cut_id, **dict(body), by=asked.actor, now=asked.now)


def confirm_cut(asked: Asked, cut_id: str) -> cut.ConfirmCut:
    """Confirm a cut, as somebody who did not propose it."""
    return cut.ConfirmCut(cut_id=cut_id, by=asked.actor, now=asked.now)


def withdraw_cut(asked: Asked, cut_id: str, body: ReasonBody) -> cut.WithdrawCut:
    """Drop a proposed cut."""
    return cut.WithdrawCut(cut_id=cut_id, reason=body.reason, by=asked.actor, now=asked.now)


def publish_ranking(asked: Asked, body: told.RankingBody) -> PublishRanking:
    """Publish a ranking of concluded appraisals as it stands; equal scores share a rank."""
    return PublishRanking(
        **dict(body), region_code=asked.region_code or "", by=asked.actor, now=asked.now
    )


def record_external_ranking(asked: Asked, body: told.ExternalRankingBody) -> RecordExternalRanking:
    """Record a rank that a superior gave, with its document."""
    rank = RankTold(**dict(body), region_code=asked.region_code or "")
    return RecordExternalRanking(told=rank, by=asked.actor, now=asked.now)


def record_external_score(asked: Asked, body: told.ExternalScoreBody) -> RecordExternalScore:
    """Record a review score that a superior gave, with its document."""
    score = ScoreTold(**dict(body), region_code=asked.region_code or "")
    return RecordExternalScore(told=score, by=asked.actor, now=asked.now)


def open_case(asked: Asked, body: told.OpenCaseBody) -> cases.OpenCase:
    """Open an accountability case."""
    return cases.OpenCase(**dict(body), by=asked.actor, now=asked.now)


def record_measure(asked: Asked, case_id: str, body: told.RecordMeasureBody) -> cases.RecordMeasure:
    """Record a measure that others decided; this system decides none."""
    return cases.RecordMeasure(case_id=case_id, **dict(body), by=asked.actor, now=asked.now)


def close_case(asked: Asked, case_id: str, body: told.OutcomeBody) -> cases.CloseCase:
    """Close a case with its outcome."""
    return cases.CloseCase(case_id=case_id, outcome=body.outcome, by=asked.actor, now=asked.now)


def reopen_case(asked: Asked, case_id: str, body: ReasonBody) -> cases.ReopenCase:
    """Open a closed case again."""
    return cases.ReopenCase(case_id=case_id, reason=body.reason, by=asked.actor, now=asked.now)


def _creates(path: str, translate: Translate, tag: str) -> CommandEndpoint:
    return CommandEndpoint(path=path, translate=translate, tag=tag, creates=True)


def _recovery(verb: str, translate: Translate, *, moves_money: bool = False) -> CommandEndpoint:
    return CommandEndpoint(
        path=f"/recoveries/{{recovery_id}}/{verb}",
        translate=translate,
        tag="Recoveries",
        moves_money=moves_money,
    )


def _cut(verb: str, translate: Translate) -> CommandEndpoint:
    path = f"/budget-cuts/{{cut_id}}/{verb}"
    return CommandEndpoint(path=path, translate=translate, tag="Budget cuts")


def _case(verb: str, translate: Translate) -> CommandEndpoint:
    path = f"/cases/{{case_id}}/{verb}"
    return CommandEndpoint(path=path, translate=translate, tag="Accountability")


CONSEQUENCE_COMMANDS: Final = (
    _creates("/recoveries", identify_recovery, "Recoveries"),
    _recovery("notify", notify_recovery),
    _recovery("answer", answer_recovery),
    _recovery("approve", approve_recovery, moves_money=True),
    _recovery("book", book_recovery, moves_money=True),
    _recovery("withdraw", withdraw_recovery),
    _creates("/budget-cuts", propose_cut, "Budget cuts"),
    _cut("notify", notify_cut),
    _cut("answer", answer_cut),
    _cut("confirm", confirm_cut),
    _cut("withdraw", withdraw_cut),
    _creates("/rankings", publish_ranking, "Rankings"),
    _creates("/external-rankings", record_external_ranking, "Results on record"),
    _creates("/external-scores", record_external_score, "Results on record"),
    _creates("/cases", open_case, "Accountability"),
    _case("record-measure", record_measure),
    _case("close", close_case),
    _case("reopen", reopen_case),
)
