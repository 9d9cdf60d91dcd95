"""How an indicator will be proved and priced: words of 财预〔2021〕101号 (`domain` §4.3)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shared.domain.money import Money


class ObtainMethod(StrEnum):
    """How the actual value is obtained (取值方式)."""

    DIRECT_PROOF = "DIRECT_PROOF"
    STATISTICS = "STATISTICS"
    STATEMENT = "STATEMENT"
    QUESTIONNAIRE = "QUESTIONNAIRE"
    TREND_JUDGEMENT = "TREND_JUDGEMENT"


class DataSource(StrEnum):
    """Where the actual value comes from (数据来源)."""

    NATIONAL_STATISTICS = "NATIONAL_STATISTICS"
    AUTHORITY_SURVEY = "AUTHORITY_SURVEY"
    DEPARTMENT_YEARBOOK = "DEPARTMENT_YEARBOOK"
    DEPARTMENT_STATISTICS = "DEPARTMENT_STATISTICS"
    DEPARTMENT_RECORDS = "DEPARTMENT_RECORDS"
    DEPARTMENT_JUDGEMENT = "DEPARTMENT_JUDGEMENT"
    SURVEY_REPORT = "SURVEY_REPORT"
    MEDIA = "MEDIA"
    OTHER = "OTHER"


class EvidenceKind(StrEnum):
    """What kind of paper will prove it (佐证资料)."""

    OFFICIAL_DOCUMENT = "OFFICIAL_DOCUMENT"
    WORKING_PAPER = "WORKING_PAPER"
    ORIGINAL_VOUCHER = "ORIGINAL_VOUCHER"
    STATEMENT = "STATEMENT"


class Attainment(StrEnum):
    """The three levels of a qualitative indicator (10号 art. 16)."""

    MET = "MET"
    PARTLY_MET = "PARTLY_MET"
    NOT_MET = "NOT_MET"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """How the actual value of one indicator will be obtained and evidenced."""

    obtain_method: ObtainMethod | None = None
    data_source: DataSource | None = None
    evidence: tuple[EvidenceKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Costing:
    """What one unit costs in yuan, and how many units the money buys."""

    unit_cost: Money
    quantity: Decimal

    @property
    def amount(self) -> Money:
        """Unit cost × quantity."""
        return self.unit_cost.times(self.quantity)
