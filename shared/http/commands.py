"""Command endpoints as data: a translator from a request to a command, and how it answers.

A service lists its commands in a tuple a reader can read:

    COMMANDS = (
        CommandEndpoint(path="/targets", translate=draft_target, creates=True, tag="Targets"),
        CommandEndpoint(path="/targets/{target_id}/approve", translate=approve_target, tag="T"),
    )

    def approve_target(asked: Asked, target_id: str, body: ApproveTargetBody) -> ApproveTarget:
        "Approve a graded target together with its budget. Approving twice is harmless."
        return ApproveTarget(target_id=target_id, budget=body.budget, by=asked.actor, now=asked.now)

Everything else (token, policy, validation, idempotency, precondition, transaction, answer)
is done once, by the kernel, for a single request and for a line of an import alike.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import msgspec
from pydantic import BaseModel

from shared.http.policy import Role


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, and when. `actor` is issuer and subject; `now` is business time.

    `new_id()` gives a fresh UUIDv7 as text, drawn at the edge so that decisions stay pure.
    """

    actor: str
    roles: frozenset[Role]
    region_code: str | None
    unit_code: str | None
    now: datetime
    new_id: Callable[[], str]


type Translate = Callable[..., object]
"""`(asked, **path parameters, body) -> Command | tuple[Command, ...]`.

Parameters are matched by name: `asked`, the names in the path, and `body` (a Pydantic model
with `extra="forbid"`). A tuple of commands is one transaction: all of them or none.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidential:
    """The body of an endpoint has personal fields that no fact may hold in clear.

    `body` is what is sent. It is the translator's own body with personal fields added; these are
    sealed at the edge, and the translator takes the box as `sealed`. `identity` says by which
    number the person is recognised.
    """

    body: type[BaseModel]
    identity: Callable[[BaseModel], str]

    def personal(self, kept: type[BaseModel]) -> tuple[str, ...]:
        """The names of the personal fields."""
        return tuple(name for name in self.body.model_fields if name not in kept.model_fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandEndpoint:
    """One `POST`. The function's name is the operation id, its docstring the documentation.

    `creates`: answers 201 with `Location` and needs no `If-Match`; everything else answers 204
    with the new `ETag` and needs one. `moves_money`: an `Idempotency-Key` is required.
    `location` is the path template of the created thing, filled with `{id}`.
    """

    path: str
    translate: Translate
    tag: str
    creates: bool = False
    moves_money: bool = False
    location: str | None = None
    confidential: Confidential | None = None
    example: Mapping[str, object] = field(default_factory=dict)

    @property
    def operation(self) -> str:
        """The operation id, which is also the policy row and the import's name."""
        return self.translate.__name__


def with_examples(
    endpoints: Iterable[CommandEndpoint], examples: Mapping[str, Mapping[str, object]]
) -> tuple[CommandEndpoint, ...]:
    """The endpoints, each with the example of its operation where it has none of its own."""
    found = tuple(endpoints)
    lacking = {endpoint.operation for endpoint in found if not endpoint.example}
    if idle := set(examples) - lacking:
        raise TypeError(f"examples of no operation, or of one that has its own: {sorted(idle)}")
    return tuple(
        replace(one, example=examples[one.operation]) if one.operation in examples else one
        for one in found
    )
