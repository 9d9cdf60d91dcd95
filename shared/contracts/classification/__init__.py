"""The class of every field of every word: public, internal or personal.

A field that is not listed here fails the build, and so does a public read model that reads a
field that is not public (`reliability` §4.3, S13): whoever adds a field decides who may learn it,
and somebody else reads that decision in the difference.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final, get_args

from pydantic import BaseModel

from shared.contracts.classification.classes import Classification, Fields
from shared.contracts.classification.disclosure import DISCLOSURE
from shared.contracts.classification.evaluation import EVALUATION
from shared.contracts.classification.monitoring import MONITORING
from shared.contracts.classification.targets import TARGETS

__all__ = ["CLASSES", "Classification", "Fields", "classes_of", "highest", "parts_of"]

CLASSES: Final[Mapping[str, Mapping[str, Fields]]] = {
    "targets": TARGETS,
    "monitoring": MONITORING,
    "evaluation": EVALUATION,
    "disclosure": DISCLOSURE,
}
_ORDER: Final = (Classification.PUBLIC, Classification.INTERNAL, Classification.PERSONAL)
_PLACE: Final = "shared.contracts."


def classes_of(model: type[BaseModel]) -> Fields:
    """The class of each field of a word, or of a part of one; empty where none is listed."""
    producer = model.__module__.removeprefix(_PLACE).partition(".")[0]
    return CLASSES.get(producer, {}).get(model.__name__, {})


def parts_of(model: object) -> Iterable[type[BaseModel]]:
    """A word and every model inside it, once each; or those that an annotation names."""
    found: dict[type[BaseModel], None] = {}
    queue: list[object] = [model]
    while queue:
        kind = queue.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in found:
            found[kind] = None
            queue += [field.annotation for field in kind.model_fields.values()]
        queue += [*get_args(kind), *get_args(getattr(kind, "__value__", None))]
    return found


@cache
def highest(model: type[BaseModel]) -> Classification:
    """The class of a word as a whole: that of its most protected field. Unlisted: internal."""
    found = [one for part in parts_of(model) for one in classes_of(part).values()]
    return max(found, key=_ORDER.index, default=Classification.INTERNAL)
