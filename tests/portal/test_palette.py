"""The colours of the portal can be read by everybody: contrast as WCAG 2.2 computes it."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import pytest

from services.disclosure.portal.assets import ASSETS

TEXT: Final = Decimal("4.5")  # 1.4.3, at any size
MARK: Final = Decimal(3)  # 1.4.11, what is not text
SHEETS: Final = ("paper", "card")
INKS: Final = ("ink", "quiet", "link", "good", "fine", "fair", "poor", "blue")
MARKS: Final = ("accent", "good", "fine", "fair", "poor", "blue", "left", "axis", "focus")
STYLE: Final = ASSETS["portal.css"].body.decode()
_ROOT: Final = re.compile(r":root\s*\{([^}]*)\}")


def palettes() -> Mapping[str, Mapping[str, str]]:
    """The colours by day and by night."""
    day, night = (
        dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", body)) for body in _ROOT.findall(STYLE)[:2]
    )
    return {"light": day, "dark": night}


def luminance(colour: str) -> Decimal:
    """Relative luminance."""
    channels = [Decimal(int(colour[place : place + 2], 16)) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        c / Decimal("12.92")
        if c <= Decimal("0.04045")
        else ((c + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")
        for c in channels
    )
    return Decimal("0.2126") * red + Decimal("0.7152") * green + Decimal("0.0722") * blue


def contrast(one: str, other: str) -> Decimal:
    """From 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + Decimal("0.05")) / (low + Decimal("0.05"))


def too_faint(palette: Mapping[str, str]) -> list[str]:
    """Pairs of colours that are used upon each other and cannot be told apart well enough."""
    pairs = [(ink, sheet, TEXT) for ink in INKS for sheet in SHEETS]
    pairs += [("ink", sheet, TEXT) for sheet in ("rest", "notice", "mark")]
    pairs += [("quiet", "rest", TEXT), ("on-accent", "accent", TEXT), ("card", "good", TEXT)]
    pairs += [("card", "poor", TEXT), ("link", "rest", TEXT)]
    pairs += [(mark, sheet, MARK) for mark in MARKS for sheet in SHEETS]
    return [
        f"{above} on {below}: {contrast(palette[above], palette[below]):.2f} < {least}"
        for above, below, least in pairs
        if contrast(palette[above], palette[below]) < least
    ]


@pytest.mark.parametrize("light", ["light", "dark"])
def test_every_colour_is_told_apart_from_what_it_stands_on(light: str) -> None:
    palette = palettes()[light]
    assert len(palette) == len(palettes()["light"])
    assert too_faint(palette) == []


def test_a_planted_pale_ink_is_found() -> None:
    pale = {**palettes()["light"], "quiet": "#b8b0a0"}
    assert [line.partition(":")[0] for line in too_faint(pale)] == [
        "quiet on paper",
        "quiet on card",
        "quiet on rest",
    ]


def test_colours_are_said_once_and_nowhere_else() -> None:
    """Outside the two palettes, the printed page and the emblem there is no colour."""
    rest = _ROOT.sub("", STYLE)
    assert re.findall(r"#[0-9a-f]{3,8}\b(?![^{]*\{)", rest.partition("@media print")[0]) == []


def test_the_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert f"{contrast('#777777', '#ffffff'):.2f}" == "4.48"
