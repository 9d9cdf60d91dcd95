"""The catalogue as DCAT 3 (W3C Recommendation, 22 August 2024) in JSON-LD.

Every dataset can be had from the API (now, filtered) and as files of the last day that is over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from services.disclosure.api.bulk.datasets import Dataset
from services.disclosure.api.bulk.every_dataset import DATASETS
from services.disclosure.api.bulk.manifest import (
    ENDINGS,
    LICENCE_URL,
    ExportFile,
    ExportManifest,
    FileFormat,
    FileKind,
)
from services.disclosure.api.catalogue.publishing_office import Office
from services.disclosure.api.catalogue.standards import STANDARDS, Standard

MEDIA_TYPE: Final = "application/ld+json"
_IANA: Final = "https://www.iana.org/assignments/media-types/"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_WRITTEN: Final = {
    FileFormat.NDJSON: "application/x-ndjson",
    FileFormat.CSV: "text/csv",
    FileFormat.XLSX: _XLSX,
}
_DAILY: Final = {"@id": "http://purl.org/cld/freq/daily"}
_LICENCE: Final = {"@id": LICENCE_URL}

type Node = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What stands in the catalogue: whose it is, the last day that is over, its files if made."""

    base: str
    office: Office
    day: date | None
    manifest: ExportManifest | None

    @property
    def place(self) -> str:
        """The address of the catalogue itself."""
        return f"{self.base}/v1/catalogue"

    def files(self, dataset: str) -> Sequence[ExportFile]:
        """The full files of a dataset; none while they do not lie ready."""
        datasets = self.manifest.datasets if self.manifest else ()
        found = [file for one in datasets if one.name == dataset for file in one.files]
        return [file for file in found if file.kind is FileKind.FULL]


def catalogue(shelf: Shelf) -> Node:
    """Everything that can be had, and how."""
    place, common = shelf.place, _common(shelf)
    datasets = [_dataset(shelf, one, common) for one in DATASETS]
    year = shelf.office.promised_year
    if year is not None:
        datasets += [_standard(shelf, one, common, year) for one in STANDARDS]
    return {
        "@context": CONTEXT,
        "@id": place,
        "@type": "dcat:Catalog",
        "dct:identifier": place,
        "dct:title": _texts(
            f"{shelf.office.name}预算绩效公开数据目录", "Open data on budget performance"
        ),
        "dct:description": _texts(
            "预算绩效管理全过程的公开登记，可整体下载、按日增量更新、逐条核验。",
            "The public registers of budget performance: whole, by day, and provable.",
        ),
        "dct:language": ["zh", "en"],
        "foaf:homepage": {"@id": f"{shelf.base}/portal/feeds"},
        **({"dct:modified": _day(shelf.day)} if shelf.day else {}),
        **common,
        "dcat:service": [_service(shelf, datasets)],
        "dcat:dataset": datasets,
    }


def _common(shelf: Shelf) -> Node:
    """What holds of the catalogue and of every dataset in it."""
    office = shelf.office
    found: Node = {
        "dct:publisher": {
            "@id": f"{shelf.place}#publisher",
            "@type": "foaf:Agent",
            "foaf:name": office.name,
            "dct:identifier": office.code,
        },
        "dct:license": _LICENCE,
        "dct:spatial": {
            "@id": f"{shelf.place}#region",
            "@type": "dct:Location",
            "dct:identifier": office.code,
            "dct:title": office.name,
        },
    }
    if office.covers is not None:
        first, last = office.covers
        found["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(first),
            "dcat:endDate": _day(last),
        }
    return found


def _service(shelf: Shelf, datasets: Sequence[Node]) -> Node:
    return {
        "@id": f"{shelf.place}#api",
        "@type": "dcat:DataService",
        "dct:title": _texts("公开接口", "The public API"),
        "dcat:endpointURL": {"@id": f"{shelf.base}/v1"},
        "dcat:endpointDescription": {"@id": f"{shelf.base}/openapi.json"},
        "dct:conformsTo": {"@id": "https://spec.openapis.org/oas/v3.1.0"},
        "dct:license": _LICENCE,
        "dcat:servesDataset": [{"@id": one["@id"]} for one in datasets],
    }


