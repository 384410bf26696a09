"""Tier movement between two dates: who stayed, rose, fell, came and left. Flow diagram and matrix.

`numbers` gives one row per pair of tiers; both drawings and the rows behind them come from it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.reports import moves
from brandpool.reports.figure import Rows, firms
from brandpool.reports.moves import OUTSIDE
from brandpool.reports.scope import Scope, day_words, scope_of

if TYPE_CHECKING:
    from pandas import DataFrame

CELL, FIRST, LAST = "cell", "first", "last"


def numbers(session: Session, ladder: str, start: date, end: date) -> DataFrame:
    """How many enterprises stood on which tier at the end of both days, and which ones.

    Columns: `source` and `target` (tier codes, "" for outside the pool), `number`, `ids`; one row
    per pair that occurs. `frame.attrs["scope"]` says what was counted. Raises UserError when the
    first day is after the last.
    """
    import numpy as np
    from pandas import DataFrame

    if start > end:
        raise UserError(_("起始日 {start} 晚于截止日 {end}，请调换。").format(start=start, end=end))
    scope = scope_of(session, ladder, start, end)
    loaded = moves.load(session, ladder, scope.codes)
    first, last = loaded.at(start), loaded.at(end)
    size = len(loaded.codes)
    pair = first * size + last
    order = np.argsort(pair, kind="stable")
    edges = np.searchsorted(pair[order], np.arange(size * size + 1))
    cells = []
    for code in range(1, size * size):
        among = order[edges[code] : edges[code + 1]]
        if len(among):
            ids = tuple(loaded.ids[index] for index in among)
            source, target = divmod(code, size)
            cells.append((loaded.codes[source], loaded.codes[target], len(ids), ids))
    frame = DataFrame(cells, columns=["source", "target", "number", "ids"])
    frame.attrs["scope"] = scope.with_codes(loaded.codes)
    return frame


def definition(frame: DataFrame) -> str:
    """What the numbers mean, in words; printed under the drawings."""
    scope: Scope = frame.attrs["scope"]
    return _(
        "口径：以{start}和{end}两日日终所在层级为准，每家企业只计一次；层级按变动的生效日期确定。"
        "“池外”指当日不在本梯队：左侧为期间入库，右侧为期间退出；期间先入后出的不计。{scheme}"
    ).format(start=day_words(scope.start), end=day_words(scope.end), scheme=scope.scheme_sentence())


def rows(frame: DataFrame, mark: str) -> Rows:
    """The enterprises behind a band or cell ("cell:a>b") or a tier on a day ("first:a", "last:b").

    Raises ValueError for a mark that none of the drawings makes.
    """
    scope: Scope = frame.attrs["scope"]
    what, _colon, codes = mark.partition(":")
    if what == CELL:
        source, _arrow, target = codes.partition(">")
        chosen = frame[(frame["source"] == source) & (frame["target"] == target)]
        title = f"{scope.name(source)} → {scope.name(target)}"
    elif what in (FIRST, LAST):
        chosen = frame[frame["source" if what == FIRST else "target"] == codes]
        title = f"{scope.name(codes)}（{scope.start if what == FIRST else scope.end}）"
    else:
        raise ValueError(mark)
    ids = tuple(one for part in chosen["ids"] for one in part)
    return firms(ids, title)


def flows(frame: DataFrame) -> dict[tuple[str, str], int]:
    """How many went from which tier to which."""
    columns = (frame[name].tolist() for name in ("source", "target", "number"))
    return {(source, target): number for source, target, number in zip(*columns, strict=True)}


def matrix(frame: DataFrame) -> DataFrame:
    """The transition matrix by tier names, the first day downwards, with sums.

    The sums of the rows are the tiers of the first day, the sums of the columns those of the last.
    """
    scope: Scope = frame.attrs["scope"]
    codes = [*scope.codes[::-1], OUTSIDE]
    table = (
        frame.pivot_table(index="source", columns="target", values="number", aggfunc="sum")
        .reindex(index=codes, columns=codes)
        .fillna(0)
        .astype(int)
    )
    total = _("合计")
    table[total] = table.sum(axis=1)
    table.loc[total] = table.sum(axis=0)
    table.index = [*(scope.name(code) for code in codes), total]
    table.columns = [*(scope.name(code) for code in codes), total]
    return table


def printed(frame: DataFrame) -> DataFrame:
    """The matrix as it is copied: the names of its rows in the first column."""
    scope: Scope = frame.attrs["scope"]
    head = f"{scope.start} ＼ {scope.end}"
    return matrix(frame).rename_axis(head).reset_index()
