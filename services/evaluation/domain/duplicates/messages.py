"""What may be asked of a group of programmes, and what may have happened to it."""

from dataclasses import dataclass
from datetime import date, datetime

from services.evaluation.domain.disposition import Disposition
from services.evaluation.domain.duplicates.finding import Compared, DuplicateKind, Pair
from services.evaluation.domain.grounds import NO_GROUNDS, Applied, Grounds
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateCommand:
    """Addresses a group."""

    group_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeDuplicates(DuplicateCommand):
    """These programmes of a year overlap, or are fragments of one; say why."""

    fiscal_year: int
    kind: DuplicateKind
    project_codes: tuple[str, ...]
    reason: str
    region_code: str
    programmes: tuple[Compared, ...] = ()
    rules: Applied | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideDuplicates(DuplicateCommand):
    """Another person decides: restructure, with the programme that is kept, or leave them."""

    restructure: bool
    keeps: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDuplicates(DuplicateCommand):
    """What was decided was done, with its document."""

    document_no: str


type DuplicateRequest = ProposeDuplicates | DecideDuplicates | CloseDuplicates


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicatesProposed:
    """The group, and how alike its members are."""

    fiscal_year: int
    region_code: str
    kind: DuplicateKind
    project_codes: tuple[str, ...]
    pairs: tuple[Pair, ...]
    amount: Money
    reason: str
    proposed_by: str
    proposed_on: date
    grounds: Grounds = NO_GROUNDS


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicatesDecided:
    """What becomes of the group; without a disposition its members stay as they are."""

    disposition: Disposition | None
    keeps: str
    reason: str
    decided_by: str
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicatesClosed:
    """It was done."""

    document_no: str
    closed_by: str
    closed_on: date


type DuplicateEvent = DuplicatesProposed | DuplicatesDecided | DuplicatesClosed
