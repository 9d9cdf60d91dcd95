"""The lines of a message, or of one part of a list, by where they go. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from services.monitoring.domain.statement.answering import line_of, place_of_answer
from services.monitoring.domain.statement.for_orders import ForOrder, KnownOrder, Said
from services.monitoring.domain.statement.kept import KeptLine, RefusedLine
from services.monitoring.domain.statement.lines import BankLine, StatusReport
from services.monitoring.domain.statement.sorting import (
    ForLedger,
    Kept,
    Known,
    KnownPayment,
    LedgerKey,
    Place,
    place_of,
)
from services.monitoring.domain.treasury_line import LineKind, TreasuryLine
from shared.domain.money import Money


@dataclass(slots=True)
class Gathered:
    """Lines by ledger, lines for payment orders, lines without either, and lines that are none."""

    ledgers: dict[LedgerKey, list[TreasuryLine]] = field(default_factory=lambda: defaultdict(list))
    kept: list[KeptLine] = field(default_factory=list)
    refused: list[RefusedLine] = field(default_factory=list)
    orders: list[ForOrder] = field(default_factory=list)
    lines: int = 0

    @property
    def for_ledgers(self) -> int:
        """How many lines ledgers have to judge."""
        return self.lines - len(self.kept) - len(self.refused) - len(self.orders)

    def sums(self) -> tuple[Money, Money]:
        """What the lines for ledgers and orders pay and bring back."""
        paid = back = 0
        for some in self.ledgers.values():
            for line in some:
                if line.kind is LineKind.PAYMENT:
                    paid += line.amount.fen
                else:
                    back += line.amount.fen
        for one in self.orders:
            if one.said is Said.SETTLED:
                paid += one.amount.fen
            elif one.said is Said.RETURNED:
                back += one.amount.fen
        return Money(paid), Money(back)

    def propose(self, proposals: dict[int, tuple[str, ...]]) -> None:
        """Write beside each kept line which payments have its amount and day."""
        self.kept = [
            replace(one, proposals=proposals.get(one.line.number, ())) for one in self.kept
        ]


def gather(lines: Iterable[BankLine], source: str, known: Known) -> Gathered:
    """Each line where it goes, in the order of the file; it may bring back what stands above it."""
    found = Gathered()
    payments = dict(known.payments)
    known = replace(known, payments=payments)
    for line in lines:
        place = put(found, line, source, known)
        if isinstance(place, ForLedger) and place.line.kind is LineKind.PAYMENT:
            payment = _payment(place)
            for number in line.numbers:
                others = payments.get(number, ())
                payments[number] = others if payment in others else (*others, payment)
    return found


def _payment(place: ForLedger) -> KnownPayment:
    (code, year), line = place.key, place.line
    return KnownPayment(
        project_code=code, fiscal_year=year, payment_id=line.payment_id, amount=line.amount
    )


def put(found: Gathered, line: BankLine, source: str, known: Known) -> Place:
    """One line where it goes."""
    found.lines += 1
    place = place_of(line, source, known)
    if isinstance(place, ForLedger):
        found.ledgers[place.key].append(place.line)
    elif isinstance(place, ForOrder):
        found.orders.append(place)
    elif isinstance(place, Kept):
        found.kept.append(KeptLine(line=line, why=place.why))
    else:
        detail = place.detail[:200]
        refused = RefusedLine(number=line.number, row=line.row, why=place.why, detail=detail)
        found.refused.append(refused)
    return place


def gather_answers(answers: Iterable[StatusReport], orders: Collection[KnownOrder]) -> Gathered:
    """What a bank says of orders and recalls: to the order, or kept where there is none."""
    found = Gathered()
    for number, answer in enumerate(answers, 1):
        found.lines += 1
        place = place_of_answer(answer, number, orders)
        if isinstance(place, ForOrder):
            found.orders.append(place)
        else:
            found.kept.append(KeptLine(line=line_of(answer, number), why=place.why))
    return found


def put_plain(found: Gathered, key: LedgerKey, line: TreasuryLine) -> None:
    """A line of the short road to its ledger."""
    found.lines += 1
    found.ledgers[key].append(line)
