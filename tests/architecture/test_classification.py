"""Every field of every word has a class, and the public side reads public fields alone (S13)."""

import json
from typing import Final

import pytest

from docs.generator import schemas
from docs.generator.house import published
from shared.contracts import disclosure, evaluation, targets
from shared.contracts.classification import CLASSES, Classification, classes_of, highest, parts_of
from shared.contracts.envelope import say
from shared.testing.projection_spec import recorded
from tests.architecture.house import Source, sources
from tests.architecture.leaks import leaks
from tests.disclosure.stories import published as told

WORDS: Final = tuple(published())
PUBLIC_SIDE: Final = "services/disclosure/"


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.__name__)
def test_every_field_of_a_word_and_of_its_parts_has_a_class(
    word: type[disclosure.DisclosureEvent],
) -> None:
    for part in parts_of(word):
        assert set(part.model_fields) == set(classes_of(part)), (
            f"classify the fields of {part.__name__} in shared/contracts/classification"
        )


def test_no_class_is_given_to_what_nobody_says() -> None:
    said = {(part.__module__.split(".")[2], part.__name__) for w in WORDS for part in parts_of(w)}
    listed = {(producer, name) for producer, words in CLASSES.items() for name in words}
    assert listed == said


def test_what_disclosure_says_is_public_from_end_to_end() -> None:
    for word in disclosure.PUBLISHED:
        assert highest(word) is Classification.PUBLIC, word.__name__


def test_the_envelope_and_the_schema_carry_the_class() -> None:
    assert highest(targets.ResponsibilityAssigned) is Classification.PERSONAL
    assert highest(evaluation.SelfEvaluationAccepted) is Classification.PERSONAL
    assert highest(evaluation.EvidenceReused) is Classification.INTERNAL
    [fact] = recorded("item-A", told)
    word = targets.RegionRegistered(region_code="653100", name="喀什地区")
    assert json.loads(say(word, fact))["dataclassification"] == "public"
    owner = schemas.schema(evaluation.SelfEvaluationAccepted)["$defs"]["CoreProblem"]
    assert owner["properties"]["owner"]["x-classification"] == "personal"


def test_nothing_on_the_public_side_reads_a_field_that_is_not_public() -> None:
    found = [leak for one in sources() if one.path.startswith(PUBLIC_SIDE) for leak in leaks(one)]
    assert not found, "\n".join(found)


LEAKS: Final = {
    "an attribute of a matched word": """
from shared.contracts import targets
def hear(word):
    match word:
        case targets.ResponsibilityAssigned() as said:
            return said.head
""",
    "a keyword of a pattern": """
from shared.contracts import targets
def hear(word):
    match word:
        case targets.ResponsibilityAssigned(head=name):
            return name
""",
    "an annotated argument": """
from shared.contracts.targets import TargetAdjustmentSigned as Signed
def row(said: Signed) -> str:
    return said.signed_by
""",
    "an alias of several words": """
from shared.contracts import targets, evaluation
type Word = targets.RegionRegistered | targets.ResponsibilityAssigned
def row(said: Word) -> str:
    return said.business
""",
    "a part in a loop": """
from shared.contracts import evaluation
def page(said: evaluation.SelfEvaluationAccepted):
    return [one.owner for one in said.core_problems]
""",
    "a part in an annotated sequence": """
from collections.abc import Sequence
from shared.contracts import evaluation
def page(problems: Sequence[evaluation.CoreProblem]):
    return [one.owner for one in problems]
""",
    "a whole word": """
from shared.contracts import targets
def row(said: targets.ResponsibilityAssigned):
    return said.model_dump()
""",
    "a copy of a whole word": """
from shared.contracts import targets
def row(said: targets.ResponsibilityAssigned):
    return vars(said)
""",
}


@pytest.mark.parametrize("text", LEAKS.values(), ids=LEAKS)
def test_a_planted_leak_is_found(text: str) -> None:
    assert leaks(Source("services/disclosure/projections/planted.py", text))


def test_a_public_field_is_no_leak() -> None:
    text = LEAKS["an attribute of a matched word"].replace("said.head", "said.project_code")
    assert not leaks(Source("services/disclosure/projections/planted.py", text))
