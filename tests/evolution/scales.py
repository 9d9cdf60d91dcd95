"""Scales, whose one event has come to its third version: for the stories of upcasters."""

from dataclasses import dataclass
from typing import Any

from shared.domain.decider import AnyDecider, Decider, Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What is told in its third version."""

    grams: int
    by: str
    notes: tuple[str, ...] = ()


def grams(old: Json) -> Json:
    """From the first version to the second: in grams."""
    rest = {name: value for name, value in old.items() if name != "kilograms"}
    return {**rest, "grams": int(str(old["kilograms"])) * 1_000}


def by(old: Json) -> Json:
    """From the second version to the third: it is known who weighed."""
    return {"by": "somebody", **old}


def by_nobody(new: Json) -> Json:
    """From the third version to the second: nobody is named there."""
    return {name: value for name, value in new.items() if name != "by"}


def kilograms(new: Json) -> Json:
    """From the second version to the first: in kilograms, where they are whole."""
    rest = {name: value for name, value in new.items() if name != "grams"}
    return {**rest, "kilograms": int(str(new["grams"])) // 1_000}


def scales(**changes: object) -> AnyDecider:
    """An aggregate whose only event is in its third version."""
    told: dict[str, Any] = {
        "category": "scales",
        "initial": None,
        "commands": (),
        "events": {"Weighed": Weighed},
        "decide": lambda _command, _state: [],
        "evolve": lambda state, _event: state,
        "identify": str,
        "versions": {"Weighed": 3},
        "upcasters": {("Weighed", 1): grams, ("Weighed", 2): by},
    }
    return Decider(**{**told, **changes})
