"""A later read model decodes what it says it folds: so it must say all that it folds."""

import ast
import inspect
from collections.abc import Iterator

import pytest

from shared.projections import Projection
from tests.architecture.house import dotted, manifests

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
    assert {fact.__name__ for fact in projection.facts} == set(matched(projection))
    named = {name: fact for one in service.deciders for name, fact in one.events.items()}  # type: ignore[attr-defined]
    assert {name for name, fact in named.items() if fact in projection.facts} == {
        fact.__name__ for fact in projection.facts
    }


def test_some_read_models_are_choosy() -> None:
    assert len(CHOOSY) == 5
