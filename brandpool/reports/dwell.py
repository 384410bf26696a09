"""How long enterprises stood on each tier, those who still stand there told apart."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.reports import legend, moves
from brandpool.reports.figure import BODY, SIZE, SOFT, Rows, empty, firms, sheet
from brandpool.reports.legend import Entry, Hidden
from brandpool.reports.moves import Moves, number_of
from brandpool.reports.scope import Scope, day_words, scope_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame

DWELL, OPEN, LEFT = "dwell", "open", "left"
EDGES = (0, 183, 365, 730, 1095, 1825)
_CLOSED_FILL, _OPEN_FILL = "#2b5f9e", "#dbe6f2"


def numbers(session: Session, ladder: str, on: date) -> DataFrame:
    """Days each enterprise has spent on each tier up to `on`, several stays added up.

    Columns: `tier`, `id`, `days`, `open` (it stands there on that day), `span` (which of EDGES its
    days have reached). A tier entered and left on the same day is no stay.
    """
    import numpy as np
    from pandas import DataFrame

    scope = scope_of(session, ladder, on, on)
    loaded = moves.load(session, ladder, scope.codes)
    people, tiers, days, still = _stays(loaded, number_of(on))
    frame = DataFrame(
        {
            "tier": np.array(loaded.codes, dtype=object)[tiers],
            "id": np.array(loaded.ids, dtype=object)[people],
            "days": days,
            "open": still,
            "span": np.searchsorted(np.array(EDGES), days, side="right") - 1,
        }
    )
    frame.attrs["scope"] = scope.with_codes(loaded.codes)
    frame.attrs["counted"] = counted(frame)
    left = frame[~frame["open"]]
    frame.attrs["medians"] = left.groupby("tier")["days"].median().to_dict()
    return frame


def _stays(
    loaded: Moves, on: int
) -> tuple[moves.Numbers, moves.Numbers, moves.Numbers, moves.Numbers]:
    """Enterprise, tier, days and whether still there, one line per enterprise and tier."""
    import numpy as np

    seen = loaded.day <= on
    who, day, tier = loaded.who[seen], loaded.day[seen], loaded.tier[seen]
    last = np.ones(len(who), dtype=bool)
    last[:-1] = who[1:] != who[:-1]
    until = np.full(len(who), on)
    until[:-1] = np.where(last[:-1], on, day[1:])
    width = len(loaded.codes)
    pair = who * width + tier
    size = len(loaded.ids) * width
    days = np.bincount(pair, weights=until - day, minlength=size).astype(np.int64)
    still = np.zeros(size, dtype=bool)
    still[pair[last]] = True
    found = np.flatnonzero((days > 0) | still)
    found = found[found % width > 0]
    return found // width, found % width, days[found], still[found]


def spans() -> list[str]:
    """The lengths of stay that are told apart, in words."""
    return [
        _("半年以内"),
        _("半年至1年"),
        _("1至2年"),
        _("2至3年"),
        _("3至5年"),
        _("5年以上"),
    ]


def definition(frame: DataFrame) -> str:
    """What the numbers mean, in words."""
    scope: Scope = frame.attrs["scope"]
    return _(
        "口径：截至{day}日终，每家企业在该层级停留的日历天数，多次停留合并计算；仍在该层级的按未结束计，"
        "其天数还会增加。半年按183天、1年按365天分段，含起点。{scheme}"
    ).format(day=day_words(scope.end), scheme=scope.scheme_sentence())


def rows(frame: DataFrame, mark: str) -> Rows:
    """The enterprises behind one bar ("dwell:key:2:open")."""
    what, tier, span, state = mark.split(":")
    if what != DWELL or state not in (OPEN, LEFT):
        raise ValueError(mark)
    scope: Scope = frame.attrs["scope"]
    chosen = _bar_of(frame, tier, int(span), still=state == OPEN)
    words = _("仍在") if state == OPEN else _("已离开")
    return firms(
        tuple(chosen["id"]),
        f"{scope.name(tier)} · {spans()[int(span)]} · {words}（{scope.end}）",
    )


def _bar_of(frame: DataFrame, tier: str, span: int, *, still: bool) -> DataFrame:
    return frame[(frame["tier"] == tier) & (frame["span"] == span) & (frame["open"] == still)]


def counted(frame: DataFrame) -> DataFrame:
    """Enterprises per tier, span of days and whether they still stand there."""
    return frame.groupby(["tier", "span", "open"]).size().rename("number").reset_index()


def printed(frame: DataFrame) -> DataFrame:
    """The numbers as they are copied: one line per tier and state, one column per span of days."""
    from pandas import DataFrame

    scope: Scope = frame.attrs["scope"]
    found = {
        (row.tier, row.open, row.span): row.number for row in counted(frame).itertuples(index=False)
    }
    lines = [
        [
            scope.name(code),
            words,
            *(found.get((code, still, span), 0) for span in range(len(EDGES))),
        ]
        for code in scope.codes[::-1]
        for still, words in ((False, _("已离开")), (True, _("仍在")))
    ]
    return DataFrame(lines, columns=[_("层级"), _("状态"), *spans()])


def draw(frame: DataFrame, size: tuple[float, float] = SIZE, hidden: Hidden = ()) -> Figure:
    """Draw one row of bars per tier, the highest on top; every bar carries its mark.

    `hidden` leaves out those who left ("left") or still stand there ("open").
    """
    scope: Scope = frame.attrs["scope"]
    figure = sheet(
        _("{ladder}：各层级停留时间").format(ladder=scope.title), definition(frame), size
    )
    if frame.empty:
        return empty(figure, _("截至这一天还没有企业入库。"))
    figure.subplots_adjust(left=0.2, right=0.97, hspace=0.28)
    figure.subplots_adjust(bottom=figure.subplotpars.bottom + 0.3 / size[1])
    table = frame.attrs["counted"]
    most = int(table.groupby(["tier", "span"])["number"].sum().max())
    table = table[~table["open"].map({True: OPEN, False: LEFT}).isin(list(hidden))]
    panels = figure.subplots(len(scope.rungs), 1, sharex=True, squeeze=False)[:, 0]
    for axes, rung in zip(panels, reversed(scope.rungs), strict=True):
        axes.set_ylim(0, most * 1.3)
        _bars(axes, table[table["tier"] == rung.code], rung.code)
        _panel(axes, rung.name, _words(frame, rung.code))
    panels[-1].set_xticks(range(len(EDGES)), spans())
    panels[-1].set_xlim(-0.6, len(EDGES) - 0.4)
    _legend(figure, hidden)
    return figure


def _bars(axes: Axes, table: DataFrame, tier: str) -> None:
    from matplotlib.patches import Rectangle

    heights = dict.fromkeys(range(len(EDGES)), 0)
    ordered = table.sort_values("open")
    columns = (ordered[name].tolist() for name in ("span", "number", "open"))
    for span, number, still in zip(*columns, strict=True):
        axes.add_patch(
            Rectangle(
                (span - 0.36, heights[span]),
                0.72,
                number,
                facecolor=_OPEN_FILL if still else _CLOSED_FILL,
                hatch="////" if still else "",
                edgecolor="#5f6f80",
                linewidth=0.6,
                gid=f"{DWELL}:{tier}:{span}:{OPEN if still else LEFT}",
            )
        )
        heights[span] += number
    for span, number in heights.items():
        if number:
            axes.annotate(
                _parts(table, span, number), (span, number), (0, 2), textcoords="offset points",
                ha="center", fontsize=BODY - 1.5,
            )  # fmt: skip


def _parts(table: DataFrame, span: int, number: int) -> str:
    """The bar's sum, and how many of them still stand there when it is of both sorts."""
    still = int(table[(table["span"] == span) & table["open"]]["number"].sum())
    return _("{number}（仍在{still}）").format(number=number, still=still) if still else str(number)


