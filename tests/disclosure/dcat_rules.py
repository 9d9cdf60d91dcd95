"""The rules of DCAT 3 that a JSON-LD catalogue of ours can break, each found by name.

Classes with their properties are those of the recommendation of 22 August 2024 (§6); ranges are
checked where the recommendation gives one: addresses are nodes, dates and sizes are typed.
"""

from collections.abc import Iterator
from typing import Any, Final

RESOURCE: Final = {
    "dct:identifier", "dct:title", "dct:description", "dct:publisher", "dct:license",
    "dct:language", "dct:issued", "dct:modified", "dct:conformsTo", "dcat:version",
    "dcat:keyword", "dcat:theme",
}  # fmt: skip
DATASET: Final = RESOURCE | {
    "dct:spatial", "dct:temporal", "dct:accrualPeriodicity", "dcat:distribution",
}  # fmt: skip
PROPERTIES: Final = {
    "dcat:Catalog": DATASET | {"foaf:homepage", "dcat:dataset", "dcat:service"},
    "dcat:Dataset": DATASET,
    "dcat:DataService": RESOURCE
    | {"dcat:endpointURL", "dcat:endpointDescription", "dcat:servesDataset"},
    "dcat:Distribution": {
        "dct:title", "dct:description", "dct:issued", "dct:modified", "dct:license",
        "dct:conformsTo", "dcat:accessURL", "dcat:downloadURL", "dcat:accessService",
        "dcat:mediaType", "dct:format",
        "dcat:compressFormat", "dcat:byteSize", "spdx:checksum",
    },
    "foaf:Agent": {"foaf:name", "dct:identifier"},
    "dct:Location": {"dct:identifier", "dct:title"},
    "dct:PeriodOfTime": {"dcat:startDate", "dcat:endDate"},
    "spdx:Checksum": {"spdx:algorithm", "spdx:checksumValue"},
}  # fmt: skip
NEEDED: Final = {
    "dcat:Catalog": {
        "dct:title", "dct:description", "dct:publisher", "dct:license", "dcat:dataset",
    },
    "dcat:Dataset": {
        "dct:title", "dct:description", "dct:publisher", "dct:license", "dct:conformsTo",
        "dct:identifier", "dcat:distribution",
    },
    "dcat:DataService": {"dct:title", "dcat:endpointURL"},
    "dcat:Distribution": {"dcat:accessURL", "dcat:mediaType", "dct:license"},
    "dct:PeriodOfTime": {"dcat:startDate", "dcat:endDate"},
    "spdx:Checksum": {"spdx:algorithm", "spdx:checksumValue"},
}  # fmt: skip
NODES: Final = {
    "dct:license", "dct:conformsTo", "dcat:accessURL", "dcat:downloadURL", "dcat:accessService",
    "dcat:mediaType", "dcat:compressFormat", "dcat:endpointURL", "dcat:endpointDescription",
    "dct:accrualPeriodicity", "foaf:homepage", "spdx:algorithm",
}  # fmt: skip
TYPED: Final = {
    "dct:issued": "xsd:date", "dct:modified": "xsd:date", "dcat:startDate": "xsd:date",
    "dcat:endDate": "xsd:date", "dcat:byteSize": "xsd:nonNegativeInteger",
    "spdx:checksumValue": "xsd:hexBinary",
}  # fmt: skip


def broken(told: dict[str, Any]) -> list[str]:
    """What of the catalogue is not as DCAT wants it."""
    found = list(_broken(told, set(told["@context"])))
    named = [one["@id"] for one in _nodes(told) if "@type" in one and "@id" in one]
    datasets = {one["@id"] for one in told["dcat:dataset"]}
    for service in told["dcat:service"]:
        served = {one["@id"] for one in service["dcat:servesDataset"]}
        found += [f"serves what is not here: {one}" for one in served - datasets]
    distributions = [one for one in named if "-" in one.partition("#")[2]]
    found += [f"named twice: {one}" for one in distributions if distributions.count(one) > 1]
    return found


def addresses(told: object, base: str) -> list[str]:
    """Every address of ours in the catalogue, without fragments."""
    found = {
        node["@id"].partition("#")[0]
        for node in _nodes(told)
        if str(node.get("@id", "")).startswith(base)
    }
    return sorted(found - {f"{base}/v1"})  # the root of an API answers nothing itself


def _broken(node: dict[str, Any], prefixes: set[str]) -> Iterator[str]:
    kind = node.get("@type")
    if kind is not None and "@value" not in node:
        keys = {key for key in node if not key.startswith("@")}
        yield from (f"{kind} has no {key}" for key in sorted(keys - PROPERTIES[kind]))
        yield from (f"{kind} lacks {key}" for key in sorted(NEEDED.get(kind, set()) - keys))
    for key, value in node.items():
        if key.startswith("@"):
            continue
        if key.partition(":")[0] not in prefixes:
            yield f"unknown prefix: {key}"
        if key in NODES and (not isinstance(value, dict) or ":" not in value.get("@id", "")):
            yield f"{key} is no address: {value}"
        if key in TYPED and (not isinstance(value, dict) or value.get("@type") != TYPED[key]):
            yield f"{key} is not of type {TYPED[key]}: {value}"
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                yield from _broken(inner, prefixes)


def _nodes(told: object) -> Iterator[dict[str, Any]]:
    if isinstance(told, dict):
        yield told
        for value in told.values():
            yield from _nodes(value)
    elif isinstance(told, list):
        for one in told:
            yield from _nodes(one)
