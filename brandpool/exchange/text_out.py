"""A table as a text file (csv): for Excel and WPS, and for other systems."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from brandpool.errors import UserError
from brandpool.exchange.table_out import Cell, Table, Written, cells, headings, whole
from brandpool.i18n import _

Encoding = Literal["utf-8-sig", "gbk", "gb18030"]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(
    path: Path, table: Table, *, encoding: Encoding = "utf-8-sig", unmasked: bool = False
) -> Written:
    """Write header and rows, without heading and foot, lines ending in CRLF.

    UTF-8 carries a byte order mark so that Excel and WPS read it right. Text that a spreadsheet
    would compute gets an apostrophe in front. Raises UserError, naming the cell, when a character
    does not exist in the encoding.
    """
    lines = list(_lines(table, unmasked=unmasked))
    _check(lines, table, encoding)

    def write(half: Path) -> None:
        with half.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, lineterminator="\r\n").writerows(lines)

    return Written(path, whole(path, write), len(table.rows), unmasked)


def _lines(table: Table, *, unmasked: bool) -> Iterator[list[str]]:
    yield headings(table)
    for row in cells(table, unmasked=unmasked):
        yield [_text(cell) for cell in row]


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Decimal():
            return format(cell.normalize(), "f")
        case date():
            return cell.isoformat()
        case str() if cell.startswith(_FORMULA):
            return f"'{cell}"
        case _:
            return str(cell)


def _check(lines: list[list[str]], table: Table, encoding: Encoding) -> None:
    names = headings(table)
    for number, line in enumerate(lines):
        for name, text in zip(names, line, strict=True):
            try:
                text.encode(encoding)
            except UnicodeEncodeError as bad:
                raise UserError(
                    _(
                        "第 {row} 行“{column}”中的“{char}”在 {encoding} 编码里没有，没有导出。"
                        "请改用 GB18030 或 UTF-8。"
                    ).format(
                        row=number,
                        column=name,
                        char=text[bad.start : bad.end],
                        encoding=encoding.upper(),
                    )
                ) from bad
