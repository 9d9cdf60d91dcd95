"""What is planted is there in the release of today: a version that is read and not yet written.

What an upgrade makes of it, and of the same written at once, is a drill:
`python -m tests.upgrade.planted`.
"""

import shutil
from pathlib import Path

from deploy.local.layout import ROOT
from tests.evolution.corpus import SERVICES as MANIFESTS
from tests.upgrade.planting import FACTS, plant
from tests.upgrade.readable import Versions, facts_of, too_new


def test_a_planted_version_is_read_and_not_yet_written(tmp_path: Path) -> None:
    for folder in ("services", "shared"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    plant(tmp_path, behind=True)
    now = facts_of(tmp_path)
    today = {
        manifest.name: {
            name: Versions(
                decider.versions.get(name, 1),
                decider.written.get(name, decider.versions.get(name, 1)),
            )
            for decider in manifest.deciders
            for name in decider.events
        }
        for manifest in MANIFESTS
    }
    planted = {(one.service, one.name): Versions(2, 1) for one in FACTS}
    assert planted == {
        (service, name): versions
        for service, known in now.items()
        for name, versions in known.items()
        if versions != today[service][name]
    }
    assert too_new(today, now) == []
