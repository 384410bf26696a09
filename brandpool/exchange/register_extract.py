"""An official extract of marks as rows to compare with the pool; nothing is written."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from brandpool.errors import UserError
from brandpool.exchange import importing, mark_sheet
from brandpool.exchange.importing import Progress
from brandpool.i18n import _
from brandpool.models.field import Value
from brandpool.models.trademark import Trademark


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
    columns = {n: c for n, c in reading.mapping.items() if n in mark_sheet.OF_MARKS}
    rows: list[Mapping[str, Value]] = []
    problems: list[str] = []
    for one in importing.read_rows(reading, progress).rows:
        try:
            rows += mark_sheet.records_of(one, columns)
        except UserError as bad:
            problems.append(_("第 {row} 行：{reason}").format(row=one.number, reason=bad))
    return Extract(tuple(rows), tuple(problems))
