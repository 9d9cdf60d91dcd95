"""A read model is shown what it says it folds: so it must say all that it folds."""

import ast
import inspect
from collections.abc import Iterator, Mapping

import pytest

from shared.manifest import Service
from shared.projections import Projection
from tests.architecture.house import dotted, manifests

FIELDS = {"Stay"}  # matched inside a fact
CHOOSY = [
    (service, projection)
    for service in manifests()
    for projection in service.projections
    if projection.facts
]


def matched(projection: Projection) -> Iterator[str]:
    """The facts that the folds of its module match."""
    assert projection.project is not None
    module = inspect.getmodule(projection.project)
    assert module is not None
    tree = ast.parse(inspect.getsource(module))
    for node in ast.walk(tree):
        if isinstance(node, ast.MatchClass):
            yield dotted(node.cls).rpartition(".")[2]


@pytest.mark.parametrize(("service", "projection"), CHOOSY, ids=[p.name for _, p in CHOOSY])
def test_what_a_read_model_folds_is_what_is_decoded_for_it(
    service: object, projection: Projection
) -> None:
    assert not projection.inline, "inline folds are given every fact of their transaction"
    assert {fact.__name__ for fact in projection.facts} == set(matched(projection)) - FIELDS
    named = {name: fact for one in service.deciders for name, fact in one.events.items()}  # type: ignore[attr-defined]
    assert {name for name, fact in named.items() if fact in projection.facts} == {
        fact.__name__ for fact in projection.facts
    }


def test_some_read_models_are_choosy() -> None:
    assert len(CHOOSY) == 7


def amounts(projection: Projection) -> set[str]:
    """The columns of a read model that hold money."""
    columns = {column.key for table in projection.tables for column in table.__table__.columns}
    return {name for name in columns if name.endswith("_fen")}


AFTERWARDS = [
    projection
    for service in manifests()
    for projection in service.projections
    if not projection.inline
]


@pytest.mark.parametrize("projection", AFTERWARDS, ids=[one.name for one in AFTERWARDS])
def test_sums_of_money_that_are_folded_afterwards_stop_where_a_fact_is_not_understood(
    projection: Projection,
) -> None:
    """Parking it, they would show sums that are wrong and do not say so (ADR 0008)."""
    assert projection.money == bool(amounts(projection))


NARROW = [
    (service, projection)
    for service in manifests()
    for projection in service.projections
    if projection.streams
]


def named(projection: Projection, kinds: Mapping[type, str]) -> Iterator[str]:
    """The streams whose facts the module of a fold names, in whatever way."""
    module = inspect.getmodule(projection.project)
    assert module is not None
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Name | ast.Attribute):
            thing = _meant(node, module)
            if isinstance(thing, type) and thing in kinds:
                yield kinds[thing]
        if isinstance(node, ast.Constant) and str(node.value).endswith("-"):
            category = str(node.value)[:-1]
            if category in kinds.values():
                yield category


def _meant(node: ast.AST, module: object) -> object:
    """What a name stands for in a module."""
    if isinstance(node, ast.Name):
        return getattr(module, node.id, None)
    if isinstance(node, ast.Attribute):
        return getattr(_meant(node.value, module), node.attr, None)
    return None


@pytest.mark.parametrize(
    ("service", "projection"), NARROW, ids=[f"{s.name}-{p.name}" for s, p in NARROW]
)
def test_a_fold_is_shown_the_facts_of_every_stream_it_names(
    service: Service, projection: Projection
) -> None:
    kinds = {fact: one.category for one in service.deciders for fact in one.events.values()}
    assert projection.inline, "a later read model says facts, not streams"
    assert projection.streams == set(named(projection, kinds))


def test_most_inline_read_models_are_narrow() -> None:
    assert len(NARROW) > 60
