"""A release may not write what the one before knows by another version; it may read it."""

from pathlib import Path

import pytest

from deploy.local.layout import ROOT, SERVICES
from tests.evolution.corpus import SERVICES as MANIFESTS
from tests.upgrade.readable import Facts, Versions, facts_of, too_new, unknown_before


def facts(**versions: tuple[int, int]) -> Facts:
    """Of one service."""
    return {"jars": {name: Versions(*both) for name, both in versions.items()}}


@pytest.mark.parametrize(
    ("before", "now", "wrong"),
    [
        ((1, 1), (1, 1), False),
        ((1, 1), (2, 2), True),
        ((1, 1), (2, 1), False),
        ((2, 1), (2, 2), False),
        ((2, 1), (3, 3), True),
    ],
)
def test_a_version_is_read_by_a_release_before_another_writes_it(
    before: tuple[int, int], now: tuple[int, int], *, wrong: bool
) -> None:
    found = too_new(facts(CoinsPut=before), facts(CoinsPut=now))
    assert bool(found) == wrong
    assert all("CoinsPut" in one for one in found)


def test_a_new_kind_is_named_and_no_fault() -> None:
    before, now = facts(CoinsPut=(1, 1)), facts(CoinsPut=(1, 1), JarBroken=(1, 1))
    assert too_new(before, now) == []
    assert unknown_before(before, now) == ["jars JarBroken"]


def test_a_release_is_asked_for_what_its_code_says() -> None:
    asked = facts_of(ROOT)
    assert set(asked) == set(SERVICES)
    for manifest in MANIFESTS:
        names = {name for decider in manifest.deciders for name in decider.events}
        assert set(asked[manifest.name]) == names
        assert all(versions >= (1, 1) for versions in asked[manifest.name].values())


def test_the_code_that_is_asked_is_that_of_the_folder(tmp_path: Path) -> None:
    for service in SERVICES:
        place = tmp_path / "services" / service
        place.mkdir(parents=True)
        (place / "main.py").write_text(
            "from types import SimpleNamespace as S\n"
            "service = S(deciders=[S(events={'CoinsPut': 1}, versions={'CoinsPut': 3},"
            " written={'CoinsPut': 2})])\n"
        )
    told = facts_of(tmp_path)
    assert told == {service: {"CoinsPut": Versions(3, 2)} for service in SERVICES}
