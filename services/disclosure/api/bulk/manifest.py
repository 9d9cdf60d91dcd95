"""The manifest of a day: which files there are, how long they are, and what proves them.

It says nothing of when or where it was made: the same day has the same manifest everywhere.
Addresses are relative to that of the manifest itself, so they hold behind any gateway.
"""

from datetime import date
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, Field

LICENCE: Final = "CC-BY-4.0"
LICENCE_URL: Final = "https://creativecommons.org/licenses/by/4.0/"
_HASH: Final = Field(
    pattern="^[0-9a-f]{64}$",
    examples=["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
)


class FileKind(StrEnum):
    """Everything as of the day, or what the day changed."""

    FULL = "FULL"
    DELTA = "DELTA"


class FileFormat(StrEnum):
    """How the rows are written."""

    NDJSON = "NDJSON"
    CSV = "CSV"
    XLSX = "XLSX"


ENDINGS: Final = {
    FileFormat.NDJSON: ".ndjson.gz",
    FileFormat.CSV: ".csv.gz",
    FileFormat.XLSX: ".xlsx",
}
GZIP: Final = "application/gzip"
MEDIA_TYPES: Final = {
    FileFormat.NDJSON: GZIP,
    FileFormat.CSV: GZIP,
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ExportFile(BaseModel):
    """A file; `sha256` is that of its bytes as they come over the wire."""

    path: str = Field(examples=["2021-05-31/projects/full.ndjson.gz"])
    kind: FileKind
    format: FileFormat
    media_type: str = Field(examples=["application/gzip"])
    rows: int = Field(examples=[6239])
    bytes: int = Field(examples=[181044])
    sha256: str = _HASH


class Delta(BaseModel):
    """What the day changed. `base` is what it must be applied to: the rows of the day before."""

    puts: int
    drops: int
    base_rows: int
    base_sha256: str = _HASH


class ExportDataset(BaseModel):
    """A register. `rows_sha256` is that of its NDJSON, unpacked: applied deltas must give it."""

    name: str = Field(examples=["projects"])
    title: str = Field(examples=["项目"])
    key: list[str] = Field(examples=[["project_code", "fiscal_year"]])
    listed: str = Field(
        description="The list of the API that shows the same rows.", examples=["../projects"]
    )
    described: str = Field(
        description="The JSON Schema of a row.", examples=["../catalogue/schemas/projects"]
    )
    rows: int = Field(examples=[6239])
    rows_sha256: str = _HASH
    delta: Delta
    files: list[ExportFile]


class PlaceRange(BaseModel):
    """What came on the day: behind `after`, up to and with `upto`; none where both are the same."""

    after: int
    upto: int


class ExportManifest(BaseModel):
    """Everything that was public at the end of a day, as files."""

    day: date
    as_of: date = Field(description="The rows are what was known at the end of this day.")
    previous: str | None = Field(
        description="The manifest of the day before; none before the first.",
        examples=["2021-05-30"],
    )
    positions: PlaceRange = Field(description="Places in the ledger of this service.")
    words: PlaceRange = Field(description="Numbers in the public log, the `sequence` of `feed`.")
    publisher: str = Field(description="The region whose installation this is.")
    licence: str = LICENCE
    licence_url: str = LICENCE_URL
    datasets: list[ExportDataset]
