"""The workbook of rejected rows: as they stood in the original, with the reason behind them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from brandpool.errors import UserError
from brandpool.exchange.cell_shapes import is_blank
from brandpool.exchange.table import SourceRow, Table
from brandpool.exchange.workbook import Cell, Row
from brandpool.i18n import _

_REASON_WIDTH = 60
_WIDEST = 40


def write_rejected(
    path: Path, rejected: Sequence[tuple[Table, Iterable[tuple[SourceRow, str]]]]
) -> int:
    """Write the rejected rows of each table to one workbook; the number of rows written.

    Every sheet keeps its name, titles, headings and the order of the rows; what was text stays
    text; a column 原因 says why. Corrected, the file can be imported as it is. Raises UserError
    when the file cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
    formats = {
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "head": book.add_format({"bold": True, "num_format": "@", "text_wrap": True}),
    }
    count = 0
    names: set[str] = set()
    for table, rows in rejected:
        sheet = book.add_worksheet(_sheet_name(table.sheet.name, names))
        count += _write_table(sheet, table, rows, formats)
    try:
        book.close()
    except FileCreateError as locked:
        raise UserError(
            _("无法写入“{name}”，请关闭正在打开它的程序，或换一个位置。").format(name=path.name)
        ) from locked
    return count


def _sheet_name(name: str, taken: set[str]) -> str:
    plain = "".join("_" if sign in "[]:*?/\\" else sign for sign in name)[:28].strip("'") or "表"
    unique, number = plain, 2
    while unique.lower() in taken:
        unique, number = f"{plain}{number}", number + 1
    taken.add(unique.lower())
    return unique


def _write_table(
    sheet: Any, table: Table, rows: Iterable[tuple[SourceRow, str]], formats: dict[str, Any]
) -> int:
    width = max((heading.column for heading in table.headings), default=0) + 1
    _set_widths(sheet, table, width)
    line = 0
    for above in table.sheet.rows[: table.header_rows[-1] if table.header_rows else 0]:
        for column, cell in enumerate(above):
            _write(sheet, line, column, cell, formats, "head")
        if line + 1 == (table.header_rows or (0,))[-1]:
            sheet.write_string(line, width, _("原因"), formats["head"])
        line += 1
    if line:
        sheet.freeze_panes(line, 0)
    count = 0
    for source, reason in rows:
        for column, cell in enumerate(_original(source, width)):
            _write(sheet, line, column, cell, formats, "text")
        sheet.write_string(line, width, reason, formats["text"])
        line += 1
        count += 1
    return count


def _original(source: SourceRow, width: int) -> Row:
    return [*source.cells[:width], *[""] * (width - len(source.cells))]


def _set_widths(sheet: Any, table: Table, width: int) -> None:
    for heading in table.headings:
        texts = [heading.parts[-1]]
        texts += [str(row.cells[heading.column]) for row in table.rows[:50]]
        widest = max(sum(2 if ord(sign) > 255 else 1 for sign in text) for text in texts)
        sheet.set_column(heading.column, heading.column, min(widest + 2, _WIDEST))
    sheet.set_column(width, width, _REASON_WIDTH)


def _write(
    sheet: Any, line: int, column: int, cell: Cell, formats: dict[str, Any], style: str
) -> None:
    if isinstance(cell, str):
        if not is_blank(cell):
            sheet.write_string(line, column, cell, formats[style])
    elif isinstance(cell, bool):
        sheet.write_boolean(line, column, cell)
    elif isinstance(cell, (int, float)):
        sheet.write_number(line, column, cell)
    elif isinstance(cell, (date, datetime)):
        sheet.write_datetime(line, column, cell, formats["date"])
    elif isinstance(cell, (time, timedelta)):
        sheet.write_string(line, column, str(cell), formats["text"])
