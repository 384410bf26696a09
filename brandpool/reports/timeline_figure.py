"""The years of one enterprise: the tiers it stood on with their documents, and what it received."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _, lang
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Choice
from brandpool.models.honour import Honour
from brandpool.models.letter import Letter
from brandpool.models.record import Record, fields
from brandpool.models.tier import TierMove
from brandpool.models.visit import Visit
from brandpool.reports.ask import Ask
from brandpool.reports.figure import (
    BODY,
    INK,
    LINE,
    SIZE,
    SOFT,
    Rows,
    empty,
    looks,
    run_in_days,
    sheet,
)
from brandpool.reports.legend import Hidden
from brandpool.reports.moves import number_of
from brandpool.reports.scope import day_words, scope_of
from brandpool.services import records, tiers

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame

STAY, PAPER = "stay", "paper"
_PAPERS: tuple[tuple[type[Record], str, str], ...] = (
    (Honour, "granted", "honour"),
    (Letter, "dated", "letter_type"),
    (Visit, "visited_on", "visit_no"),
)


def numbers(session: Session, ask: Ask) -> DataFrame:
    """One line per stay on a tier and per paper, as known to have happened by the last day.

    Columns: `what` (stay or paper), `lane`, `level`, `levels`, `start`, `end`, `text`, `kind`,
    `id`. Raises UserError when no enterprise is chosen.
    """
    from pandas import DataFrame

    if not ask.record:
        raise UserError(_("请选择一家企业。"))
    lines = [*_stays(session, ask.record, ask.end), *_papers(session, ask.record, ask.end)]
    names = ["what", "lane", "level", "levels", "start", "end", "text", "kind", "id"]
    frame = DataFrame(lines, columns=names)
    title = records.titles(session, Enterprise, [ask.record]).get(ask.record, "")
    frame.attrs |= {"name": title, "end": ask.end, "rungs": _rungs(session, frame, ask)}
    return frame


def _rungs(session: Session, frame: DataFrame, ask: Ask) -> dict[str, list[str]]:
    """The names of the tiers of each ladder drawn, from low to high."""
    codes = {move.ladder for move in tiers.history(session, ask.record, ask.end)}
    scopes = [scope_of(session, code, ask.end, ask.end) for code in codes]
    drawn = set(frame["lane"])
    return {one.title: [r.name for r in one.rungs] for one in scopes if one.title in drawn}


def _stays(session: Session, enterprise: str, on: date) -> list[tuple[Any, ...]]:
    found = []
    for move in tiers.history(session, enterprise, on):
        if move.coming or move.tier is None:
            continue
        scope = scope_of(session, move.ladder, on, on).with_codes((move.tier,))
        until = move.until if move.until and move.until <= on else on
        text = scope.name(move.tier) + (f"  {move.document_no}" if move.document_no else "")
        found.append(
            (STAY, scope.title, scope.codes.index(move.tier), len(scope.codes), move.effective,
             until, text, TierMove.kind(), move.id)
        )  # fmt: skip
    return found


def _papers(session: Session, enterprise: str, on: date) -> list[tuple[Any, ...]]:
    found = []
    for model, dated, named in _PAPERS:
        table = model.__table__.c
        query = select(table.id, table[dated], table[named]).where(
            table.enterprise_id == enterprise, table[dated] <= on, table.dup_of.is_(None)
        )
        for record, day, code in session.execute(query.order_by(table[dated], table.id)):
            choice: Choice | None = fields(model)[named].choice(str(code or ""))
            text = choice.label(lang()) if choice else str(code or "")
            lane = model.label(lang())
            found.append((PAPER, lane, 0, 1, day, day, text, model.kind(), record))
    return found


def definition(frame: DataFrame) -> str:
    """What is drawn, in words."""
    return _(
        "口径：截至{day}。层级按变动的生效日期起止，条上为层级和文号；下方为荣誉资质、四书和走访的日期。"
    ).format(day=day_words(frame.attrs["end"]))


def rows(frame: DataFrame, mark: str) -> Rows:
    """The record behind a bar or point ("stay:3"). Raises ValueError for another mark."""
    what, _colon, place = mark.partition(":")
    line = frame.iloc[int(place)]
    if what != line["what"]:
        raise ValueError(mark)
    days = f"{line['start']}" if what == PAPER else f"{line['start']} — {line['end']}"
    return Rows(((line["kind"], line["id"]),), f"{line['lane']} · {line['text']}（{days}）")


def printed(frame: DataFrame) -> DataFrame:
    """The lines as they are copied."""
    table = frame[["lane", "text", "start", "end"]]
    return table.set_axis([_("类别"), _("内容"), _("起"), _("止")], axis=1)


def draw(frame: DataFrame, size: tuple[float, float] = SIZE, _hidden: Hidden = ()) -> Figure:
    """Draw a panel of steps for each ladder and a lane for each sort of paper."""
    title = _("{name}：历年层级与文书").format(name=frame.attrs["name"])
    figure = sheet(title, definition(frame), size)
    if frame.empty:
        return empty(figure, _("这家企业还没有层级变动、荣誉、四书和走访记录。"))
    lanes = frame.groupby("lane", sort=False)
    heights = [float(part["levels"].max()) + 0.3 for _lane, part in lanes]
    figure.subplots_adjust(left=1.9 / size[0], right=0.97, hspace=0.12)
    figure.subplots_adjust(bottom=figure.subplotpars.bottom + 0.3 / size[1])
    panels = figure.subplots(
        len(heights), 1, sharex=True, squeeze=False, gridspec_kw={"height_ratios": heights}
    )[:, 0]
    first, last = number_of(frame["start"].min()), number_of(frame.attrs["end"])
    room = max(last - first, 60) * 0.03
    for axes, (lane, part) in zip(panels, lanes, strict=True):
        axes.set_xlim(first - room, last + room)
        _panel(axes, part, room)
        _name(axes, str(lane), frame.attrs["rungs"].get(str(lane)))
    run_in_days(panels[-1])
    return figure


def _panel(axes: Axes, part: DataFrame, room: float) -> None:
    levels = int(part["levels"].max())
    axes.set_ylim(-0.15, levels + 0.15)
    series = looks(max(levels, 2))
    from matplotlib.patches import Rectangle

    for place, line in part.iterrows():
        begun, ended = number_of(line["start"]), number_of(line["end"])
        stay = line["what"] == STAY
        width = max(ended - begun, room * 0.12) if stay else room * 0.22
        look = series[int(line["level"]) if stay else 1]
        axes.add_patch(
            Rectangle(
                (begun if stay else begun - width / 2, line["level"] + 0.1), width, 0.8,
                facecolor=look.fill, edgecolor=INK if stay else SOFT, linewidth=0.6,
                gid=f"{line['what']}:{place}",
            )
        )  # fmt: skip
        if stay:
            _text(axes, line["text"], begun, width, float(line["level"]) + 0.5, look.text)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_color(LINE)
        side.set_linewidth(0.5)


def _name(axes: Axes, lane: str, rungs: list[str] | None) -> None:
    """The lane's name at the left; a ladder has the names of its tiers there, its own on top."""
    if rungs is None:
        axes.set_yticks([0.5], [lane])
        return
    axes.set_yticks([place + 0.5 for place in range(len(rungs))], rungs)
    axes.text(0.006, 0.97, lane, transform=axes.transAxes, va="top", fontsize=BODY - 1, color=SOFT)
    for place in range(1, len(rungs)):
        axes.axhline(place, color="#e3e7ec", linewidth=0.7, zorder=0)


def _text(axes: Axes, text: str, begun: float, width: float, y: float, ink: str) -> None:
    """The words in a bar, or beside it where they do not fit: never over its edge."""
    low, high = axes.get_xlim()
    inches = axes.get_position().width * axes.figure.get_figure(root=True).get_size_inches()[0]
    needed = sum(1.0 if char > "\xff" else 0.55 for char in text) * (BODY - 1.5) / 72
    fits = needed < width / (high - low) * inches - 0.08
    name = text.partition("  ")[0]
    after = begun + width
    if fits:
        axes.text(
            begun + width / 2, y, text, ha="center", va="center", fontsize=BODY - 1.5, color=ink
        )
    elif (high - after) / (high - low) * inches > needed + 0.1:
        axes.annotate(text, (after, y), (4, 0), textcoords="offset points", va="center",
                      fontsize=BODY - 1.5, color=INK)  # fmt: skip
    else:
        axes.annotate(name, (begun, y), (-4, 0), textcoords="offset points", va="center",
                      ha="right", fontsize=BODY - 1.5, color=INK)  # fmt: skip
