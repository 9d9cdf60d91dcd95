"""The columns of a dataset: types by Table Schema, and what each is in the taxonomy of budgets.

The taxonomy is that of the Fiscal Data Package 1.0 (budget standard taxonomy). We map what has a
meaning there and leave the rest alone: "mapped", not "conformant".
"""

from collections.abc import Mapping
from typing import Any, Final

from services.disclosure.api.bulk.datasets import Dataset
from shared.domain.money import PATTERN

VALUE: Final = "value"
COLUMN_TYPES: Final[Mapping[str, str]] = {
    "fiscal_year": "date:fiscal-year",
    "region_code": "geo:generic:code",
    "department_code": "administrative-classification:generic:level1:code",
    "unit_code": "administrative-classification:generic:level2:code",
    "project_code": "activity:generic:project:code",
    "project_name": "activity:generic:project:label",
}
_OF_PROJECTS: Final[Mapping[str, str]] = {
    "name": "activity:generic:project:label",
    "approved_on": "date:fiscal:activity-approval",
}
_EXACT: Final = frozenset({"score", "self_score", "final_score", "execution_rate"})
"""Numbers that the API tells as texts, so that no digit is lost."""
_BY_FORMAT: Final = {"date": "date", "date-time": "datetime"}


def fields_of(dataset: Dataset) -> list[dict[str, Any]]:
    """The columns in their order, as Table Schema has them."""
    known = dataset.view.model_json_schema(mode="serialization")["properties"]
    return [_field(dataset, name, _present(known[name])) for name in dataset.columns]


def _field(dataset: Dataset, name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": type_of(name, said)}
    if described := said.get("description"):
        field["description"] = described
    if name in dataset.key:
        field["constraints"] = {"required": True}
    if meaning := column_type(dataset.name, name, said):
        field["columnType"] = meaning
    return field


def type_of(name: str, said: Mapping[str, Any]) -> str:
    """The type of a column by Table Schema."""
    kind = said.get("type", "any")
    if kind == "string" and (is_money(said) or name in _EXACT):
        return "number"
    if kind == "string" and said.get("format") in _BY_FORMAT:
        return _BY_FORMAT[said["format"]]
    return str(kind)


def column_type(dataset: str, name: str, said: Mapping[str, Any]) -> str | None:
    """What a column is in the taxonomy of budgets; nothing where it has no such meaning."""
    if is_money(said):
        return VALUE
    if dataset == "projects" and name in _OF_PROJECTS:
        return _OF_PROJECTS[name]
    return COLUMN_TYPES.get(name)


def is_money(said: Mapping[str, Any]) -> bool:
    """Whether a column is an amount of yuan."""
    return said.get("pattern") == PATTERN


def _present(said: Mapping[str, Any]) -> dict[str, Any]:
    """What a field is where it is not empty."""
    kinds = [one for one in said.get("anyOf", ()) if one.get("type") != "null"]
    return {**said, **kinds[0]} if kinds else dict(said)
