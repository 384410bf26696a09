"""Designations by party as a grid of tiles, arranged by region; darker where there are more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from brandpool.i18n import _, lang
from brandpool.paths import resources
from brandpool.reports import shading, tally
from brandpool.reports.figure import BODY, SIZE, SOFT, Rows, empty, sheet
from brandpool.reports.legend import Hidden
from brandpool.reports.madrid_figures import party_names

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame

PARTY = "party"
_COLUMNS = 16
_NOT_ALONE = frozenset({"BE", "NL", "LU", "CN"})
"""Designated only as part of BX, or the holders' own."""


@dataclass(frozen=True, slots=True)
class _Tile:
    code: str
    name: str
    x: int
    y: float


def draw(frame: DataFrame, size: tuple[float, float] = SIZE, _hidden: Hidden = ()) -> Figure:
    """Draw the tally of designations by party; every tile with designations carries its mark."""
    told = tally.about(frame)
    figure = sheet(_("马德里国际注册：各缔约方指定数"), told.definition, size)
    if frame.empty:
        return empty(figure, _("没有马德里国际注册的指定。"))
    figure.subplots_adjust(left=0.09, right=0.98, bottom=figure.subplotpars.bottom - 0.01)
    axes = figure.add_subplot()
    axes.set_axis_off()
    numbers = dict(zip(told.rows, tally.sums(frame, tally.ROW), strict=True))
    tiles, heads = _layout(numbers)
    most = max(numbers.values())
    for tile in tiles:
        _tile(axes, tile, numbers.get(tile.name, 0), most)
    for name, y in heads:
        axes.text(-0.15, y + 0.5, name, ha="right", va="center", fontsize=BODY + 1)
    axes.set_xlim(0, _COLUMNS)
    axes.set_ylim(max(tile.y for tile in tiles) + 1.05, -0.05)
    return figure


def rows(frame: DataFrame, mark: str) -> Rows:
    """The designations of one party ("party:JP"). Raises ValueError for another mark."""
    what, _colon, code = mark.partition(":")
    if what != PARTY:
        raise ValueError(mark)
    name = party_names().get(code, code)
    return Rows(tally.rows(frame, name, None), f"{name}（{tally.about(frame).title}）")


def _layout(numbers: dict[str, int]) -> tuple[list[_Tile], list[tuple[str, float]]]:
    """Tiles region by region, those with most designations first; parties of none come last."""
    names = party_names()
    tiles: list[_Tile] = []
    heads: list[tuple[str, float]] = []
    y = 0.0
    for region, parties in _regions(set(numbers), names):
        heads.append((region, y))
        ranked = sorted(parties, key=lambda code: -numbers.get(names.get(str(code), ""), 0))
        for place, code in enumerate(ranked):
            name = names.get(code, code)
            tiles.append(_Tile(code, name, place % _COLUMNS, y + place // _COLUMNS))
        y += -(-len(ranked) // _COLUMNS) + 0.25
    return tiles, heads


def _regions(counted: set[str], names: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Each region with its parties; at the end those that no region names."""
    listed: set[str] = set()
    for region in _document()["regions"]:
        parties = [
            code for code in region["parties"]
            if code not in _NOT_ALONE or names.get(code) in counted
        ]  # fmt: skip
        listed |= set(region["parties"])
        yield region["zh" if lang() == "zh" else "en"], parties
    others = [c for c, name in names.items() if name in counted and c not in listed]
    if others:
        yield _("其他"), others


@cache
def _document() -> Any:
    path = resources() / "reference" / "party_regions.json"
    return json.loads(path.read_text("utf-8"))


def _tile(axes: Axes, tile: _Tile, number: int, most: int) -> None:
    share = number / most
    mark = f"{PARTY}:{tile.code}" if number else ""
    shading.cell(axes, (tile.x + 0.03, tile.y + 0.04, 0.94, 0.92), share, mark)
    ink = shading.ink(share) if number else SOFT
    middle = tile.x + 0.5
    short = _short(tile.name)
    style: dict[str, Any] = {"ha": "center", "va": "center", "color": ink}
    axes.text(middle, tile.y + (0.3 if number else 0.5), short, fontsize=_size(short), **style)
    if number:
        axes.text(middle, tile.y + 0.68, str(number), fontsize=BODY + 1, **style)


def _size(name: str) -> float:
    return BODY - 2.5 if len(name) <= 4 else BODY - 4


def _short(name: str) -> str:
    """A name that fits a tile: what stands in brackets, or its first characters."""
    inner = name.partition("（")[2].rstrip("）")
    name = inner or name
    longest = 5 if lang() == "zh" else 9
    return name if len(name) <= longest else f"{name[: longest - 1]}…"
