"""The manifest: everything a service is, as one value.

The same value drives the API, the worker, migrations, rebuilds, consumer names, health
checks and the generated documentation.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, FastAPI

from shared.aggregates import Aggregates
from shared.contracts.public_event import PublicEvent
from shared.documents.sheet import Sheet
from shared.domain.decider import AnyDecider
from shared.http.commands import CommandEndpoint
from shared.http.policy import Policy
from shared.messages import AnyHeard, AnyRecorded, CalledOff, Deadline, Due
from shared.projections import Projection
from shared.settings import ServiceSettings


def _silence(_fact: object) -> Sequence[Any]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service. Every field is something a reader can open and read."""

    name: str
    title: str
    settings: type[ServiceSettings]
    deciders: tuple[AnyDecider, ...]
    projections: tuple[Projection, ...]
    commands: tuple[CommandEndpoint, ...]
    queries: tuple[APIRouter, ...]
    policy: Policy
    says: tuple[type[PublicEvent], ...]
    publish: Callable[[AnyRecorded], PublicEvent | None]
    hears: tuple[type[PublicEvent], ...] = ()
    react: Callable[[AnyHeard], Sequence[object]] = _silence
    schedule: Callable[[AnyRecorded], Sequence[Deadline | CalledOff]] = _silence
    fall_due: Callable[[Due], object | None] | None = None
    vocabulary: Mapping[str, Mapping[str, tuple[str, str]]] | None = None
    sheets: tuple[Sheet, ...] = ()
    uploads: Mapping[str, int] = field(default_factory=dict)
    """Paths that take whole files, and of how many bytes at most."""
    offers: tuple[type[PublicEvent], ...] = ()

    @property
    def seals(self) -> bool:
        """Whether it takes personal fields."""
        return any(endpoint.confidential is not None for endpoint in self.commands)

    @property
    def aggregates(self) -> Aggregates:
        """The part that deciding needs, indexed."""
        return Aggregates(
            deciders=self.deciders,
            projections=self.projections,
            publish=self.publish,
            schedule=self.schedule,
        )

    def asgi(self) -> FastAPI:
        """The HTTP side of the service."""
        from shared.http.app import create_app  # noqa: PLC0415 - the app imports the manifest

        return create_app(self)
