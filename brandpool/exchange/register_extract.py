"""An official extract of marks as rows to compare with the pool; nothing is written."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from brandpool.errors import UserError
from brandpool.exchange import importing, trademark_rows
from brandpool.exchange.importing import Progress, Reading
from brandpool.exchange.parsing import ParsedRow
from brandpool.i18n import _
from brandpool.models.field import Value
from brandpool.models.trademark import Trademark

_OF_MARKS = ("reg_no", "nice_class", "status_text", "valid_from", "valid_until")
"""Cells that only the reader of marks understands: several classes, terms as a range."""


class Extract(NamedTuple):
    """The rows of an extract, one per number and class, and the lines that could not be read."""

    rows: tuple[Mapping[str, Value], ...]
    problems: tuple[str, ...]


def read_extract(path: Path, progress: Progress | None = None) -> Extract:
    """Read a file that the office's search gave out.

    Raises UserError when the file cannot be read or has no column of registration numbers.
    """
    reading = importing.open_file(path, Trademark)
    if "reg_no" not in reading.mapping or "nice_class" not in reading.mapping:
        raise UserError(
            _("{file} 中没有认出“注册号”和“类别”两列，无法比对。请检查表头。").format(
                file=path.name
            )
        )
    rows: list[Mapping[str, Value]] = []
    problems: list[str] = []
    for one in importing.read_rows(reading, progress).rows:
        try:
            rows += _records(reading, one)
        except UserError as bad:
            problems.append(_("第 {row} 行：{reason}").format(row=one.number, reason=bad))
    return Extract(tuple(rows), tuple(problems))


def _records(reading: Reading, one: ParsedRow) -> list[Mapping[str, Value]]:
    raw: dict[str, Any] = {
        name: one.source.cells[reading.mapping[name]]
        for name in _OF_MARKS
        if name in reading.mapping
    }
    common = {name: value for name, value in one.values.items() if name not in raw}
    return [{**common, **found} for found in trademark_rows.records(raw)]
