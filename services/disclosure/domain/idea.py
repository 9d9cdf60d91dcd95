"""The ideas that performance management declares (六个理念), stated and dropped by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, assert_never

from services.disclosure.domain.refusals import IdeaUnknown
from shared.domain.decider import Decider, Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareIdea:
    """A region declares an idea, in its own words."""

    idea_id: str
    region_code: str
    text: str
    text_en: str
    declared_on: date
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DropIdea:
    """A region no longer declares an idea."""

    idea_id: str
    dropped_on: date
    by: str
    now: datetime


type IdeaCommand = DeclareIdea | DropIdea


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeaDeclared:
    """The idea holds from this day."""

    region_code: str
    text: str
    text_en: str
    declared_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeaDropped:
    """The idea no longer holds from this day."""

    dropped_on: date


type IdeaEvent = IdeaDeclared | IdeaDropped


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """What is declared now; nothing before and after."""

    declared: IdeaDeclared | None = None
    dropped: bool = False


def decide(command: IdeaCommand, idea: Idea) -> Sequence[IdeaEvent]:
    """Declaring again with other words replaces the words."""
    match command:
        case DeclareIdea():
            declared = IdeaDeclared(
                region_code=command.region_code,
                text=command.text,
                text_en=command.text_en,
                declared_on=command.declared_on,
            )
            return [] if idea.declared == declared and not idea.dropped else [declared]
        case DropIdea(dropped_on=dropped_on):
            if idea.declared is None:
                raise IdeaUnknown
            return [] if idea.dropped else [IdeaDropped(dropped_on=dropped_on)]
        case _:
            assert_never(command)


def evolve(idea: Idea, event: IdeaEvent) -> Idea:
    """Remember what is declared."""
    match event:
        case IdeaDeclared():
            return Idea(declared=event)
        case IdeaDropped():
            return Idea(declared=idea.declared, dropped=True)
        case _:
            assert_never(event)


def _identify(command: IdeaCommand) -> str:
    return command.idea_id


def _owner(idea: Idea) -> Owner | None:
    return Owner(region_code=idea.declared.region_code) if idea.declared else None


decider: Final[Decider[IdeaCommand, IdeaEvent, Idea]] = Decider(
    category="idea",
    initial=Idea(),
    commands=(DeclareIdea, DropIdea),
    events={"IdeaDeclared": IdeaDeclared, "IdeaDropped": IdeaDropped},
    decide=decide,
    evolve=evolve,
    identify=_identify,
    owner=_owner,
)
