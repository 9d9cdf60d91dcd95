"""A region and a year at one look: totals, rows by region, series by month, and their charts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from services.disclosure.domain.values import MONTHS_OF_A_YEAR
from services.disclosure.portal.numbers import share_of
from services.disclosure.portal.visit import Visit
from services.disclosure.projections import portal_sums as sums
from shared.domain.grades import Grade


@dataclass(slots=True)
class Sums:
    """What the registers add up to for one region, or for several."""

    needing: int = 0
    with_target: int = 0
    approved_fen: int = 0
    quota_fen: int = 0
    paid_fen: int = 0
    withdrawn_fen: int = 0
    blue: int = 0
    red: int = 0
    closed: int = 0
    grades: dict[str, int] = field(default_factory=dict)
    points: Decimal = Decimal(0)
    owed: int = 0
    published: int = 0
    withheld: int = 0
    late: int = 0
    recovered_units: int = 0
    recovered_projects: int = 0
    recovered_fen: int = 0

    @property
    def warned(self) -> int:
        """Warnings of both levels."""
        return self.blue + self.red

    @property
    def graded(self) -> int:
        """Self-evaluations that were accepted."""
        return sum(self.grades.values())

    @property
    def mean_score(self) -> Decimal | None:
        """The mean of their scores, to two places; none without one."""
        return (self.points / self.graded).quantize(Decimal("0.01")) if self.graded else None

    @property
    def targets_set(self) -> Decimal | None:
        """Projects with a target ÷ projects that need one."""
        return share_of(self.with_target, self.needing)

    @property
    def executed(self) -> Decimal | None:
        """Paid ÷ quota in force."""
        return share_of(self.paid_fen, self.quota_fen)

    @property
    def excellent(self) -> Decimal | None:
        """Self-evaluations graded excellent ÷ all."""
        return share_of(self.grades.get(Grade.EXCELLENT, 0), self.graded)

    @property
    def covered(self) -> Decimal | None:
        """Published ÷ (owed less validly withheld)."""
        return share_of(self.published, self.owed - self.withheld)

    def add(self, other: "Sums") -> None:
        """Take in what another region has."""
        for name in Sums.__slots__:
            if name == "grades":
                for grade, n in other.grades.items():
                    self.grades[grade] = self.grades.get(grade, 0) + n
            else:
                setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True)
class Telling:
    """How the items of a year stand: by kind for the coverage, by month for the series."""

    owed: dict[str, int] = field(default_factory=dict)
    published: dict[str, int] = field(default_factory=dict)
    withheld: dict[str, int] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)

    def take(self, sums_of: Sums, kind: str, state: str, n: int) -> None:
        """So many items of a kind and a region stand so."""
        sums_of.owed += n
        _add(self.owed, kind, n)
        match state:
            case sums.LATE:
                sums_of.late += n
            case sums.OWED:
                pass
            case sums.WITHHELD:
                sums_of.withheld += n
                _add(self.withheld, kind, n)
            case month:
                sums_of.published += n
                _add(self.published, kind, n)
                _add(self.months, month, n)


def _add(into: dict[str, int], name: str, n: int) -> None:
    into[name] = into.get(name, 0) + n


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """All of it."""

    total: Sums
    regions: Mapping[str, Sums]
    warned: Sequence[tuple[int, int, int]]
    recovered: Sequence[tuple[int, int, int]]
    told: Sequence[tuple[str, int]]
    telling: Telling


async def dashboard_of(visit: Visit) -> Dashboard:
    """Every sum of the region and the year, as they are known at the day of the visit."""
    found: dict[str, Sums] = defaultdict(Sums)
    for code, needing, with_target, fen, *money in await visit.sums("promised"):
        one = found[code]
        one.needing, one.with_target, one.approved_fen = needing, with_target, int(fen)
        one.quota_fen, one.paid_fen, one.withdrawn_fen = map(int, money)
    months = await _warned(visit, found)
    for code, grade, n, points in await visit.sums("graded"):
        found[code].grades[grade] = n
        found[code].points += points
    telling = await _told(visit, found)
    regions, total = dict(sorted(found.items())), Sums()
    for one in regions.values():
        total.add(one)
    return Dashboard(
        total=total,
        regions=regions,
        warned=_levels(months),
        recovered=_months(await visit.sums("recovered_months")),
        told=sorted(telling.months.items()),
        telling=telling,
    )


async def _warned(visit: Visit, found: dict[str, Sums]) -> Mapping[tuple[int, str], int]:
    """Warnings of the regions; and by month and level, of all of them together."""
    months: dict[tuple[int, str], int] = defaultdict(int)
    for code, month, level, n, closed in await visit.sums("warned"):
        one = found[code]
        one.closed += closed
        one.red += n if level == "RED" else 0
        one.blue += n if level == "BLUE" else 0
        months[int(month), level] += n
    return months


async def _told(visit: Visit, found: dict[str, Sums]) -> Telling:
    telling = Telling()
    for code, kind, state, n in await visit.sums("told"):
        telling.take(found[code], kind, state, int(n))
    for code, units, projects, fen in await visit.sums("recovered"):
        one = found[code]
        one.recovered_units, one.recovered_projects = units, projects
        one.recovered_fen = int(fen)
    return telling


def _levels(found: Mapping[tuple[int, str], int]) -> list[tuple[int, int, int]]:
    """Month, blue, red; every month of the year."""
    return [
        (month, found.get((month, "BLUE"), 0), found.get((month, "RED"), 0))
        for month in range(1, MONTHS_OF_A_YEAR + 1)
    ]


def _months(rows: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Month, number, amount; every month of the year."""
    found = {int(month): (n, int(fen)) for month, n, fen in rows}
    return [(month, *found.get(month, (0, 0))) for month in range(1, MONTHS_OF_A_YEAR + 1)]
