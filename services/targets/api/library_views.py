"""What a reader of the libraries is shown."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from services.targets.api.library_schemas import CaseIndicatorBody
from services.targets.api.views import View
from services.targets.domain.library_diff import Difference
from services.targets.projections.library_register import LibraryEntryRow
from shared.contracts.fields import Number


class LibraryView(View):
    """A library and its published version."""

    library: str
    region_code: str
    library_version: int
    classes: int
    entries: int
    published_on: date | None


class LibraryVersionView(View):
    """A published version. It stays readable: `entries?version=`."""

    library: str
    library_version: int
    classes: int
    entries: int = Field(description="Entries in use when it was published.")
    published_on: date


class LibraryClassView(View):
    """A class of a library."""

    library: str
    class_code: str
    class_name: str
    entries: int


class LibraryEntryView(BaseModel):
    """An entry of a library. What it does not say is empty."""

    library: str
    class_code: str
    code: str
    name: str
    level1: str | None = None
    level2: str = ""
    unit: str = ""
    text: str = Field(default="", description="An explanation; the goal of a model case.")
    operator: str | None = None
    nature: str | None = None
    reference_value: Number | None = None
    value_desc: str = ""
    standard: str = Field(default="", description="The scoring standard.")
    obtain_method: str = ""
    data_source: str = ""
    is_common: bool = False
    lower_is_better: bool = False
    start_on: date | None = None
    end_on: date | None = None
    indicators: list[CaseIndicatorBody] = []
    retired: str | None = Field(default=None, description="Why nobody may take it any more.")


class LibraryHit(LibraryEntryView):
    """An entry that a search found."""

    shared: int = Field(description="How many bigrams of the words its name has.")


class LibraryStatistics(BaseModel):
    """Counted from the entries, not told by anybody."""

    library: str
    library_version: int
    class_count: int = Field(description="Industries, case classes or core classes.")
    entry_count: int = Field(
        description="Level-3 indicators, cases or core indicators that are not retired."
    )
    published_on: date | None


class EntryName(BaseModel):
    """An entry by its name."""

    class_code: str
    code: str
    name: str


class FieldChange(BaseModel):
    """A field that says something else; absent where it said nothing."""

    field: str
    before: Any = None
    after: Any = None


class EntryChange(EntryName):
    """An entry that says something else."""

    fields: list[FieldChange]


class EntryGone(EntryName):
    """An entry that nobody may take any more."""

    reason: str = Field(description="As given; LEFT_OUT where its class was entered without it.")


class LibraryDifference(BaseModel):
    """What a version has that an earlier one had not, and the other way round."""

    library: str
    from_version: int
    to_version: int
    added: list[EntryName]
    changed: list[EntryChange]
    retired: list[EntryGone]


class ClassUsage(BaseModel):
    """How often the entries of a class of one version were taken."""

    library_version: int
    class_code: str
    targets: int
    approved: int
    entries: int


class EntryUsage(BaseModel):
    """How often an entry was taken."""

    class_code: str
    code: str
    targets: int
    approved: int


class LibraryUsage(BaseModel):
    """What was taken from a library, by the targets one may see."""

    library: str
    library_version: int
    entry_count: int = Field(description="Entries of the library that are not retired.")
    used_entries: int
    targets: int = Field(description="Targets that took at least one indicator from it.")
    approved: int = Field(description="Those of them that bind.")
    by_class: list[ClassUsage]
    most_used: list[EntryUsage]


def shown(row: LibraryEntryRow, retired: Mapping[str, str]) -> LibraryEntryView:
    """An entry as a reader sees it."""
    return LibraryEntryView.model_validate(_fields(row, retired))


def hit(row: Any, retired: Mapping[str, str]) -> LibraryHit:  # noqa: ANN401 - a row of a search
    """An entry as a searcher sees it."""
    return LibraryHit.model_validate({**_fields(row, retired), "shared": row.rank})


def _fields(row: Any, retired: Mapping[str, str]) -> dict[str, object]:  # noqa: ANN401
    place = {"library": row.library, "class_code": row.class_code}
    return {**json.loads(row.entry_json), **place, "retired": retired.get(row.code)}


def differences(
    library: str, versions: tuple[int, int], names: Mapping[str, Mapping[str, Any]], d: Difference
) -> LibraryDifference:
    """A difference with the names of its entries."""

    def named(code: str) -> dict[str, Any]:
        return {"code": code, **{key: names[code][key] for key in ("class_code", "name")}}

    return LibraryDifference(
        library=library,
        from_version=versions[0],
        to_version=versions[1],
        added=[EntryName(**named(code)) for code in d.added],
        changed=[
            EntryChange(
                **named(code),
                fields=[
                    FieldChange(field=field, before=before, after=after)
                    for field, (before, after) in fields.items()
                ],
            )
            for code, fields in d.changed.items()
        ],
        retired=[EntryGone(**named(code), reason=reason) for code, reason in d.retired.items()],
    )
