"""Facts of key funds in public words. Of beneficiaries only totals by place leave the house."""

from typing import TypedDict, assert_never

from services.monitoring.domain.beneficiary import events as roll
from services.monitoring.domain.fund_finding import events as finding
from services.monitoring.domain.industry import fund as industry
from services.monitoring.domain.key_fund import events as fact
from services.monitoring.domain.linkage import linkage
from services.monitoring.publishing.whose import whose
from shared.contracts import monitoring as said
from shared.contracts.monitoring.key_funds import PlaceTotal
from shared.contracts.public_event import PublicEvent
from shared.messages import AnyRecorded


class _OfBatch(TypedDict):
    region_code: str
    batch_id: str
    root_id: str
    fiscal_year: int
    fund_name: str
    direct_fund_flag: said.DirectFundFlag
    kind: said.FundKind


def _of(batch: fact.Batch) -> _OfBatch:
    return {
        "region_code": batch.region_code,
        "batch_id": batch.batch_id,
        "root_id": batch.root_id,
        "fiscal_year": batch.fiscal_year,
        "fund_name": batch.fund_name,
        "direct_fund_flag": batch.direct_fund_flag.value,
        "kind": batch.kind.value,
    }


def of_key_fund(event: fact.KeyFundEvent, _recorded: AnyRecorded) -> PublicEvent | None:
    """How far the money has come; a missed day is told as the finding that it opened."""
    match event:
        case fact.FundReceived():
            return said.FundReceived(
                **_of(event.batch),
                superior_document_no=event.superior_document_no,
                amount=event.amount,
                received_on=event.received_on,
                pass_on_by=event.pass_on_by,
            )
        case fact.FundAllocated():
            return said.FundAllocated(
                **_of(event.batch),
                allocation_id=event.allocation_id,
                document_no=event.document_no,
                recipient_kind=event.recipient_kind.value,
                recipient=event.recipient,
                project_code=event.project_code,
                amount=event.amount,
                allocated_on=event.allocated_on,
                passed_to=event.passed_to,
            )
        case fact.FundIssued():
            return said.FundIssued(
                **_of(event.batch),
                allocation_id=event.allocation_id,
                project_code=event.project.code,
                unit_code=event.project.unit_code,
                document_no=event.document_no,
                amount=event.amount,
                issued_on=event.issued_on,
            )
        case fact.FundDeadlineMissed():
            return None
        case _:
            assert_never(event)


def of_finding(event: finding.FindingEvent, recorded: AnyRecorded) -> PublicEvent | None:
    """What is suspected and how it ended; what people wrote about it stays inside."""
    concern = event.concern
    match event:
        case finding.FundFindingOpened():
            return said.FundFindingOpened(
                region_code=concern.region_code,
                finding_id=recorded.id,
                fiscal_year=concern.fiscal_year,
                kind=event.kind.value,
                level=event.level.value,
                batch_id=concern.batch_id,
                project_code=concern.project_code,
                amount=event.amount,
                due_on=event.due_on,
                opened_on=event.opened_on,
            )
        case finding.FundFindingClosed():
            return said.FundFindingClosed(
                region_code=concern.region_code,
                finding_id=recorded.id,
                fiscal_year=concern.fiscal_year,
                level=event.level.value,
                judgement=event.judgement.value,
                closed_on=event.closed_on,
            )
        case finding.FundFindingJudged() | finding.FundFindingRectified():
            return None
        case _:
            assert_never(event)


def of_roll(event: roll.RollEvent, _recorded: AnyRecorded) -> PublicEvent | None:
    """Totals by place, and nothing of any one line."""
    match event:
        case roll.BeneficiariesPublished():
            return said.BeneficiariesPublished(
                **whose(event.project),
                month=event.month,
                places=tuple(
                    PlaceTotal(
                        place_code=one.place_code,
                        payees=one.payees,
                        households=one.households,
                        persons=one.persons,
                        enterprises=one.enterprises,
                        amount=one.amount,
                    )
                    for one in event.places
                ),
                published_on=event.published_on,
            )
        case roll.BeneficiaryPaid() | roll.BeneficiaryWithdrawn():
            return None
        case _:
            assert_never(event)


def of_linkage(event: linkage.LinkageEvent, _recorded: AnyRecorded) -> PublicEvent | None:
    """Where the money was announced; what it reached is told by its evaluation."""
    match event:
        case linkage.FundAnnounced():
            return said.FundAnnounced(
                **whose(event.project),
                place=event.place,
                announced_on=event.announced_on,
                evidence=event.evidence,
            )
        case linkage.LinkageRecorded():
            return None
        case _:
            assert_never(event)


def of_industry(event: industry.IndustryEvent, recorded: AnyRecorded) -> PublicEvent | None:
    """Which stage was passed and how it ended; a plan alone is no news."""
    match event:
        case industry.IndustryFundAdvanced(stage=stage, planned=planned):
            return said.IndustryFundAdvanced(
                region_code=planned.region_code,
                fund_id=recorded.id,
                name=planned.name,
                fiscal_year=planned.fiscal_year,
                stage=stage.value,
                outcome=event.outcome.value,
                amount=event.statement.amount,
                passed_on=event.passed_on,
            )
        case industry.IndustryFundPlanned():
            return None
        case _:
            assert_never(event)
