"""pain.002 and camt.029: what a bank says of an order or of a recall. No money moves by them."""

from collections.abc import Iterator
from dataclasses import replace

from services.monitoring.api.bank.messages import valid_message
from services.monitoring.api.bank.reading import every, text_at
from services.monitoring.api.bank.refusals import MessageUnknown
from services.monitoring.domain.statement.lines import BankMessage, StatusReport
from shared.documents.markup import Element, row_of

ANSWERS = ("pain.002", "camt.029")
_NUMBERS = {
    "pain.002": "CstmrPmtStsRpt/GrpHdr/MsgId",
    "camt.029": "RsltnOfInvstgtn/Assgnmt/Id",
}


def read_answers(content: bytes) -> tuple[StatusReport, ...]:
    """The answers of a message; raises a refusal where it is none or not valid."""
    return answers_of(*valid_message(content)).answers


def answers_of(form: str, root: Element) -> BankMessage:
    """A message that answers, with its answers."""
    if form.startswith("pain.002"):
        told = tuple(_of_order(root))
    elif form.startswith("camt.029"):
        told = tuple(_of_recall(root))
    else:
        raise _no_answer(form)
    number = text_at(root, _NUMBERS[form[:8]])
    return BankMessage(form=form, message_id=number, lines=(), answers=told)


def _no_answer(form: str) -> MessageUnknown:
    return MessageUnknown(
        f"{form} answers no payment order.",
        remedy="Send pain.002 or camt.029.",
        detail_zh=f"{form} 不是支付指令的回执。",
        remedy_zh="请上传 pain.002 或 camt.029。",
    )


def _of_order(root: Element) -> Iterator[StatusReport]:
    report = next(every(root, "CstmrPmtStsRpt"))
    message = text_at(report, "GrpHdr/MsgId")
    original = text_at(report, "OrgnlGrpInfAndSts/OrgnlMsgId")
    for group in every(report, "OrgnlGrpInfAndSts"):
        if status := text_at(group, "GrpSts"):
            yield _answer(group, (message, original), "", status, "StsRsnInf")
    for instruction in every(report, "OrgnlPmtInfAndSts"):
        if status := text_at(instruction, "PmtInfSts"):
            told = _answer(instruction, (message, original), "", status, "StsRsnInf")
            yield replace(told, block_id=text_at(instruction, "OrgnlPmtInfId"))
        for one in every(instruction, "TxInfAndSts"):
            yield _answer(
                one,
                (message, original),
                text_at(one, "OrgnlEndToEndId", "OrgnlInstrId"),
                text_at(one, "TxSts"),
                "StsRsnInf",
            )


def _of_recall(root: Element) -> Iterator[StatusReport]:
    answer = next(every(root, "RsltnOfInvstgtn"))
    message = text_at(answer, "Assgnmt/Id")
    case = text_at(answer, "RslvdCase/Id")
    whole = text_at(answer, "Sts/Conf")
    told = False
    for details in every(answer, "CxlDtls"):
        original = text_at(details, "OrgnlGrpInfAndSts/OrgnlMsgId") or case
        inside = [*every(details, "TxInfAndSts"), *every(details, "OrgnlPmtInfAndSts/TxInfAndSts")]
        for one in inside:
            told = True
            told_of = _answer(
                one,
                (message, text_at(one, "OrgnlGrpInf/OrgnlMsgId") or original),
                text_at(one, "OrgnlEndToEndId", "OrgnlInstrId", "OrgnlTxId"),
                text_at(one, "TxCxlSts") or whole,
                "CxlStsRsnInf",
            )
            yield replace(told_of, case_id=text_at(one, "RslvdCase/Id") or case)
    if not told:
        yield replace(_answer(answer, (message, case), "", whole, "CxlStsRsnInf"), case_id=case)


def _answer(
    element: Element, messages: tuple[str, str], end_to_end_id: str, status: str, why: str
) -> StatusReport:
    message, original = messages
    said = [text.text or "" for text in every(element, f"{why}/AddtlInf")]
    return StatusReport(
        message_id=message,
        original_message_id=original,
        end_to_end_id=end_to_end_id,
        status=status,
        uetr=text_at(element, "OrgnlUETR"),
        reason_code=text_at(element, f"{why}/Rsn/Cd", f"{why}/Rsn/Prtry"),
        text=" ".join(said).strip(),
        row=row_of(element),
    )
