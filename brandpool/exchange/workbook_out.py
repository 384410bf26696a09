"""A table as a workbook that opens well in WPS and prints on A4 without a hand laid on it."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from brandpool.errors import UserError
from brandpool.exchange.table_out import (
    Cell,
    Table,
    Written,
    cells,
    chinese_day,
    clean_name,
    headings,
    whole,
)
from brandpool.i18n import _
from brandpool.models.field import Field, Kind

_A4 = 9
_MARGIN = 15 / 25.4
_MOST_ROWS = 1_048_576
_LONGEST_TEXT = 32_767
_EXACT_DIGITS = 15
_MANY_ROWS = 20_000
_MANY_COLUMNS = 8
_WIDEST, _NARROWEST = 42, 6
_SAMPLED = 2_000


def write_xlsx(
    path: Path, table: Table, *, unmasked: bool = False, more: Sequence[Table] = ()
) -> Written:
    """Write the table with its heading, frozen header, filter, foot and page set-up.

    `more` tables follow on sheets of their own. Every identifier is a text cell. The same tables
    give the same bytes. Raises UserError when a text or a table is longer than a worksheet can
    hold, or the file cannot be written.
    """
    import xlsxwriter

    for one in (table, *more):
        _refuse_too_much(one)
    options = {"constant_memory": len(table.rows) > _MANY_ROWS, "strings_to_urls": False}

    def write(half: Path) -> None:
        book = xlsxwriter.Workbook(str(half), options)
        try:
            for one in (table, *more):
                _Sheet(book, one, unmasked=unmasked).fill()
        finally:
            try:
                book.close()
            except xlsxwriter.exceptions.FileCreateError as bad:
                raise bad.args[0] from bad

    return Written(path, whole(path, write), len(table.rows), unmasked)


def _refuse_too_much(table: Table) -> None:
    if len(table.rows) + 10 > _MOST_ROWS:
        raise UserError(
            _("共 {rows} 行，超过一张工作表的上限，没有导出。请分批导出，或导出为 csv。").format(
                rows=len(table.rows)
            )
        )
    for number, row in enumerate(table.rows, 1):
        for field, value in zip(table.fields, row, strict=True):
            if isinstance(value, str) and len(value) > _LONGEST_TEXT:
                raise UserError(
                    _(
                        "第 {row} 行“{column}”有 {length} 个字，超过单元格上限 32767，没有导出。"
                    ).format(row=number, column=field.zh, length=len(value))
                )


@dataclass(frozen=True, slots=True)
class _Styles:
    title: Any
    left: Any
    right: Any
    header: Any
    columns: list[Any]
    foot: Any


class _Sheet:
    """One worksheet being filled from top to bottom."""

    def __init__(self, book: Any, table: Table, *, unmasked: bool) -> None:
        self.table = table
        self.unmasked = unmasked
        self.names = headings(table)
        self.last = len(self.names) - 1
        book.set_properties({"title": table.title, "created": datetime.combine(table.day, time())})
        self.sheet = book.add_worksheet(clean_name(table.title)[:31] or "名单")
        self.styles = self._styles(book)
        self.row = 0

    def fill(self) -> None:
        """Write everything in order of rows, which a long table needs."""
        self._page()
        self._widths()
        self._heading()
        header = self._header()
        self._body()
        self.sheet.autofilter(header, 0, max(self.row - 1, header), self.last)
        if self.table.signed:
            self._foot()
        self.sheet.print_area(0, 0, self.row, self.last)

    def _styles(self, book: Any) -> _Styles:
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        grid = {**base, "border": 1}
        return _Styles(
            title=book.add_format(
                {**base, "font_name": "黑体", "font_size": 16, "align": "center"}
            ),
            left=book.add_format({**base, "align": "left"}),
            right=book.add_format({**base, "align": "right"}),
            header=book.add_format(
                {**grid, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E7E6E6"}
            ),
            columns=[book.add_format({**grid, **look}) for look in self._looks()],
            foot=book.add_format({**base, "align": "left"}),
        )

    def _looks(self) -> Iterable[dict[str, Any]]:
        if self.table.numbered:
            yield {"align": "center", "num_format": "0"}
        for position, field in enumerate(self.table.fields):
            yield _look(field, [row[position] for row in self.table.rows[:_SAMPLED]])

    def _page(self) -> None:
        sheet = self.sheet
        sheet.set_paper(_A4)
        if self.last + 1 > _MANY_COLUMNS:
            sheet.set_landscape()
        sheet.set_margins(_MARGIN, _MARGIN, _MARGIN, _MARGIN + 0.2)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_footer("&C第&P页/共&N页")

    def _widths(self) -> None:
        widths = [_units(name) for name in self.names]
        for number, row in enumerate(cells(self.table, unmasked=self.unmasked)):
            if number >= _SAMPLED:
                break
            for column, cell in enumerate(row):
                widths[column] = max(widths[column], _units(_as_read(cell)))
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, min(max(width + 2, _NARROWEST), _WIDEST))

    def _heading(self) -> None:
        table = self.table
        self._across(table.title, self.styles.title)
        self.sheet.set_row(0, 28)
        unit = f"填报单位：{table.station}" if table.station else ""
        self._halves(unit, f"日期：{chinese_day(table.day)}")
        for note in table.notes:
            self._across(note, self.styles.left)

    def _header(self) -> int:
        header = self.row
        for column, name in enumerate(self.names):
            self.sheet.write_string(header, column, name, self.styles.header)
        self.row += 1
        self.sheet.freeze_panes(self.row, 0)
        self.sheet.repeat_rows(header)
        return header

    def _body(self) -> None:
        for row in cells(self.table, unmasked=self.unmasked):
            for column, cell in enumerate(row):
                self._write(column, cell)
            self.row += 1

    def _write(self, column: int, cell: Cell) -> None:
        style = self.styles.columns[column]
        match cell:
            case None:
                self.sheet.write_blank(self.row, column, None, style)
            case date():
                self.sheet.write_datetime(self.row, column, cell, style)
            case int() | Decimal() if _exact(cell):
                self.sheet.write_number(self.row, column, float(cell), style)
            case int() | Decimal():
                text = format(Decimal(cell), "f")
                self.sheet.write_string(self.row, column, text, style)
            case _:
                self.sheet.write_string(self.row, column, cell, style)

    def _foot(self) -> None:
        table = self.table
        parts = [
            f"填报单位（盖章）：{table.station}",
            f"填报人：{table.clerk}",
            f"联系电话：{table.phone}",
            f"日期：{chinese_day(table.day)}",
        ]
        self.row += 1
        columns = self.last + 1
        if columns < len(parts):
            self._across("　　".join(parts), self.styles.foot)
            self.row -= 1
            return
        edges = [columns * part // len(parts) for part in range(len(parts) + 1)]
        for text, first, end in zip(parts, edges, edges[1:], strict=False):
            self._merge(first, end - 1, text, self.styles.foot)

    def _across(self, text: str, style: Any) -> None:
        self._merge(0, self.last, text, style)
        self.row += 1

    def _halves(self, left: str, right: str) -> None:
        middle = (self.last + 1) // 2
        if middle == 0:
            self._across("　　".join(part for part in (left, right) if part), self.styles.left)
            return
        self._merge(0, middle - 1, left, self.styles.left)
        self._merge(middle, self.last, right, self.styles.right)
        self.row += 1

    def _merge(self, first: int, last: int, text: str, style: Any) -> None:
        if first != last:
            self.sheet.merge_range(self.row, first, self.row, last, "", style)
        if text:
            self.sheet.write_string(self.row, first, text, style)


def _look(field: Field, values: Sequence[object]) -> dict[str, Any]:
    """How the cells of a column look; what is no number or date is text for good (`@`)."""
    match field.kind:
        case Kind.DATE:
            return {"num_format": "yyyy-mm-dd", "align": "center"}
        case Kind.YEAR:
            return {"num_format": "0", "align": "center"}
        case Kind.NUMBER:
            return {"num_format": "#,##0"}
        case Kind.DECIMAL | Kind.MONEY:
            return {"num_format": _places(values)}
        case Kind.NOTE:
            # A cell in text format shows ##### beyond 255 characters.
            return {"text_wrap": True}
        case _:
            return {"num_format": "@", "text_wrap": True}


def _places(values: Sequence[object]) -> str:
    exponents = [v.normalize().as_tuple().exponent for v in values if isinstance(v, Decimal)]
    most = max((-e for e in exponents if isinstance(e, int)), default=0)
    if most <= 0:
        return "#,##0"
    return "#,##0.00" if most <= 2 else "#,##0.0000"


def _exact(number: int | Decimal) -> bool:
    """Whether a spreadsheet's binary number can hold it digit for digit."""
    return len(Decimal(number).normalize().as_tuple().digits) <= _EXACT_DIGITS


def _as_read(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:,.2f}"
    return "" if cell is None else str(cell)


def _units(text: str) -> int:
    """The width of the longest line in column units: a Chinese character takes two."""
    return max(
        (
            sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line)
            for line in text.split("\n")
        ),
        default=0,
    )
