"""What is promised for a year, by whose hand, and on whose desk it lies."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from services.targets.domain.duties import Desk, Stay
from services.targets.domain.events.target import TargetConfirmed, TargetReturned, TargetRevised
from services.targets.domain.findings import Finding
from services.targets.domain.library_entry import LibraryPin
from services.targets.domain.locks import Desks, Lock, at_unit, without
from services.targets.domain.values import Basis, Content, Office
from shared.domain.hands import Hands


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What is promised, by whose hand. Its authors may not judge it."""

    basis: Basis
    content: Content
    scheme: str
    findings: tuple[Finding, ...]
    rule_set_version: int
    rules_region: str
    authors: Hands
    pins: dict[str, LibraryPin] = field(default_factory=dict)
    locks: Mapping[Office, Lock] = field(default_factory=dict)
    desks: Desks = field(default_factory=dict)


def worked_on(promise: Promise, event: TargetRevised | TargetConfirmed | TargetReturned) -> Promise:
    """The promise on the desks of its unit, with the locks that are closed now."""
    match event:
        case TargetRevised(reopened=reopened, revised_on=day):
            promise = replace(
                promise,
                content=event.content,
                scheme=event.scheme,
                findings=event.findings,
                rule_set_version=event.rule_set_version,
                rules_region=event.rules_region,
                authors=promise.authors.also(event.drafted_by),
                pins=event.pins,
            )
            locks, before = without(promise.locks, reopened), promise.desks
        case TargetConfirmed(office=office, person=person, confirmed_by=author, stay=stay):
            promise = replace(promise, authors=promise.authors.also(author))
            lock = Lock(person=person, by=author)
            locks, before, day = {**promise.locks, office: lock}, promise.desks, _until(stay)
        case TargetReturned(reopened=reopened, stay=stay):
            locks, before, day = without(promise.locks, reopened), {}, _until(stay)
        case _:
            assert_never(event)
    return replace(promise, locks=locks, desks=at_unit(locks, before, day))


def _until(stay: Stay | None) -> date | None:
    return None if stay is None else stay.until_on


def moved_to(desk: Desk, stay: Stay | None) -> Desks:
    """On this desk since it left the one before."""
    return {desk: _until(stay)}
