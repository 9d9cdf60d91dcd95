"""What is shown of rural linkage funds."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Self

from pydantic import BaseModel

from services.monitoring.api.key_fund_views import rate
from services.monitoring.projections.key_fund_linkage import LinkageRow, NoticeRow
from shared.contracts.fields import Rate, Yuan
from shared.domain.money import Money


class NoticeView(BaseModel):
    """One public notice."""

    place: str
    announced_on: date
    evidence: str

    @classmethod
    def of(cls, row: NoticeRow) -> Self:
        """A row."""
        return cls(place=row.place, announced_on=row.announced_on, evidence=row.evidence)


class LinkageView(BaseModel):
    """One project of linkage funds."""

    linkage_id: str
    project_code: str
    fiscal_year: int
    region_code: str
    unit_code: str
    kind: str
    amount: Yuan
    target: str
    completion: str
    households: int
    persons: int
    notice: str
    notices: int
    score: str | None
    version: int

    @classmethod
    def of(cls, row: LinkageRow) -> Self:
        """A row in yuan."""
        hidden = {"amount_fen", "department_code", "industry_share_min", "rule_set_version"}
        return cls(**row.model_dump(exclude=hidden), amount=Money(row.amount_fen))


class ShareView(BaseModel):
    """How much of the linkage funds of a county is for industry, against the rule."""

    region_code: str
    amount: Yuan
    industry: Yuan
    share: Rate | None
    share_min: Rate
    rule_set_version: int
    met: bool

    @classmethod
    def of(cls, region_code: str, rows: Sequence[LinkageRow]) -> Self:
        """The projects of one county; the newest rules of them hold."""
        newest = max(rows, key=lambda row: row.rule_set_version)
        amount = Money(sum(row.amount_fen for row in rows))
        industry = Money(sum(row.amount_fen for row in rows if row.kind == "INDUSTRY"))
        share, least = rate(industry, amount), Decimal(newest.industry_share_min)
        return cls(
            region_code=region_code,
            amount=amount,
            industry=industry,
            share=share,
            share_min=least,
            rule_set_version=newest.rule_set_version,
            met=share is not None and share >= least,
        )
