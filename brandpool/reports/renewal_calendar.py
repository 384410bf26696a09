"""Terms that end, month by month, a line for each year; what is overdue is hatched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brandpool.i18n import _
from brandpool.reports import legend, shading, tally
from brandpool.reports.duty_figures import stages
from brandpool.reports.figure import BODY, INK, LINE, SIZE, SOFT, Rows, empty, sheet
from brandpool.reports.legend import Entry, Hidden

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame

MONTH = "month"
_HATCHES = {"over": "xxxx", "grace": "////", "window": "", "ahead": "...."}
_MOST_YEARS = 14


def draw(frame: DataFrame, size: tuple[float, float] = SIZE, hidden: Hidden = ()) -> Figure:
    """Draw the tally of renewals ahead; every month with terms carries its mark.

    `hidden` are stages to leave out; a month is hatched as its earliest stage.
    """
    told = tally.about(frame)
    figure = sheet(_("续展日历"), told.definition, size)
    if frame.empty:
        return empty(figure, _("没有到期或将到期的商标。"))
    figure.subplots_adjust(
        left=0.08, right=0.97, top=figure.subplotpars.top - 0.4 / size[1],
        bottom=figure.subplotpars.bottom + 0.35 / size[1],
    )  # fmt: skip
    axes = figure.add_subplot()
    years = sorted({int(month[:4]) for month in told.rows})[-_MOST_YEARS:]
    _grid(axes, frame, years, hidden)
    entries = [Entry(key, words, "#dbe6f2", _HATCHES[key]) for key, words in stages().items()]
    legend.put(
        axes, entries, hidden, loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=len(entries),
        fontsize=BODY - 0.5, handlelength=2.2, columnspacing=2.0,
    )  # fmt: skip
    return figure


def rows(frame: DataFrame, mark: str) -> Rows:
    """The terms that end in a month, of the stages drawn ("month:2027-03:over,grace").

    Raises ValueError for another mark.
    """
    what, month, drawn = mark.split(":")
    if what != MONTH:
        raise ValueError(mark)
    words = stages()
    found = (tally.rows(frame, month, words[stage]) for stage in drawn.split(","))
    keys = tuple(dict.fromkeys(key for part in found for key in part))
    return Rows(keys, _("{month} 届满").format(month=month))


def _grid(axes: Axes, frame: DataFrame, years: list[int], hidden: Hidden) -> None:
    told = tally.about(frame)
    words = stages()
    drawn = [stage for stage in words if stage not in hidden]
    columns = [told.columns.index(words[stage]) for stage in drawn]
    matrix = tally.numbers(frame)[:, columns]
    counted = {month: matrix[place].tolist() for place, month in enumerate(told.rows)}
    most = max((sum(numbers) for numbers in counted.values()), default=0) or 1
    for down, year in enumerate(years):
        for month in range(12):
            parts = counted.get(f"{year}-{month + 1:02d}", [0] * len(drawn))
            number = sum(parts)
            first = next((stage for stage, n in zip(drawn, parts, strict=True) if n), "")
            name = f"{MONTH}:{year}-{month + 1:02d}:{','.join(drawn)}" if number else ""
            place = (month + 0.03, down + 0.04, 0.94, 0.92)
            shading.cell(axes, place, number / most, name, _HATCHES.get(first, ""))
            _number(axes, month, down, number, most)
    axes.set_xlim(0, 12)
    axes.set_ylim(len(years) + 0.05, -0.05)
    axes.set_xticks([n + 0.5 for n in range(12)], [_("{n}月").format(n=n + 1) for n in range(12)])
    axes.set_yticks([n + 0.5 for n in range(len(years))], [str(year) for year in years])
    axes.tick_params(length=0, labeltop=True, labelbottom=False)
    for side in axes.spines.values():
        side.set_visible(False)


def _number(axes: Axes, month: int, down: int, number: int, most: int) -> None:
    axes.text(
        month + 0.5, down + 0.5, str(number) if number else "·", ha="center", va="center",
        fontsize=BODY + 1, color=INK if number else SOFT,
        bbox={"boxstyle": "round,pad=0.15", "fc": "#ffffff", "ec": LINE, "lw": 0.4}
        if number and number / most > 0 else None,
    )  # fmt: skip
