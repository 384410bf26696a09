"""The charts there are: for each its numbers, its drawing, and the rows behind what is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.reports import dwell, flow_figure, matrix_figure, movement, stock
from brandpool.reports.ask import Ask
from brandpool.reports.figure import Rows

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart. `printed` makes the table that is copied; `rows` opens a mark of the drawing.

    `between` says whether it needs a first day too, `stepped` whether the step counts.
    """

    key: str
    theme: str
    title: str
    numbers: Callable[[Session, Ask], DataFrame]
    draw: Callable[[DataFrame, Size], Figure]
    rows: Callable[[DataFrame, str], Rows]
    printed: Callable[[DataFrame], DataFrame]
    definition: Callable[[DataFrame], str]
    between: bool = True
    stepped: bool = False
    laddered: bool = True
    inclusive: bool = False
    about_one: bool = False


def charts() -> tuple[Chart, ...]:
    """All charts, titled in the language in use."""
    return (
        Chart(
            "flow",
            "tiers",
            _("层级流向图"),
            _movement,
            flow_figure.draw_flow,
            movement.rows,
            movement.printed,
            movement.definition,
        ),
        Chart(
            "matrix",
            "tiers",
            _("层级流向矩阵"),
            _movement,
            matrix_figure.draw_matrix,
            movement.rows,
            movement.printed,
            movement.definition,
        ),
        Chart(
            "stock",
            "tiers",
            _("各层级企业数"),
            lambda session, ask: stock.numbers(session, ask.ladder, ask.start, ask.end, ask.step),
            stock.draw,
            stock.rows,
            stock.printed,
            stock.definition,
            stepped=True,
        ),
        Chart(
            "dwell",
            "tiers",
            _("各层级停留时间"),
            lambda session, ask: dwell.numbers(session, ask.ladder, ask.end),
            dwell.draw,
            dwell.rows,
            dwell.printed,
            dwell.definition,
            between=False,
        ),
    )


def chart(key: str) -> Chart:
    """The chart of that key. Raises UserError that names the keys there are."""
    found = {one.key: one for one in charts()}
    if key not in found:
        raise UserError(
            _("没有“{key}”这种图，可用：{keys}。").format(key=key, keys="、".join(found))
        )
    return found[key]


def _movement(session: Session, ask: Ask) -> DataFrame:
    return movement.numbers(session, ask.ladder, ask.start, ask.end)
