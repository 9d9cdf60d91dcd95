"""The lint on targets that no one here wrote, and on those that we show others as examples."""

import csv
import json
from collections.abc import Iterator
from typing import Any, Final

import pytest

from deploy.demo import promise_content
from deploy.demo.cast import Project, Unit
from services.targets.api.target_schemas import ContentBody
from services.targets.api.translation import content
from services.targets.domain.findings import Finding
from services.targets.domain.library_entry import Entry
from services.targets.domain.lint import Yardstick, lint
from services.targets.domain.simplifying import KEPT_MAX, simplify
from services.targets.domain.values import ProjectKind
from shared.domain.money import Money
from shared.domain.rules import RuleSet
from tests.targets.real_targets import DATA, Found, real_targets
from tests.targets.stories import ROOT, RULES

COLUMNS: Final = ("source", "target", "row", "findings")
WHOLE: Final = "*"
REAL: Final = list(real_targets())


def told(target: Found) -> Iterator[tuple[str, str, str, str]]:
    """What is found in each row of a target, and in the target as a whole (`*`)."""
    findings = lint(target.content, target.yardstick)
    rows = [i.indicator_id for i in target.content.indicators]
    for place, name in enumerate([WHOLE, *rows]):
        own = [f for f in findings if _place(f) == place]
        said = " ".join(f"{f.rule}:{_field(f)}" for f in own)
        yield target.source, target.name, name, said


def _place(finding: Finding) -> int:
    """The number of the row, from one; zero for the target as a whole."""
    parts = finding.pointer.split("/")
    return int(parts[2]) + 1 if len(parts) > 2 else 0


def _field(finding: Finding) -> str:
    return finding.pointer.split("/", 3 if _place(finding) else 1)[-1]


def test_what_is_found_in_every_row_is_what_was_found_before() -> None:
    with (DATA / "findings.csv").open(encoding="utf-8", newline="") as lines:
        known = [tuple(row) for row in csv.reader(lines)]
    assert known == [COLUMNS, *(line for target in REAL for line in told(target))]


def test_every_row_of_every_source_is_there() -> None:
    counts = dict.fromkeys(("tenjo", "nyc", "gc"), 0)
    for target in REAL:
        counts[target.source] += len(target.content.indicators)
    assert counts == {"tenjo": 44, "nyc": 40, "gc": 30}


@pytest.mark.parametrize("target", REAL, ids=lambda target: f"{target.source}-{target.name[:24]}")
def test_a_real_target_can_be_simplified(target: Found) -> None:
    suggested = simplify(target.content.indicators, target.yardstick.weights)
    assert len(suggested.keep) <= KEPT_MAX
    gone = {m.indicator_id for m in suggested.merged} | set(suggested.dropped)
    kept = {i.indicator_id for i in suggested.keep}
    assert kept | gone == {i.indicator_id for i in target.content.indicators}
    assert not kept & gone


def _yardstick(kind: ProjectKind, **more: Any) -> Yardstick:  # noqa: ANN401 - its fields
    rules = RuleSet.parse(RULES)
    nodes = [node.code for node in rules.monitoring.nodes]
    return Yardstick(fiscal_year=2021, kind=kind, weights=rules.weights, nodes=nodes, **more)


def test_the_target_of_the_tutorial_has_no_finding() -> None:
    body = json.loads((ROOT / "docs/tutorial/target.json").read_text(encoding="utf-8"))
    for name in ("project_code", "fiscal_year"):
        del body[name]
    said = content(ContentBody.model_validate_json(json.dumps(body)))
    assert lint(said, _yardstick(ProjectKind.OTHER)) == ()


def test_the_invented_targets_have_no_finding() -> None:
    """With the core library as the play fills it: `KS_CORE-<class>-<number>`, from one."""
    unit = Unit(
        code="653101101001",
        name="喀什市教育局",
        region_code="653101",
        department_code="653101101",
        department_name="喀什市教育局",
    )
    project = Project(
        code="65310121T000000000001",
        name="喀什市教育局2021年校舍维修改造项目（1）",
        unit=unit,
        function_code="2050203",
        budget=Money(800_000_000),
        serial=1,
    )
    body = {
        "annual_goal": promise_content.goal(project),
        "indicators": promise_content.indicators(2021),
    }
    said = content(ContentBody.model_validate_json(json.dumps(body)))
    classes = {
        f"{number:02d}": (
            f"核心类{number}",
            tuple(Entry(code=f"KS_CORE-{number:02d}-{n:04d}", name="指标") for n in range(1, 11)),
        )
        for number in range(1, 27)
    }
    assert lint(said, _yardstick(ProjectKind.OTHER, core_classes=classes)) == ()
