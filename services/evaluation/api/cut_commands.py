"""Asked of cuts: a new application that resembles a badly judged project is cut by a person."""

from typing import Final

from services.evaluation.api.cut_schemas import ProposeCutBody
from services.evaluation.api.judging_schemas import AnswerBody, ReasonBody
from services.evaluation.api.recovery_schemas import NotifyBody
from services.evaluation.domain.cut import commands as cut
from shared.http.commands import Asked, CommandEndpoint, Translate


def propose_cut(asked: Asked, body: ProposeCutBody) -> cut.ProposeCut:
    """Propose to cut a new application that resembles a badly judged project."""
    return cut.ProposeCut(
        **dict(body), region_code=asked.region_code or "", by=asked.actor, now=asked.now
    )


def notify_cut(asked: Asked, cut_id: str, body: NotifyBody) -> cut.NotifyCut:
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


def close_cut(asked: Asked, cut_id: str) -> cut.CloseCut:
    """Close a cut that stands in the budget."""
    return cut.CloseCut(cut_id=cut_id, by=asked.actor, now=asked.now)


def _step(verb: str, translate: Translate) -> CommandEndpoint:
    path = f"/budget-cuts/{{cut_id}}/{verb}"
    return CommandEndpoint(path=path, translate=translate, tag="Budget cuts")


CUT_COMMANDS: Final = (
    CommandEndpoint(path="/budget-cuts", translate=propose_cut, tag="Budget cuts", creates=True),
    _step("notify", notify_cut),
    _step("answer", answer_cut),
    _step("confirm", confirm_cut),
    _step("close", close_cut),
    _step("withdraw", withdraw_cut),
)
CUT_EXAMPLES: Final = {
    "propose_cut": {
        "cut_id": "65312122T000000000008-2022",
        "project_code": "65312122T000000000008",
        "project_name": "乡村道路养护",
        "budget_year": 2022,
        "basis_project_code": "65312120T000000000031",
        "basis_fiscal_year": 2020,
        "requested": "5000000.00",
        "amount": "4000000.00",
        "similarity": "同一单位、同类养护内容，上年评价为差",
        "function_code": "2140106",
    },
    "notify_cut": {"document_no": "喀财预〔2021〕62号", "answer_by": "2021-11-30"},
    "answer_cut": {"agrees": False, "text": "养护里程增加一倍"},
    "withdraw_cut": {"reason": "两个项目内容不同"},
}
