"""Asked of linkage: what the grade of a year binds in the budget two years on."""

from typing import Final

from services.evaluation.api.judging_schemas import AnswerBody
from services.evaluation.api.linkage_schemas import (
    ExemptBody,
    LinkageBody,
    NotifyLinkageBody,
    RemarkBody,
)
from services.evaluation.domain.linkage import commands as linkage
from shared.http.commands import Asked, CommandEndpoint, Translate


def decide_linkage(asked: Asked, body: LinkageBody) -> linkage.DecideLinkage:
    """Compute what the result of a year binds two years on; it binds once it is confirmed."""
    return linkage.DecideLinkage(
        **dict(body), region_code=asked.region_code or "", by=asked.actor, now=asked.now
    )


def notify_linkage(asked: Asked, linkage_id: str, body: NotifyLinkageBody) -> linkage.NotifyLinkage:
    """Notify the unit; it may answer until a day, and silence is agreement."""
    return linkage.NotifyLinkage(linkage_id=linkage_id, **dict(body), by=asked.actor, now=asked.now)


def answer_linkage(asked: Asked, linkage_id: str, body: AnswerBody) -> linkage.AnswerLinkage:
    """Answer the notice, as the head of the unit."""
    return linkage.AnswerLinkage(linkage_id=linkage_id, **dict(body), by=asked.actor, now=asked.now)


def exempt_spending(asked: Asked, linkage_id: str, body: ExemptBody) -> linkage.ExemptSpending:
    """Exempt statutory, emergency or assigned spending of a project from the cap, with reason."""
    return linkage.ExemptSpending(
        linkage_id=linkage_id, **dict(body), by=asked.actor, now=asked.now
    )


def confirm_linkage(asked: Asked, linkage_id: str, body: RemarkBody) -> linkage.ConfirmLinkage:
    """Confirm, as somebody who did not compute it: from now on the cap binds."""
    return linkage.ConfirmLinkage(
        linkage_id=linkage_id, remark=body.remark, by=asked.actor, now=asked.now
    )


def verify_linkage(asked: Asked, linkage_id: str) -> linkage.VerifyLinkage:
    """Hold the approved budget of the unit against the cap."""
    return linkage.VerifyLinkage(linkage_id=linkage_id, by=asked.actor, now=asked.now)


def close_linkage(asked: Asked, linkage_id: str, body: RemarkBody) -> linkage.CloseLinkage:
    """Close a verified linkage; where the cap was passed, say what was done about it."""
    return linkage.CloseLinkage(
        linkage_id=linkage_id, remark=body.remark, by=asked.actor, now=asked.now
    )


def _step(verb: str, translate: Translate) -> CommandEndpoint:
    path = f"/linkages/{{linkage_id}}/{verb}"
    return CommandEndpoint(path=path, translate=translate, tag="Linkage")


LINKAGE_COMMANDS: Final = (
    CommandEndpoint(path="/linkages", translate=decide_linkage, tag="Linkage", creates=True),
    _step("notify", notify_linkage),
    _step("answer", answer_linkage),
    _step("exempt", exempt_spending),
    _step("confirm", confirm_linkage),
    _step("verify", verify_linkage),
    _step("close", close_linkage),
)
LINKAGE_EXAMPLES: Final = {
    "decide_linkage": {
        "unit_code": "653121101001",
        "basis_fiscal_year": 2021,
        "previous_budget": "20000000.00",
        "cut_ratio": "0.10",
    },
    "notify_linkage": {"document_no": "喀财绩挂〔2022〕1号"},
    "answer_linkage": {"agrees": True, "text": "无异议"},
    "exempt_spending": {
        "project_code": "65312123T000000000011",
        "kind": "STATUTORY",
        "amount": "1200000.00",
        "reason": "城乡居民基本养老保险县级补助，依法必保",
        "document_no": "喀财社〔2022〕15号",
    },
    "confirm_linkage": {"remark": "单位意见已研究，评价结果有效，维持上限"},
    "close_linkage": {"remark": ""},
}
