"""What old events once came to, they come to today: golden states and golden read models (P14).

A read model is compared in the end and by its way: what it showed after each fact and word.

A new field of a state, or a new column, is a change somebody means: `python -m tests.evolution
fold` writes the golden files anew and shows what is different. The histories stay as they are.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

import pytest

from services.evaluation.domain.self_evaluation.messages import SelfEvaluationAudited
from shared.domain.decider import AnyDecider
from shared.manifest import Service
from shared.messages import AnyRecorded
from shared.projections import Change, Projection
from tests.evolution.canonical import canonical
from tests.evolution.corpus import SERVICES
from tests.evolution.folded import difference, every_event, fold_all, golden, untold
from tests.evolution.histories import UNTOLD, History, kept, locks

TOLD_SHARE_MIN: Final = 0.9
HISTORIES: Final = {service.name: kept(service.name) for service in SERVICES}


def test_no_history_was_changed_or_removed() -> None:
    there = [one.lock for service in SERVICES for one in HISTORIES[service.name]]
    assert sorted(there) == sorted(locks())


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.name)
async def test_states_and_read_models_are_what_they_were(service: Service) -> None:
    found = difference(golden(service.name), await fold_all(service))
    assert not found, "\n".join(["`python -m tests.evolution fold`, if it is meant:", *found[:40]])


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.name)
def test_every_aggregate_has_a_history(service: Service) -> None:
    assert not without_history(service.deciders, HISTORIES[service.name])


def test_what_no_history_tells_is_listed_and_little() -> None:
    every = {one for service in SERVICES for one in every_event(service)}
    left = untold()
    assert left == UNTOLD.read_text(encoding="utf-8").splitlines(), "`… tests.evolution fold`"
    assert len(left) <= (1 - TOLD_SHARE_MIN) * len(every)


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.name)
def test_a_history_is_in_order_and_no_event_is_missing(service: Service) -> None:
    for history in HISTORIES[service.name]:
        last: dict[str, int] = {}
        for line in history.lines:
            if "body" in line:
                assert line["version"] == last.get(line["stream"], 0) + 1, history.story
                last[line["stream"]] = line["version"]


def without_history(deciders: Iterable[AnyDecider], histories: Iterable[History]) -> list[str]:
    """Aggregates of which nothing is told."""
    told = {name.partition("/")[0] for history in histories for name in history.names}
    return [one.category for one in deciders if one.category not in told]


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.name)
async def test_an_aggregate_that_forgets_is_noticed(service: Service) -> None:
    """Every one of them."""
    deciders = tuple(replace(one, evolve=_forget) for one in service.deciders)
    found = difference(golden(service.name), await fold_all(replace(service, deciders=deciders)))
    noticed = {one.split()[3].partition("-")[0] for one in found if one.startswith("! states")}
    assert noticed == {one.category for one in service.deciders}


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.name)
async def test_a_read_model_that_forgets_is_noticed(service: Service) -> None:
    """Every one that any history fills."""
    tables = {one.split()[2] for one in golden(service.name) if one.startswith("rows")}
    folds = tuple(replace(one, project=None, hear=None) for one in service.projections)
    found = difference(golden(service.name), await fold_all(replace(service, projections=folds)))
    assert {one.split()[3] for one in found if one.startswith("- rows")} == tables


async def test_a_read_model_that_errs_on_the_way_alone_is_noticed() -> None:
    """No row is another in the end: every audited report went on to something else."""
    service = next(one for one in SERVICES if one.name == "evaluation")
    folds = tuple(
        replace(one, project=_unaudited(one)) if one.name == "self_evaluation_register" else one
        for one in service.projections
    )
    found = difference(golden(service.name), await fold_all(replace(service, projections=folds)))
    assert {tuple(one.split()[:2]) for one in found} == {("!", "ways")}


def test_a_line_that_was_edited_is_noticed() -> None:
    history = HISTORIES["targets"][0]
    line = {**history.lines[0], "version": 2}
    assert replace(history, lines=(line, *history.lines[1:])).lock not in locks()


def test_an_aggregate_without_a_history_is_noticed() -> None:
    service = SERVICES[0]
    category = service.deciders[0].category
    left = [one for one in HISTORIES[service.name] if f"{category}/" not in str(sorted(one.names))]
    assert category in without_history(service.deciders, left)


@dataclass(frozen=True, slots=True)
class _State:
    """A state that got a field more."""

    old: int = 1
    new: str = ""
    more: tuple[str, ...] = ()


def test_a_new_field_is_a_difference_once_it_says_something() -> None:
    before = {"states 1 x": {"state": {"old": 1}}}
    assert canonical(_State()) == {"old": 1}
    filled = {"states 1 x": {"state": canonical(_State(new="说"))}}
    assert difference(before, filled) == ['! states 1 x .state .new: null → "说"']


def test_what_has_no_canonical_form_is_refused() -> None:
    with pytest.raises(TypeError, match="no canonical form"):
        canonical({"x": object()})


def _unaudited(projection: Projection) -> Callable[[AnyRecorded], Iterable[Change]]:
    """A fold that does not see that a report was audited."""

    def project(fact: AnyRecorded) -> Iterable[Change]:
        if projection.project is None or isinstance(fact.event, SelfEvaluationAudited):
            return ()
        return projection.project(fact)

    return project


def _forget(state: object, _event: object) -> object:
    return state
