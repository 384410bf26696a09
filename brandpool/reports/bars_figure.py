"""Any statistic as stacked bars: upright in time, lying where the rows are names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brandpool.i18n import _
from brandpool.reports import legend, tally
from brandpool.reports.figure import BODY, SIZE, SOFT, TIME, Look, Rows, empty, looks, sheet
from brandpool.reports.legend import Hidden

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame

CELL = "cell"
_MOST_ROWS, _TICKS, _HATCHED_UP_TO, _TOTALS_UP_TO = 46, 14, 60, 46
_LONGEST = 17


def draw(frame: DataFrame, size: tuple[float, float] = SIZE, hidden: Hidden = ()) -> Figure:
    """Draw a tally; every part of a bar carries its mark, `hidden` are columns to leave out."""
    told = tally.about(frame)
    figure = sheet(told.title, tally.definition(frame), size)
    if frame.empty:
        return empty(figure, _("没有可统计的记录。"))
    series = looks(len(told.columns))
    shown = _shown(frame)
    upright = bool(told.spans) and shown == list(range(len(told.rows)))
    if len(shown) > _HATCHED_UP_TO:
        series = [Look(look.fill, "", look.text) for look in series]
    _room(figure, size, 0.0 if upright else _width(frame, shown))
    axes = figure.add_subplot()
    _bars(axes, frame, shown, series, hidden, upright=upright)
    (_stand if upright else _lie)(axes, frame, shown)
    entries = legend.of_looks(list(told.columns), list(told.columns), series)
    legend.put(
        axes, entries[::-1] if upright else entries, hidden, loc="upper left",
        bbox_to_anchor=(1.01, 1.0), handlelength=2.0, handleheight=1.3, fontsize=BODY - 1,
    )  # fmt: skip
    return figure


def rows(frame: DataFrame, mark: str) -> Rows:
    """The records behind one part of a bar ("cell:3:0"). Raises ValueError for another mark."""
    what, row, column = mark.split(":")
    if what != CELL:
        raise ValueError(mark)
    told = tally.about(frame)
    place = told.rows[int(row)], told.columns[int(column)]
    return Rows(tally.rows(frame, *place), f"{' · '.join(place)}（{told.title}）")


def _shown(frame: DataFrame) -> list[int]:
    """The rows that are drawn: all in time, otherwise as many of the largest as there is room."""
    told = tally.about(frame)
    places = list(range(len(told.rows)))
    if told.spans or len(places) <= _MOST_ROWS:
        return places
    sums = tally.sums(frame, tally.ROW)
    kept = sorted(places, key=lambda place: -sums[place])[:_MOST_ROWS]
    return sorted(kept)


def _width(frame: DataFrame, shown: list[int]) -> float:
    """The inches that the names of the rows take."""
    names = (_cut(tally.about(frame).rows[row]) for row in shown)
    units = max(sum(1.0 if char > "\xff" else 0.55 for char in name) for name in names)
    return max(units * BODY / 72, 0.6)


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _room(figure: Figure, size: tuple[float, float], names: float) -> None:
    """Room at the left for the names of lying bars, or for the scale of standing ones."""
    bottom = figure.subplotpars.bottom + 0.45 / size[1]
    left = 0.07 if not names else (names + 0.35) / size[0]
    figure.subplots_adjust(left=left, right=1 - 1.75 / size[0], bottom=bottom)


def _bars(
    axes: Axes,
    frame: DataFrame,
    shown: list[int],
    series: list[Look],
    hidden: Hidden,
    *,
    upright: bool,
) -> None:
    from matplotlib.patches import Rectangle

    told = tally.about(frame)
    matrix = tally.numbers(frame)
    ends = [0] * len(shown)
    for column, (name, look) in enumerate(zip(told.columns, series, strict=True)):
        for at, row in enumerate(shown if name not in hidden else ()):
            number = int(matrix[row, column])
            if number:
                place = (at - 0.4, ends[at]) if upright else (ends[at], at - 0.4)
                extent = (0.8, number) if upright else (number, 0.8)
                axes.add_artist(
                    Rectangle(
                        place, *extent, facecolor=look.fill, edgecolor="#6f7b88",
                        hatch=look.hatch, linewidth=0.5, gid=f"{CELL}:{row}:{column}",
                    )
                )  # fmt: skip
                ends[at] += number
    most = max(*ends, 1)
    along, across = (axes.set_xlim, axes.set_ylim) if upright else (axes.set_ylim, axes.set_xlim)
    along(-0.6, len(shown) - 0.4)
    across(0, most * 1.1)
    _totals(axes, ends, upright=upright)


def _totals(axes: Axes, ends: list[int], *, upright: bool) -> None:
    for at, number in enumerate(ends if len(ends) <= _TOTALS_UP_TO else ()):
        if number:
            axes.annotate(
                str(number), (at, number) if upright else (number, at),
                (0, 3) if upright else (4, 0), textcoords="offset points",
                ha="center" if upright else "left", va="baseline" if upright else "center",
                fontsize=BODY - 2, color=SOFT,
            )  # fmt: skip


def _stand(axes: Axes, frame: DataFrame, shown: list[int]) -> None:
    from matplotlib.ticker import MaxNLocator

    told = tally.about(frame)
    axes.set_gid(TIME)
    every = -(-len(shown) // _TICKS)
    places = list(range(len(shown) - 1, -1, -every))[::-1]
    axes.set_xticks(places, [told.rows[shown[place]] for place in places])
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylabel(told.unit, rotation=0, labelpad=12)
    axes.grid(axis="y", color="#e3e7ec", linewidth=0.8)
    _bare(axes, ("top", "right", "left"))


def _lie(axes: Axes, frame: DataFrame, shown: list[int]) -> None:
    from matplotlib.ticker import MaxNLocator

    told = tally.about(frame)
    cut = [_cut(told.rows[row]) for row in shown]
    size = BODY if len(shown) <= 22 else BODY - 3
    axes.set_yticks(range(len(shown)), cut, fontsize=size)
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="x", color="#e3e7ec", linewidth=0.8)
    _bare(axes, ("top", "right", "bottom"))
    left = len(told.rows) - len(shown)
    if left:
        axes.set_xlabel(
            _("另有 {number} 行数字较小，见数据表").format(number=left),
            fontsize=BODY - 1,
            color=SOFT,
        )


def _bare(axes: Axes, sides: tuple[str, ...]) -> None:
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    for side in sides:
        axes.spines[side].set_visible(False)
