"""The descriptor of a Data Package 2.0 over the tables of a day, with a model of its money.

It also keeps what version 1 and the Fiscal Data Package ask for (`profile`, `model`), so that
older programs read it too.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from services.disclosure.api.bulk.datasets import Dataset
from services.disclosure.api.bulk.every_dataset import DATASETS
from services.disclosure.api.bulk.manifest import (
    LICENCE,
    LICENCE_URL,
    ExportFile,
    ExportManifest,
    FileFormat,
    FileKind,
)
from services.disclosure.api.catalogue.columns import fields_of
from services.disclosure.api.catalogue.publishing_office import Office

PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
TABLE_PROFILE: Final = "https://datapackage.org/profiles/2.0/dataresource.json"
SCHEMA_PROFILE: Final = "https://datapackage.org/profiles/2.0/tableschema.json"
DIALECT_PROFILE: Final = "https://datapackage.org/profiles/2.0/tabledialect.json"
CURRENCY: Final = "CNY"
# (dataset, column) → (phase of the budget, where the money goes).
_MEASURES: Final = {
    "requested": ("projects", "requested", "proposed", "expenditure"),
    "approved": ("projects", "approved", "approved", "expenditure"),
    "adjusted": ("projects", "budget", "adjusted", "expenditure"),
    "recovered": ("recoveries", "amount", "executed", "revenue"),
}
_DIMENSIONS: Final = {
    "year": ("datetime", ("fiscal_year",)),
    "region": ("location", ("region_code",)),
    "office": ("entity", ("department_code", "unit_code")),
    "project": ("activity", ("project_code", "name")),
}


def descriptor(
    base: str, office: Office, day: date | None, manifest: ExportManifest | None
) -> dict[str, Any]:
    """Every dataset as a table of the day; sizes and hashes where its files lie ready."""
    made = {one.name: one.files for one in manifest.datasets} if manifest else {}
    return {
        "$schema": PROFILE,
        "profile": "tabular-data-package",
        "name": f"abacus-{office.code.lower()}-budget-performance",
        "id": f"{base}/v1/catalogue",
        "title": f"{office.name}预算绩效公开数据",
        "description": "预算绩效管理的公开登记：项目、目标、监控、评价、结果应用与信息公开。",
        "homepage": f"{base}/portal/feeds",
        **({"version": day.isoformat()} if day else {}),
        "contributors": [{"title": office.name, "role": "publisher", "roles": ["publisher"]}],
        "licenses": [{"name": LICENCE, "path": LICENCE_URL}],
        "countryCode": "CN",
        "granularity": "transactional",
        "resources": [_resource(one, base, day, made.get(one.name)) for one in DATASETS],
        "model": _model(),
    }


def _resource(
    dataset: Dataset, base: str, day: date | None, files: list[ExportFile] | None
) -> dict[str, Any]:
    path = f"{base}/v1/exports/{day}/{dataset.name}/full.csv.gz"
    if day is None:  # nothing can be exported yet: the list tells what there is
        joined = "&" if "?" in dataset.listed else "?"
        path = f"{base}{dataset.listed}{joined}format=csv"
    resource: dict[str, Any] = {
        "$schema": TABLE_PROFILE,
        "profile": "tabular-data-resource",
        "name": dataset.name,
        "type": "table",
        "title": dataset.title,
        "description": dataset.title_en,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "$schema": DIALECT_PROFILE,
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "doubleQuote": True,
            "skipInitialSpace": False,
        },
        "schema": {
            "$schema": SCHEMA_PROFILE,
            "fields": fields_of(dataset),
            "primaryKey": list(dataset.key),
        },
    }
    if day is not None:
        resource["compression"] = "gz"
    for file in files or ():
        if (file.kind, file.format) == (FileKind.FULL, FileFormat.CSV):
            resource |= {"bytes": file.bytes, "hash": f"sha256:{file.sha256}"}
    return resource


def _model() -> Mapping[str, Any]:
    """Which columns are money, and by what it is told apart."""
    return {
        "measures": {
            name: {
                "resource": dataset,
                "source": column,
                "currency": CURRENCY,
                "phase": phase,
                "direction": direction,
            }
            for name, (dataset, column, phase, direction) in _MEASURES.items()
        },
        "dimensions": {
            name: {
                "dimensionType": kind,
                "primaryKey": columns[0] if name != "office" else list(columns),
                "attributes": {
                    column: {"resource": "projects", "source": column} for column in columns
                },
            }
            for name, (kind, columns) in _DIMENSIONS.items()
        },
    }
