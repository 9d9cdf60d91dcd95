"""Rows of the list of policies, and the numbers of documents: what contradicts, what is known."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from services.disclosure.domain import policy, refusals
from services.disclosure.domain.policy.document import number_key
from services.disclosure.domain.policy.refusals import (
    DocumentNumberTaken,
    PolicyDatesContradict,
    PolicyKnownOtherwise,
)
from services.disclosure.domain.values import Layer, Step
from shared.domain.refusals import Refusal
from shared.testing.spec import Outcome, Spec
from tests.disclosure.stories import BUREAU, TODAY
from tests.disclosure.test_policy import (
    APRIL,
    BY,
    DOCUMENT,
    drafted,
    issued,
    library,
    repealed,
    reviewed,
)

row: Final = policy.RecordPolicy(
    document=DOCUMENT, issued_on=TODAY, effective_on=APRIL, end=repealed, **BY
)


def told(outcome: Outcome, refusal: type[Refusal], pointer: str, **details: object) -> Refusal:
    """The refusal, which names its place and what to do."""
    refused = outcome.then_refused(refusal, **details)
    assert refused.pointer == pointer
    return refused


@pytest.mark.parametrize(
    "written",
    ["[2021]1号", "【2021】1号", "(2021)1号", "（2021）1号", "〈2021〉 1 号"],
)
def test_a_document_number_is_the_same_however_its_brackets_look(written: str) -> None:
    same = number_key("653100", "喀什地委", "〔2021〕1号")
    assert number_key("653100", "喀什地委", written) == same
    assert len(same) == 32
    assert number_key("65310", "0喀什地委", "〔2021〕1号") != same


def test_a_number_that_is_taken_names_its_document() -> None:
    numbers = Spec(policy.number_decider)
    taken = policy.PolicyNumberRegistered(policy_id="P1", document_no="1号")
    ask = policy.RegisterPolicyNumber(number="n", policy_id="P2", document_no="1号")
    refused = told(
        numbers.given(taken).when(ask), DocumentNumberTaken, "/document_no", policy_id="P1"
    )
    assert refused.detail == "It names P1."
    assert refused.remedy
    assert "P1" in str(refused.details["detail_zh"])
    assert refused.details["remedy_zh"]


@pytest.mark.parametrize(
    ("changes", "refusal", "pointer"),
    [
        ({"effective_on": None}, PolicyDatesContradict, "/effective_on"),
        ({"issued_on": None}, PolicyDatesContradict, "/effective_on"),
        ({"issued_on": None, "effective_on": None}, PolicyDatesContradict, "/ended_on"),
        (
            {"end": replace(repealed, ends_on=date(2021, 3, 31))},
            refusals.PolicyEndsBeforeItBegins,
            "/ended_on",
        ),
        ({"document": replace(DOCUMENT, steps=())}, refusals.PolicyWithoutStep, "/steps"),
    ],
)
def test_a_row_whose_days_contradict_is_refused_at_its_cell(
    changes: dict[str, Any], refusal: type[Refusal], pointer: str
) -> None:
    refused = told(library.when(replace(row, **changes)), refusal, pointer)
    if refusal is not refusals.PolicyWithoutStep:
        assert refused.remedy
        assert refused.details["remedy_zh"]
    if refusal is PolicyDatesContradict:
        assert refused.detail != refusal.title()
        assert refused.details["detail_zh"]


def test_a_row_may_end_on_the_day_of_effect_and_is_known_by_all_that_it_says() -> None:
    same_day = replace(row, end=replace(repealed, ends_on=APRIL))
    entered = replace(drafted, drafted_by=BUREAU)
    library.when(same_day).then(entered, issued, replace(repealed, ends_on=APRIL))
    early = replace(row, end=replace(repealed, ends_on=date(2021, 3, 31)))
    library.when(early).then_refused(refusals.PolicyEndsBeforeItBegins, effective_on="2021-04-01")
    known = library.given(entered, issued, repealed)
    for other in (
        replace(row, issued_on=date(2021, 3, 2)),
        replace(row, effective_on=date(2021, 4, 2)),
        replace(row, end=replace(repealed, reason="别的")),
        replace(row, end=None),
        replace(row, document=replace(DOCUMENT, region_code="653101")),
        replace(row, document=replace(DOCUMENT, layer=Layer.TWO)),
        replace(row, document=replace(DOCUMENT, document_no="2号")),
        replace(row, document=replace(DOCUMENT, issuer="财政局")),
        replace(row, document=replace(DOCUMENT, steps=(Step.EVALUATION,))),
    ):
        refused = told(known.when(other), PolicyKnownOtherwise, "/policy_id", policy_id="P1")
        assert refused.remedy
        assert refused.details["detail_zh"]
        assert refused.details["remedy_zh"]
    known.when(replace(row, document=replace(DOCUMENT, text_sha256="f" * 64))).then_nothing()
    draft = replace(row, issued_on=None, effective_on=None, end=None)
    for history in ((drafted,), (drafted, reviewed)):
        library.given(*history).when(draft).then_nothing()
        library.given(*history).when(row).then_refused(PolicyKnownOtherwise)
    known.when(draft).then_refused(PolicyKnownOtherwise)
