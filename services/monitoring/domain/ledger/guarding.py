"""What every act on a ledger must respect: an amount, cover, a purpose, one number per amount."""

from collections.abc import Mapping

from services.monitoring.domain.ledger import refusals as no
from services.monitoring.domain.ledger.quota_line import QuotaLine
from services.monitoring.domain.ledger.state import Ledger
from shared.domain.money import ZERO, Money


def positive(amount: Money) -> Money:
    """The amount, or a refusal where nothing would move."""
    if amount <= ZERO:
        raise no.AmountNotPositive(pointer="/amount")
    return amount


def covered(ledger: Ledger, amount: Money) -> None:
    """Refuse what available quota does not cover."""
    if amount > ledger.available:
        raise no.AvailableTooSmall(asked=str(amount), available=str(ledger.available))


def within_budget(ledger: Ledger, amount: Money) -> None:
    """Refuse quota beyond the budget: what is withdrawn does not make room again."""
    if ledger.issued + amount > ledger.budget:
        raise no.QuotaBeyondBudget(
            budget=str(ledger.budget), issued=str(ledger.issued), asked=str(amount)
        )


def of_its_purpose(ledger: Ledger, line: QuotaLine) -> None:
    """Refuse money of another fund or another direct flag (预算法 art. 63; `domain` §3.6).

    Where one side does not say what the money is for, there is nothing to compare.
    """
    for field in ("fund_type_code", "direct_fund_flag"):
        ours, theirs = getattr(ledger, field), getattr(line, field)
        if ours and theirs and ours != theirs:
            raise no.FundsOfAnotherPurpose(
                f"The ledger holds money of {field} {ours}, the document is for {theirs}.",
                pointer=f"/{field}",
                remedy="Name the ledger that this money is meant for.",
                ledger=ours,
                document=theirs,
            )


def said_before(documents: Mapping[str, Money], document_no: str, amount: Money) -> bool:
    """Whether the document was booked; a refusal where it stands for another amount."""
    before = documents.get(document_no)
    if before is None:
        return False
    if before != amount:
        raise no.DocumentReused(document_no=document_no, amount=str(before))
    return True


def unused_elsewhere(document_no: str, *others: Mapping[str, Money]) -> None:
    """Refuse a number that stands for another kind of document."""
    for documents in others:
        if document_no in documents:
            raise no.DocumentReused(document_no=document_no, amount=str(documents[document_no]))
