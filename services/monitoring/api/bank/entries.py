"""camt.052, camt.053 and camt.054 in any version: one line per payment in an entry.

An entry may gather several payments. Where each says its amount and together they are the
entry, each is a line; where not, the entry is one line with a flaw that a person looks at: its
parts are never guessed. Which project a line is of stands in `RfrdDocInf` or in
`SplmtryData` (`domain` §7.4).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from services.monitoring.api.bank.reading import (
    day_at,
    day_of,
    every,
    money_at,
    number_at,
    text_at,
)
from services.monitoring.domain.statement.lines import (
    BankLine,
    BankMessage,
    DaySum,
    Direction,
    LineUse,
)
from services.monitoring.domain.statement.twins import apart, first_of, name_is_made
from shared.documents.markup import Element, name_of, row_of

STATEMENTS: Final[Mapping[str, tuple[str, str]]] = {
    "camt.052": ("BkToCstmrAcctRpt", "Rpt"),
    "camt.053": ("BkToCstmrStmt", "Stmt"),
    "camt.054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
}
WHOLE_DAY: Final = "camt.053"
PURPOSE_CHARACTERS_MAX: Final = 140
_DIRECTIONS: Final = {"DBIT": Direction.DEBIT, "CRDT": Direction.CREDIT}
# What the documents are called that a payment refers to: in Tp/CdOrPrtry/Prtry.
_DOCUMENTS: Final[Mapping[str, str]] = {
    "PRO": "project_code",
    "FY": "fiscal_year",
    "PAY": "payment_no",
    "CON": "contract_no",
    "REC": "recovery_id",
}
_SUPPLEMENT: Final[Mapping[str, str]] = {
    "pro_code": "project_code",
    "fiscal_year": "fiscal_year",
    "pay_cert_no": "payment_no",
    "contract_no": "contract_no",
}


@dataclass(frozen=True, slots=True)
class _Page:
    """Which page of a long statement; the only one where nothing is said (`MsgPgntn`)."""

    number: int = 1
    last: bool = True

    @property
    def whole(self) -> bool:
        """Whether the statement has no other page."""
        return self.number == 1 and self.last


@dataclass(frozen=True, slots=True)
class _Part:
    """A payment of an entry; none of its own where the entry has no details."""

    details: Element | None
    amount: Decimal
    currency: str
    shared: bool = False
    flaw: str = ""


def read_entries(form: str, root: Element) -> BankMessage:
    """Every line of a statement, a report or an advice."""
    name, accounts = STATEMENTS[form[:8]]
    lines: list[BankLine] = []
    days: list[DaySum] = []
    for account in every(root, f"{name}/{accounts}"):
        mine = list(apart(_lines(account, len(lines)), name_is_made))
        lines += mine
        if form.startswith(WHOLE_DAY):
            days += _days(account, mine, _page(root, account, name))
    return BankMessage(
        form=form,
        message_id=text_at(root, f"{name}/GrpHdr/MsgId"),
        lines=tuple(lines),
        days=tuple(days),
    )


def _lines(account: Element, before: int) -> Iterator[BankLine]:
    number = before
    holder = _account_of(account)
    for entry in every(account, "Ntry"):
        for part in _parts(entry):
            number += 1
            yield _line(entry, part, number, holder)


def _page(root: Element, account: Element, name: str) -> _Page:
    """Version 08 says it with the statement, the older ones in the head of the message."""
    for place, path in ((account, "StmtPgntn"), (root, f"{name}/GrpHdr/MsgPgntn")):
        number = text_at(place, f"{path}/PgNb")
        if number:
            return _Page(int(number), text_at(place, f"{path}/LastPgInd") in {"true", "1"})
    return _Page()


def _series(account: Element, page: _Page, day: date) -> str:
    """What the pages of a statement have in common: its number in the year, else its name."""
    if page.whole:
        return ""
    number = text_at(account, "ElctrncSeqNb")
    return f"{day.year}/{number}" if number else text_at(account, "Id")


def _account_of(account: Element) -> str:
    return text_at(account, "Acct/Id/IBAN", "Acct/Id/Othr/Id")


def _parts(entry: Element) -> Iterator[_Part]:
    whole = money_at(entry, "Amt")
    assert whole is not None  # the schema has seen it
    details = list(every(entry, "NtryDtls/TxDtls"))
    if len(details) <= 1:
        yield _Part(details[0] if details else None, *whole)
        return
    amounts = [money_at(one, "Amt") or money_at(one, "AmtDtls/TxAmt/Amt") for one in details]
    told = [amount for amount in amounts if amount is not None]
    if len(told) < len(details):
        flaw = f"{len(details)} payments in one entry, not each with its amount"
        yield _Part(None, *whole, flaw=flaw)
    elif {currency for _, currency in told} != {whole[1]} or sum(a for a, _ in told) != whole[0]:
        yield _Part(None, *whole, flaw="the payments of the entry do not add up to it")
    else:
        for one, (amount, currency) in zip(details, told, strict=True):
            yield _Part(one, amount, currency, shared=True)


def _line(entry: Element, part: _Part, number: int, account: str) -> BankLine:
    direction = _DIRECTIONS[text_at(entry, "CdtDbtInd")]
    booked_on = day_at(entry, "BookgDt") or day_at(entry, "ValDt")
    told: dict[str, Any] = {} if part.details is None else _told(part.details)
    bank_ref = told.pop("bank_ref", "") or text_at(entry, "AcctSvcrRef")
    return_id = ""
    if direction is Direction.CREDIT:
        return_id = _return_id(bank_ref, told, part, booked_on)
    return BankLine(
        number=number,
        row=row_of(entry if part.details is None else part.details),
        direction=direction,
        amount=part.amount,
        currency=part.currency,
        account=account,
        use=LineUse.MONEY if text_at(entry, "Sts/Cd", "Sts") == "BOOK" else LineUse.ADVICE,
        reversal=text_at(entry, "RvslInd") in {"true", "1"},
        booked_on=booked_on,
        value_on=day_at(entry, "ValDt"),
        bank_ref=bank_ref,
        return_id=return_id,
        flaw=part.flaw,
        **told,
    )


def _return_id(bank_ref: str, told: Mapping[str, Any], part: _Part, day: date | None) -> str:
    """One name for a return in every message that tells of it: advice, report and statement.

    Without a reference of its own it is named by what it says; two that say the same are told
    apart by the number of the clearing system, where the message has it.
    """
    if bank_ref and not part.shared:
        return bank_ref
    said = f"{bank_ref or day}:{told.get('end_to_end_id', '')}:{part.amount}"
    own = told.get("clearing_ref") or ""
    return f"{said}:{own}" if own else said


def _told(details: Element) -> dict[str, Any]:
    """What a payment says of itself."""
    told: dict[str, Any] = {
        "end_to_end_id": text_at(details, "Refs/EndToEndId"),
        "bank_ref": text_at(details, "Refs/AcctSvcrRef"),
        "uetr": text_at(details, "Refs/UETR"),
        "clearing_ref": text_at(details, "Refs/ClrSysRef"),
        "purpose": _purpose(details),
        "reason_code": text_at(details, "RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry"),
    }
    for field, text in _references(details):
        if field != "fiscal_year":
            told.setdefault(field, text)
        elif text.isdigit():
            told.setdefault(field, int(text))
    return told


def _references(details: Element) -> Iterator[tuple[str, str]]:
    for document in every(details, "RmtInf/Strd/RfrdDocInf"):
        field = _DOCUMENTS.get(text_at(document, "Tp/CdOrPrtry/Prtry", "Tp/Prtry"))
        number = text_at(document, "Nb")
        if field and number:
            yield field, number
    for envelope in every(details, "SplmtryData/Envlp"):
        for one in envelope.iter():
            field = _SUPPLEMENT.get(name_of(one)[1])
            if field and one.text and one.text.strip():
                yield field, one.text.strip()


def _purpose(details: Element) -> str:
    said = (one.text or "" for one in every(details, "RmtInf/Ustrd"))
    return " ".join(" ".join(said).split())[:PURPOSE_CHARACTERS_MAX]


def _days(account: Element, lines: list[BankLine], page: _Page) -> Iterator[DaySum]:
    """What moved per day; the bank's own sums where the statement is of one day.

    Of a page its own lines are added up: banks repeat the sums of the whole on any of them.
    """
    sums: dict[tuple[date, str], dict[Direction, Decimal]] = defaultdict(
        lambda: dict.fromkeys(Direction, Decimal(0))
    )
    for line in lines:
        if line.use is LineUse.MONEY and line.booked_on is not None:
            sums[line.booked_on, line.currency][line.direction] += line.amount
    currency = text_at(account, "Acct/Ccy") or next((one for _, one in sums), "")
    closing = _closing_day(account)
    if closing is not None and not sums and currency:
        sums[closing, currency] = dict.fromkeys(Direction, Decimal(0))
    told = {
        Direction.DEBIT: number_at(account, "TxsSummry/TtlDbtNtries/Sum"),
        Direction.CREDIT: number_at(account, "TxsSummry/TtlCdtNtries/Sum"),
    }
    for (day, ccy), found in sums.items():
        alone = len(sums) == 1 and page.whole
        own = {way: told[way] if alone else None for way in Direction}
        debits, credited = (
            found[way] if own[way] is None else own[way] or Decimal(0) for way in Direction
        )
        yield DaySum(
            account=_account_of(account),
            day=day,
            debits=debits,
            credits=credited,
            currency=ccy,
            series=_series(account, page, day),
            page=page.number,
            last=page.last,
            returns=() if page.whole else _made_names(lines, day, ccy),
        )


def _made_names(lines: Iterable[BankLine], day: date, currency: str) -> tuple[str, ...]:
    """The returns of a day that are named by what they say, each as often as it is told."""
    ours = (one for one in lines if (one.booked_on, one.currency) == (day, currency))
    return tuple(first_of(one.return_id) for one in ours if name_is_made(one))


def _closing_day(account: Element) -> date | None:
    for balance in every(account, "Bal"):
        if text_at(balance, "Tp/CdOrPrtry/Cd") == "CLBD":
            return day_at(balance, "Dt")
    ended = text_at(account, "FrToDt/ToDtTm")
    return day_of(ended) if ended else None
