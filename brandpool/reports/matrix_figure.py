"""The transition matrix as a picture: rows the first day, columns the last, darker where more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from brandpool.i18n import _
from brandpool.reports.figure import BODY, INK, LINE, PAPER, SIZE, empty, sheet
from brandpool.reports.legend import Hidden
from brandpool.reports.movement import CELL, FIRST, LAST, definition, matrix
from brandpool.reports.moves import OUTSIDE
from brandpool.reports.scope import Scope

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame

_DARK_FROM = 0.55


def draw_matrix(frame: DataFrame, size: tuple[float, float] = SIZE, _hidden: Hidden = ()) -> Figure:
    """Draw the matrix of `movement.numbers` with its sums; every cell and sum carries its mark.

    `size` is in inches.
    """
    scope: Scope = frame.attrs["scope"]
    figure = sheet(_("{ladder}：层级流向矩阵").format(ladder=scope.title), definition(frame), size)
    if frame.empty:
        return empty(figure, _("两个日期均没有企业在库。"))
    table = matrix(frame)
    codes = [*scope.codes[::-1], OUTSIDE]
    figure.subplots_adjust(left=0.2, right=0.96, top=figure.subplotpars.top - 0.11)
    axes = figure.add_subplot()
    _cells(axes, table.to_numpy().tolist(), codes)
    _axes(axes, list(map(str, table.columns)), scope)
    return figure


def _cells(axes: Axes, numbers: Sequence[Sequence[int]], codes: Sequence[str]) -> None:
    most = max((max(row[:-1]) for row in numbers[:-1]), default=0)
    for down, row in enumerate(numbers):
        for across, number in enumerate(row):
            mark = _mark(codes, down, across)
            inner = mark.startswith(CELL)
            depth = (number / most) ** 0.5 if inner and most else 0.0
            _cell(axes, (across, down), number, depth, mark, stayed=inner and down == across)


def _mark(codes: Sequence[str], down: int, across: int) -> str:
    last = len(codes)
    if down < last and across < last:
        return f"{CELL}:{codes[down]}>{codes[across]}"
    if down < last:
        return f"{FIRST}:{codes[down]}"
    return f"{LAST}:{codes[across]}" if across < last else ""


def _cell(
    axes: Axes,
    place: tuple[int, int],
    number: int,
    depth: float,
    mark: str,
    *,
    stayed: bool,
) -> None:
    from matplotlib.patches import Rectangle

    light, dark = (0xFF, 0xFF, 0xFF), (0x1F, 0x4F, 0x86)
    mixed = (round(a + (b - a) * depth) for a, b in zip(light, dark, strict=True))
    axes.add_patch(
        Rectangle(
            place,
            1,
            1,
            facecolor="#" + "".join(f"{part:02x}" for part in mixed),
            edgecolor=INK if stayed else LINE,
            linewidth=1.4 if stayed else 0.6,
            zorder=2 if stayed else 1,
            gid=mark or None,
        )
    )
    axes.text(
        place[0] + 0.5,
        place[1] + 0.5,
        str(number) if number else "—",
        ha="center",
        va="center",
        fontsize=BODY + 1.5,
        color=PAPER if depth > _DARK_FROM else INK if number else LINE,
        zorder=3,
    )


def _axes(axes: Axes, names: Sequence[str], scope: Scope) -> None:
    count = len(names)
    axes.set_xlim(-0.01, count + 0.01)
    axes.set_ylim(count + 0.01, -0.01)
    places = [number + 0.5 for number in range(count)]
    columns = [*names[:-2], _("池外（退出）"), names[-1]]
    lines = [*names[:-2], _("池外（入库）"), names[-1]]
    axes.set_xticks(places, columns)
    axes.set_yticks(places, lines)
    axes.tick_params(length=0, labeltop=True, labelbottom=False, labelsize=BODY)
    axes.set_xlabel(_("{day} 所在层级").format(day=scope.end), labelpad=8)
    axes.xaxis.set_label_position("top")
    axes.set_ylabel(_("{day} 所在层级").format(day=scope.start), labelpad=8)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.axhline(count - 1, color=INK, linewidth=1.2, zorder=4)
    axes.axvline(count - 1, color=INK, linewidth=1.2, zorder=4)
