"""Who signs for an office: who is named for the step, or who holds their delegation (§6.1)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.targets.domain.delegation import Delegation
from services.targets.domain.duties import Step
from services.targets.domain.refusals import (
    DelegationUnknown,
    ResponsibilityUnassigned,
    SignerNotNamed,
)
from services.targets.domain.values import Office, Responsible
from shared.domain.workdays import business_date


class Signing(Protocol):
    """A command that needs a signature, with what matrix and delegation say."""

    @property
    def person(self) -> str:
        """Who signs; empty: whoever is named."""

    @property
    def delegation_id(self) -> str:
        """The delegation that is claimed; empty: none."""

    @property
    def duty(self) -> Responsible | None:
        """Who is named for the step."""

    @property
    def delegation(self) -> Delegation | None:
        """That delegation, where it is there."""

    @property
    def now(self) -> datetime:
        """When it is signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed, and in whose place, if in somebody's."""

    person: str
    in_place_of: str = ""


def signature(command: Signing, step: Step, office: Office, unit_code: str) -> Signature:
    """Who signs this step of a unit's project for an office; nobody else may."""
    if command.duty is None:
        raise ResponsibilityUnassigned(
            remedy="Name the three who answer for this step first.",
            steps=[step],
        )
    named = _named(command.duty, office)
    given = _claimed(command, unit_code)
    person = command.person or (named if given is None else given.given.delegate)
    if person == named:
        return Signature(person=named)
    today = business_date(command.now)
    if given is None or not given.covers(office, named, person, today):
        raise SignerNotNamed(pointer="/person", person=person, named=named)
    return Signature(person=person, in_place_of=named)


def _claimed(command: Signing, unit_code: str) -> Delegation | None:
    """The delegation that is claimed, if any is; another unit's is not there."""
    if not command.delegation_id:
        return None
    given = command.delegation
    if given is None or given.given.unit_code != unit_code:
        raise DelegationUnknown(pointer="/delegation_id", delegation_id=command.delegation_id)
    return given


def _named(duty: Responsible, office: Office) -> str:
    match office:
        case Office.BUSINESS:
            return duty.business
        case Office.FINANCE:
            return duty.finance
        case Office.HEAD:
            return duty.head
