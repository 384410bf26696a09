"""The evidence grid of a well-known file as a picture: how far each line is in each year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.well_known import EvidenceFigure, EvidenceItem, WellKnownCase
from brandpool.reports import legend
from brandpool.reports.ask import Ask
from brandpool.reports.figure import BODY, INK, LINE, PAPER, SIZE, SOFT, Rows, sheet
from brandpool.reports.legend import Entry, Hidden
from brandpool.reports.scope import day_words
from brandpool.services import records, well_known
from brandpool.services.well_known import Assessment
from brandpool.services.well_known_grid import FULL, MISSING, OPTIONAL, PARTIAL, Cell

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame

CELL = "cell"
_LOOKS = {
    FULL: ("#1f4f86", "", PAPER), PARTIAL: ("#b9cde4", "////", INK),
    MISSING: ("#ffffff", "xxxx", INK), OPTIONAL: ("#f3f5f8", "", SOFT),
}  # fmt: skip


def numbers(session: Session, ask: Ask) -> DataFrame:
    """One line per cell of the grid: line, year, state, reasons and the records behind it.

    Raises UserError when no file is chosen.
    """
    from pandas import DataFrame

    if not ask.record:
        raise UserError(_("请选择一份驰名保护准备案卷。"))
    found = well_known.assess(session, ask.record, ask.end)
    firm = found.file.enterprise_id or ""
    owner = records.titles(session, Enterprise, [firm]).get(firm, "")
    lines = [
        (one.line.label, one.year, one.state, "；".join(one.reasons), _keys(one))
        for one in found.cells
    ]
    frame = DataFrame(lines, columns=["line", "year", "state", "reasons", "keys"], dtype=object)
    frame.attrs |= {"found": found, "owner": owner}
    return frame


def _keys(cell: Cell) -> tuple[tuple[str, str], ...]:
    figure = ((EvidenceFigure.kind(), cell.figure),) if cell.figure else ()
    items = ((EvidenceItem.kind(), one) for one in cell.items)
    cases = ((WellKnownCase.kind(), one) for one in cell.cases)
    return (*items, *figure, *cases)


def definition(frame: DataFrame) -> str:
    """What the grid shows, in words."""
    found: Assessment = frame.attrs["found"]
    return _(
        "口径：{day}对该案卷的评估，基准日{anchor}；格中数字为该项该年的材料和数据条数。"
        "评估结论：{verdict}。只说明个案材料是否齐备，不构成任何认定。"
    ).format(day=day_words(found.on), anchor=day_words(found.anchor), verdict=found.label)


def rows(frame: DataFrame, mark: str) -> Rows:
    """The papers and figures behind a cell ("cell:7"). Raises ValueError for another mark."""
    what, _colon, place = mark.partition(":")
    if what != CELL:
        raise ValueError(mark)
    line = frame.iloc[int(place)]
    year = str(line["year"]) if line["year"] else _("总体")
    state = states()[line["state"]]
    return Rows(
        line["keys"], " · ".join(t for t in (line["line"], year, state, line["reasons"]) if t)
    )


def printed(frame: DataFrame) -> DataFrame:
    """The grid as it is copied: a line each, years across."""
    words = states()
    years = list(dict.fromkeys(frame["year"]))
    table = frame.assign(state=frame["state"].map(words), year=frame["year"].map(_year))
    wide = table.pivot_table(
        index="line", columns="year", values="state", aggfunc="first", sort=False
    )
    wide = wide.reindex(columns=[_year(year) for year in years]).fillna("")
    return wide.rename_axis(_("项目")).reset_index()


def states() -> dict[str, str]:
    """The states of a cell, in words."""
    return {FULL: _("齐备"), PARTIAL: _("不全"), MISSING: _("缺失"), OPTIONAL: _("不要求")}


def draw(frame: DataFrame, size: tuple[float, float] = SIZE, hidden: Hidden = ()) -> Figure:
    """Draw the grid; every cell carries its mark, cells of `hidden` states are left blank."""
    found: Assessment = frame.attrs["found"]
    title = _("{owner}“{mark}”驰名保护准备：证据网格").format(
        owner=frame.attrs["owner"], mark=found.file.mark or ""
    )
    figure = sheet(title, definition(frame), size)
    figure.subplots_adjust(
        left=2.3 / size[0], right=0.97, top=figure.subplotpars.top - 0.3 / size[1],
        bottom=figure.subplotpars.bottom + 0.35 / size[1],
    )  # fmt: skip
    axes = figure.add_subplot()
    _grid(axes, frame, hidden)
    entries = [Entry(key, words, *_LOOKS[key][:2]) for key, words in states().items()]
    legend.put(
        axes, entries, hidden, loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=len(entries),
        fontsize=BODY - 0.5, handlelength=2.2, columnspacing=2.0,
    )  # fmt: skip
    return figure


def _grid(axes: Axes, frame: DataFrame, hidden: Hidden) -> None:
    from matplotlib.patches import Rectangle

    names = list(dict.fromkeys(frame["line"]))
    years = list(dict.fromkeys(frame["year"]))
    columns = (frame[name].tolist() for name in ("line", "year", "state", "keys"))
    for place, (label, year, state, keys) in enumerate(zip(*columns, strict=True)):
        x, y = years.index(year), names.index(label)
        blank = state in hidden
        fill, hatch, ink = _LOOKS[state]
        axes.add_patch(
            Rectangle(
                (x + 0.02, y + 0.05), 0.96, 0.9, facecolor=PAPER if blank else fill,
                hatch="" if blank else hatch, edgecolor=LINE, linewidth=0.6, gid=f"{CELL}:{place}",
            )
        )  # fmt: skip
        if not blank:
            plate = {"boxstyle": "round,pad=0.15", "fc": fill, "ec": "none"} if hatch else None
            axes.text(x + 0.5, y + 0.5, _sign(state, len(keys)), ha="center",
                      va="center", color=ink, fontsize=BODY, bbox=plate)  # fmt: skip
    axes.set_xlim(0, len(years))
    axes.set_ylim(len(names), 0)
    axes.set_xticks([n + 0.5 for n in range(len(years))], [_year(year) for year in years])
    axes.set_yticks([n + 0.5 for n in range(len(names))], names)
    axes.tick_params(length=0, labeltop=True, labelbottom=False)
    for side in axes.spines.values():
        side.set_visible(False)


def _sign(state: str, number: int) -> str:
    if state == OPTIONAL:
        return str(number) if number else "—"
    return f"{states()[state]} {number}" if number else states()[state]


def _year(year: int | None) -> str:
    return str(year) if year else _("总体")
