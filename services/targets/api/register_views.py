"""What a reader of the registers is shown."""

from datetime import date

from pydantic import BaseModel, Field

from services.targets.api.views import Amount, Listed, View
from shared.contracts.fields import Number


class RegionView(View):
    """A region."""

    region_code: str
    name: str
    parent_code: str | None
    approval_authority: str
    leader: str


class UnitView(View):
    """A budget unit."""

    unit_code: str
    name: str
    region_code: str
    department_code: str
    department_name: str
    business: str
    finance: str
    head: str
    origin: str


class LibraryView(View):
    """A library and its published version."""

    library: str
    region_code: str
    library_version: int
    classes: int
    entries: int
    published_on: date | None


class LibraryClassView(View):
    """A class of a library."""

    library: str
    class_code: str
    class_name: str
    entries: int


class LibraryEntryView(View):
    """An entry of a library."""

    library: str
    class_code: str
    code: str
    name: str
    level1: str | None
    level2: str
    unit: str
    text: str
    reference_value: Number | None


class LibraryStatistics(BaseModel):
    """Counted from the entries, not told by anybody."""

    library: str
    library_version: int
    class_count: int = Field(description="Industries, case classes or core classes.")
    entry_count: int = Field(description="Level-3 indicators, cases or core indicators.")
    published_on: date | None


class ProjectView(View):
    """A project."""

    project_code: str
    name: str
    fiscal_year: int
    region_code: str
    unit_code: str
    department_code: str
    status: str
    kind: str
    requested: Amount = Field(validation_alias="requested_fen")
    budget: Amount | None = Field(validation_alias="budget_fen")
    needs_ex_ante: bool
    triggers: Listed
    function_code: str
    fund_type_code: str
    direct_fund_flag: str
    business: str
    finance: str
    head: str
    origin: str
