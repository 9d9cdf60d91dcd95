"""A project paid from rural linkage funds: its type, its targets, its people, its notices.

Source: `domain` §4.12. The share of industry is held against the rule value of the region (R3:
50 % in the practice of 2021 and 2022). Scores that superiors gave are recorded elsewhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final, assert_never

from services.monitoring.domain.ledger.ledger import reference as ledger_reference
from services.monitoring.domain.ledger.refusals import AmountNotPositive, LedgerNotOpened
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.rules import RulesInForce, nearest, references
from services.monitoring.domain.values import Project, project_id
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.money import ZERO, Money
from shared.domain.refusals import Conflict, Invalid, NotFound
from shared.domain.rules import KeyFundRules


class LinkageKind(StrEnum):
    """What a project of linkage funds is for."""

    INDUSTRY = "INDUSTRY"
    INFRASTRUCTURE = "INFRASTRUCTURE"
    EMPLOYMENT = "EMPLOYMENT"
    RESETTLEMENT = "RESETTLEMENT"
    OTHER = "OTHER"


class LinkageNotRecorded(NotFound):
    """The project is not recorded as one of linkage funds."""

    title_zh = "该项目未登记为衔接资金项目"


class CountyDiffers(Invalid):
    """The county is that of the project's ledger."""

    title_zh = "县与项目台账所属地区不一致"


class LinkageBeyondBudget(Conflict):
    """Linkage funds of a project are part of its budget."""

    title_zh = "衔接资金超过项目预算"


class NoticeUnproved(Invalid):
    """A public notice is proved by the hash of its photograph or page."""

    title_zh = "公告公示须附佐证材料"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the ledger of linkage funds says of a project (`domain` §8.8)."""

    kind: LinkageKind
    amount: Money
    target: str
    completion: str
    households: int
    persons: int
    notice: str = ""
    score: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLinkageProject:
    """Enter a project of linkage funds, or what has become of it."""

    project_code: str
    fiscal_year: int
    county: str
    stated: Stated
    by: str
    now: datetime
    ledger: Ledger | None = None
    rules: RulesInForce | None = None

    @property
    def linkage_id(self) -> str:
        """The project and its year."""
        return project_id(self.project_code, self.fiscal_year)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnounceFund:
    """Enter a public notice (公告公示) with its proof."""

    project_code: str
    fiscal_year: int
    place: str
    announced_on: date
    evidence: str
    by: str
    now: datetime

    @property
    def linkage_id(self) -> str:
        """The project and its year."""
        return project_id(self.project_code, self.fiscal_year)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageRecorded:
    """A project of linkage funds stands in the ledger with this."""

    project: Project
    stated: Stated
    industry_share_min: Decimal
    rule_set_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FundAnnounced:
    """The money of a project was announced where people could see it."""

    project: Project
    place: str
    announced_on: date
    evidence: str


type LinkageCommand = RecordLinkageProject | AnnounceFund
type LinkageEvent = LinkageRecorded | FundAnnounced


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """A project as the ledger has it; `recorded` is `None` before it is there."""

    recorded: LinkageRecorded | None = None
    announced: tuple[FundAnnounced, ...] = ()

    @property
    def notices(self) -> str:
        """The notices with proof in the words of the form."""
        return notices_of((one.place, one.announced_on) for one in self.announced)


def notices_of(announced: Iterable[tuple[str, date]]) -> str:
    """Places and days of notices as one cell of the form shows them."""
    return "；".join(f"{place} {day.isoformat()}" for place, day in announced)


def _decide(command: LinkageCommand, state: Linkage) -> Sequence[LinkageEvent]:
    match command:
        case RecordLinkageProject():
            return _record(command, state)
        case AnnounceFund():
            return _announce(command, state)
        case _:
            assert_never(command)


def _record(command: RecordLinkageProject, state: Linkage) -> Sequence[LinkageRecorded]:
    ledger, stated = command.ledger, command.stated
    if ledger is None:
        raise LedgerNotOpened
    if stated.amount <= ZERO:
        raise AmountNotPositive(pointer="/amount")
    if command.county != ledger.project.region_code:
        raise CountyDiffers(pointer="/region_code", region_code=ledger.project.region_code)
    if stated.amount > ledger.budget:
        raise LinkageBeyondBudget(pointer="/amount", budget=str(ledger.budget))
    if stated.notice == state.notices:
        # What the form shows of proved notices is not a second, unproved statement of them.
        stated = replace(stated, notice="")
    if state.recorded is not None and state.recorded.stated == stated:
        return []
    rules = command.rules
    return [
        LinkageRecorded(
            project=ledger.project,
            stated=stated,
            industry_share_min=(rules.key_funds if rules else KeyFundRules()).industry_share,
            rule_set_version=rules.version if rules else 0,
        )
    ]


def _announce(command: AnnounceFund, state: Linkage) -> Sequence[FundAnnounced]:
    if state.recorded is None:
        raise LinkageNotRecorded
    if not command.evidence:
        raise NoticeUnproved(pointer="/evidence")
    fact = FundAnnounced(
        project=state.recorded.project,
        place=command.place,
        announced_on=command.announced_on,
        evidence=command.evidence,
    )
    return [] if fact in state.announced else [fact]


def _evolve(state: Linkage, event: LinkageEvent) -> Linkage:
    match event:
        case LinkageRecorded():
            return replace(state, recorded=event)
        case FundAnnounced():
            return replace(state, announced=(*state.announced, event))
        case _:
            assert_never(event)


def _consults(command: LinkageCommand) -> Sequence[Reference]:
    if isinstance(command, AnnounceFund):
        return ()
    return (
        ledger_reference(command.linkage_id),
        *references(command.county, command.fiscal_year),
    )


def _inform(command: LinkageCommand, states: Sequence[object]) -> LinkageCommand:
    if isinstance(command, AnnounceFund):
        return command
    ledger, *rules = states
    known = ledger if isinstance(ledger, Ledger) else None
    return replace(command, ledger=known, rules=nearest(rules))


def _owner(state: Linkage) -> Owner | None:
    return state.recorded.project.owner if state.recorded else None


linkage_decider: Final[Decider[LinkageCommand, LinkageEvent, Linkage]] = Decider(
    category="linkage",
    initial=Linkage(),
    commands=(RecordLinkageProject, AnnounceFund),
    events={"LinkageRecorded": LinkageRecorded, "FundAnnounced": FundAnnounced},
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: command.linkage_id,
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
