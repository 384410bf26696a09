"""Opening any table file: its sheets, their cells as the file holds them, and what to tell."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

import python_calamine as calamine

from brandpool.errors import UserError
from brandpool.exchange import compound, filetype, markup_table, ooxml, opendocument, text_table
from brandpool.exchange.filetype import FileType
from brandpool.exchange.ooxml import column_letters
from brandpool.exchange.traits import BookTraits, Hidden, Range
from brandpool.i18n import _

Cell = str | int | float | bool | date | datetime | time | timedelta
Row = list[Cell]

_MOST_CELLS = 12_000_000
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Content:
    """What a sheet holds: all rows of equal width, merged ranges if the format tells them."""

    rows: list[Row]
    merged: list[Range] | None = None
    hidden: Hidden = field(default_factory=Hidden)
    percent: frozenset[int] = frozenset()


@dataclass
class Sheet:
    """One sheet of a book; its cells are read when first asked for."""

    name: str
    hidden: bool
    load: Callable[[], Content]
    from_1904: bool = False

    @cached_property
    def content(self) -> Content:
        """The cells; merged cells are filled downwards, so that every row stands for itself."""
        content = self.load()
        rows = _even(content.rows)
        width = len(rows[0]) if rows else 0
        for (top, left), (bottom, _right) in content.merged or ():
            for row in rows[top + 1 : bottom + 1] if left < width else ():
                if row[left] == "":
                    row[left] = rows[top][left]
        even = Content(rows, content.merged, content.hidden, content.percent)
        self.load = lambda: even  # lets go of the opened file
        return even

    @property
    def rows(self) -> list[Row]:
        """All rows from the first of the sheet on."""
        return self.content.rows

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0

    @property
    def empty(self) -> bool:
        """Whether nothing is written on it."""
        return not any(_written(cell) for row in self.rows for cell in row)

    @property
    def notes(self) -> list[str]:
        """What the clerk must know of this sheet before taking it."""
        notes = []
        columns, rows = sorted(self.content.hidden.columns), sorted(self.content.hidden.rows)
        columns = [column for column in columns if column < self.width]
        rows = [row for row in rows if row < len(self.rows)]
        if columns:
            shown = "、".join(column_letters(column) for column in columns[:20])
            notes.append(
                _("工作表“{sheet}”有隐藏的列：{columns}，除非指定，不会导入。").format(
                    sheet=self.name, columns=shown
                )
            )
        if rows:
            shown = "、".join(str(row + 1) for row in rows[:10])
            notes.append(
                _(
                    "工作表“{sheet}”有 {count} 行被隐藏或筛选掉（第 {rows} 行），会一并读入。"
                ).format(
                    sheet=self.name, count=len(rows), rows=shown + ("…" if len(rows) > 10 else "")
                )
            )
        return notes


@dataclass
class Book:
    """An opened file: what it is, its sheets, and the hash by which a value finds its source."""

    name: str
    file_type: FileType
    sheets: list[Sheet]
    digest: str
    encoding: str = ""
    separator: str = ""
    notes: tuple[str, ...] = ()

    @property
    def visible(self) -> list[Sheet]:
        """The sheets a clerk sees when opening the file."""
        return [sheet for sheet in self.sheets if not sheet.hidden]

    @property
    def announcements(self) -> list[str]:
        """What must be said before anything is taken: hidden sheets, several sheets, damage."""
        said = list(self.notes)
        hidden = [sheet.name for sheet in self.sheets if sheet.hidden]
        if hidden:
            said.append(
                _("文件中有隐藏的工作表：{names}，除非指定，不会导入。").format(
                    names="、".join(hidden)
                )
            )
        filled = [sheet.name for sheet in self.visible if not sheet.empty]
        if len(filled) > 1:
            said.append(
                _("文件中有 {count} 张有内容的工作表：{names}。").format(
                    count=len(filled), names="、".join(filled)
                )
            )
        return said

    def sheet(self, name: str) -> Sheet:
        """The sheet of this name, hidden or not; raises UserError naming those there are."""
        for sheet in self.sheets:
            if sheet.name == name or sheet.name.strip() == name.strip():
                return sheet
        names = "、".join(sheet.name for sheet in self.sheets)
        raise UserError(
            _("“{file}”中没有名为“{name}”的工作表，现有：{names}。").format(
                file=self.name, name=name, names=names
            )
        )


def open_book(path: Path) -> Book:
    """Open a table file of any supported format, told by its content and not by its name.

    Raises UserError with one sentence when it is missing, in use, empty, protected, cut off,
    or no table.
    """
    name = path.name
    try:
        data = path.read_bytes()
    except FileNotFoundError as missing:
        raise UserError(_("找不到文件“{name}”，请核对位置。").format(name=path)) from missing
    except (PermissionError, IsADirectoryError, OSError) as locked:
        raise UserError(
            _("无法读取“{name}”，可能正被其他程序打开或没有权限，请关闭后再试。").format(name=name)
        ) from locked
    return read_book(data, name)


def read_book(data: bytes, name: str) -> Book:
    """The same from bytes; `name` is the file's name as the clerk knows it."""
    file_type = filetype.detect(data, name)
    digest = hashlib.sha256(data).hexdigest()
    try:
        if file_type is FileType.TEXT:
            return _text_book(data, name, digest)
        if file_type in (FileType.HTML, FileType.XML):
            return _markup_book(data, name, digest, file_type)
        return _calamine_book(data, name, digest, file_type)
    except calamine.PasswordError as locked:
        raise filetype.protected(name) from locked
    except _BROKEN as broken:
        raise filetype.cut_off(name) from broken


