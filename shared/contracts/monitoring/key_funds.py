"""Key funds: how far direct money has come, what was found, what reached how many people.

Nothing here tells of a person: beneficiaries are told by place, and small places together.
"""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.fields import Yuan
from shared.contracts.monitoring.said import MonitoringEvent, ProjectEvent

type FundKind = Literal["GENERAL", "SPECIAL"]
type DirectFundFlag = Literal["01", "02", "09"]


class BatchEvent(MonitoringEvent):
    """Tells of one batch of direct funds."""

    batch_id: str
    root_id: str = Field(description="The batch that this one was split from, in the end.")
    fiscal_year: int
    fund_name: str
    direct_fund_flag: DirectFundFlag
    kind: FundKind


class FundReceived(BatchEvent):
    """Direct funds came from a superior; from this day the legal term runs."""

    superior_document_no: str
    amount: Yuan
    received_on: date
    pass_on_by: date


class FundAllocated(BatchEvent):
    """A part of direct funds was given on, with the flag that it came with."""

    allocation_id: str
    document_no: str
    recipient_kind: Literal["COUNTY", "UNIT"]
    recipient: str
    project_code: str
    amount: Yuan
    allocated_on: date
    passed_to: str = Field(default="", description="The batch of the county that gets it.")


class FundIssued(BatchEvent):
    """A part of direct funds became quota of a project."""

    allocation_id: str
    project_code: str
    unit_code: str
    document_no: str
    amount: Yuan
    issued_on: date


class FundFindingOpened(MonitoringEvent):
    """Something about key funds is suspected, for instance that a legal day was missed."""

    finding_id: str
    fiscal_year: int
    kind: Literal["NOT_ALLOCATED", "NOT_ISSUED", "PAID_TWICE", "MISUSED", "NOT_PROVED", "OTHER"]
    level: Literal["RED", "YELLOW", "BLUE"]
    batch_id: str = ""
    project_code: str = ""
    amount: Yuan | None = None
    due_on: date | None = None
    opened_on: date


class FundFindingClosed(MonitoringEvent):
    """A finding about key funds has its end."""

    finding_id: str
    fiscal_year: int
    level: Literal["RED", "YELLOW", "BLUE"]
    judgement: Literal["NORMAL", "VIOLATION"]
    closed_on: date


class FundAnnounced(ProjectEvent):
    """Rural linkage funds of a project were announced where people could see it."""

    place: str
    announced_on: date
    evidence: str = Field(description="SHA-256 of the photograph or page.")


class PlaceTotal(BaseModel):
    """What reached one place; without a code, all places that are too small to be told."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    place_code: str
    payees: int
    households: int
    persons: int
    enterprises: int
    amount: Yuan


class BeneficiariesPublished(ProjectEvent):
    """What reached how many people in a month, place by place."""

    month: str
    places: tuple[PlaceTotal, ...]
    published_on: date


class IndustryFundAdvanced(MonitoringEvent):
    """A grant to an enterprise passed a stage of its closed loop."""

    fund_id: str
    name: str
    fiscal_year: int
    stage: Literal[
        "PLAN",
        "APPLICATION",
        "REVIEW",
        "PUBLICITY",
        "ALLOCATION",
        "PAYMENT",
        "INSPECTION",
        "EFFECT",
        "EVALUATION",
        "RECOVERY",
    ]
    outcome: Literal["OPEN", "REFUSED", "ACHIEVED", "RECOVERED"]
    amount: Yuan | None = None
    passed_on: date


KEY_FUND_WORDS = (
    FundReceived,
    FundAllocated,
    FundIssued,
    FundFindingOpened,
    FundFindingClosed,
    FundAnnounced,
    BeneficiariesPublished,
    IndustryFundAdvanced,
)
