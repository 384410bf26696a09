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


Reasons = Iterable[tuple[SourceRow, str]]


def write_rejected(path: Path, rejected: Sequence[tuple[Table, Reasons]]) -> int:
    """Write the rejected rows of each table to one workbook; the number of rows written.

    Every sheet keeps its name, titles, headings and the order of the rows; what was text stays
    text; a column 原因 says why. Corrected, the file can be imported as it is. Raises UserError
    when the file cannot be written.
    """
    import xlsxwriter

    try:
        path.open("wb").close()
    except OSError as locked:
        raise UserError(
            _("无法写入“{name}”，请关闭正在打开它的程序，或换一个位置。").format(name=path.name)
        ) from locked
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(path), options)
    formats = {
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "head": book.add_format({"bold": True, "num_format": "@", "text_wrap": True}),
    }
    names: set[str] = set()
    count = 0
    for table, rows in rejected:
        sheet = book.add_worksheet(_sheet_name(table.sheet.name, names))
        count += _write_table(sheet, table, rows, formats)
    book.close()
    return count


def _sheet_name(name: str, taken: set[str]) -> str:
    plain = "".join("_" if sign in "[]:*?/\\" else sign for sign in name)[:28].strip("'") or "表"
    unique, number = plain, 2
    while unique.lower() in taken:
        unique, number = f"{plain}{number}", number + 1
    taken.add(unique.lower())
    return unique


def _write_table(sheet: Any, table: Table, rejected: Reasons, formats: dict[str, Any]) -> int:
    rows, width = table.sheet.rows, table.sheet.width
    _set_widths(sheet, table, width)
    heading = table.header_rows[-1] if table.header_rows else 0
    for line, above in enumerate(rows[:heading]):
        _write_row(sheet, line, above, formats, "head")
        if line + 1 == heading:
            sheet.write_string(line, width, _("原因"), formats["head"])
    if heading:
        sheet.freeze_panes(heading, 0)
    reasons: dict[int, list[str]] = {}
    for source, reason in rejected:
        reasons.setdefault(source.number, []).append(reason)
    for line, number in enumerate(sorted(reasons), start=heading):
        _write_row(sheet, line, rows[number - 1], formats, "text")
        sheet.write_string(line, width, "；".join(reasons[number]), formats["text"])
    return len(reasons)


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
