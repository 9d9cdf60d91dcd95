"""One spelling per fact: commands are asked in the imperative, events tell what was done."""

import ast
import dataclasses
import re
import typing
from collections import Counter
from datetime import date, datetime
from functools import cache
from typing import Any, Final

import pytest

from shared.domain.decider import AnyDecider
from shared.http.commands import CommandEndpoint
from tests.architecture.house import ROOT, SERVICES, Source, dotted, manifest, manifests, sources

VERBS: Final = frozenset(
    """
    Announce Apply Collect Commission Erase Inspect Pay Publicize Recover Reveal
    Accept Acknowledge Adjust Adopt Advance Allocate Amend Answer Append Appoint Appraise
    Approve Archive Arrange Ask Assess Assign Attach Audit Begin Book Call Cancel Carry Change Check
    Circulate Classify Close Complete Conclude Confirm Consume Correct Cut Decide Declare Delegate
    Deliver
    Disclose Dismiss Draft Draw Drop End Enter Escalate Evaluate Exclude Execute Exempt Expect
    Expire Extend Fail Feature File Find Finish Fix Follow Freeze Grade Hear Hold Identify Import
    Include Initiate Invite Issue Judge Learn Link Lock Mark Match Measure Merge Miss Move Name
    Note Notify Object Observe Open Overlook Owe Plan Post Prepare Promote Propose Publish
    Qualify Raise Rank Recall Receive Recheck Recompute Reconcile Record Rectify Redraw Reduce
    Refer Refuse Register Reinstate Reject Release Remind Rename Reopen Repeal Replace Report
    Request Require Rescore Resolve Respond Restate Resume Retire Return Reverse Review Revise Run
    Score Seal Select Send Set Settle Share Sign Split Start Submit Supersede Suspend Take Tell
    Terminate Train Transfer Undo Upgrade Verify Void Waive Warn Watch Withdraw Withhold Write
    Designate Disable Enable Query Repeat Replay Rotate
    Reallocate Map Unmap
    """.split()  # noqa: SIM905 - a list of words reads as words
)
PARTICIPLES: Final = frozenset(
    """
    Begun Bound Built Cut Drawn Due Fallen Found Frozen Given Gone Heard Held Kept Known Learnt
    Left Lost Made Met Overdue Overtaken Paid Put Read Run Said Sent Set Split Stood Struck
    Taken Taught Told Understood Withdrawn Withheld Written
    """.split()  # noqa: SIM905
)


def spoken_badly(decider: AnyDecider) -> list[str]:
    """Names that break the grammar."""
    wrong = [
        f"command {command.__name__} starts with no known verb"
        for command in decider.commands
        if words(command.__name__)[0] not in VERBS
    ]
    return wrong + [
        f"event {name} ends in no participle"
        for name in decider.events
        if not (words(name)[-1].endswith("ed") or words(name)[-1] in PARTICIPLES)
    ]


def shaped_badly(message: type[Any]) -> list[str]:
    """What is wrong with the form of a command or an event."""
    name = message.__name__
    shape = getattr(message, "__dataclass_params__", None)
    if shape is None:
        return [f"{name} is not a dataclass"]
    wrong = [] if shape.frozen and shape.slots and shape.kw_only else [f"{name} can change"]
    hints = typing.get_type_hints(message)
    for field, kind in hints.items():
        kinds = {kind, *typing.get_args(kind)}
        if float in kinds:
            wrong.append(f"{name}.{field} is a float")
        if datetime in kinds and not re.search(r"_at$|^now$", field):
            wrong.append(f"{name}.{field} is an instant and should end in _at")
        elif date in kinds and datetime not in kinds and not re.search(r"_(on|by)$", field):
            wrong.append(f"{name}.{field} is a date and should end in _on")
    return wrong


def words(name: str) -> list[str]:
    """`TargetApproved` → Target, Approved."""
    return re.findall(r"[A-Z][a-z0-9]*", name) or [name]


