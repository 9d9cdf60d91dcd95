"""What a signature under an adjustment records, and what those who may not give it are told."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from services.targets.domain.adjustment_words import ApprovalDocument, SigningOffice
from services.targets.domain.events.target import TargetAdjustmentSigned
from services.targets.domain.refusals import (
    OfficeDoesNotSign,
    ReasonMissing,
    ReviewerDraftedTarget,
    SignerHasSigned,
    ValuesOfPerformanceSection,
)
from services.targets.domain.refusals.adjustments import (
    ApprovalAuthorityUnset,
    ApprovalDatedAhead,
    ApprovalDocumentDiffers,
    ApprovalNotOutside,
    FingerprintInvalid,
)
from services.targets.domain.signatures import agreed_values, missing, needed, offices_needed
from shared.domain.refusals import Refusal
from tests.targets import stories as s
from tests.targets.test_adjustment import adjusting, agree_to_money, approve
from tests.targets.test_approval_authority import (
    BUDGET,
    CONGRESS,
    COUNTY,
    GOVERNMENT,
    LEADER,
    NAMELESS,
    PERFORMANCE,
    by_government,
    record,
    waiting,
)

VALUES = {"I1": Decimal(70)}
with_values = replace(approve, target_values=VALUES, reason="按实际")
at_performance = adjusting.after(approve)


def test_a_signature_records_office_person_and_values() -> None:
    adjusting.when(with_values).then(
        TargetAdjustmentSigned(
            adjustment_id="A1",
            office=PERFORMANCE,
            signed_by=approve.by,
            target_values=VALUES,
            reason="按实际",
            basis=adjusting.state.approved.basis,
        )
    )
    proposed = adjusting.state.asked.proposed_values
    assert agreed_values(adjusting.state) == proposed
    assert agreed_values(at_performance.state) == proposed
    assert agreed_values(adjusting.after(with_values).state) == VALUES
    assert agreed_values(adjusting.after(agree_to_money).state) == proposed
    assert missing(adjusting.state) == [PERFORMANCE, BUDGET]
    assert missing(at_performance.state) == [BUDGET]
    # What was proposed needs no reason of its own.
    assert adjusting.when(replace(approve, target_values=proposed, reason="")).facts


def test_a_document_records_the_body_that_decided() -> None:
    told = {"document_no": record.document_no, "decided_on": record.decided_on}
    signed = TargetAdjustmentSigned(
        adjustment_id="A1",
        office=CONGRESS,
        signed_by="recorder",
        document=ApprovalDocument(authority="市人大常委会", sha256="a" * 64, **told),  # type: ignore[arg-type]
        basis=waiting.state.approved.basis,
    )
    waiting.when(record).then(signed)
    government = replace(signed.document, authority="")  # type: ignore[type-var]
    waiting.when(by_government).then(replace(signed, office=GOVERNMENT, document=government))


@pytest.mark.parametrize(
    ("kind", "moves_money", "offices"),
    [
        ("SUSPENSION", True, (BUDGET, LEADER)),
        ("SUSPENSION", False, (BUDGET, LEADER)),
        ("REDUCTION", True, (PERFORMANCE, BUDGET)),
        ("TARGET_ONLY", False, (PERFORMANCE,)),
    ],
)
def test_an_adjustment_from_before_rules_were_asked_is_signed_by_the_usual_offices(
    kind: str, *, moves_money: bool, offices: tuple[SigningOffice, ...]
) -> None:
    assert needed(kind, moves_money=moves_money) == offices
    change = s.yuan("1") if moves_money else s.yuan("0")
    old = replace(adjusting.state.asked, offices=(), kind=kind, change=change)
    assert offices_needed(old) == offices
    assert offices_needed(replace(old, offices=(LEADER,))) == (LEADER,)


@pytest.mark.parametrize(
    ("story", "command", "refusal", "pointer", "details"),
    [
        (
            adjusting,
            replace(approve, offices=frozenset({LEADER})),
            OfficeDoesNotSign,
            None,
            {"offices_needed": [PERFORMANCE, BUDGET]},
        ),
        (
            at_performance,
            replace(agree_to_money, by=approve.by),
            SignerHasSigned,
            None,
            {"office": PERFORMANCE},
        ),
        (
            adjusting,
            replace(agree_to_money, target_values=VALUES, reason="r"),
            ValuesOfPerformanceSection,
            "/target_values",
            {},
        ),
        (adjusting, replace(with_values, reason=" "), ReasonMissing, "/reason", {}),
        (waiting, replace(record, office=BUDGET), ApprovalNotOutside, "/body", {}),
        (
            adjusting.knowing(COUNTY),
            record,
            OfficeDoesNotSign,
            None,
            {"offices_needed": [PERFORMANCE, BUDGET]},
        ),
        (waiting, replace(record, document_no=" "), ReasonMissing, "/document_no", {}),
        (
            waiting,
            replace(record, decided_on=date(2021, 3, 2)),
            ApprovalDatedAhead,
            "/decided_on",
            {},
        ),
        *(
            (waiting, replace(record, sha256=wrong), FingerprintInvalid, "/sha256", {})
            for wrong in ("", "a" * 63, "a" * 65, "A" * 64, "g" * 64)
        ),
        (waiting.knowing(NAMELESS), record, ApprovalAuthorityUnset, None, {}),
        *(
            (
                waiting.after(record),
                replace(record, **other),
                ApprovalDocumentDiffers,
                "/document_no",
                {},
            )
            for other in (
                {"document_no": "另一文号"},
                {"decided_on": date(2021, 2, 28)},
                {"sha256": "b" * 64},
            )
        ),
    ],
)
def test_who_is_refused_is_told_where_and_why(
    story: Any,  # noqa: ANN401 - a story
    command: object,
    refusal: type[Refusal],
    pointer: str | None,
    details: dict[str, object],
) -> None:
    told = story.when(command).then_refused(refusal)
    assert (told.pointer, told.details) == (pointer, details)


def test_the_day_of_a_document_is_a_day_of_shanghai() -> None:
    evening = datetime(2021, 3, 1, 17, tzinfo=UTC)
    tomorrow = replace(record, decided_on=date(2021, 3, 2), now=evening)
    assert waiting.when(tomorrow).facts
    waiting.when(replace(tomorrow, decided_on=date(2021, 3, 3))).then_refused(ApprovalDatedAhead)


@pytest.mark.parametrize("hand", [s.WRITER, s.ACCOUNTANT, s.HEAD, s.receive_adjustment.proposed_by])
def test_neither_author_nor_asker_signs_or_records(hand: str) -> None:
    for story, command in (
        (adjusting, approve),
        (adjusting, agree_to_money),
        (waiting, record),
    ):
        story.when(replace(command, by=hand)).then_refused(ReviewerDraftedTarget, person=hand)
