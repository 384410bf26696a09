"""Every text on its ground has a contrast of 4.5:1 or more."""

import pytest
from PySide6.QtGui import QColor, QPalette

from brandpool.ui import style

PAIRS = [
    (style.INK, style.PAPER),
    (style.INK, style.RAIL),
    (style.SOFT, style.PAPER),
    (style.SOFT, style.DESK),
    (style.ACCENT, style.PAPER),
    (style.ACCENT, style.DESK),
    (style.PAPER, style.ACCENT),
    (style.PAPER, style.SAMPLE),
    (style.WARN, style.WARN_PAPER),
    (style.WARN, style.DESK),
    (style.BAD, style.PAPER),
    (style.BAD, style.DESK),
    (style.BAD, style.STRIPE),
    (style.GOOD, style.DESK),
]


def light(name: str | QColor) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in QColor(name).getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str | QColor, other: str | QColor) -> float:
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_the_programs_colours(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(
    ("ink", "ground"),
    [("Text", "Base"), ("Text", "AlternateBase"), ("PlaceholderText", "Base"),
     ("ButtonText", "Button"), ("WindowText", "Window"), ("HighlightedText", "Highlight"),
     ("ToolTipText", "ToolTipBase"), ("Link", "Base")],
)  # fmt: skip
@pytest.mark.parametrize("group", ["Active", "Inactive"])
def test_the_palette(ink: str, ground: str, group: str) -> None:
    palette, groups, roles = style.palette(), QPalette.ColorGroup, QPalette.ColorRole
    colours = [palette.color(groups[group], roles[name]) for name in (ink, ground)]
    assert contrast(*colours) >= 4.5
