"""The state of a roll: its lines in buckets, and how each fact moves them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from services.monitoring.domain.beneficiary import commands as ask
from services.monitoring.domain.beneficiary import events as fact
from services.monitoring.domain.beneficiary.values import Counting, PayeeKind, PlaceTotal
from services.monitoring.domain.values import Project
from shared.domain.money import ZERO, Money
from shared.domain.sealed import Sealed

BUCKET_DIGITS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line as far as decisions need it."""

    amount: Money
    month: str
    place_code: str
    payee_kind: PayeeKind
    counting: Counting
    persons: int
    sealed: Sealed
    counts: bool = True


type Bucket = Mapping[str, Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """Lines by payment and number, in buckets: a thousand lines more cost no thousand copies."""

    project: Project | None = None
    entries: Mapping[str, Bucket] = field(default_factory=dict)
    holders: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By payee and month: the first line that counts."""
    paid: Mapping[str, Money] = field(default_factory=dict)
    published: Mapping[str, tuple[PlaceTotal, ...]] = field(default_factory=dict)

    def entry(self, payment_id: str, line_id: str) -> Entry | None:
        """The line of this number."""
        key = entry_key(payment_id, line_id)
        return self.entries.get(_bucket(line_id), {}).get(key)

    def holder(self, subject: str, month: str) -> str:
        """The first line of this payee in this month; empty, where there is none."""
        return self.holders.get(_bucket(subject), {}).get(_holding(subject, month), "")

    def of_month(self, month: str) -> Iterable[Entry]:
        """The lines of a month that count."""
        buckets = self.entries.values()
        return (e for bucket in buckets for e in bucket.values() if e.counts and e.month == month)


def entry_key(payment_id: str, line_id: str) -> str:
    """A line is known by its payment and its number there."""
    return f"{payment_id}\x1f{line_id}"


def _bucket(name: str) -> str:
    return name[-BUCKET_DIGITS:]


def _holding(subject: str, month: str) -> str:
    return f"{subject}|{month}"


def entry_of(line: ask.RecordBeneficiary | fact.BeneficiaryPaid) -> Entry:
    """What a line says, as it was asked for or as it was recorded."""
    return Entry(
        amount=line.amount,
        month=line.month,
        place_code=line.place_code,
        payee_kind=line.payee_kind,
        counting=line.counting,
        persons=line.persons,
        sealed=line.sealed,
    )


def evolve(state: Roll, event: fact.RollEvent) -> Roll:
    """The roll after one more fact."""
    match event:
        case fact.BeneficiaryPaid():
            return _recorded(state, event)
        case fact.BeneficiaryWithdrawn():
            return _withdrawn(state, event)
        case fact.BeneficiariesPublished(month=month, places=places):
            return replace(state, published={**state.published, month: places})
        case _:
            assert_never(event)


def _recorded(state: Roll, event: fact.BeneficiaryPaid) -> Roll:
    key, subject = entry_key(event.payment_id, event.line_id), event.sealed.subject
    bucket, holders = _bucket(event.line_id), _bucket(subject)
    held = state.holders.get(holders, {})
    holding = _holding(subject, event.month)
    entries = {**state.entries.get(bucket, {}), key: entry_of(event)}
    paid = state.paid.get(event.payment_id, ZERO) + event.amount
    return replace(
        state,
        project=event.project,
        entries={**state.entries, bucket: entries},
        holders={**state.holders, holders: {holding: key, **held}},
        paid={**state.paid, event.payment_id: paid},
    )


def _withdrawn(state: Roll, event: fact.BeneficiaryWithdrawn) -> Roll:
    key, bucket = entry_key(event.payment_id, event.line_id), _bucket(event.line_id)
    entry = state.entries[bucket][key]
    subject = entry.sealed.subject
    holders, holding = _bucket(subject), _holding(subject, entry.month)
    held = {
        one: line for one, line in state.holders[holders].items() if (one, line) != (holding, key)
    }
    entries = {**state.entries[bucket], key: replace(entry, counts=False)}
    return replace(
        state,
        entries={**state.entries, bucket: entries},
        holders={**state.holders, holders: held},
        paid={**state.paid, event.payment_id: state.paid[event.payment_id] - event.amount},
    )
