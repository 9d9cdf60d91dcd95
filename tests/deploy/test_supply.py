"""We know what we run (S15): every pin has its hashes, every licence may be passed on."""

import re

import pytest

from deploy.local.layout import ROOT
from deploy.supply.licences import STATED_ELSEWHERE, licence, refused, report
from deploy.supply.pins import lists, read

LISTS = lists()
GOOD = "good==1.0 \\\n    --hash=sha256:" + "a" * 64


def test_every_pin_of_every_list_has_its_hashes() -> None:
    assert len(LISTS) >= 9
    for name, pins in LISTS.items():
        assert pins, name
        assert not [pin.name for pin in pins if not pin.hashes], name


def test_no_list_names_a_registry_or_an_address() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text, path.name
        assert "index-url" not in text, path.name


def test_what_is_no_pin_is_noticed() -> None:
    assert read(GOOD)[0].hashes == 1
    assert read("bare==1.0")[0].hashes == 0
    for loose in ("loose>=1.0", "git+https://example.org/x", "-e ."):
        with pytest.raises(ValueError, match=loose[:3]):
            read(loose)


def test_one_version_of_a_package_runs_everywhere() -> None:
    services = [LISTS[name] for name in ("targets", "monitoring", "evaluation", "disclosure")]
    versions = {(pin.name, pin.version) for pins in (*services, LISTS["embedded"]) for pin in pins}
    assert len(versions) == len({name for name, _ in versions})


def test_every_licence_is_on_the_list() -> None:
    pins = [pin for found in LISTS.values() for pin in found]
    told = report(pins)
    assert len(told) > 100
    assert {pin.name: said for pin, said in told if refused(said)} == {}
    running = {pin.name for name in ("targets", "monitoring", "evaluation") for pin in LISTS[name]}
    assert running <= {pin.name for pin, _ in told}


def test_who_states_a_licence_elsewhere_is_still_pinned() -> None:
    assert STATED_ELSEWHERE.keys() <= {pin.name for pins in LISTS.values() for pin in pins}


def test_a_licence_that_binds_us_is_noticed() -> None:
    assert refused("GPL-3.0-only") == ["GPL-3.0-only"]
    assert refused("MIT AND AGPL-3.0") == ["AGPL-3.0"]
    assert refused("") == [""]
    assert refused("Apache-2.0 OR BSD-3-Clause") == []
    assert licence("no-such-package") is None


def test_no_interpreter_is_fetched_from_elsewhere() -> None:
    """What is made beside `.venv` has its Python: uv would look for another and download it."""
    scripts = [ROOT / "Makefile", *(ROOT / "deploy").rglob("*.sh")]
    lines = [line for path in scripts for line in path.read_text(encoding="utf-8").splitlines()]
    made = [line for line in lines if "uv venv" in line]
    assert made
    named = [
        line for line in made if re.search(r"--python (\.venv/bin/python|\$\(PYTHON\)) ", line)
    ]
    assert made == named
