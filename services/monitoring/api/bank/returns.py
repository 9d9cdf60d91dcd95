"""pacs.004: payments that came back between banks, each a credit of the treasury's account."""

from collections.abc import Iterator

from services.monitoring.api.bank.reading import day_of, every, money_at, text_at
from services.monitoring.domain.statement.lines import BankLine, BankMessage, Direction
from services.monitoring.domain.statement.twins import apart
from shared.documents.markup import Element, row_of


def read_returns(form: str, root: Element) -> BankMessage:
    """Every return of the message."""
    return BankMessage(
        form=form,
        message_id=text_at(root, "PmtRtr/GrpHdr/MsgId"),
        lines=tuple(apart(_lines(root))),
    )


def _lines(root: Element) -> Iterator[BankLine]:
    header_day = text_at(root, "PmtRtr/GrpHdr/IntrBkSttlmDt", "PmtRtr/GrpHdr/CreDtTm")
    for number, one in enumerate(every(root, "PmtRtr/TxInf"), 1):
        returned = money_at(one, "RtrdIntrBkSttlmAmt")
        assert returned is not None  # the schema has seen it
        amount, currency = returned
        end_to_end_id = text_at(one, "OrgnlEndToEndId")
        day = day_of(text_at(one, "IntrBkSttlmDt") or header_day)
        yield BankLine(
            number=number,
            row=row_of(one),
            direction=Direction.CREDIT,
            amount=amount,
            currency=currency,
            booked_on=day,
            value_on=day,
            end_to_end_id=end_to_end_id,
            return_id=text_at(one, "RtrId") or f"{day}:{end_to_end_id}:{amount}",
            bank_ref=text_at(one, "OrgnlClrSysRef", "OrgnlTxId"),
            uetr=text_at(one, "OrgnlUETR"),
            clearing_ref=text_at(one, "ClrSysRef"),
            reason_code=text_at(one, "RtrRsnInf/Rsn/Cd", "RtrRsnInf/Rsn/Prtry"),
            purpose=text_at(one, "RtrRsnInf/AddtlInf"),
        )
