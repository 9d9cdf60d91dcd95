"""Commands about direct funds, findings and linkage funds."""

import re
from typing import Final

from services.monitoring.api import key_fund_schemas as schemas
from services.monitoring.domain.fund_finding.commands import (
    CloseFundFinding,
    JudgeFundFinding,
    OpenFundFinding,
    RectifyFundFinding,
)
from services.monitoring.domain.key_fund.commands import AllocateFund, IssueFund, ReceiveFund
from services.monitoring.domain.key_fund.refusals import FlagLost, LineWithoutDocument
from services.monitoring.domain.key_fund.values import RecipientKind
from services.monitoring.domain.linkage.linkage import (
    AnnounceFund,
    RecordLinkageProject,
    Stated,
)
from services.monitoring.domain.values import region_line
from shared.domain.money import Money
from shared.domain.workdays import business_date
from shared.http.commands import Asked, CommandEndpoint

_BATCH: Final = "/key-funds/{batch_id}"
_FINDING: Final = "/fund-findings/{finding_id}"
_COUNTY: Final = re.compile(r"\d{6}", re.ASCII)
_PARTS: Final = re.compile(r"\d+")


def receive_fund(asked: Asked, body: schemas.ReceiveFundBody) -> ReceiveFund:
    """Enter direct funds that a superior passed down. The same document changes nothing."""
    return ReceiveFund(
        region_code=body.region_code,
        fiscal_year=body.fiscal_year,
        fund_name=body.fund_name,
        superior_document_no=body.superior_document_no,
        direct_fund_flag=body.direct_fund_flag,
        kind=body.kind,
        amount=body.amount,
        received_on=body.received_on,
        by=asked.actor,
        now=asked.now,
    )


def allocate_fund(asked: Asked, batch_id: str, body: schemas.AllocateFundBody) -> AllocateFund:
    """Give a part on. What a county gets becomes a batch of that county, with its flag."""
    return AllocateFund(
        batch_id=batch_id,
        document_no=body.document_no,
        recipient_kind=body.recipient_kind,
        recipient=body.recipient,
        project_code=body.project_code,
        amount=body.amount,
        allocated_on=body.allocated_on,
        direct_fund_flag=body.direct_fund_flag,
        by=asked.actor,
        now=asked.now,
    )


def issue_fund(asked: Asked, batch_id: str, body: schemas.IssueFundBody) -> IssueFund:
    """Link a part of an allocation to quota of a project that carries the same flag."""
    return IssueFund(
        batch_id=batch_id,
        allocation_id=body.allocation_id,
        project_code=body.project_code,
        fiscal_year=body.fiscal_year,
        document_no=body.document_no,
        amount=body.amount,
        by=asked.actor,
        now=asked.now,
    )


def record_direct_fund(
    asked: Asked, body: schemas.RecordDirectFundBody
) -> tuple[ReceiveFund | AllocateFund, ...]:
    """Enter a batch with its allocations as the ledger has them. What is known stays as it is."""
    flag = body.lines[0].direct_fund_flag
    for number, line in enumerate(body.lines):
        if line.direct_fund_flag is not flag:
            raise FlagLost(pointer=f"/lines/{number}/direct_fund_flag", flag=flag.value)
        if line.document_no and (line.allocated_on is None or not line.recipient):
            raise LineWithoutDocument(pointer=f"/lines/{number}/recipient")
    batch = ReceiveFund(
        region_code=asked.region_code or "",
        fiscal_year=body.received_on.year,
        fund_name=body.fund_name,
        superior_document_no=body.superior_document_no,
        direct_fund_flag=flag,
        kind=body.kind,
        amount=Money.total(line.amount for line in body.lines),
        received_on=body.received_on,
        by=asked.actor,
        now=asked.now,
    )
    return (batch, *_allocations(asked, batch.batch_id, body))


def _allocations(
    asked: Asked, batch_id: str, body: schemas.RecordDirectFundBody
) -> tuple[AllocateFund, ...]:
    return tuple(
        AllocateFund(
            batch_id=batch_id,
            document_no=line.document_no,
            recipient_kind=_kind(asked, line.recipient),
            recipient=line.recipient,
            project_code=line.project_code,
            amount=line.amount,
            allocated_on=line.allocated_on,
            by=asked.actor,
            now=asked.now,
        )
        for line in body.lines
        if line.document_no and line.allocated_on is not None
    )


def _kind(asked: Asked, recipient: str) -> RecipientKind:
    """A county is a region code (GB/T 2260) below one's own; anything else is a unit."""
    county = _COUNTY.fullmatch(recipient) and asked.region_code in region_line(recipient)[1:]
    return RecipientKind.COUNTY if county else RecipientKind.UNIT


