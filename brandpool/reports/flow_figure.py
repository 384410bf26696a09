"""The flow diagram of tier movement: first day left, last day right, bands as thick as they count.

What a band means is told by lightness and hatching, so that a grey copy reads as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from brandpool.i18n import _
from brandpool.reports import legend
from brandpool.reports.figure import BODY, INK, LINE, SIZE, SOFT, empty, looks, sheet
from brandpool.reports.legend import Entry, Hidden
from brandpool.reports.movement import CELL, FIRST, LAST, definition, flows
from brandpool.reports.moves import OUTSIDE
from brandpool.reports.scope import Scope

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame

_LEFT, _RIGHT, _THICK = 0.0, 1.0, 0.045
_SLOT, _GAP = 0.052, 0.028
_LABELLED = 0.03


@dataclass(frozen=True, slots=True)
class _Way:
    """One direction of movement and how its bands look."""

    name: str
    fill: str
    hatch: str
    edge: str


@dataclass(slots=True)
class _Node:
    """A tier on one of the two days: its top and height, and how much of it is already used."""

    code: str
    number: int
    top: float
    height: float
    used: float = 0.0

    def take(self, number: int, unit: float) -> tuple[float, float]:
        """The next stretch of the node, from top to bottom."""
        start = self.top - self.used
        self.used += number * unit
        return start, start - number * unit


def _ways() -> dict[str, _Way]:
    return {
        "up": _Way(_("升级"), "#2f6db0", "", "#1d4a7c"),
        "stay": _Way(_("未变"), "#e4e8ee", "", "#b4bcc6"),
        "down": _Way(_("降级"), "#a9b4c2", "\\\\\\\\", "#5c6875"),
        "in": _Way(_("入库"), "#cfe0f3", "....", "#6d8fb5"),
        "out": _Way(_("退出"), "#ffffff", "////", "#7d8793"),
    }


def draw_flow(frame: DataFrame, size: tuple[float, float] = SIZE, hidden: Hidden = ()) -> Figure:
    """Draw the numbers of `movement.numbers`; every band and bar carries its mark as gid.

    `size` is in inches; `hidden` are directions to leave out (up, stay, down, in, out).
    """
    scope: Scope = frame.attrs["scope"]
    figure = sheet(_("{ladder}：层级流向").format(ladder=scope.title), definition(frame), size)
    total = int(frame["number"].sum())
    if total == 0:
        return empty(figure, _("两个日期均没有企业在库。"))
    axes = figure.add_axes(_frame_of(figure))
    axes.set_axis_off()
    axes.set_xlim(-0.01, 1.01)
    order = [*scope.codes[::-1], OUTSIDE]
    unit, left, right = _layout(frame, order)
    axes.set_ylim(-0.02, 1.075)
    _bands(axes, flows(frame), order, unit, (left, right), hidden)
    _nodes(axes, scope, left, right)
    for x, day in ((_LEFT, scope.start), (_RIGHT, scope.end)):
        axes.text(
            x, 1.04, f"{day}", ha="left" if x == _LEFT else "right", fontsize=BODY + 1, color=SOFT
        )
    _legend(axes, frame, order, hidden)
    return figure


def _frame_of(figure: Figure) -> tuple[float, float, float, float]:
    """Room for the names beside the bars and for the legend below."""
    width, height = figure.get_size_inches()
    side = 1.75 / width
    bottom = figure.subplotpars.bottom + 0.35 / height
    return (side, bottom, 1 - 2 * side, figure.subplotpars.top - bottom)


def _layout(
    frame: DataFrame, order: Sequence[str]
) -> tuple[float, dict[str, _Node], dict[str, _Node]]:
    """The height of one enterprise, and the bars of both days from top to bottom.

    A small tier still gets a slot high enough for its name.
    """
    sides = [
        frame.groupby(side)["number"].sum().reindex(list(order)).fillna(0).astype(int)
        for side in ("source", "target")
    ]
    total = int(sides[0].sum())
    free = 1 - _GAP * (len(order) - 1)
    unit = min(_unit(list(side), free, total) for side in sides)
    left, right = ({node.code: node for node in _stack(side, unit)} for side in sides)
    return unit, left, right


def _unit(numbers: Sequence[int], free: float, total: int) -> float:
    """The largest height per enterprise with which the bars and the smallest slots still fit."""
    unit = free / total
    for _round in numbers:
        small = [number for number in numbers if number * unit < _SLOT]
        rest = total - sum(small)
        unit = (free - _SLOT * len(small)) / rest if rest else unit
    return unit


def _stack(numbers: Any, unit: float) -> Iterator[_Node]:
    top = 1.0
    for code, number in numbers.items():
        height = number * unit
        slot = max(height, _SLOT)
        yield _Node(str(code), int(number), top - (slot - height) / 2, height)
        top -= slot + _GAP


def _way(order: Sequence[str], source: str, target: str) -> str:
    if source == target:
        return "stay"
    if source == OUTSIDE:
        return "in"
    if target == OUTSIDE:
        return "out"
    return "up" if order.index(target) < order.index(source) else "down"


def _bands(
    axes: Axes,
    flows: dict[tuple[str, str], int],
    order: Sequence[str],
    unit: float,
    sides: tuple[dict[str, _Node], dict[str, _Node]],
    hidden: Hidden,
) -> None:
    """Bands leave and arrive in the order of the tiers, so that they cross as little as can be."""
    ways, (left, right) = _ways(), sides
    place = {code: number for number, code in enumerate(order)}
    starts = {
        pair: left[pair[0]].take(flows[pair], unit)
        for pair in sorted(flows, key=lambda pair: (place[pair[0]], place[pair[1]]))
    }
    ends = {
        pair: right[pair[1]].take(flows[pair], unit)
        for pair in sorted(flows, key=lambda pair: (place[pair[1]], place[pair[0]]))
    }
    # Those who stayed lie at the back: what moved is what one looks for.
    ranked = sorted(flows, key=lambda pair: (pair[0] != pair[1], -flows[pair]))
    for depth, pair in enumerate(ranked):
        if _way(order, *pair) in hidden:
            continue
        way = ways[_way(order, *pair)]
        _band(axes, pair, starts[pair], ends[pair], way, 1 + depth / 1000)
        _count(axes, flows[pair], starts[pair], ends[pair], way)


def _band(
    axes: Axes,
    pair: tuple[str, str],
    start: tuple[float, float],
    end: tuple[float, float],
    way: _Way,
    depth: float,
) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    x0, x1 = _LEFT + _THICK, _RIGHT - _THICK
    bend = (x1 - x0) * 0.45
    (top0, low0), (top1, low1) = start, end
    points = [
        (x0, top0), (x0 + bend, top0), (x1 - bend, top1), (x1, top1),
        (x1, low1), (x1 - bend, low1), (x0 + bend, low0), (x0, low0), (x0, top0),
    ]  # fmt: skip
    curve = [Path.CURVE4] * 3
    codes = [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY]
    patch = PathPatch(
        Path(points, codes),
        facecolor=way.fill,
        edgecolor=way.edge,
        hatch=way.hatch,
        linewidth=0.6,
        alpha=0.88,
        zorder=depth,
        gid=f"{CELL}:{pair[0]}>{pair[1]}",
    )
    axes.add_patch(patch)


def _count(
    axes: Axes, number: int, start: tuple[float, float], end: tuple[float, float], way: _Way
) -> None:
    """The number at both ends of a band that is thick enough to carry it."""
    if start[0] - start[1] < _LABELLED:
        return
    dark = way.fill == _ways()["up"].fill
    for x, (top, low), side in (
        (_LEFT + _THICK + 0.008, start, "left"),
        (_RIGHT - _THICK - 0.008, end, "right"),
    ):
        axes.text(
            x,
            (top + low) / 2,
            str(number),
            ha=side,
            va="center",
            fontsize=BODY - 1.5,
            color="#ffffff" if dark else INK,
            zorder=5,
            bbox=None
            if dark
            else {"boxstyle": "round,pad=0.12", "fc": "#ffffff", "ec": "none", "alpha": 0.75},
        )


def _nodes(axes: Axes, scope: Scope, left: dict[str, _Node], right: dict[str, _Node]) -> None:
    from matplotlib.patches import Rectangle

    fills = dict(zip(scope.codes, looks(len(scope.rungs)), strict=True))
    for what, nodes, x in ((FIRST, left, _LEFT), (LAST, right, _RIGHT - _THICK)):
        for code, node in nodes.items():
            look = fills.get(code)
            bar = Rectangle(
                (x, node.top - node.height),
                _THICK,
                node.height,
                facecolor=look.fill if look else "#ffffff",
                hatch=look.hatch if look else "",
                edgecolor=LINE,
                linewidth=0.8,
                linestyle="-" if look else "--",
                zorder=4,
                gid=f"{what}:{code}",
            )
            axes.add_patch(bar)
            _name(axes, scope, node, what, left[code].number)


def _name(axes: Axes, scope: Scope, node: _Node, what: str, before: int) -> None:
    outside = node.code == OUTSIDE
    name = scope.name(node.code)
    if outside:
        name = _("期间入库") if what == FIRST else _("期间退出")
    text = f"{name}  {node.number}"
    if what == LAST and not outside and node.number != before:
        text += f"（{node.number - before:+d}）"
    axes.text(
        _LEFT - 0.015 if what == FIRST else _RIGHT + 0.015,
        node.top - node.height / 2,
        text,
        ha="right" if what == FIRST else "left",
        va="center",
        color=SOFT if outside else INK,
    )


def _legend(axes: Axes, frame: DataFrame, order: Sequence[str], hidden: Hidden) -> None:
    sums: dict[str, int] = {}
    for (source, target), number in flows(frame).items():
        way = _way(order, source, target)
        sums[way] = sums.get(way, 0) + number
    entries = [
        Entry(
            key, _("{way} {number} 家").format(way=way.name, number=sums.get(key, 0)),
            way.fill, way.hatch, way.edge,
        )
        for key, way in _ways().items()
    ]  # fmt: skip
    legend.put(
        axes, entries, hidden, loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=len(entries),
        fontsize=BODY - 0.5, handlelength=2.2, columnspacing=2.0,
    )  # fmt: skip