_BROKEN = (
    calamine.CalamineError,
    compound.BrokenError,
    zipfile.BadZipFile,
    ParseError,
    ExpatError,
    KeyError,
    EOFError,
)


def _text_book(data: bytes, name: str, digest: str) -> Book:
    table = text_table.read_text(data, name)
    content = Content([list(row) for row in table.rows])
    sheet = Sheet(Path(name).stem, hidden=False, load=lambda: content)
    return Book(name, FileType.TEXT, [sheet], digest, table.encoding, table.separator, table.notes)


def _markup_book(data: bytes, name: str, digest: str, file_type: FileType) -> Book:
    encoding = ""
    if file_type is FileType.HTML:
        text, encoding, _notes = text_table.decode(data, name)
        found = markup_table.html_tables(text)
        note = _("这是改名为表格的网页，已按网页中的表格读取。")
    else:
        found = markup_table.spreadsheet_xml(data)
        note = _("这是 Excel 2003 XML 表格，已按其内容读取。")
    if not found:
        raise UserError(_("“{name}”是网页，里面没有表格。").format(name=name))
    sheets = [Sheet(table.name, hidden=False, load=_markup_load(table)) for table in found]
    return Book(name, file_type, sheets, digest, encoding, notes=(note,))


def _markup_load(table: markup_table.MarkupSheet) -> Callable[[], Content]:
    rows = [[cell if isinstance(cell, (str, float)) else "" for cell in row] for row in table.rows]
    return lambda: Content([list(row) for row in rows], table.merged)


def _calamine_book(data: bytes, name: str, digest: str, file_type: FileType) -> Book:
    if file_type is FileType.XLS and compound.xls_traits(data).protected:
        raise filetype.protected(name)
    book = _guarded(lambda: calamine.load_workbook(io.BytesIO(data)), name)
    traits = _traits(data, file_type, book.sheet_names)
    sheets = []
    for index, about in enumerate(book.sheets_metadata):
        if about.typ == calamine.SheetTypeEnum.WorkSheet:
            hidden = about.visible != calamine.SheetVisibleEnum.Visible
            load = partial(_load, book, name, index, about.name, traits)
            sheets.append(Sheet(about.name, hidden, load, traits.from_1904))
    return Book(name, file_type, sheets, digest)


def _traits(data: bytes, file_type: FileType, names: list[str]) -> BookTraits:
    if file_type is FileType.XLS:
        return compound.xls_traits(data)
    if file_type is FileType.ODS:
        return opendocument.ods_traits(data)
    if file_type is FileType.XLSB:
        return ooxml.xlsb_traits(data, names)
    return ooxml.xlsx_traits(data)


def _load(
    book: calamine.CalamineWorkbook, file: str, index: int, name: str, book_traits: BookTraits
) -> Content:
    try:
        traits = book_traits.sheet(index, name)
    except _BROKEN as broken:
        raise filetype.cut_off(file) from broken
    if traits.last_row * traits.last_column > _MOST_CELLS:
        raise UserError(
            _(
                "工作表“{sheet}”末尾有远离数据的内容（最后到第 {row} 行、{column} 列），"
                "请删去多余的行列后再导入。"
            ).format(
                sheet=name,
                row=traits.last_row,
                column=column_letters(max(traits.last_column - 1, 0)),
            )
        )
    sheet = _guarded(lambda: book.get_sheet_by_index(index), file)
    rows: list[Row] = sheet.to_python(skip_empty_area=False)
    ranges = sheet.merged_cell_ranges if traits.merged is None else traits.merged
    return Content(rows, ranges, traits.hidden, traits.percent)


def _guarded(read: Callable[[], _Read], name: str) -> _Read:
    """Run calamine on a file that may be damaged, which can make its Rust code panic."""
    try:
        return read()
    except calamine.PasswordError as locked:
        raise filetype.protected(name) from locked
    except calamine.CalamineError as broken:
        raise filetype.cut_off(name) from broken
    except BaseException as panic:
        if type(panic).__name__ == "PanicException":
            raise filetype.cut_off(name) from panic
        raise


def _even(rows: list[Row]) -> list[Row]:
    """Rows of equal width, without the empty ones at the end."""
    width = max(map(len, rows), default=0)
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    while rows and rows[-1].count("") == width:
        rows.pop()
    return rows


def _written(cell: Cell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else True
