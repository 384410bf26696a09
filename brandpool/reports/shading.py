"""Cells shaded by what they count: calendar, tiles, grids. Darker is more, on paper as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brandpool.reports.figure import INK, LINE, PAPER

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LIGHT, _DARK = (0xEE, 0xF3, 0xF9), (0x1F, 0x4F, 0x86)
_DARK_FROM = 0.55


def fill(share: float) -> str:
    """The ground of a cell that has this share of the most there is; white for nothing."""
    if share <= 0:
        return PAPER
    depth = share**0.5
    mixed = (round(a + (b - a) * depth) for a, b in zip(_LIGHT, _DARK, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def ink(share: float) -> str:
    """The colour in which a text can be read on that ground."""
    return PAPER if share**0.5 > _DARK_FROM else INK


def cell(
    axes: Axes, place: tuple[float, float, float, float], share: float, mark: str, hatch: str = ""
) -> None:
    """A shaded rectangle (x, y, width, height) that carries its mark."""
    from matplotlib.patches import Rectangle

    x, y, width, height = place
    axes.add_patch(
        Rectangle(
            (x, y), width, height, facecolor=fill(share), edgecolor=LINE, linewidth=0.6,
            hatch=hatch, gid=mark,
        )
    )  # fmt: skip
