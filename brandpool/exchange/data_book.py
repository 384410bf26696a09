"""The data behind a document as a workbook: one sheet for each table, numbers as numbers."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from brandpool.exchange.table_out import clean_name, whole

_NUMBER = re.compile(r"-?\d{1,3}(,\d{3})*(\.\d+)?|-?\d+(\.\d+)?")
_DIGITS = 15
_LONGEST = 31


class Sheet(Protocol):
    """A table: its name, its heads, its texts."""

    @property
    def caption(self) -> str:
        """What the sheet is called."""

    @property
    def heads(self) -> Sequence[str]:
        """The headings."""

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """The cells as texts."""


def write_book(path: Path, sheets: Sequence[Sheet], day: date) -> str:
    """Write the tables of a document, dated so; returns the file's SHA-256.

    The same tables give the same bytes. Raises UserError when the file cannot be written.
    """
    import xlsxwriter

    def write(half: Path) -> None:
        book = xlsxwriter.Workbook(str(half), {"strings_to_urls": False})
        book.set_properties({"created": datetime.combine(day, time())})
        base = {"font_name": "宋体", "font_size": 11, "border": 1}
        head = book.add_format({**base, "bold": True, "align": "center", "bg_color": "#E7E6E6"})
        text = book.add_format({**base, "num_format": "@"})
        number = book.add_format({**base, "num_format": "#,##0.####"})
        whole_number = book.add_format({**base, "num_format": "#,##0"})
        for name, one in zip(_names(sheets), sheets, strict=True):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for column, heading in enumerate(one.heads):
                sheet.write_string(0, column, heading, head)
                cells = [heading, *(row[column] for row in one.rows)]
                sheet.set_column(column, column, min(max(map(_width, cells)) + 2, 60))
            for place, row in enumerate(one.rows, 1):
                for column, cell in enumerate(row):
                    if _is_number(cell):
                        value = cell.replace(",", "")
                        look = number if "." in value else whole_number
                        sheet.write_number(place, column, float(Decimal(value)), look)
                    else:
                        sheet.write_string(place, column, cell, text)
        book.close()

    return whole(path, write)


def _is_number(text: str) -> bool:
    """Whether a spreadsheet may hold it as a number without loss; 007 and codes stay texts."""
    if not _NUMBER.fullmatch(text):
        return False
    digits = re.sub(r"\D", "", text)
    padded = re.match(r"-?0\d", text) is not None
    return len(digits) <= _DIGITS and not padded


def _names(sheets: Sequence[Sheet]) -> list[str]:
    """Names of the sheets, each once, as short as a workbook wants them."""
    made: list[str] = []
    for number, one in enumerate(sheets, 1):
        name = clean_name(one.caption)[:_LONGEST] or f"表{number}"
        if name in made:
            name = f"{name[: _LONGEST - 3]}_{number}"
        made.append(name)
    return made


def _width(text: str) -> int:
    return sum(2 if ord(char) > 0xFF else 1 for char in text)
