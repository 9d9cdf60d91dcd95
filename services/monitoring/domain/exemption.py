"""Who is looked at on no node, or not on this one, and why (136号 art. 12, `domain` §3.4).

A research project may be left out for the year; a suspended or given-up project has nothing to
tell, and one that began after the cut-off had nothing to do by it (D).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class NodeExemption(StrEnum):
    """Why a project gives no report on a node."""

    RESEARCH = "RESEARCH"
    SUSPENDED = "SUSPENDED"
    TERMINATED = "TERMINATED"
    BEGAN_AFTER_CUT_OFF = "BEGAN_AFTER_CUT_OFF"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A project that does not go on: suspended, or given up for good."""

    kind: NodeExemption
    since_on: date
    reason: str = ""


class Watched(Protocol):
    """What decides: the exemption of the year, the standing, the day it began."""

    @property
    def exempt(self) -> bool:
        """A research project left out for the year."""

    @property
    def standing(self) -> Standing | None:
        """Suspended or given up, where it is."""

    @property
    def began_on(self) -> date | None:
        """When there was something to do: it began, and its target was binding."""


class Days(Protocol):
    """The two days of a node that decide."""

    @property
    def cut_off_on(self) -> date:
        """The node itself."""

    @property
    def submit_by(self) -> date:
        """The last day for a report."""


def exemption_at(watch: Watched, dates: Days | None) -> NodeExemption | None:
    """Why this project is not looked at on these days; `None` where it is."""
    if watch.exempt:
        return NodeExemption.RESEARCH
    if dates is None:
        return None
    standing = watch.standing
    if standing is not None and standing.since_on <= dates.submit_by:
        return standing.kind
    began = watch.began_on
    if began is not None and began > dates.cut_off_on:
        return NodeExemption.BEGAN_AFTER_CUT_OFF
    return None
