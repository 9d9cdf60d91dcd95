"""A whole region by file, measured: `python -m tests.targets.whole_region [projects]`.

A real process of the service over a real PostgreSQL reads the project library and the
application forms as workbooks, first dry, then for good, and gives them back. What it took is
written as JSON: seconds per step, how often the progress was seen to move, and the most memory
the process held.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from shared.http.policy import Role
from shared.http.workbooks import XLSX
from shared.testing.servers import fresh_database, migrated, private_postgres
from tests.targets import region_files as files
from tests.targets.own_process import Region, Serving
from tests.targets.stories import RULES

POLL_SECONDS: Final = 0.2
WATCH_SECONDS_MAX: Final = 240
MEBIBYTE: Final = 1 << 20
WRITER: Final = Role.UNIT_BUSINESS
UNFINISHED: Final = frozenset({"CHECKING", "ACCEPTING"})


@dataclass(slots=True)
class Measured:
    """What was measured, in the order in which it happened."""

    figures: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """The seconds of a step."""
        began = time.monotonic()
        yield
        self.figures[f"{name} seconds"] = round(time.monotonic() - began, 1)


def found(region: Region, count: int) -> None:
    """The region, its units and its rules exist."""
    region.ask(Role.FB_PERFORMANCE, "/regions", {"region_code": region.code, "name": "喀什地区"})
    done = taken(region, Role.FB_BUSINESS, "register_unit", files.units(count))
    assert done["refused_rows"] == 0, done
    rules = {"region_code": region.code, "fiscal_year": files.YEAR, "rules": RULES}
    region.ask(Role.FB_PERFORMANCE, "/rule-sets", rules)
    basis = {"legal_basis": "喀财绩〔2021〕1号"}
    region.ask(Role.FB_LEADER, f"/rule-sets/{region.code}-{files.YEAR}/adopt", basis)


def taken(region: Region, role: Role, operation: str, content: bytes) -> dict[str, Any]:
    """A file that is accepted at once."""
    answer = region.send(
        role,
        f"/imports?operation={operation}&accept=true",
        content=content,
        headers={"content-type": XLSX},
    )
    assert answer.is_success, answer.text[:2000]
    report: dict[str, Any] = answer.json()
    return report


def begun(region: Region, operation: str, content: bytes) -> str:
    """Send a file without waiting for its report; answers where that will be."""
    answer = region.send(
        WRITER,
        f"/imports?operation={operation}",
        content=content,
        headers={"content-type": XLSX, "prefer": "respond-async"},
    )
    assert answer.status_code == 202, answer.text[:2000]
    return str(answer.headers["location"])


def accepting(region: Region, place: str, *, only_good_rows: bool = False) -> None:
    """Ask for acceptance without waiting for it."""
    good = str(only_good_rows).lower()
    path = f"{place.removeprefix('/v1')}/accept?only_good_rows={good}"
    answer = region.send(WRITER, path, headers={"prefer": "respond-async"})
    assert answer.status_code == 202, answer.text[:2000]


def watched(region: Region, place: str) -> tuple[dict[str, Any], int]:
    """The last report, and how many different counts of rows were seen before it."""
    seen: set[int] = set()
    deadline = time.monotonic() + WATCH_SECONDS_MAX
    while (report := region.report(WRITER, place))["state"] in UNFINISHED:
        assert time.monotonic() < deadline, report
        seen.add(report["done"])
        time.sleep(POLL_SECONDS)
    return report, len(seen)


def imported(region: Region, operation: str, content: bytes, measured: Measured) -> None:
    """Dry run and acceptance of one file."""
    measured.figures[f"{operation} file MiB"] = round(len(content) / MEBIBYTE, 1)
    with measured.timed(f"{operation} dry run"):
        place = begun(region, operation, content)
        report, steps = watched(region, place)
    assert report["state"] == "REPORTED", report
    assert report["refused_rows"] == 0, report["refused"][:3]
    measured.figures[f"{operation} dry run progress seen"] = steps
    with measured.timed(f"{operation} acceptance"):
        accepting(region, place)
        report, steps = watched(region, place)
    assert report["state"] == "ACCEPTED", report
    measured.figures[f"{operation} acceptance progress seen"] = steps
    measured.figures[f"{operation} rows"] = report["good"]
    measured.figures[f"{operation} peak MiB"] = region.serving.peak_bytes // MEBIBYTE


def measure(serving: Serving, count: int) -> Mapping[str, Any]:
    """Projects and targets of a region in, and out again."""
    measured, region = Measured(), Region(serving, files.REGION)
    found(region, count)
    imported(region, "register_project", files.projects(count), measured)
    content = files.targets(count)
    imported(region, "draft_target", content, measured)
    query = f"region={files.REGION}&fiscal_year={files.YEAR}"
    for form in ("ndjson", "xlsx"):
        with measured.timed(f"export {form}"):
            written = region.fetch(WRITER, f"/v1/targets/export?{query}&form={form}")
        measured.figures[f"export {form} MiB"] = round(len(written) / MEBIBYTE, 1)
    measured.figures["peak MiB"] = serving.peak_bytes // MEBIBYTE
    return measured.figures


def main() -> None:
    """At full size unless told otherwise."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else files.PROJECTS
    with (
        private_postgres() as postgres,
        tempfile.TemporaryDirectory() as folder,
        fresh_database(postgres, migrated(postgres, "targets")) as url,
        Serving(Path(folder), url) as serving,
    ):
        figures = measure(serving, count)
    sys.stdout.write(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