def asked_by(endpoint: CommandEndpoint) -> set[str]:
    """The commands an endpoint may answer with, by its return annotation."""
    annotation = typing.get_type_hints(endpoint.translate).get("return")
    found: set[str] = set()
    queue = [annotation]
    while queue:
        kind = queue.pop()
        kind = getattr(kind, "__value__", kind)
        if isinstance(kind, type) and not typing.get_args(kind):
            found.add(kind.__name__)
        queue += typing.get_args(kind)
    return found


@cache
def glossary() -> frozenset[str]:
    """The code names of the glossary: what stands in backticks."""
    text = (ROOT / "docs" / "concepts" / "glossary.md").read_text(encoding="utf-8")
    return frozenset(re.findall(r"`([A-Z][A-Za-z]+)`", text))


def has_entry(event: str) -> bool:
    """Whether some term of the glossary is the beginning of the event's name."""
    spelled = words(event)
    return any("".join(spelled[:length]) in glossary() for length in range(1, len(spelled) + 1))


def built_in(source: Source) -> set[str]:
    """Every name that a file calls."""
    calls = (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))
    return {dotted(call.func).rpartition(".")[2] for call in calls}


@pytest.mark.parametrize("service", SERVICES)
def test_commands_are_imperatives_and_events_participles(service: str) -> None:
    found = [wrong for decider in manifest(service).deciders for wrong in spoken_badly(decider)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("service", SERVICES)
def test_messages_cannot_change_and_name_their_moments(service: str) -> None:
    found = [
        wrong
        for decider in manifest(service).deciders
        for message in (*decider.commands, *decider.events.values())
        for wrong in shaped_badly(message)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("service", SERVICES)
def test_every_command_is_asked_by_somebody(service: str) -> None:
    asked = {name for endpoint in manifest(service).commands for name in asked_by(endpoint)}
    entailing = {decider.entails.__module__ for decider in manifest(service).deciders}
    for source in sources():
        module = source.path.removesuffix(".py").replace("/", ".")
        rooms = (f"services/{service}/reactions", f"services/{service}/api/intake/")
        kernel = ("shared/webhooks/", "shared/http/webhook_")
        if module in entailing or source.path.startswith((*rooms, *kernel)):
            asked |= built_in(source)
    commands = {c.__name__ for decider in manifest(service).deciders for c in decider.commands}
    assert commands <= asked, sorted(commands - asked)


@pytest.mark.parametrize("service", SERVICES)
def test_every_event_has_its_word_in_the_glossary(service: str) -> None:
    events = {name for decider in manifest(service).deciders for name in decider.events}
    missing = sorted(name for name in events if not has_entry(name))
    assert not missing, missing


def test_an_operation_is_named_like_its_command() -> None:
    found = [
        f"{service.name}: {endpoint.operation} asks for {sorted(asked_by(endpoint))}"
        for service in manifests()
        for endpoint in service.commands
        if len(asked := asked_by(endpoint)) == 1 and snake(next(iter(asked))) != endpoint.operation
    ]
    assert not found, "\n".join(found)


def test_categories_events_and_operations_are_unique() -> None:
    for service in manifests():
        categories = Counter(decider.category for decider in service.deciders)
        events = Counter(name for decider in service.deciders for name in decider.events)
        operations = Counter(endpoint.operation for endpoint in service.commands)
        twice = [name for name, n in (categories + events + operations).items() if n > 1]
        assert not twice, (service.name, twice)
    types = Counter(word.event_type() for service in manifests() for word in service.says)
    assert not [name for name, n in types.items() if n > 1]


def snake(name: str) -> str:
    """`ApproveTarget` → approve_target."""
    return "_".join(words(name)).lower()


@dataclasses.dataclass
class Targeting:
    """A planted message: not a command, not an event, and it can change."""

    amount: float
    approved: datetime
    issued: date


def test_planted_bad_names_and_shapes_are_found() -> None:
    planted = dataclasses.replace(
        manifest("targets").deciders[0], commands=(Targeting,), events={"TargetUpdate": Targeting}
    )
    assert len(spoken_badly(planted)) == 2
    assert len(shaped_badly(Targeting)) == 4
    assert not has_entry("GrandmotherInvited")
