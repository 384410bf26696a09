"""One target over time: what was reached, what is wanted, and the pace that is still needed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.target import TargetFigure
from brandpool.reports import legend
from brandpool.reports.ask import Ask, period_ends
from brandpool.reports.figure import BODY, INK, SIZE, Rows, empty, run_in_days, sheet
from brandpool.reports.legend import Entry, Hidden
from brandpool.reports.moves import number_of
from brandpool.services import reference_data, targets
from brandpool.services.counted import RecordKey
from brandpool.services.targets import TargetRow

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame

AT = "at"
ACTUAL, WANTED, PACE = "actual", "wanted", "pace"
_BLUE, _RED = "#1f4f86", "#b3261e"


def numbers(session: Session, ask: Ask) -> DataFrame:
    """What a target had come to at the end of each period, up to the last day or its own year.

    Columns: `day`, `value` (None where it has to be verified), `keys` (the records counted).
    Raises UserError when no target is chosen or the days are the wrong way round.
    """
    from pandas import DataFrame

    ask.check()
    if not ask.record:
        raise UserError(_("请选择一项目标。"))
    ref = reference_data.reference(session, ask.end)
    found: dict[date, TargetRow] = {}
    for day in period_ends(ask.start, ask.end, ask.step):
        row = targets.get(session, ask.record, day, ref)
        found[row.day] = row
    lines = [(day, row.actual.value, _keys(row)) for day, row in found.items()]
    frame = DataFrame(lines, columns=["day", "value", "keys"], dtype=object)
    frame.attrs["target"] = row
    return frame


def _keys(row: TargetRow) -> tuple[RecordKey, ...]:
    if row.actual.counted is not None:
        return row.actual.counted.rows
    return ((TargetFigure.kind(), row.actual.figure),) if row.actual.figure else ()


def definition(frame: DataFrame) -> str:
    """What was counted, what is wanted and how the pace follows."""
    row: TargetRow = frame.attrs["target"]
    pace = (
        _("还差 {needed}，尚余 {months} 个月，平均每月需 {pace}。").format(
            needed=targets.spoken(row.needed, row.unit), months=row.months,
            pace=targets.spoken(row.pace, row.unit),
        )
        if row.needed is not None and row.pace is not None else ""
    )  # fmt: skip
    return _("要求：{wanted}（{year}年）。{pace}{definition}").format(
        wanted=row.wanted, year=row.year, pace=pace, definition=row.actual.definition
    )


def rows(frame: DataFrame, mark: str) -> Rows:
    """The records counted at the end of a period ("at:2026-03-31").

    Raises ValueError for another mark.
    """
    what, _colon, day = mark.partition(":")
    found = frame[frame["day"] == date.fromisoformat(day)]
    if what != AT or found.empty:
        raise ValueError(mark)
    row: TargetRow = frame.attrs["target"]
    value = found.iloc[0]["value"]
    words = "—" if value is None else targets.spoken(value, row.unit)
    return Rows(found.iloc[0]["keys"], f"{row.title}（{day}）{words}")


def printed(frame: DataFrame) -> DataFrame:
    """The points as they are copied."""
    row: TargetRow = frame.attrs["target"]
    heads = [_("日期"), row.unit or _("数值")]
    return frame[["day", "value"]].set_axis(heads, axis=1)


def draw(frame: DataFrame, size: tuple[float, float] = SIZE, hidden: Hidden = ()) -> Figure:
    """Draw the curve; points carry marks, `hidden` are "actual", "wanted" or "pace"."""
    row: TargetRow = frame.attrs["target"]
    title = _("{title}（{year}年目标）").format(title=row.title, year=row.year)
    figure = sheet(title, definition(frame), size)
    points = [(day, float(v)) for day, v in zip(frame["day"], frame["value"], strict=True)
              if v is not None]  # fmt: skip
    if not points:
        return empty(figure, _("这项目标还没有可用的实际值。"))
    figure.subplots_adjust(
        left=0.1, right=0.97, top=figure.subplotpars.top - 0.35 / size[1],
        bottom=figure.subplotpars.bottom + 0.35 / size[1],
    )  # fmt: skip
    axes = figure.add_subplot()
    last = date(row.year, 12, 31)
    _limits(axes, points, last, row.value)
    if ACTUAL not in hidden:
        _actual(axes, points)
    if WANTED not in hidden and row.value is not None:
        axes.axhline(float(row.value), color=_RED, linewidth=1.4, linestyle=(0, (6, 3)))
    if PACE not in hidden and row.pace is not None and row.value is not None:
        day, value = points[-1]
        axes.plot([number_of(day), number_of(last)], [value, float(row.value)],
                  color=INK, linewidth=1.4, linestyle=":")  # fmt: skip
    _axes(axes, row)
    _legend(axes, row, hidden)
    return figure


def _actual(axes: Axes, points: list[tuple[date, float]]) -> None:
    from matplotlib.patches import Ellipse

    axes.plot([number_of(day) for day, _v in points], [v for _day, v in points],
              color=_BLUE, linewidth=2.0)  # fmt: skip
    (low, high), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    for day, value in points:
        axes.add_patch(
            Ellipse(
                (number_of(day), value), (high - low) / 85, (top - bottom) / 48,
                facecolor="#ffffff", edgecolor=_BLUE, linewidth=1.4, zorder=4, gid=f"{AT}:{day}",
            )
        )  # fmt: skip


def _limits(
    axes: Axes, points: list[tuple[date, float]], last: date, wanted: Decimal | None
) -> None:
    first, end = number_of(points[0][0]), max(number_of(last), number_of(points[-1][0]))
    room = max(end - first, 30) * 0.03
    axes.set_xlim(first - room, end + room)
    most = max([value for _day, value in points] + [float(wanted or 0), 1.0])
    axes.set_ylim(0, most * 1.12)


def _axes(axes: Axes, row: TargetRow) -> None:
    run_in_days(axes, 10)
    axes.yaxis.set_major_formatter(lambda value, _place: _short(value))
    axes.set_ylabel(row.unit, rotation=0, labelpad=14)
    axes.grid(axis="y", color="#e3e7ec", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _short(value: float) -> str:
    return targets.spoken(Decimal(str(value)).normalize(), "").strip()


def _legend(axes: Axes, row: TargetRow, hidden: Hidden) -> None:
    entries = [
        Entry(ACTUAL, _("实际"), _BLUE),
        Entry(WANTED, _("要求：{wanted}").format(wanted=row.wanted), _RED, "////"),
    ]
    if row.pace is not None:
        pace = targets.spoken(row.pace, row.unit)
        entries.append(Entry(PACE, _("所需进度：每月 {pace}").format(pace=pace), "#ffffff", "...."))
    legend.put(
        axes, entries, hidden, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=len(entries),
        fontsize=BODY - 0.5, handlelength=2.0,
    )  # fmt: skip
