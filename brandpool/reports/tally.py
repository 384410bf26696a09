"""A statistic as a long table: one line per record counted, under a row and a column.

Every number that is made of it, sums included, is the number of distinct records behind it, so
that it opens exactly as many rows as it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from brandpool.i18n import _
from brandpool.reports.ask import Span
from brandpool.services.counted import Counted, RecordKey

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pandas import DataFrame, Series

ROW, COLUMN, KIND, ID = "row", "column", "kind", "id"
Line = tuple[str, str, str, str]
"""Row, column, kind and id of one record counted."""


@dataclass(frozen=True, slots=True)
class About:
    """What a tally is: title, what its rows are (`head`), what is counted (`unit`), in words how.

    `rows` and `columns` are in their order. `down` says whether counting over all rows means
    anything, `across` the same of columns. `figures` are further columns of text, by row. `spans`
    are the days of each row of a tally in time, for choosing a range on its chart.
    """

    title: str
    head: str
    unit: str
    definition: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    down: bool = True
    across: bool = True
    figures: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()

    def __deepcopy__(self, _memo: object) -> About:
        # Nothing in it changes, and pandas copies what hangs on a frame at every turn.
        return self


class _Kept(dict[tuple[str | None, int], Any]):
    """What has been counted of a tally already, by what and over how many lines."""

    def __deepcopy__(self, _memo: object) -> _Kept:
        return self


def tally(about: About, lines: Iterable[Line]) -> DataFrame:
    """The frame of these lines; a record that comes twice under a row and column counts once.

    Raises KeyError for a line under a row or column that `about` does not name.
    """
    import numpy as np

    rows = {name: place for place, name in enumerate(about.rows)}
    columns = {name: place for place, name in enumerate(about.columns)}
    kinds: dict[str, int] = {}
    ids: dict[str, int] = {}
    codes = dict.fromkeys(
        (
            rows[row], columns[column],
            kinds.setdefault(kind, len(kinds)), ids.setdefault(record, len(ids)),
        )
        for row, column, kind, record in lines
    )  # fmt: skip
    table = np.array(list(codes), dtype=np.int32).reshape(-1, 4).T
    return coded(about, list(table), list(kinds), list(ids))


def coded(
    about: About, codes: Sequence[Any], kinds: Sequence[str], ids: Sequence[str]
) -> DataFrame:
    """The frame of lines that are there as numbers: row, column, kind, id, each counted once."""
    from pandas import Categorical, DataFrame

    names = {ROW: about.rows, COLUMN: about.columns, KIND: kinds, ID: ids}
    table: dict[str, Any] = {}
    for (name, known), code in zip(names.items(), codes, strict=True):
        categories: Any = list(known)
        table[name] = Categorical.from_codes(code, categories=categories)
    frame = DataFrame(table)
    frame.attrs |= {"about": about, "kept": _Kept()}
    return frame


def about(frame: DataFrame) -> About:
    """What a tally is."""
    found: About = frame.attrs["about"]
    return found


def numbers(frame: DataFrame) -> NDArray[np.int64]:
    """The numbers as a matrix of rows × columns."""
    import numpy as np

    told, kept, key = about(frame), frame.attrs["kept"], ("numbers", len(frame))
    if key not in kept:
        width = len(told.columns)
        place = _codes(frame[ROW]) * width + _codes(frame[COLUMN])
        counted = np.bincount(place, minlength=len(told.rows) * width)
        kept[key] = counted.reshape(len(told.rows), width).astype(np.int64)
    found: NDArray[np.int64] = kept[key]
    return found


def sums(frame: DataFrame, by: str | None) -> list[int]:
    """Distinct records of each row (by=ROW), of each column (COLUMN), or of all (None)."""
    kept, key = frame.attrs["kept"], (by, len(frame))
    if key not in kept:
        kept[key] = _sums(frame, by)
    found: list[int] = kept[key]
    return found


def _sums(frame: DataFrame, by: str | None) -> list[int]:
    import numpy as np

    keys = _codes(frame[ID]) * max(len(frame[KIND].cat.categories), 1) + _codes(frame[KIND])
    if by is None:
        return [len(np.unique(keys))]
    places = _codes(frame[by])
    width = len(frame[by].cat.categories)
    pairs = np.unique(keys * max(width, 1) + places)
    return [int(number) for number in np.bincount(pairs % max(width, 1), minlength=width)]


def rows(frame: DataFrame, row: str | None, column: str | None) -> tuple[RecordKey, ...]:
    """Exactly the records behind a number; None for the sum over all rows or columns.

    Raises ValueError for a row or column that the tally does not have.
    """
    told = about(frame)
    chosen = frame
    for name, wanted, known in ((ROW, row, told.rows), (COLUMN, column, told.columns)):
        if wanted is None:
            continue
        if wanted not in known:
            raise ValueError(wanted)
        chosen = chosen[chosen[name] == wanted]
    return tuple(dict.fromkeys(zip(chosen[KIND].tolist(), chosen[ID].tolist(), strict=True)))


def printed(frame: DataFrame) -> DataFrame:
    """The tally as it is shown and printed: rows × columns with sums, then the further columns."""
    from pandas import DataFrame

    told = about(frame)
    table: dict[str, list[Any]] = {told.head: list(told.rows)}
    matrix = numbers(frame)
    for place, column in enumerate(told.columns):
        table[column] = matrix[:, place].tolist()
    if told.across and len(told.columns) > 1:
        table[total_word()] = sums(frame, ROW)
    for head, values in told.figures.items():
        table[head] = [values.get(row, "") for row in told.rows]
    if told.down and len(told.rows) > 1:
        _add_sums(frame, table)
    return DataFrame(table)


def _add_sums(frame: DataFrame, table: dict[str, list[Any]]) -> None:
    told = about(frame)
    last: dict[str, Any] = dict(zip(told.columns, sums(frame, COLUMN), strict=True))
    last |= {told.head: total_word()}
    if told.across and len(told.columns) > 1:
        last |= {total_word(): sums(frame, None)[0]}
    for head, values in table.items():
        values.append(last.get(head, ""))


def total_word() -> str:
    """What sums are called; no row or column of a tally may be called so."""
    return _("合计")


def definition(frame: DataFrame) -> str:
    """What was counted, in words; where sums are less than their parts it says why."""
    told = about(frame)
    text = told.definition
    summed = sums(frame, ROW) if told.across else []
    twice = told.across and sum(summed) < len(frame)
    twice = twice or (told.down and sum(sums(frame, COLUMN)) < len(frame))
    return text + _("同一记录计入多格的，合计只计一次。") if twice else text


def counted(frame: DataFrame, row: str | None, column: str | None) -> Counted:
    """A number with its rows and definition, as it is printed and kept under a code."""
    found = rows(frame, row, column)
    return Counted(len(found), about(frame).unit, found, definition(frame))


def all_counted(frame: DataFrame) -> dict[tuple[str | None, str | None], Counted]:
    """Every number of the printed tally that is not nought, by row and column; None for sums."""
    told, text = about(frame), definition(frame)
    cells: dict[tuple[str | None, str | None], tuple[RecordKey, ...]] = {}
    for (row, column), part in frame.groupby([ROW, COLUMN], observed=True):
        found = zip(part[KIND].tolist(), part[ID].tolist(), strict=True)
        cells[str(row), str(column)] = tuple(found)
    summed: list[tuple[str | None, str | None]] = []
    if told.across and len(told.columns) > 1:
        summed += [(row, None) for row in told.rows]
    if told.down and len(told.rows) > 1:
        summed += [(None, column) for column in told.columns]
        summed += [(None, None)] if told.across and len(told.columns) > 1 else []
    cells |= {place: rows(frame, *place) for place in summed}
    return {
        place: Counted(len(found), told.unit, found, text)
        for place, found in cells.items()
        if found
    }


def name(frame: DataFrame, row: str | None, column: str | None) -> str:
    """What a number is called: title, row and column."""
    told = about(frame)
    parts = [part for part in (row, column) if part is not None] or [total_word()]
    return f"{told.title}：{' · '.join(parts)}"


def by_number(labels: Iterable[str], last: Sequence[str] = ()) -> tuple[str, ...]:
    """The labels by how often they come, the most first; those in `last` at the end."""
    often: dict[str, int] = {}
    for label in labels:
        often[label] = often.get(label, 0) + 1
    return tuple(sorted(often, key=lambda label: (label in last, -often[label], label)))


def _codes(column: Series[Any]) -> NDArray[np.int64]:
    import numpy as np

    return np.asarray(column.cat.codes, dtype=np.int64)