def _dataset(shelf: Shelf, one: Dataset, common: Node) -> Node:
    identity = f"{shelf.place}#{one.name}"
    conforms = {"@id": f"{shelf.place}/schemas/{one.name}"}
    address = f"{shelf.base}{one.listed_of(shelf.office.code, shelf.office.last_year)}"
    listed = _listed(shelf, identity, address, "application/json", conforms)
    return {
        "@id": identity,
        "@type": "dcat:Dataset",
        "dct:identifier": one.name,
        "dct:title": _texts(one.title, one.title_en),
        "dct:description": _texts(
            f"{one.title}：全部年度、全部地区。", f"{one.title_en}: all years, all regions."
        ),
        "dct:accrualPeriodicity": _DAILY,
        **({"dcat:version": shelf.day.isoformat()} if shelf.day else {}),
        **common,
        "dct:conformsTo": conforms,
        "dcat:distribution": [listed, *_files(shelf, one.name, conforms)],
    }


def _standard(shelf: Shelf, one: Standard, common: Node, year: int) -> Node:
    """A writing of the facts by an international standard, for the region and its last year."""
    identity, conforms = f"{shelf.place}#{one.name}", {"@id": one.standard}
    address = f"{shelf.base}{one.path}?region={shelf.office.code}&fiscal_year={year}"
    return {
        "@id": identity,
        "@type": "dcat:Dataset",
        "dct:identifier": one.name,
        "dct:title": _texts(one.title, one.title_en),
        "dct:description": _texts(one.description, one.description_en),
        **common,
        "dct:conformsTo": conforms,
        "dcat:distribution": [_listed(shelf, identity, address, one.media_type, conforms)],
    }


def _listed(shelf: Shelf, identity: str, address: str, media_type: str, conforms: Node) -> Node:
    """What the API answers now, filtered as one likes."""
    return {
        "@id": f"{identity}-api",
        "@type": "dcat:Distribution",
        "dct:title": _texts("接口", "The API"),
        "dcat:accessURL": {"@id": address},
        "dcat:accessService": {"@id": f"{shelf.place}#api"},
        "dcat:mediaType": {"@id": f"{_IANA}{media_type}"},
        "dct:license": _LICENCE,
        "dct:conformsTo": conforms,
    }


def _files(shelf: Shelf, name: str, conforms: Node) -> list[Node]:
    """The files of the last day that is over; with size and hash where they lie ready."""
    if shelf.day is None:
        return []
    ready = {file.format: file for file in shelf.files(name)}
    found = []
    for form in FileFormat:
        if ready and form not in ready:
            continue
        node: Node = {
            "@id": f"{shelf.place}#{name}-{form.lower()}",
            "@type": "dcat:Distribution",
            "dct:title": _texts(f"{form} 全量文件", f"All rows as {form}"),
            "dcat:accessURL": {"@id": f"{shelf.base}/v1/exports/{shelf.day}"},
            "dcat:downloadURL": {
                "@id": f"{shelf.base}/v1/exports/{shelf.day}/{name}/full{ENDINGS[form]}"
            },
            "dcat:mediaType": {"@id": f"{_IANA}{_WRITTEN[form]}"},
            "dct:issued": _day(shelf.day),
            "dct:license": _LICENCE,
            "dct:conformsTo": conforms,
        }
        if form is not FileFormat.XLSX:
            node["dcat:compressFormat"] = {"@id": f"{_IANA}application/gzip"}
        found.append(node | _proof(ready.get(form)))
    return found


def _proof(file: ExportFile | None) -> Node:
    if file is None:
        return {}
    return {
        "dcat:byteSize": {"@value": str(file.bytes), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
    }


def _texts(chinese: str, english: str) -> list[Mapping[str, str]]:
    return [
        {"@value": chinese, "@language": "zh"},
        {"@value": english, "@language": "en"},
    ]


def _day(day: date) -> Node:
    return {"@value": day.isoformat(), "@type": "xsd:date"}