def open_fund_finding(asked: Asked, body: schemas.OpenFundFindingBody) -> OpenFundFinding:
    """Suspect something about key funds."""
    return OpenFundFinding(
        finding_id=asked.new_id(),
        region_code=body.region_code,
        fiscal_year=body.fiscal_year,
        kind=body.kind,
        level=body.level,
        batch_id=body.batch_id,
        project_code=body.project_code,
        unit_code=body.unit_code,
        department_code=body.department_code,
        amount=body.amount,
        note=body.note,
        by=asked.actor,
        now=asked.now,
    )


def judge_fund_finding(
    asked: Asked, finding_id: str, body: schemas.JudgeFundFindingBody
) -> JudgeFundFinding:
    """Say whether all is in order or a rule was broken."""
    return JudgeFundFinding(
        finding_id=finding_id,
        judgement=body.judgement,
        opinion=body.opinion,
        by=asked.actor,
        now=asked.now,
    )


def rectify_fund_finding(
    asked: Asked, finding_id: str, body: schemas.RectifyFundFindingBody
) -> RectifyFundFinding:
    """Say how a violation was put right, with proof."""
    return RectifyFundFinding(
        finding_id=finding_id,
        result=body.result,
        evidence=body.evidence,
        by=asked.actor,
        now=asked.now,
    )


def close_fund_finding(asked: Asked, finding_id: str) -> CloseFundFinding:
    """End a finding. A violation is put right first, and by another person."""
    return CloseFundFinding(finding_id=finding_id, by=asked.actor, now=asked.now)


def record_linkage_project(
    asked: Asked, body: schemas.RecordLinkageProjectBody
) -> RecordLinkageProject:
    """Enter a project of linkage funds, or what has become of it. The same changes nothing."""
    households, persons = (int(part) for part in _PARTS.findall(body.beneficiaries))
    return RecordLinkageProject(
        project_code=body.project_code,
        fiscal_year=body.fiscal_year or business_date(asked.now).year,
        county=body.region_code,
        stated=Stated(
            kind=body.kind,
            amount=body.amount,
            target=body.target,
            completion=body.completion,
            households=households,
            persons=persons,
            notice=body.notice,
            score=body.score,
        ),
        by=asked.actor,
        now=asked.now,
    )


def announce_fund(
    asked: Asked, project_code: str, fiscal_year: int, body: schemas.AnnounceFundBody
) -> AnnounceFund:
    """Enter a public notice of a project of linkage funds, with its proof."""
    return AnnounceFund(
        project_code=project_code,
        fiscal_year=fiscal_year,
        place=body.place,
        announced_on=body.announced_on,
        evidence=body.evidence,
        by=asked.actor,
        now=asked.now,
    )


_FUNDS: Final = "Key funds"
_PROJECT: Final = "/linkage-projects/{id}"
KEY_FUND_COMMANDS: Final = (
    CommandEndpoint(
        path="/key-funds", translate=receive_fund, tag=_FUNDS, creates=True, moves_money=True
    ),
    CommandEndpoint(
        path=f"{_BATCH}/allocate",
        translate=allocate_fund,
        tag=_FUNDS,
        creates=True,
        moves_money=True,
        location="/key-funds/{id}",
    ),
    CommandEndpoint(
        path=f"{_BATCH}/issue",
        translate=issue_fund,
        tag=_FUNDS,
        creates=True,
        moves_money=True,
        location="/key-funds/{id}",
    ),
    CommandEndpoint(
        path="/direct-fund-ledger",
        translate=record_direct_fund,
        tag=_FUNDS,
        creates=True,
        moves_money=True,
        location="/key-funds/{id}",
    ),
    CommandEndpoint(path="/fund-findings", translate=open_fund_finding, tag=_FUNDS, creates=True),
    CommandEndpoint(path=f"{_FINDING}/judge", translate=judge_fund_finding, tag=_FUNDS),
    CommandEndpoint(path=f"{_FINDING}/rectify", translate=rectify_fund_finding, tag=_FUNDS),
    CommandEndpoint(path=f"{_FINDING}/close", translate=close_fund_finding, tag=_FUNDS),
    CommandEndpoint(
        path="/linkage-projects",
        translate=record_linkage_project,
        tag=_FUNDS,
        creates=True,
        location=_PROJECT,
    ),
    CommandEndpoint(
        path="/linkage-projects/{project_code}/{fiscal_year}/announce",
        translate=announce_fund,
        tag=_FUNDS,
        creates=True,
        location=_PROJECT,
    ),
)
