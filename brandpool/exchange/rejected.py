"""The workbook of rejected rows: as they stood in the original, with the reason behind them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from brandpool.errors import UserError
from brandpool.exchange.cell_shapes import is_blank
from brandpool.exchange.table import Table
from brandpool.exchange.workbook import Cell, Row
from brandpool.i18n import _

_REASON_WIDTH = 60
_WIDEST = 40


def write_rejected(path: Path, table: Table, reasons: Mapping[int, Sequence[str]]) -> int:
    """Write the rejected rows of a table as a workbook; the number of rows written.

    `reasons` gives the row numbers (from 1, as in the sheet) and why each was rejected. The sheet
    keeps its name, titles, headings and the order of the rows; what was text stays text; a column
    原因 says why. Corrected, the file can be imported as it is. Raises UserError when the file
    cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(path), options)
    formats = {
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "head": book.add_format({"bold": True, "num_format": "@", "text_wrap": True}),
    }
    _write_table(book.add_worksheet(_sheet_name(table.sheet.name)), table, reasons, formats)
    try:
        book.close()
    except (FileCreateError, OSError) as locked:
        raise UserError(
            _("无法写入“{name}”，请关闭正在打开它的程序，或换一个位置。").format(name=path.name)
        ) from locked
    return len(reasons)


def _sheet_name(name: str) -> str:
    return "".join("_" if sign in "[]:*?/\\" else sign for sign in name)[:31].strip("'") or "表"


def _write_table(
    sheet: Any, table: Table, reasons: Mapping[int, Sequence[str]], formats: dict[str, Any]
) -> None:
    rows = table.sheet.rows
    width = table.sheet.width
    _set_widths(sheet, table, width)
    heading = table.header_rows[-1] if table.header_rows else 0
    for line, above in enumerate(rows[:heading]):
        _write_row(sheet, line, above, formats, "head")
        if line + 1 == heading:
            sheet.write_string(line, width, _("原因"), formats["head"])
    if heading:
        sheet.freeze_panes(heading, 0)
    for line, number in enumerate(sorted(reasons), start=heading):
        _write_row(sheet, line, rows[number - 1], formats, "text")
        sheet.write_string(line, width, "；".join(reasons[number]), formats["text"])


def _set_widths(sheet: Any, table: Table, width: int) -> None:
    for heading in table.headings:
        texts = [heading.parts[-1]]
        texts += [str(row.cells[heading.column]) for row in table.rows[:50]]
        widest = max(sum(2 if ord(sign) > 255 else 1 for sign in text) for text in texts)
        sheet.set_column(heading.column, heading.column, min(widest + 2, _WIDEST))
    sheet.set_column(width, width, _REASON_WIDTH)


def _write_row(sheet: Any, line: int, row: Row, formats: dict[str, Any], style: str) -> None:
    for column, cell in enumerate(row):
        _write(sheet, line, column, cell, formats, style)


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
