"""The invented projects: whatever the size of the play, no unit promises the same twice (L13)."""

from itertools import groupby
from pathlib import Path

import pytest

from deploy.demo.cast import assemble
from deploy.demo.promise_content import PROMISES, goal
from deploy.demo.scenario import Scenario
from services.targets.domain.lint.likeness import alike, compared

SCENARIO = Path(__file__).parents[2] / "deploy" / "demo" / "kashgar-2021.yaml"


@pytest.mark.parametrize("projects", [20, 200, 1_500])
def test_no_unit_of_the_demo_promises_the_same_twice(projects: int) -> None:
    cast = assemble(Scenario.read(SCENARIO).scaled(projects))
    names = [promise.name for promise in PROMISES]
    found = []
    for _, group in groupby(cast.projects, key=lambda project: project.unit.code):
        words = {project.code: compared(goal(project), names) for project in group}
        found += [alike(code, said, words) for code, said in words.items()]
    assert len(found) == projects
    assert not any(found)
