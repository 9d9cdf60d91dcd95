"""What a request about a library may say."""

from typing import Annotated

from fastapi import Query
from pydantic import Field

from services.targets.api.schemas import Body, Code, Name, Points, Text, Value
from services.targets.domain.library_entry import Nature
from services.targets.domain.values import Level1, Level2, Library, Operator
from shared.contracts.fields import Day

ENTRIES_MAX = 500
CASE_INDICATORS_MAX = 60
CASE_ROWS_MAX = 10_000

# A code stands in a path, where a stroke separates the parts.
EntryCode = Annotated[str, Field(pattern=r"^[^\s/?#%]{1,60}$", examples=["XJ_INDUSTRY-01-0001"])]
Standard = Annotated[str, Field(max_length=400)]
ClassCode = Annotated[str | None, Query(max_length=40)]
VersionNumber = Annotated[int | None, Query(ge=1, description="A published version.")]
Words = Annotated[str | None, Query(min_length=1, max_length=40)]
Short = Annotated[str, Field(max_length=40)]
Said = Annotated[str, Field(max_length=200)]


class CaseIndicatorBody(Body):
    """An indicator of a model case. The weights of a case sum to 90."""

    level1: Level1
    level2: Level2
    name: Name
    operator: Operator
    target_value: Value | None = None
    unit: Short = ""
    weight: Points
    lower_is_better: bool = False
    standard: Standard = ""


class EntryBody(Body):
    """A level-3 indicator, or a model case with its goal in `text` and its indicators."""

    code: EntryCode
    name: Name
    level1: Level1 | None = None
    level2: Short = ""
    unit: Short = ""
    text: Text = ""
    operator: Operator | None = None
    nature: Nature | None = None
    reference_value: Value | None = None
    value_desc: Said = ""
    standard: Standard = ""
    obtain_method: Said = ""
    data_source: Said = ""
    is_common: bool = False
    lower_is_better: bool = False
    start_on: Day | None = None
    end_on: Day | None = None
    indicators: Annotated[tuple[CaseIndicatorBody, ...], Field(max_length=CASE_INDICATORS_MAX)] = ()


class CaseRowBody(Body):
    """A row of a sheet of cases. Without a code it is one more indicator of the case above."""

    code: Annotated[str, Field(pattern=r"^[^\s/?#%]{0,60}$")] = ""
    name: Annotated[str, Field(max_length=200)] = ""
    text: Text = ""
    indicator: CaseIndicatorBody | None = None


class ModelCasesBody(Body):
    """A class of model cases, row by row."""

    region_code: Code
    class_code: Code
    class_name: Name
    rows: Annotated[tuple[CaseRowBody, ...], Field(max_length=CASE_ROWS_MAX)]


class LibraryClassBody(Body):
    """A whole class of a library."""

    library: Library
    region_code: Code
    class_code: Code
    class_name: Name
    entries: Annotated[tuple[EntryBody, ...], Field(max_length=ENTRIES_MAX)]