def _words(frame: DataFrame, tier: str) -> list[str]:
    """How many left a tier, after how long by median, and how many still stand there."""
    table: DataFrame = frame.attrs["counted"]
    mine = table[table["tier"] == tier]
    left, still = (int(mine[mine["open"] == is_open]["number"].sum()) for is_open in (False, True))
    days = frame.attrs["medians"].get(tier, 0.0)
    gone = _("已离开 {number} 家，中位 {days} 天").format(number=left, days=round(days))
    return [*([gone] if left else []), _("仍在 {number} 家").format(number=still)]


def _panel(axes: Axes, name: str, lines: list[str]) -> None:
    axes.text(
        -0.025, 0.78, name, transform=axes.transAxes, ha="right", va="center", fontsize=BODY + 1
    )
    axes.text(
        -0.025, 0.62, "\n".join(lines), transform=axes.transAxes, ha="right", va="top",
        fontsize=BODY - 1.5, color=SOFT, linespacing=1.4,
    )  # fmt: skip
    axes.set_yticks([])
    axes.tick_params(length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _legend(figure: Figure, hidden: Hidden) -> None:
    entries = [
        Entry(LEFT, _("已离开该层级"), _CLOSED_FILL),
        Entry(OPEN, _("仍在该层级"), _OPEN_FILL, "////"),
    ]
    _width, height = figure.get_size_inches()
    legend.put(
        figure, entries, hidden, loc="upper right", ncols=2, fontsize=BODY - 0.5,
        bbox_to_anchor=(0.98, 1 - 0.25 / height),
    )  # fmt: skip
