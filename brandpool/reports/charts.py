"""The charts there are: for each its numbers, its drawing, and the rows behind what is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.reports import (
    bars_figure,
    duty_figures,
    dwell,
    evidence_map,
    flow_figure,
    madrid_figures,
    madrid_tiles,
    matrix_figure,
    movement,
    promotion,
    renewal_calendar,
    stock,
    subjects,
    survival_figure,
    tally,
    target_curve,
    timeline_figure,
)
from brandpool.reports.ask import Ask
from brandpool.reports.figure import Rows
from brandpool.reports.legend import Hidden
from brandpool.reports.statistics import Statistic, statistics

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

Size = tuple[float, float]
BARS = "bars_"
_DRAWN_OTHERWISE = frozenset({"stock", "transitions"})


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart. `printed` makes the table that is copied; `rows` opens a mark of the drawing.

    `between` says whether it needs a first day too, `stepped` whether the step counts, `laddered`
    whether it is about one ladder. A chart of one record lists in `subjects` (name and id) which
    records it can be about.
    """

    key: str
    theme: str
    title: str
    numbers: Callable[[Session, Ask], DataFrame]
    draw: Callable[[DataFrame, Size, Hidden], Figure]
    rows: Callable[[DataFrame, str], Rows]
    printed: Callable[[DataFrame], DataFrame]
    definition: Callable[[DataFrame], str]
    between: bool = True
    stepped: bool = False
    laddered: bool = False
    inclusive: bool = False
    subjects: Callable[[Session, Ask], list[tuple[str, str]]] | None = None

    @property
    def about_one(self) -> bool:
        """Whether it is about one record."""
        return self.subjects is not None


def charts() -> tuple[Chart, ...]:
    """All charts, titled in the language in use; every statistic is there as bars too."""
    return (*_of_tiers(), *_of_ledgers(), *_of_one(), *_bars())


def chart(key: str) -> Chart:
    """The chart of that key. Raises UserError that names the keys there are."""
    found = {one.key: one for one in charts()}
    if key not in found:
        raise UserError(
            _("没有“{key}”这种图，可用：{keys}。").format(key=key, keys="、".join(found))
        )
    return found[key]


def about(session: Session, one: Chart, ask: Ask, name: str) -> Ask:
    """The same asked about the record of that name, or the first there is.

    Raises UserError when none is called so.
    """
    if one.subjects is None:
        return ask
    found = one.subjects(session, ask)
    record = next((record for called, record in found if name in called or name == record), None)
    if record is None:
        raise UserError(_("没有找到“{name}”，请核对名称。").format(name=name))
    return replace(ask, record=record)


def _of_tiers() -> Sequence[Chart]:
    return (
        Chart(
            "flow", "tiers", _("层级流向图"), _movement, flow_figure.draw_flow,
            movement.rows, movement.printed, movement.definition, laddered=True,
        ),
        Chart(
            "matrix", "tiers", _("层级流向矩阵"), _movement, matrix_figure.draw_matrix,
            movement.rows, movement.printed, movement.definition, laddered=True,
        ),
        Chart(
            "stock", "tiers", _("各层级企业数"),
            lambda session, ask: stock.numbers(session, ask.ladder, ask.start, ask.end, ask.step),
            stock.draw, stock.rows, stock.printed, stock.definition,
            stepped=True, laddered=True,
        ),
        Chart(
            "dwell", "tiers", _("各层级停留时间"),
            lambda session, ask: dwell.numbers(session, ask.ladder, ask.end),
            dwell.draw, dwell.rows, dwell.printed, dwell.definition,
            between=False, laddered=True,
        ),
        Chart(
            "survival", "tiers", _("升级所需时间曲线"), promotion.numbers, survival_figure.draw,
            survival_figure.rows, tally.printed, tally.definition, between=False, laddered=True,
        ),
    )  # fmt: skip


def _of_ledgers() -> Sequence[Chart]:
    return (
        Chart(
            "madrid", "madrid", _("马德里缔约方图"), madrid_figures.by_party, madrid_tiles.draw,
            madrid_tiles.rows, tally.printed, tally.definition, between=False,
        ),
        Chart(
            "calendar", "renewals", _("续展日历"), duty_figures.renewals_ahead,
            renewal_calendar.draw, renewal_calendar.rows, tally.printed, tally.definition,
            between=False,
        ),
    )  # fmt: skip


def _of_one() -> Sequence[Chart]:
    return (
        Chart(
            "timeline", "tiers", _("企业历年层级"), timeline_figure.numbers, timeline_figure.draw,
            timeline_figure.rows, timeline_figure.printed, timeline_figure.definition,
            between=False, subjects=subjects.enterprises,
        ),
        Chart(
            "evidence", "well_known", _("驰名保护证据网格"), evidence_map.numbers,
            evidence_map.draw, evidence_map.rows, evidence_map.printed, evidence_map.definition,
            between=False, subjects=subjects.files,
        ),
        Chart(
            "target", "targets", _("目标进度曲线"), target_curve.numbers, target_curve.draw,
            target_curve.rows, target_curve.printed, target_curve.definition,
            stepped=True, subjects=subjects.targets,
        ),
    )  # fmt: skip


def _bars() -> Iterator[Chart]:
    for one in statistics():
        if one.key not in _DRAWN_OTHERWISE:
            yield _as_bars(one)


def _as_bars(one: Statistic) -> Chart:
    return Chart(
        f"{BARS}{one.key}", one.theme, _("{title}（柱形图）").format(title=one.title), one.numbers,
        bars_figure.draw, bars_figure.rows, tally.printed, tally.definition,
        between=one.between, stepped=one.stepped, laddered=one.laddered, inclusive=one.inclusive,
    )  # fmt: skip


def _movement(session: Session, ask: Ask) -> DataFrame:
    return movement.numbers(session, ask.ladder, ask.start, ask.end)
