"""How many enterprises stood on each tier, month by month, quarter by quarter or year by year."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.reports import legend, moves
from brandpool.reports.ask import Step, period_ends
from brandpool.reports.figure import BODY, SIZE, SOFT, TIME, Look, Rows, empty, firms, looks, sheet
from brandpool.reports.legend import Hidden
from brandpool.reports.moves import Moves, number_of
from brandpool.reports.scope import Scope, day_words, scope_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame

STOCK = "stock"
_TOTALS_UP_TO, _COUNTS_UP_TO, _TICKS = 26, 16, 12
_HATCHED_UP_TO = 60
_LABELLED = 0.045


def numbers(
    session: Session, ladder: str, start: date, end: date, step: Step = "month"
) -> DataFrame:
    """Enterprises per tier at the end of each period between the dates; the last row is `end`.

    The index holds the days, the columns are tier codes from low to high. Raises UserError when
    the first day is after the last.
    """
    from pandas import DataFrame, Index

    if start > end:
        raise UserError(_("起始日 {start} 晚于截止日 {end}，请调换。").format(start=start, end=end))
    scope = scope_of(session, ladder, start, end)
    loaded = moves.load(session, ladder, scope.codes)
    days = list(period_ends(start, end, step))
    frame = DataFrame(_counts(loaded, days), index=Index(days, name="day"), columns=loaded.codes)
    frame = frame.iloc[:, 1:]
    frame.attrs["scope"] = scope.with_codes(loaded.codes)
    frame.attrs["moves"] = loaded
    frame.attrs["step"] = step
    frame.attrs["spans"] = [(day, day) for day in days]
    return frame


def _counts(loaded: Moves, days: list[date]) -> moves.Numbers:
    """Each move takes one from the tier before and adds one to its own, from its day on."""
    import numpy as np

    edges = np.array([number_of(day) for day in days])
    period = np.searchsorted(edges, loaded.day, side="left")
    width = len(loaded.codes)
    size = (len(days) + 1) * width
    gained = np.bincount(period * width + loaded.tier, minlength=size)
    lost = np.bincount(period * width + loaded.before, minlength=size)
    steps = (gained - lost).reshape(len(days) + 1, width)[:-1]
    counted: moves.Numbers = np.cumsum(steps, axis=0)
    return counted


def definition(frame: DataFrame) -> str:
    """What the numbers mean, in words."""
    scope: Scope = frame.attrs["scope"]
    period = {"month": _("每月末"), "quarter": _("每季末"), "year": _("每年末")}
    return _(
        "口径：{start}至{end}间{period}日终在各层级的企业数，最后一点为截止日当日；"
        "层级按变动的生效日期确定，已退出的不计。{scheme}"
    ).format(
        start=day_words(scope.start),
        end=day_words(scope.end),
        period=period[frame.attrs["step"]],
        scheme=scope.scheme_sentence(),
    )


def rows(frame: DataFrame, mark: str) -> Rows:
    """The enterprises behind one bar ("stock:2026-03-31:key")."""
    what, day, code = mark.split(":", 2)
    if what != STOCK:
        raise ValueError(mark)
    scope: Scope = frame.attrs["scope"]
    loaded: Moves = frame.attrs["moves"]
    standing = loaded.at(date.fromisoformat(day))
    chosen = loaded.chosen(standing == loaded.codes.index(code))
    return firms(chosen, f"{scope.name(code)}（{day}）")


def printed(frame: DataFrame) -> DataFrame:
    """The numbers as they are copied: the day first, tiers by name, then the sum."""
    scope: Scope = frame.attrs["scope"]
    table = frame.rename(columns=scope.name)
    table[_("合计")] = table.sum(axis=1)
    return table.rename_axis(_("日期")).reset_index()


def draw(frame: DataFrame, size: tuple[float, float] = SIZE, hidden: Hidden = ()) -> Figure:
    """Draw stacked bars over time, the lowest tier at the bottom; every bar carries its mark.

    `hidden` are tier codes to leave out.
    """
    scope: Scope = frame.attrs["scope"]
    figure = sheet(_("{ladder}：各层级企业数").format(ladder=scope.title), definition(frame), size)
    if not frame.to_numpy().any():
        return empty(figure, _("这段时间没有企业在库。"))
    figure.subplots_adjust(left=0.07, right=0.84, bottom=figure.subplotpars.bottom + 0.45 / size[1])
    axes = figure.add_subplot()
    series = looks(len(frame.columns))
    if len(frame) > _HATCHED_UP_TO:
        # On bars a few pixels wide hatching says nothing and takes longest to draw.
        series = [replace(look, hatch="") for look in series]
    axes.set_gid(TIME)
    _stack(axes, frame, series, hidden)
    _axes(axes, frame)
    codes = [str(code) for code in frame.columns]
    entries = legend.of_looks(codes, [scope.name(code) for code in codes], series)
    legend.put(
        axes, entries[::-1], hidden, loc="upper left", bbox_to_anchor=(1.01, 1.0),
        handlelength=2.0, handleheight=1.4,
    )  # fmt: skip
    return figure


def _stack(axes: Axes, frame: DataFrame, series: list[Look], hidden: Hidden) -> None:
    shown = [code for code in frame.columns if code not in hidden]
    highest = max(int(frame[shown].sum(axis=1).max()), 1)
    axes.set_ylim(0, highest * 1.1)
    axes.set_xlim(-0.7, len(frame) - 0.3)
    days = [str(day) for day in frame.index]
    below = [0] * len(frame)
    for code, look in zip(frame.columns, series, strict=True):
        for place, number in enumerate(frame[code].tolist() if code in shown else ()):
            if number:
                _bar(axes, place, below[place], number, look, f"{STOCK}:{days[place]}:{code}")
                if len(frame) <= _COUNTS_UP_TO and number > highest * _LABELLED:
                    _count(axes, place, below[place] + number / 2, number, look)
                below[place] += number
    if len(frame) <= _TOTALS_UP_TO:
        for place, number in enumerate(below):
            axes.annotate(
                str(number), (place, number), (0, 3), textcoords="offset points",
                ha="center", fontsize=BODY - 1.5, color=SOFT,
            )  # fmt: skip


def _bar(axes: Axes, place: int, bottom: int, number: int, look: Look, mark: str) -> None:
    from matplotlib.patches import Rectangle

    axes.add_artist(
        Rectangle(
            (place - 0.42, bottom),
            0.84,
            number,
            facecolor=look.fill,
            edgecolor="#6f7b88",
            hatch=look.hatch,
            linewidth=0.5,
            gid=mark,
        )
    )


def _count(axes: Axes, x: int, y: float, number: int, look: Look) -> None:
    axes.text(
        x,
        y,
        str(number),
        ha="center",
        va="center",
        fontsize=BODY - 1.5,
        color=look.text,
        bbox={"boxstyle": "round,pad=0.1", "fc": look.fill, "ec": "none"} if look.hatch else None,
    )


def _axes(axes: Axes, frame: DataFrame) -> None:
    from matplotlib.ticker import MaxNLocator

    every = -(-len(frame) // _TICKS)
    places = list(range(len(frame) - 1, -1, -every))[::-1]
    days = [frame.index[place] for place in places]
    axes.set_xticks(places, [_short(day, frame.attrs["step"]) for day in days])
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.tick_params(length=0)
    axes.set_ylabel(_("家"), rotation=0, labelpad=12)
    axes.grid(axis="y", color="#e3e7ec", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _short(day: date, step: Step) -> str:
    """The day under a bar: the month is enough at its end, the last bar may stand on any day."""
    if step == "year" and (day.month, day.day) == (12, 31):
        return str(day.year)
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        return f"{day.year}-{day.month:02d}"
    return f"{day.year}-\n{day:%m-%d}"
