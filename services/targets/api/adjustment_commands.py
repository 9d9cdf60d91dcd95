"""Asked about the adjustment of approved targets."""

from collections.abc import Mapping
from typing import Final

from services.targets.api.adjustment_schemas import (
    ApproveAdjustmentBody,
    RecordApprovalBody,
    RequestAdjustmentBody,
)
from services.targets.api.schemas import ReasonBody
from services.targets.api.translation import evidence, of_year
from services.targets.domain.adjustment_words import BUREAU, SigningOffice
from services.targets.domain.commands.target import (
    ApproveAdjustment,
    RecordApproval,
    RefuseAdjustment,
    RequestTargetAdjustment,
    WithdrawAdjustment,
)
from shared.http.commands import Asked, CommandEndpoint
from shared.http.policy import Role

# A county has one bureau for everything; its people sign for whichever office is needed.
SIGNS_FOR: Final[Mapping[Role, frozenset[SigningOffice]]] = {
    Role.FB_PERFORMANCE: frozenset({SigningOffice.PERFORMANCE}),
    Role.FB_BUDGET: frozenset({SigningOffice.BUDGET}),
    Role.FB_LEADER: frozenset({SigningOffice.LEADER}),
    Role.COUNTY_FB: BUREAU,
}


def request_target_adjustment(
    asked: Asked, target_id: str, body: RequestAdjustmentBody
) -> RequestTargetAdjustment:
    """Ask, as the head of the unit, for other target values. Not after 30 November."""
    return RequestTargetAdjustment(
        **of_year(target_id),
        adjustment_id=asked.new_id(),
        cause=body.cause,
        reason=body.reason,
        evidence=evidence((*body.evidence, *((body.document,) if body.document else ()))),
        target_values={
            **body.target_values,
            **{one.indicator_id: one.target_value for one in body.values},
        },
        shown_values={
            one.indicator_id: one.before for one in body.values if one.before is not None
        },
        person=body.person,
        delegation_id=body.delegation_id,
        by=asked.actor,
        now=asked.now,
    )


def withdraw_adjustment(asked: Asked, target_id: str, adjustment_id: str) -> WithdrawAdjustment:
    """Take one's own request back, as long as it is not decided."""
    return WithdrawAdjustment(
        **of_year(target_id),
        adjustment_id=adjustment_id,
        by=asked.actor,
        now=asked.now,
    )


def approve_adjustment(
    asked: Asked, target_id: str, adjustment_id: str, body: ApproveAdjustmentBody
) -> ApproveAdjustment:
    """Sign for one's office; the last agreement that is needed changes money and target together.

    Who has to agree, the rules of the region say; each signs by another person. Values other than
    those proposed need a reason. Of a transfer, both targets change with the last of both.
    """
    return ApproveAdjustment(
        **of_year(target_id),
        adjustment_id=adjustment_id,
        offices=offices_of(asked, body.office),
        target_values=body.target_values,
        reason=body.reason,
        by=asked.actor,
        now=asked.now,
    )


def record_approval(
    asked: Asked, target_id: str, adjustment_id: str, body: RecordApprovalBody
) -> RecordApproval:
    """Record that the government or the people's congress agreed, by its document.

    Which body supervises a region is the region's to say; the system never decides for it.
    """
    return RecordApproval(
        **of_year(target_id),
        adjustment_id=adjustment_id,
        office=body.body,
        document_no=body.document_no,
        decided_on=body.decided_on,
        sha256=body.sha256,
        by=asked.actor,
        now=asked.now,
    )


def refuse_adjustment(
    asked: Asked, target_id: str, adjustment_id: str, body: ReasonBody
) -> RefuseAdjustment:
    """Leave both money and target as they are; one office that must sign is enough to refuse."""
    return RefuseAdjustment(
        **of_year(target_id),
        adjustment_id=adjustment_id,
        offices=offices_of(asked),
        reason=body.reason,
        by=asked.actor,
        now=asked.now,
    )


def offices_of(asked: Asked, wanted: SigningOffice | None = None) -> frozenset[SigningOffice]:
    """The offices a person may sign for; only the one they name, if they name one."""
    held = frozenset(office for role in asked.roles for office in SIGNS_FOR.get(role, ()))
    return held if wanted is None else held & {wanted}


_TAG: Final = "Targets"
_ONE: Final = "/targets/{target_id}"
_ADJUSTMENT: Final = f"{_ONE}/adjustments/{{adjustment_id}}"

ADJUSTMENT_COMMANDS: Final = (
    CommandEndpoint(
        path=f"{_ONE}/request-adjustment",
        translate=request_target_adjustment,
        tag=_TAG,
        example={
            "cause": "FORCE_MAJEURE",
            "reason": "洪水冲毁施工便道，年内只能完成十五所学校。",
            "evidence": [{"name": "应急管理局证明.pdf", "sha256": "0" * 64}],
            "target_values": {"I1": "15"},
        },
    ),
    CommandEndpoint(path=f"{_ADJUSTMENT}/withdraw", translate=withdraw_adjustment, tag=_TAG),
    CommandEndpoint(
        path=f"{_ADJUSTMENT}/approve",
        translate=approve_adjustment,
        tag=_TAG,
        example={"target_values": {"I1": "15"}, "reason": "施工合同已定的数量不能按比例调减。"},
    ),
    CommandEndpoint(
        path=f"{_ADJUSTMENT}/record-approval",
        translate=record_approval,
        tag=_TAG,
        example={
            "body": "PEOPLES_CONGRESS",
            "document_no": "喀人常发〔2021〕18号",
            "decided_on": "2021-09-28",
            "sha256": "0" * 64,
        },
    ),
    CommandEndpoint(
        path=f"{_ADJUSTMENT}/refuse",
        translate=refuse_adjustment,
        tag=_TAG,
        example={"reason": "证明材料不能说明工程量减少。"},
    ),
)
